"""The page of a week, as visitors, members of the course and its leaders see it."""

import re

import pytest

from community.discussions.actions import publish_beside
from modules.progress.actions import join_course, tick_step
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_week(week, add_step, instructor):
    week.lede, week.question = "What people meet when they arrive.", "What did you stop doing?"
    week.outcomes = "You can describe a door\n\nYou can name a notice"
    week.length_days = 14
    publish(week)
    add_step(week, "The door", "lecture", minutes=18, has_audio=True, summary="What a door says.")
    add_step(week, "Five laws", "reading", minutes=9, skimmable=True, needs_quiet=True)
    add_step(week, "Further on", "reading", minutes=30, optional=True)
    add_step(week, "A walk", "activity", minutes=20)
    return week


def test_a_visitor_reads_the_whole_week_in_order(client, full_week, sound):
    response = client.get(full_week.url)
    html = sound(response)
    assert response.status_code == 200
    for words in (
        "What people meet when they arrive.",
        "The open week&#x27;s words.",
        "You can describe a door",
        "You can name a notice",
        "What a door says.",
        "Amara Nwosu",
        "Week 1, ",
        "About 47 min in all",  # the optional half hour is not asked of anybody
    ):
        assert words in html or words.replace("&#x27;", "'") in html, words
    titles = re.findall(r'<h3 class="title lg"><a class="plain" href="([^"]+)">([^<]+)</a>', html)
    assert [title for _url, title in titles] == ["The door", "Five laws", "Further on", "A walk"]
    assert titles[0][0] == f"{full_week.url}the-door/"
    assert "Join the course" in html
    assert "<form" not in html.split('id="steps"')[1].split("</section>")[0]


def test_a_visitor_gets_no_session(client, full_week, django_assert_max_num_queries):
    from django.contrib.sessions.models import Session

    response = client.get(full_week.url)
    assert "sessionid" not in response.cookies
    assert not Session.objects.exists()


def test_the_page_is_nobody_elses(client, full_week):
    response = client.get(full_week.url)
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_somebody_on_the_course_sees_what_is_done_and_ticks_the_rest(
    client, full_week, course, person, sound
):
    noor = person()
    join_course(person=noor, course=course)
    door, laws, *_rest = (page.specific for page in full_week.get_children())
    tick_step(person=noor, step=door)
    client.force_login(noor)
    html = sound(client.get(full_week.url))
    assert "1 of 3 steps done." in html
    assert "About 29 min to go" in html
    assert f'action="/me/steps/{door.pk}/untick/"' in html
    assert f'action="/me/steps/{laws.pk}/tick/"' in html
    assert re.search(r'data-state="done"><span class="tick">.*?The door', html)


def test_the_conversation_bears_the_question_of_the_week(
    client, full_week, course, person, instructor, sound
):
    noor = person(display_name="Noor Haddad")
    join_course(person=noor, course=course)
    post = publish_beside(page=full_week, person=noor, text="The printed timetable.")
    publish_beside(
        page=full_week, person=instructor, text="Who noticed?", parent_id=post.pk, check_rights=False
    )
    client.force_login(noor)
    html = sound(client.get(full_week.url))
    talk = html.split('id="talk"')[1]
    assert "What did you stop doing?" in talk
    assert "The printed timetable." in talk
    assert "Who noticed?" in talk
    assert "Instructor" in talk
    assert "<textarea" in talk


def test_a_week_without_steps_outcomes_or_question_is_still_a_page(client, week, sound):
    html = sound(client.get(week.url))
    assert 'id="steps"' not in html


def test_unpublished_steps_are_not_listed(client, full_week):
    full_week.get_children().get(slug="five-laws").unpublish()
    assert "Five laws" not in client.get(full_week.url).content.decode()


def test_the_weeks_around_are_linked_when_they_are_open(client, full_week, add_week):
    second = add_week("Listening", offset_days=5)
    third = add_week("Far ahead", offset_days=60)
    html = client.get(second.url).content.decode().split('aria-label="Weeks"')[1]
    assert f'href="{full_week.url}"' in html
    assert f'href="{third.url}"' not in html
    assert "Week 3 opens" in html


def test_who_may_edit_finds_the_way_to_the_editor(client, full_week, instructor, mentor, person):
    edit = f"/cms/pages/{full_week.pk}/edit/"
    assert edit not in client.get(full_week.url).content.decode()
    for reader, may in ((person(), False), (mentor, False), (instructor, True)):
        client.force_login(reader)
        assert (edit in client.get(full_week.url).content.decode()) is may
        assert client.get(edit).status_code == (200 if may else 302)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_speaks_the_readers_language(client, full_week, language):
    response = client.get(full_week.url, headers={"accept-language": language})
    assert f'<html lang="{language}"' in response.content.decode()
    assert response.status_code == 200
