"""Before its date a week shows when it opens, and nothing that is in it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.discussions.actions import publish_beside
from modules.courses.models import CoursePage, CourseRole
from modules.courses.schedule import reschedule
from tests.conftest import publish

pytestmark = pytest.mark.django_db
# What a page of a closed week must not say: the words of its own texts below.
SECRETS = [
    "closed week's words",
    "Hidden outcome",
    "Hidden question",
    "Hidden step",
    "hidden-step",
    "Secret body",
]


@pytest.fixture
def later(closed_week, add_step):
    """A closed week with everything in it."""
    closed_week.outcomes, closed_week.question = "Hidden outcome", "Hidden question?"
    closed_week.lede, closed_week.hint = "Hidden step of thought", "What we meet later"
    publish(closed_week)
    add_step(
        closed_week, "Hidden step", minutes=25, summary="Secret body", body=[("text", "<p>Secret body.</p>")]
    )
    add_step(closed_week, "Hidden step two", "activity", minutes=20, prompt="Secret body.", optional=True)
    return closed_week


@pytest.fixture
def readers(client, person, joined):
    """The client as everybody who may not look in, one after the other."""

    def each():
        yield client
        client.force_login(person("noor"))
        yield client
        client.force_login(joined(person("jo")))
        yield client

    return each


def test_a_closed_week_says_when_it_opens_and_nothing_else(readers, later, week, sound):
    for client in readers():
        response = client.get(later.url)
        html = sound(response)
        assert response.status_code == 200
        assert "Later" in html
        assert "What we meet later" in html
        assert "in 2 pieces" in html
        assert "25 min" in html
        assert f"{later.opens_at.day} " in html
        assert [secret for secret in SECRETS if secret in html] == []
        assert 'id="talk"' not in html
        assert 'id="reply"' not in html


def test_a_closed_week_is_kept_out_of_indexes_and_shared_caches(client, later):
    response = client.get(later.url)
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "private" in response["Cache-Control"]
    assert "no-cache" in response["Cache-Control"]


def test_a_step_of_a_closed_week_answers_403_with_the_week_alone(readers, later, sound):
    step = later.get_children().first().specific
    for client in readers():
        response = client.get(step.url)
        html = sound(response)
        assert response.status_code == 403
        assert "Later" in html
        # Its own address stands in the form that sets theme and language, and in the links to the door.
        html = html.replace(step.url, "")
        assert [secret for secret in SECRETS if secret in html.replace("%2Fhidden-step", "")] == []


def test_other_pages_say_nothing_of_what_is_in_a_closed_week(readers, later, course, week, add_step):
    step = add_step(week, "Open step")
    for client in readers():
        for url in (course.url, week.url, step.url, "/courses/", "/"):
            html = client.get(url).content.decode()
            assert [secret for secret in SECRETS if secret in html] == [], url


def test_what_was_written_beside_a_closed_week_is_not_shown(readers, later, instructor):
    publish_beside(page=later, person=instructor, text="A note among ourselves", check_rights=False)
    for client in readers():
        assert b"among ourselves" not in client.get(later.url).content
        assert b"among ourselves" not in client.get("/").content


def test_who_leads_the_course_or_may_edit_it_looks_in(
    client, later, instructor, mentor, administrator, sound
):
    step = later.get_children().first().specific
    for leader in (instructor, mentor, administrator):
        client.force_login(leader)
        html = sound(client.get(later.url))
        assert "closed week&#x27;s words" in html or "closed week's words" in html
        assert "Hidden outcome" in html
        assert "Closed until" in html
        assert "because you lead the course" in html
        assert "Secret body" in sound(client.get(step.url))


def test_leading_another_course_opens_nothing_here(client, later, person, course_index):
    other = publish(
        course_index.add_child(instance=CoursePage(title="Other", starts_on=timezone.localdate()))
    )
    ruth = person("ruth")
    CourseRole.objects.create(course=other, person=ruth, role=CourseRole.Role.MENTOR)
    client.force_login(ruth)
    assert b"closed week" not in client.get(later.url).content


@pytest.mark.parametrize(
    ("zone", "starts_on", "offset", "opens"),
    [
        # Summer time ends on 25 October 2026 in London: the week after begins at midnight GMT.
        ("Europe/London", dt.date(2026, 10, 19), 7, "2026-10-26T00:00:00+00:00"),
        # The week before it began at midnight BST.
        ("Europe/London", dt.date(2026, 10, 19), 0, "2026-10-18T23:00:00+00:00"),
        # In Beirut the clock is put forward at midnight: the day begins at one.
        ("Asia/Beirut", dt.date(2026, 3, 22), 7, "2026-03-28T22:00:00+00:00"),
        ("Pacific/Auckland", dt.date(2026, 11, 9), 7, "2026-11-15T11:00:00+00:00"),
        ("UTC", dt.date(2026, 11, 9), 7, "2026-11-16T00:00:00+00:00"),
    ],
)
def test_a_week_opens_at_midnight_of_the_course_to_the_second(
    client, course, add_week, zone, starts_on, offset, opens
):
    course.time_zone, course.starts_on = zone, starts_on
    publish(course)
    week = add_week("On time", offset_days=offset, body=[("text", "<p>Now you see it.</p>")])
    reschedule(course)
    week.refresh_from_db()
    instant = dt.datetime.fromisoformat(opens)
    assert week.opens_at == instant
    with time_machine.travel(instant - dt.timedelta(seconds=1), tick=False):
        assert b"Now you see it" not in client.get(week.url).content
    with time_machine.travel(instant, tick=False):
        assert b"Now you see it" in client.get(week.url).content


def test_the_opening_is_told_on_the_readers_clock(client, course, add_week, person):
    course.time_zone, course.starts_on = "Europe/London", dt.date(2026, 11, 2)
    publish(course)
    week = add_week("Later", offset_days=7)
    with time_machine.travel(dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC), tick=False):
        assert "Opens Monday 9 November, 00:00 in UTC." in client.get(week.url).content.decode()
        client.force_login(person(time_zone="America/New_York"))
        html = client.get(week.url).content.decode()
    assert "Opens Sunday 8 November, 19:00 in New York." in html


def test_a_closed_week_points_to_the_week_that_is_on(client, later, week):
    assert "Week 1 is on now" not in client.get(later.url).content.decode()  # it began ten days ago
    week.length_days = 14
    publish(week)
    html = client.get(later.url).content.decode()
    assert "Week 1 is on now" in html
    assert f'href="{week.url}"' in html


def test_looking_into_a_closed_week_records_nothing_of_a_visitor(client, later, person):
    from modules.progress.models import StepVisit

    client.force_login(person())
    client.get(later.get_children().first().url)
    assert not StepVisit.objects.exists()
