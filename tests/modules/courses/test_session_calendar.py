"""A session as a file for calendars: right by every clock, and behind the same door as its page."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from modules.progress.actions import join_course
from tests.conftest import publish

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/zwjoinhere"


@pytest.fixture
def session(course, week, add_step):
    course.starts_on, course.time_zone = dt.date(2026, 10, 12), "Europe/London"
    publish(course)
    return add_step(
        week,
        "Circle; with “tea”, and\tcake",
        "session",
        day=3,
        starts=dt.time(17),
        ends=dt.time(17, 45),
        summary="We look at doors, together.",
        venue="The back room, upstairs; ring",
        link=LINK,
        bring="A kettle.\nA question\\answer.",
    )


def read(client, session) -> tuple[dict, str]:
    """The event as a calendar program understands it, and the file."""
    response = client.get(f"/sessions/{session.pk}.ics")
    assert response.status_code == 200
    text = response.content.decode()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event, text


def test_it_says_all_that_the_page_says(client, session):
    event, text = read(client, session)
    assert event.decoded("dtstart") == dt.datetime(2026, 10, 15, 16, tzinfo=dt.UTC)
    assert event.decoded("dtend") == dt.datetime(2026, 10, 15, 16, 45, tzinfo=dt.UTC)
    assert "DTSTART:20261015T160000Z" in text
    assert event["summary"] == "Circle; with “tea”, and\tcake (Listening)"
    assert event["location"] == "The back room, upstairs; ring"
    assert event["description"].startswith(
        "We look at doors, together.\n\nBring: A kettle.\nA question\\answer."
    )
    assert event["url"] == f"http://testserver{session.url}"
    assert event["uid"].startswith(f"session-{session.pk}@")
    assert event["dtstamp"].dt.tzinfo is not None


def test_it_is_a_file_that_every_program_reads(client, session):
    response = client.get(f"/sessions/{session.pk}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="session-{session.pk}.ics"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    lines = response.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert client.head(f"/sessions/{session.pk}.ics").status_code == 200
    assert client.post(f"/sessions/{session.pk}.ics").status_code == 405


def test_control_characters_and_lines_of_other_properties_do_not_get_in(client, session):
    type(session).objects.filter(pk=session.pk).update(
        title="A\rATTENDEE:mailto:x@example.org", bring="one\x0b\x1b[0mtwo\r\nBEGIN:VALARM\r\nEND:VALARM"
    )
    event, text = read(client, session)
    assert "\r\nATTENDEE" not in text
    assert "\r\nBEGIN:VALARM" not in text
    assert "attendee" not in event
    assert not set(text) & set(map(chr, [*range(9), 11, 12, *range(14, 32)]))


def test_it_keeps_its_name_and_counts_its_versions(client, course, week, session):
    first, text = read(client, session)
    assert read(client, session)[1] == text
    for page in (session, week, course):
        before, _text = read(client, session)
        publish(page)
        after, _text = read(client, session)
        assert after["uid"] == first["uid"]
        assert after["sequence"] > before["sequence"]
        assert after.decoded("dtstamp") >= before.decoded("dtstamp")


def test_it_moves_with_the_course(client, course, session):
    course.starts_on = dt.date(2026, 10, 26)  # after the clocks have gone back
    publish(course)
    course.refresh_from_db()
    event, _text = read(client, session)
    assert event.decoded("dtstart") == dt.datetime(2026, 10, 29, 17, tzinfo=dt.UTC)


def test_in_the_hour_that_comes_twice_it_is_the_first(client, session):
    session.day, session.starts, session.ends = 13, dt.time(1, 30), dt.time(0, 30)
    publish(session)
    event, _text = read(client, session)
    assert event.decoded("dtstart") == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert event.decoded("dtend") == dt.datetime(2026, 10, 26, 0, 30, tzinfo=dt.UTC)


def test_where_to_join_is_for_people_of_the_course_and_who_leads_it(
    client, course, session, person, mentor, moderator
):
    learner = person()
    join_course(person=learner, course=course)
    for reader in (learner, mentor):
        client.force_login(reader)
        assert f"Join at {LINK}" in read(client, session)[0]["description"]
    for reader in (None, person("outsider"), moderator):
        client.logout()
        if reader:
            client.force_login(reader)
        event, text = read(client, session)
        assert "zwjoinhere" not in text.replace("\r\n ", "")
        assert f"shown where to join: http://testserver{course.url}" in event["description"]


def test_without_a_place_the_address_is_one_for_those_who_may_have_it(client, course, session, person):
    session.venue = ""
    publish(session)
    assert "location" not in read(client, session)[0]
    join_course(person=(learner := person()), course=course)
    client.force_login(learner)
    assert read(client, session)[0]["location"] == LINK


class TestItsDoor:
    def test_a_closed_week_keeps_its_sessions_but_from_who_looks_in(
        self, client, closed_week, add_step, person, course, mentor
    ):
        session = add_step(closed_week, "zwcircle", "session")
        learner = person()
        join_course(person=learner, course=course)
        for reader in (None, learner):
            if reader:
                client.force_login(reader)
            response = client.get(f"/sessions/{session.pk}.ics")
            assert response.status_code == 403
            assert "zwcircle" not in response.content.decode()
            assert "Opens" in response.content.decode()
        client.force_login(mentor)
        assert read(client, session)[0]["summary"].startswith("zwcircle")

    def test_what_is_not_published_is_not_there(self, client, course, week, session, instructor):
        client.force_login(instructor)
        for page in (session, week, course):
            page.refresh_from_db()
            page.unpublish()
            assert client.get(f"/sessions/{session.pk}.ics").status_code == 404
            page.save_revision().publish()
            assert client.get(f"/sessions/{session.pk}.ics").status_code == 200

    def test_no_other_page_has_such_a_file(self, client, week, add_step):
        step = add_step(week, "A reading")
        for wrong in (step.pk, week.pk, 987654321, 0, "9" * 30, "x", f"{step.pk}/.."):
            assert client.get(f"/sessions/{wrong}.ics").status_code == 404

    @pytest.mark.parametrize("above", ["week", "session"])
    def test_a_private_one_leads_to_the_page_which_asks(self, request, client, session, above, person):
        page = request.getfixturevalue(above)
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )
        address = f"/sessions/{session.pk}.ics"
        assert client.get(address)["Location"] == session.url
        assert client.get(session.url)["Location"].startswith("/accounts/login/")
        client.force_login(noor := person())
        assert client.get(address).status_code == 200
        restriction.restriction_type = PageViewRestriction.GROUPS
        restriction.save()
        restriction.groups.add(mentors := Group.objects.get(name="Mentors"))
        assert client.get(address)["Location"] == session.url
        assert client.get(session.url).status_code == 403
        noor.groups.add(mentors)
        assert client.get(address).status_code == 200

    def test_what_it_costs(self, client, session, course, person, django_assert_num_queries):
        join_course(person=(learner := person()), course=course)
        client.force_login(learner)
        client.get(f"/sessions/{session.pk}.ics")
        # 1 session, 2 person, 3 its address, 4 the page, 5 course, 6 weeks and 7 steps of the outline,
        # 8 week, 9 on the course?
        with django_assert_num_queries(9):
            client.get(f"/sessions/{session.pk}.ics")
