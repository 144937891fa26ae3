"""Sixteen people write in one topic at the same moment, while a moderator locks, moves and hides."""

from __future__ import annotations

import pytest
from django.db import connection

from community.forum.access import MEMBERS, WRITER, grant
from community.forum.actions import create_forum
from community.forum.models import Forum
from community.forum_conversation.actions import lock_topic, move_topic, publish_post, set_state, start_topic
from community.forum_conversation.models import Post, Topic
from tests.community.counters import assert_counters_right

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_sixteen_writers_and_a_moderator_leave_every_number_right(person, moderator, cafe, at_once):
    other = create_forum(name="Quiet room")
    grant(other, MEMBERS, WRITER)
    people = [person(f"writer{number}") for number in range(16)]
    topic = start_topic(forum=cafe, person=people[0], subject="All at once", text="Go")
    root = publish_post(topic_id=topic.pk, person=people[0], text="A root to answer")
    written: list[Post] = []

    def write(user, number):
        def job():
            for turn in range(4):
                parent = root.pk if (number + turn) % 2 else None
                written.append(
                    publish_post(topic_id=topic.pk, person=user, text=f"{number} {turn}", parent_id=parent)
                )

        return job

    def moderate():
        move_topic(topic_id=topic.pk, forum=other)
        set_state(post=root, state=Post.State.HIDDEN, by=moderator)
        set_state(post=root, state=Post.State.PUBLISHED, by=moderator)

    raised = at_once(*(write(user, number) for number, user in enumerate(people)), moderate)
    # A writer may meet the root while it is hidden, and is told so; nothing else goes wrong.
    assert {str(error) for error in raised} <= {
        "The post that you answered is no longer here. Your words are; post them to the conversation."
    }
    assert Post.objects.filter(topic=topic).count() == 2 + len(written)
    assert Topic.objects.get(pk=topic.pk).forum_id == other.pk
    assert_counters_right()


def test_a_moderators_lock_holds_against_posts_saved_at_the_same_moment(person, cafe, at_once):
    people = [person(f"writer{number}") for number in range(8)]
    topic = start_topic(forum=cafe, person=people[0], subject="Soon closed", text="Go")
    jobs = [
        (
            lambda user=user: [
                publish_post(topic_id=topic.pk, person=user, text=str(turn)) for turn in range(4)
            ]
        )
        for user in people
    ]
    raised = at_once(*jobs, lambda: lock_topic(topic_id=topic.pk, locked=True))
    assert Topic.objects.get(pk=topic.pk).is_locked
    assert {type(error).__name__ for error in raised} <= {"Locked"}
    assert_counters_right()


def test_forums_made_at_once_leave_the_tree_whole(at_once):
    category = create_forum(name="Course", category=True)
    raised = at_once(
        *(lambda number=number: create_forum(name=f"Week {number}", parent=category) for number in range(8))
    )
    assert raised == []
    category.refresh_from_db()
    assert category.get_descendant_count() == 8
    bounds = sorted(
        bound
        for pair in Forum.objects.filter(tree_id=category.tree_id).values_list("lft", "rght")
        for bound in pair
    )
    assert bounds == list(range(1, 19))
    assert connection.vendor in {"sqlite", "postgresql"}


def test_first_replies_beside_a_page_at_once_make_one_conversation(person, week, joined, at_once):
    from community.discussions.actions import publish_beside
    from community.discussions.models import Place

    people = [joined(person(f"writer{number}")) for number in range(8)]
    raised = at_once(
        *(lambda user=user: publish_beside(page=week, person=user, text=user.handle) for user in people)
    )
    assert raised == []
    assert Place.objects.get(page=week).topic.posts.count() == 8
    assert_counters_right()
