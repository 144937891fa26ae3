"""A prepared query answers what its queryset answers, for any arguments, and converts what it reads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.utils import timezone

from community.forum import access
from community.forum.actions import create_forum
from community.forum.models import Forum
from community.forum_conversation.actions import publish_post, start_topic
from community.forum_conversation.models import Post, Topic
from community.forum_conversation.selectors import COLUMNS, _page_of_thread, _roots_with_replies
from community.prepared import Prepared

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


def test_objects_come_with_what_the_queryset_selects_and_annotates(topics, django_assert_num_queries):
    with_posts = Topic.objects.select_related("forum", "last_post__poster").annotate(often=Count("posts"))
    named = Prepared(lambda words, pk: with_posts.filter(subject=words, pk__gte=pk), str, int)
    assert named.objects("Topic 9", 0) == []
    assert named.first("Topic 1", topics[1].pk + 1) is None
    with django_assert_num_queries(1):
        topic = named.first("Topic 1", topics[1].pk)
        assert (topic.pk, topic.forum.name, topic.often) == (topics[1].pk, "The café", 11)
        assert topic.last_post.poster.display_name == "Noor"
    topic.subject = "Changed"
    topic.save(update_fields=["subject"])
    assert named.objects("Topic 1", 0) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_threads_may_ask_at_once_each_over_its_own_connection(topics, at_once):
    found = []
    by_pk = Prepared(lambda pk: Topic.objects.filter(pk=pk), int)
    by_pk.first(0)
    errors = at_once(*[lambda pk=topic.pk: found.append((pk, by_pk.first(pk).pk)) for topic in topics * 4])
    assert errors == []
    assert len(found) == 12
    assert all(wanted == pk for wanted, pk in found)


def test_readers_get_what_they_may_read_and_nothing_else(cafe, private_forum, person, moderator):
    course = create_forum(name="For Noor’s group")
    access.grant(course, access.MODERATORS, access.READER)
    forums = access.PreparedForReader(
        lambda forum_ids, pk: Forum.objects.filter(pk__in=forum_ids, pk__gte=pk), int
    )
    chief = person("chief", is_superuser=True)
    for reader in (AnonymousUser(), person(), moderator, chief):
        expected = set(Forum.objects.filter(pk__in=access.readable_forum_ids(reader)))
        assert set(forums.objects(reader, 0)) == expected
        assert (private_forum in expected) == (reader in (moderator, chief))
        assert forums.objects(reader, max(forum.pk for forum in expected) + 1) == []
