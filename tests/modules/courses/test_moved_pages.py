"""Conversations beside pages that move: they go to the forum of their new week, with its rights."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from community.discussions.actions import conversation_beside, publish_beside
from community.discussions.models import Place
from community.forum import access
from community.forum_conversation.actions import move_topic, set_state, start_topic
from community.forum_conversation.models import Post, Topic
from modules.courses.models import ModulePage, ReadingPage
from modules.courses.spaces import forum_of
from tests.community.counters import assert_counters_right
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(person, joined):
    return joined(person("noor"))


@pytest.fixture
def second(add_week):
    return add_week("Second", offset_days=7)


@pytest.fixture
def step(week, add_step, learner):
    """A step with a conversation of two posts beside it, and other talk in its week."""
    step = add_step(week, "Notes")
    post = publish_beside(page=step, person=learner, text="First words")
    publish_beside(page=step, person=learner, text="An answer", parent_id=post.pk)
    publish_beside(page=week, person=learner, text="Beside the week")
    start_topic(forum=forum_of(week), person=learner, subject="Own", text="A topic of the forum")
    return step


def topic_of(page) -> Topic:
    return Place.objects.get(page=page.pk).topic


def move(page: Page, target: Page) -> Page:
    """Move as Wagtail does, to the end of `target`; the page as it is then."""
    page = Page.objects.get(pk=page.pk)
    page.move(Page.objects.get(pk=target.pk), pos="last-child")
    return Page.objects.get(pk=page.pk).specific


def test_a_moved_steps_conversation_goes_to_the_forum_of_its_new_week(step, week, second, learner):
    publish_beside(page=second, person=learner, text="Here before")
    moved = move(step, second)
    assert topic_of(moved).forum == forum_of(second) == moved.discussion_forum()
    assert topic_of(week).forum == forum_of(week)
    assert topic_of(moved).posts_count == 2
    assert_counters_right()


def test_the_rights_of_the_new_week_hold_from_then_on(step, closed_week, learner):
    assert access.READ in access.rights_in(learner, topic_of(step).forum_id)
    moved = move(step, closed_week)
    assert access.rights_in(learner, topic_of(moved).forum_id) == frozenset()


def test_a_move_at_the_desk_takes_the_conversation_along(client, step, second, instructor):
    client.force_login(instructor)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[step.pk, second.pk]))
    assert topic_of(step).forum == forum_of(second)
    assert_counters_right()


def test_a_step_without_a_conversation_moves_alone(week, second, add_step):
    move(add_step(week, "Silent"), second)
    assert not Place.objects.exists()
    assert not Topic.objects.exists()


def test_hidden_posts_go_along_uncounted(step, second, learner, moderator):
    for post in Post.objects.filter(topic=topic_of(step)):
        set_state(post=post, state=Post.State.HIDDEN, by=moderator)
    assert topic_of(move(step, second)).posts_count == 0
    assert_counters_right()


def test_a_week_keeps_its_forum_wherever_it_stands(step, week, second):
    forum = forum_of(week)
    page = Page.objects.get(pk=week.pk)
    page.move(Page.objects.get(pk=second.pk), pos="right")
    assert forum_of(Page.objects.get(pk=week.pk)) == forum
    assert topic_of(step).forum == topic_of(week).forum == forum
    assert_counters_right()


def test_another_place_in_the_same_week_changes_nothing(step, week, add_step, monkeypatch):
    monkeypatch.setattr("modules.courses.receivers.take_conversations_along", None)  # would not be callable
    other = add_step(week, "Other")
    page = Page.objects.get(pk=other.pk)
    page.move(Page.objects.get(pk=step.pk), pos="left")
    assert topic_of(step).forum == forum_of(week)


def test_a_topic_beside_two_pages_stays_with_the_first(step, week, second, add_step):
    other = add_step(week, "Other")
    Place.objects.create(page_id=other.pk, topic=topic_of(step))
    move(other, second)
    assert topic_of(step).forum == forum_of(week)
    move(step, second)
    assert topic_of(step).forum == forum_of(second)
    assert_counters_right()


def test_a_topic_that_a_moderator_put_elsewhere_stays_there(step, second, cafe):
    move_topic(topic_id=topic_of(step).pk, forum=cafe)
    assert topic_of(move(step, second)).forum == cafe
    assert_counters_right()


def test_into_a_week_not_yet_published_the_conversation_follows_with_its_publishing(
    step, week, course, learner
):
    draft = course.add_child(instance=ModulePage(title="Draft", live=False))
    moved = move(step, draft)
    assert topic_of(moved).forum == forum_of(week)
    publish(ModulePage.objects.get(pk=draft.pk))
    assert topic_of(moved).forum == forum_of(draft)
    assert_counters_right()


def test_a_first_comment_after_the_move_begins_in_the_new_week(week, second, add_step):
    read_before = ReadingPage.objects.get(pk=add_step(week, "Notes").pk)
    move(read_before, second)
    assert conversation_beside(read_before).forum == forum_of(second)


def test_a_conversation_put_into_a_private_room_is_private_beside_its_page_as_well(
    client, step, private_forum, learner, moderator
):
    client.force_login(learner)
    assert "First words" in client.get(step.url).content.decode()
    move_topic(topic_id=Place.objects.get(page=step).topic_id, forum=private_forum)
    html = client.get(step.url).content.decode()
    assert "First words" not in html
    assert "Your reply" not in html
    reply = {"text": "Still here?"}
    assert client.post(f"/forum/beside/{step.pk}/", reply).status_code in (403, 404)
    moderator.is_superuser = True
    moderator.save()
    client.force_login(moderator)
    assert "First words" in client.get(step.url).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_posts_written_while_a_step_moves_are_all_counted_where_it_lies(step, week, second, learner, at_once):
    def write() -> None:
        for number in range(3):
            publish_beside(page=ReadingPage.objects.get(pk=step.pk), person=learner, text=f"Words {number}")

    raised = at_once(write, write, lambda: move(step, second), write)
    assert raised == []
    assert topic_of(step).forum == forum_of(second)
    assert topic_of(step).posts_count == 11
    assert_counters_right()
