"""A prepared query answers what its queryset answers, for any arguments, and converts what it reads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from community.forum.prepared import Prepared
from community.forum_conversation.actions import publish_post, start_topic
from community.forum_conversation.models import Post
from community.forum_conversation.selectors import COLUMNS, _page_of_thread, _roots_with_replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics(cafe, person):
    noor = person()
    made = [start_topic(forum=cafe, person=noor, subject=f"Topic {n}", text="Words") for n in range(3)]
    for topic in made:
        for number in range(5):
            root = publish_post(topic_id=topic.pk, person=noor, text=f"{number}")
            publish_post(topic_id=topic.pk, person=noor, text="below", parent_id=root.pk)
    return made


def test_it_answers_what_its_queryset_answers(topics):
    for topic in topics:
        for first, last in ((1, 2), (2, 6), (9, 9), (1, 20)):
            plain = [tuple(row) for row in _roots_with_replies(topic.pk, first, last)]
            assert _page_of_thread.rows(topic.pk, first, last) == plain
            moment = COLUMNS.index("created")
            assert all(row[moment].tzinfo is not None for row in plain)


def test_a_moment_is_an_argument_like_any_other(topics):
    posts = Post.objects.order_by("pk")
    since = Prepared(lambda at: posts.filter(created__gte=at).values_list("pk", "created"), dt.datetime)
    middle = posts[7].created
    assert [pk for pk, _created in since.rows(middle)] == list(
        posts.filter(created__gte=middle).values_list("pk", flat=True)
    )
    assert since.rows(timezone.now() + dt.timedelta(days=1)) == []


def test_an_argument_that_the_query_does_not_ask_for_is_a_mistake(topics):
    careless = Prepared(lambda number, other: Post.objects.filter(pk=number).values_list("pk"), int, int)
    with pytest.raises(ValueError, match="does not ask for"):
        careless.rows(1, 2)
