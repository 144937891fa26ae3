"""The look back at a week: its dates, how much was said, and the way there."""

import datetime as dt

import pytest
import time_machine

from community.discussions.actions import publish_beside
from community.forum_conversation.actions import publish_post, set_state, start_topic
from community.forum_conversation.models import Post
from modules.progress.actions import join_course
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrap_up(course, week, add_step):
    course.starts_on = dt.date(2026, 10, 5)
    publish(course)
    return add_step(week, "What we heard", "wrap-up", body=[("text", "<p>It was a good week.</p>")])


@pytest.fixture
def noor(person, course):
    join_course(person=(noor := person()), course=course)
    return noor


def head_of(client, page) -> str:
    html = client.get(page.url).content.decode()
    return html.split('<p class="meta fs-m mt3">')[1].split("</p>")[0]


def test_it_says_which_days_it_looks_back_at(client, wrap_up, sound):
    with time_machine.travel(dt.datetime(2026, 11, 1, tzinfo=dt.UTC)):
        html = sound(client.get(wrap_up.url))
    assert "5 to 11 October" in html
    assert "It was a good week." in html
    assert "About this look back" in html or 'id="talk"' in html


def test_its_numbers_are_those_of_the_weeks_forum(client, wrap_up, week, noor, person, course, moderator):
    client.force_login(noor)
    assert "conversation" not in head_of(client, wrap_up)
    forum = week.week_forum.forum
    beside = publish_beside(page=week, person=noor, text="Beside the week")
    assert "1 conversation</span><span>1 post</span>" in head_of(client, wrap_up)
    publish_post(topic_id=beside.topic_id, person=noor, text="And more", parent_id=beside.pk)
    topic = start_topic(forum=forum, person=noor, subject="Doors", text="Which?")
    rude = publish_post(topic_id=topic.pk, person=noor, text="Rude")
    assert "2 conversations</span><span>4 posts</span>" in head_of(client, wrap_up)
    set_state(post=rude, state=Post.State.HIDDEN, by=moderator)
    assert "2 conversations</span><span>3 posts</span>" in head_of(client, wrap_up)


def test_who_may_not_read_the_conversations_is_told_no_numbers(client, wrap_up, week, noor, person):
    publish_beside(page=week, person=noor, text="Beside the week")
    assert "1 post" not in head_of(client, wrap_up)
    client.force_login(person("outsider"))
    assert "1 post" not in head_of(client, wrap_up)


def test_it_leads_back_to_the_conversation_of_its_week(client, wrap_up, week, noor, sound):
    visitors = client.get(wrap_up.url).content.decode()
    assert f'href="{week.url}#talk"' in visitors
    assert week.week_forum.forum.get_absolute_url() not in visitors
    client.force_login(noor)
    html = sound(client.get(wrap_up.url))
    assert f'href="{week.url}#talk"' in html
    assert f'href="{week.week_forum.forum.get_absolute_url()}"' in html
    assert 'id="talk"' in client.get(week.url).content.decode()


def test_its_preview_has_no_numbers_and_no_ways(client, wrap_up, week, noor, instructor):
    publish_beside(page=week, person=noor, text="Beside the week")
    client.force_login(instructor)
    html = client.get(f"/cms/pages/{wrap_up.pk}/view_draft/").content.decode()
    assert "It was a good week." in html
    assert "1 post" not in html
    assert "#talk" not in html


@pytest.mark.parametrize("count", [1, 5])
def test_what_it_costs(client, wrap_up, week, noor, django_assert_num_queries, count):
    forum = week.week_forum.forum
    for number in range(count):
        start_topic(forum=forum, person=noor, subject=f"Topic {number}", text="Words")
    client.force_login(noor)
    client.get(wrap_up.url)
    # As any step (see test_queries) beside which nobody has written.
    with django_assert_num_queries(14):
        assert f"{count} conversation" in client.get(wrap_up.url).content.decode()
