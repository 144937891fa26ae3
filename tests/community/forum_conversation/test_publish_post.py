"""The write path: what a reply changes, and what it must never change."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import Http404

from community.forum.models import Forum
from community.forum_conversation.actions import lock_topic, publish_post, set_state, start_topic
from community.forum_conversation.errors import Refused
from community.forum_conversation.models import Post, Topic
from community.forum_conversation.selectors import thread_page
from tests.community.counters import assert_counters_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cafe, person) -> Topic:
    return start_topic(forum=cafe, person=person("yusuf"), subject="Own time?", text="How do you do it?")


def reply(topic, person, text="Me too.", parent=None, **kwargs) -> Post:
    return publish_post(
        topic_id=topic.pk, person=person, text=text, parent_id=parent.pk if parent else None, **kwargs
    )


def test_a_reply_at_any_depth_stands_below_what_it_answers_in_order_of_arrival(topic, person):
    noor = person()
    first = reply(topic, noor, "first")
    second = reply(topic, noor, "second")
    below = reply(topic, noor, "below first", parent=first)
    later = reply(topic, noor, "also below first", parent=first)
    deeper = reply(topic, noor, "below below", parent=below)
    rows = [row.id for row in thread_page(topic_again(topic)).rows]
    assert rows == [topic.first_post_id, first.pk, below.pk, deeper.pk, later.pk, second.pk]
    assert [deeper.depth, deeper.root_id, deeper.parent_id] == [2, first.pk, below.pk]
    assert_counters_right()


def test_replies_deeper_than_five_levels_follow_flat_and_keep_their_parent(topic, person):
    noor = person()
    parent = reply(topic, noor, "0")
    for depth in range(1, 12):
        parent = reply(topic, noor, str(depth), parent=parent)
        assert parent.depth == depth
    posts = list(Post.objects.filter(topic=topic).order_by("path"))[1:]
    assert [post.content for post in posts] == [str(depth) for depth in range(12)]
    assert max(len(post.path) for post in posts) == 24
    assert_counters_right()


def test_a_reply_to_the_opening_post_is_a_reply_to_all(topic, person):
    post = reply(topic, person(), parent=topic.first_post)
    assert post.parent is None
    assert post.ordinal == 2


def test_a_reply_sent_twice_arrives_once(topic, person):
    noor, key = person(), uuid.uuid4()
    assert reply(topic, noor, key=key) == reply(topic, noor, key=key)
    assert Post.objects.filter(topic=topic).count() == 2
    assert_counters_right()


def test_the_same_key_of_two_people_makes_two_posts(topic, person):
    key = uuid.uuid4()
    assert reply(topic, person("a1a"), key=key) != reply(topic, person("b1b"), key=key)


def test_a_parent_in_another_topic_is_refused_and_nothing_is_written(topic, cafe, person):
    noor = person()
    other = start_topic(forum=cafe, person=noor, subject="Other", text="Other")
    elsewhere = reply(other, noor)
    with pytest.raises(Refused, match="no longer here"):
        reply(topic, noor, parent=elsewhere)
    assert Post.objects.filter(topic=topic).count() == 1
    assert_counters_right()


def test_a_hidden_parent_is_refused(topic, person, moderator):
    noor = person()
    parent = reply(topic, noor)
    set_state(post=parent, state=Post.State.HIDDEN, by=moderator)
    with pytest.raises(Refused):
        reply(topic, noor, parent=parent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "<script>alert(1)</script>",
        "<!-- nothing -->",
        "x" * 20_001,
        "nul \x00 byte",
        "&nbsp;",
    ],
)
def test_a_text_without_words_or_without_end_is_refused_in_words(topic, person, text):
    with pytest.raises(Refused) as refusal:
        reply(topic, person(), text)
    assert str(refusal.value).endswith((".", "?"))
    assert_counters_right()


def test_nobody_replies_in_a_forum_they_may_not_read(private_forum, person, moderator):
    topic = start_topic(forum=private_forum, person=moderator, subject="Back", text="room")
    with pytest.raises(Http404):
        reply(topic, person())


def test_a_locked_topic_takes_replies_from_moderators_only(topic, person, moderator):
    lock_topic(topic_id=topic.pk, locked=True)
    with pytest.raises(PermissionDenied, match="closed to new replies"):
        reply(topic, person())
    assert reply(topic, moderator).pk
    assert topic_again(topic).is_locked


def test_a_missing_topic_is_not_found(person):
    with pytest.raises(Http404):
        publish_post(topic_id=987654321, person=person(), text="Anybody there?")


def test_hiding_and_bringing_back_keeps_every_counter_right(topic, person, moderator):
    noor = person()
    root = reply(topic, noor)
    child = reply(topic, noor, parent=root)
    set_state(post=child, state=Post.State.HIDDEN, by=moderator)
    assert_counters_right()
    set_state(post=root, state=Post.State.HIDDEN, by=moderator)
    assert_counters_right()
    set_state(post=root, state=Post.State.HIDDEN, by=moderator)
    assert_counters_right()
    set_state(post=child, state=Post.State.PUBLISHED, by=moderator)
    set_state(post=root, state=Post.State.PUBLISHED, by=moderator)
    assert_counters_right()
    assert topic_again(topic).last_post_id == child.pk


def test_a_topic_without_a_title_is_refused(cafe, person):
    with pytest.raises(Refused, match="title"):
        start_topic(forum=cafe, person=person(), subject=" \u200a ", text="Words")
    assert not Topic.objects.exists()
    assert Forum.objects.get(pk=cafe.pk).direct_topics_count == 0


def test_a_person_who_has_written_is_not_deleted_and_a_post_without_a_poster_keeps_its_place(topic, person):
    noor = person()
    root = reply(topic, noor)
    child = reply(topic, topic.poster, parent=root)
    for writer in (noor, topic.poster):
        with pytest.raises(ProtectedError):
            writer.delete()
    Post.objects.filter(pk=root.pk).update(poster=None)
    assert thread_page(topic_again(topic)).rows[-1].id == child.pk


def topic_again(topic: Topic) -> Topic:
    return Topic.objects.get(pk=topic.pk)
