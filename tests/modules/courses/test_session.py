"""The page of a live session: by which clocks it says when, who sees where to join, and what comes after."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation

from modules.courses.models import SessionPage
from modules.courses.sessions import times_of
from modules.media.models import CourseMedia
from modules.progress.actions import join_course, leave_course
from tests.conftest import publish

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/zwjoinhere"


@pytest.fixture
def autumn(course):
    """The course begins on Monday 12 October 2026, by the clock of London."""
    course.starts_on, course.time_zone = dt.date(2026, 10, 12), "Europe/London"
    return publish(course)


@pytest.fixture
def week(autumn, add_week):
    return add_week()


@pytest.fixture
def add_session(week, add_step):
    """`add_session(day=3)`: a session of the first week, at 17:00 in London on its fourth day."""

    def make(title: str = "Thursday circle", **fields) -> SessionPage:
        options = {"day": 3, "starts": dt.time(17), "ends": dt.time(17, 45)} | fields
        return add_step(fields.pop("week", week), title, "session", **options)

    return make


def words_of(session, course, week, zone: str, at: str = "2026-10-01T00:00Z") -> str:
    """When a session is, as somebody with their clock in `zone` reads it."""
    moment = dt.datetime.fromisoformat(at)
    with time_machine.travel(moment, tick=False), timezone.override(ZoneInfo(zone)):
        return times_of(session, course, week).words


def test_it_says_when_by_its_own_clock_and_by_the_readers(autumn, week, add_session):
    session = add_session()
    for zone, words in {
        "Europe/London": "Thursday 15 October, 17:00 to 17:45 in London",
        "Europe/Lisbon": "Thursday 15 October, 17:00 to 17:45 in London",  # the same time on its clocks
        "Europe/Oslo": "Thursday 15 October, 17:00 to 17:45 in London; 18:00 for you in Oslo",
        "UTC": "Thursday 15 October, 17:00 to 17:45 in London; 16:00 in UTC",
        "Asia/Tokyo": "Thursday 15 October, 17:00 to 17:45 in London; "
        "Friday 16 October, 01:00 for you in Tokyo",
        "America/Argentina/Buenos_Aires": "Thursday 15 October, 17:00 to 17:45 in London; "
        "13:00 for you in Buenos Aires",
    }.items():
        assert words_of(session, autumn, week, zone) == words
    with translation.override("es"):
        assert "17:00" in words_of(session, autumn, week, "Europe/Oslo")


def test_its_clock_may_hang_elsewhere_than_the_courses(autumn, week, add_session):
    session = add_session(session_zone="Pacific/Auckland", starts=dt.time(7, 30), ends=dt.time(8, 15))
    assert words_of(session, autumn, week, "Europe/London") == (
        "Thursday 15 October, 07:30 to 08:15 in Auckland; Wednesday 14 October, 19:30 for you in London"
    )


def test_over_midnight_it_ends_on_the_next_day(autumn, week, add_session):
    session = add_session(starts=dt.time(23, 30), ends=dt.time(0, 30))
    assert words_of(session, autumn, week, "Europe/London") == (
        "Thursday 15 October, 23:30 to Friday 16 October, 00:30 in London"
    )
    times = times_of(session, autumn, week)
    assert times.ends - times.starts == dt.timedelta(hours=1)


def test_another_year_is_said(autumn, week, add_session):
    assert words_of(add_session(), autumn, week, "UTC", at="2025-06-01T00:00Z") == (
        "Thursday 15 October 2026, 17:00 to 17:45 in London; 16:00 in UTC"
    )


class TestAroundAChangeOfClocks:
    def test_after_the_clocks_go_back_it_is_at_the_same_hour_by_its_clock(self, autumn, add_week, add_step):
        later = add_week("Later", offset_days=14)  # from 26 October on
        session = add_step(later, "Circle", "session", starts=dt.time(17), ends=dt.time(18))
        times = times_of(session, autumn, later)
        assert times.starts == dt.datetime(2026, 10, 26, 17, tzinfo=dt.UTC)
        assert words_of(session, autumn, later, "America/New_York") == (
            # New York changes a week after London: an hour less between them.
            "Monday 26 October, 17:00 to 18:00 in London; 13:00 for you in New York"
        )

    def test_in_the_hour_that_comes_twice_it_is_the_first_and_says_so(self, autumn, week, add_session):
        session = add_session(day=13, starts=dt.time(1, 30), ends=dt.time(1, 45))  # Sunday 25 October
        times = times_of(session, autumn, week)
        assert times.starts == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
        assert times.ends == dt.datetime(2026, 10, 25, 0, 45, tzinfo=dt.UTC)
        assert times.warnings == [
            "Clocks in London show 01:30 twice that day: it starts the first time.",
            "Clocks in London show 01:45 twice that day: it ends the first time.",
        ]

    def test_over_the_change_it_is_said_that_clocks_change(self, autumn, week, add_session):
        session = add_session(day=13, starts=dt.time(0, 30), ends=dt.time(2, 30))
        times = times_of(session, autumn, week)
        assert times.ends - times.starts == dt.timedelta(hours=3)
        assert times.warnings == ["Clocks in London change while it is on."]

    def test_a_time_that_the_clocks_leave_out_is_refused_in_words(self, course, week, add_step):
        course.starts_on = dt.date(2027, 3, 22)
        publish(course)
        with pytest.raises(ValidationError, match="go forward and leave 01:30 out"):
            add_step(
                week, "Circle", "session", day=6, starts=dt.time(1, 30), ends=dt.time(3)
            )  # Sunday 28 March

    def test_the_editor_refuses_it_too_before_the_page_is_there(self, client, course, week, instructor):
        course.starts_on = dt.date(2027, 3, 22)
        publish(course)
        client.force_login(instructor)
        sent = dict.fromkeys(("body-count", "recording-count"), "0")
        sent |= {"title": "Circle", "slug": "circle", "minutes": "45", "action-publish": "1"}
        sent |= {"day": "6", "starts": "01:30", "ends": "03:00"}
        add = reverse("wagtailadmin_pages:add", args=["courses", "sessionpage", week.pk])
        response = client.post(add, sent)
        assert response.status_code == 200
        assert "leave 01:30 out" in response.content.decode()
        assert not SessionPage.objects.exists()
        assert client.post(add, sent | {"starts": "02:30"}).status_code == 302
        assert SessionPage.objects.get().live

    def test_a_course_that_is_run_again_has_its_sessions_on_its_own_days(self, course, week, add_session):
        session = add_session()
        for start, day in ((dt.date(2027, 1, 11), 14), (dt.date(2028, 2, 28), 2)):
            course.starts_on = start
            publish(course)
            starts = times_of(session, course, week).starts
            assert (starts.day, starts.hour) == (day, 17)

    def test_a_run_that_puts_it_into_the_hour_left_out_has_it_as_long_as_before(
        self, course, week, add_session
    ):
        session = add_session(day=6, starts=dt.time(1, 30), ends=dt.time(2))
        course.starts_on = dt.date(2027, 3, 22)  # so that it falls on Sunday 28 March
        publish(course)
        times = times_of(session, course, week)
        assert times.starts == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)
        assert times.ends - times.starts == dt.timedelta(minutes=30)


class TestThePage:
    @pytest.fixture
    def session(self, add_session):
        return add_session(venue="The back room", link=LINK, bring="A kettle.\n\nA <question>.")

    def read(self, client, session, at: str = "2026-10-14T12:00Z", person=None) -> str:
        with time_machine.travel(dt.datetime.fromisoformat(at), tick=False):
            if person:
                client.force_login(person)
            response = client.get(session.url)
        assert response.status_code == 200
        return response.content.decode()

    def test_it_says_how_long_until_then_that_it_is_on_then_that_it_is_over(self, client, session):
        assert "That is in 1\xa0day, 4\xa0hours." in self.read(client, session)
        assert "That is in 10\xa0minutes." in self.read(client, session, "2026-10-15T15:50Z")
        assert "It’s on now." in self.read(client, session, "2026-10-15T16:00Z")
        assert "It’s on now." in self.read(client, session, "2026-10-15T16:44:59Z")
        assert "It’s over." in self.read(client, session, "2026-10-15T16:45Z")

    def test_the_day_is_short_on_the_readers_clock(self, client, session, person):
        tokyo = person("tokyo", time_zone="Asia/Tokyo")
        for at, day in (("2026-10-14T12:00Z", "16 Oct"), ("2026-10-15T01:00Z", "Tomorrow")):
            assert f"<span>{day}</span><b>01:00</b>" in self.read(client, session, at, tokyo)
        assert "<span>Today</span><b>01:00</b>" in self.read(client, session, "2026-10-15T15:30Z", tokyo)

    def test_it_says_where_and_what_to_bring(self, client, session, sound):
        with time_machine.travel(dt.datetime(2026, 10, 14, tzinfo=dt.UTC), tick=False):
            html = sound(client.get(session.url))
        assert "The back room" in html
        assert "<p>A kettle.</p>" in html
        assert "<p>A &lt;question&gt;.</p>" in html
        assert f'href="/sessions/{session.pk}.ics"' in html
        assert "About this session" in html or 'id="talk"' in html

    def test_only_people_of_the_course_and_who_leads_it_see_where_to_join(
        self, client, session, course, person, instructor, mentor, administrator, moderator
    ):
        outsider, learner, gone = person("outsider"), person("learner"), person("gone")
        for somebody in (learner, gone):
            join_course(person=somebody, course=course)
        leave_course(person=gone, course=course)
        for reader in (learner, instructor, mentor, administrator):
            html = self.read(client, session, person=reader)
            assert f'href="{LINK}"' in html, reader
            assert "Join at meet.example.org" in html, reader
            client.logout()
        for reader in (None, outsider, gone, moderator):
            html = self.read(client, session, person=reader)
            assert "zwjoinhere" not in html, reader
            assert "and you’re shown here where to meet" in html, reader
            client.logout()

    def test_once_it_is_over_nobody_is_led_to_an_empty_room(self, client, session, course, person):
        learner = person()
        join_course(person=learner, course=course)
        html = self.read(client, session, "2026-10-16T12:00Z", learner)
        assert LINK not in html
        assert ".ics" not in html

    def test_the_recording_stands_there_afterwards(self, client, session, settings, tmp_path, sound):
        settings.MEDIA_ROOT = tmp_path
        film = CourseMedia.objects.create(
            title="F", type="video", file=ContentFile(b"\0\0\0\x18ftypmp42", "f.mp4")
        )
        session.recording = [("film", {"title": "The circle", "file": film, "captions": []})]
        publish(session)
        assert "<video" not in self.read(client, session)  # of last year's run, say
        assert "<video" not in self.read(client, session, "2026-10-15T16:30Z")
        with time_machine.travel(dt.datetime(2026, 10, 16, tzinfo=dt.UTC), tick=False):
            html = sound(client.get(session.url))
        assert "<video" in html
        assert 'href="#recording"' in html

    def test_a_session_without_place_or_link_says_only_when(self, client, add_session):
        html = self.read(client, add_session("Bare"))
        assert "17:00 to 17:45 in London" in html
        assert "What to bring" not in html
        assert "Join at" not in html
        assert "where to meet" not in html

    def test_the_preview_of_a_draft_shows_all_of_it(self, client, week, instructor, session):
        client.force_login(instructor)
        session.title = "Not yet"
        session.save_revision()
        html = client.get(reverse("wagtailadmin_pages:view_draft", args=[session.pk])).content.decode()
        assert "Not yet" in html
        assert f'href="{LINK}"' in html

    def test_what_it_costs(self, client, session, course, person, django_assert_num_queries):
        learner = person()
        join_course(person=learner, course=course)
        self.read(client, session, person=learner)
        # As any step (see test_queries) beside which nobody has written: 14. 15: is she on the course?
        with (
            time_machine.travel(dt.datetime(2026, 10, 14, 12, tzinfo=dt.UTC), tick=False),
            django_assert_num_queries(15),
        ):
            client.get(session.url)


def test_words_of_warning_are_shown(client, add_session):
    session = add_session(day=13, starts=dt.time(1, 30), ends=dt.time(3))
    with time_machine.travel(dt.datetime(2026, 10, 14, tzinfo=dt.UTC), tick=False):
        html = client.get(session.url).content.decode()
    assert re.search(r'class="note">.*Clocks in London show 01:30 twice that day', html)
