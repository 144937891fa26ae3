"""The editors of courses, weeks and steps: their order, what they compute, what is made in them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.forms import CharField
from django.urls import reverse
from wagtail.users.models import UserProfile

from community.accounts.models import User
from modules.courses.desk.widgets import OneLine, ZoneSelect
from modules.courses.models import KINDS, CoursePage, ModulePage, SessionPage
from tests.conftest import publish

from .editors import course_form, step_form, week_form

pytestmark = pytest.mark.django_db
ORDER = {
    "lecture": ["In short", "Film or sound", "Slides", "Lecture notes"],
    "reading": ["In short", "The work", "How to get it", "The text"],
    "activity": ["In short", "What to do", "The text"],
    "session": ["When and where", "In short", "What to bring", "The text", "Recording, afterwards"],
    "quiz": ["In short", "Before the questions", "Questions", "How often one may check"],
    "survey": ["In short", "Before the questions", "Questions", "Answers"],
    "wrap-up": ["In short", "The text"],
}


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def in_two_zones(course, instructor):
    """A course by New York's clock, and who edits it in Berlin."""
    CoursePage.objects.filter(pk=course.pk).update(
        time_zone="America/New_York", starts_on=dt.date(2026, 10, 19)
    )
    User.objects.filter(pk=instructor.pk).update(time_zone="Europe/Berlin")
    course.refresh_from_db()
    return course


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(kind: type, parent) -> str:
    return reverse("wagtailadmin_pages:add", args=["courses", kind._meta.model_name, parent.pk])


def panels(html: str) -> list[str]:
    """The headings of the panels of an editor."""
    found = re.findall(r'<h2 class="w-panel__heading[^>]*>(.*?)</h2>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", heading).replace("*", "").split()) for heading in found]


def clocks(html: str) -> list[tuple[str, str]]:
    """The clocks of an editor: where each hangs and whose it is, and what it shows."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    return [(re.sub(r"<[^>]+>", "", place), time) for place, time in found]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_step_is_made_and_published_with_the_rights_of_instructors(desk, week, kind):
    """Its editor has its groups in the order in which one works."""
    answer = desk.post(add_url(KINDS[kind].model, week), step_form(kind) | {"action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    step = KINDS[kind].model.objects.get()
    assert step.live
    assert step.title == "A new step"
    html = desk.get(edit_url(step)).content.decode()
    assert "Words of a draft." in html
    assert [heading for heading in panels(html) if heading in ORDER[kind]] == ORDER[kind]


def test_courses_and_weeks_are_made_too(desk, course_index):
    answer = desk.post(add_url(CoursePage, course_index), course_form() | {"action-publish": "1"})
    assert answer.status_code == 302
    course = CoursePage.objects.get(slug="a-new-course")
    found = panels(desk.get(edit_url(course)).content.decode())
    wanted = ["In short", "When", "Who leads it", "What it is"]
    assert [heading for heading in found if heading in wanted] == wanted
    answer = desk.post(add_url(ModulePage, course), week_form() | {"action-publish": "1"})
    assert answer.status_code == 302
    html = desk.get(edit_url(ModulePage.objects.get())).content.decode()
    wanted = ["In short", "When", "What people take along: by the end you can", "Question of the week"]
    assert [heading for heading in panels(html) if heading in wanted] == wanted


def test_a_week_says_when_it_opens_by_the_courses_clock_and_the_editors(desk, in_two_zones, add_week):
    week = add_week("Arriving", offset_days=14)  # 2 November, when both have changed their clocks
    html = desk.get(edit_url(week)).content.decode()
    assert clocks(html) == [
        ("New York · the course’s clock", "Monday 2 November 2026, 00:00"),
        ("Berlin · your clock", "Monday 2 November 2026, 06:00"),
    ]
    assert "Sunday 8 November 2026" in html


def test_two_clocks_in_one_zone_are_one_line(desk, course, week):
    found = clocks(desk.get(edit_url(week)).content.decode())
    assert [place for place, _time in found] == ["UTC · the course’s clock and your clock"]


def test_a_session_says_when_it_takes_place_by_three_clocks(desk, in_two_zones, week, add_step):
    session = add_step(
        week,
        "Evening",
        "session",
        day=6,
        starts=dt.time(19),
        ends=dt.time(1),
        session_zone="Pacific/Auckland",
    )
    html = desk.get(edit_url(session)).content.decode()
    assert clocks(html) == [
        (
            "Auckland · the session’s clock",
            "Sunday 25 October 2026, 19:00 – Monday 26 October 2026, 01:00",
        ),
        ("New York · the course’s clock", "Sunday 25 October 2026, 02:00–08:00"),
        ("Berlin · your clock", "Sunday 25 October 2026, 07:00–13:00"),
    ]
    assert "after the end of the week" not in html
    session.day = 7
    assert "after the end of the week" in desk.get(edit_url(publish(session))).content.decode()


def test_a_course_says_when_it_begins_and_ends(desk, in_two_zones, add_week):
    add_week("First", offset_days=0)
    add_week("Last", offset_days=14, length_days=10)
    html = desk.get(edit_url(in_two_zones)).content.decode()
    assert clocks(html)[0] == ("New York · the course’s clock", "Monday 19 October 2026, 00:00")
    assert "The last of its weeks (2) ends on Wednesday 11 November 2026." in html


def test_a_course_with_an_impossible_time_is_refused_in_words(desk, course_index):
    wrong = {"starts_on": "0001-01-01", "time_zone": "Mars"}
    answer = desk.post(add_url(CoursePage, course_index), course_form(**wrong) | {"action-publish": "1"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(wrong)
    assert "Words of a draft." in answer.content.decode()


def test_a_session_with_an_impossible_time_is_refused_in_words(desk, week):
    wrong = {"day": "99999", "starts": "half past", "session_zone": "Mars/North"}
    answer = desk.post(add_url(SessionPage, week), step_form("session", **wrong) | {"action-publish": "1"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(wrong)


def test_a_new_week_begins_where_the_last_one_ends(desk, course, add_week):
    add_week("First", offset_days=0)
    add_week("Long", offset_days=7, length_days=14)
    html = desk.get(add_url(ModulePage, course)).content.decode()
    assert re.search(r'name="offset_days" value="21"', html)
    begins = course.starts_on + dt.timedelta(days=21)
    assert f"{begins.day} {begins:%B %Y}, 00:00" in html


def test_a_long_line_wraps_in_its_field_and_stays_a_line(desk, week):
    answer = desk.post(
        add_url(KINDS["activity"].model, week),
        step_form("activity", summary="One\r\n  line. ") | {"action-publish": "1"},
    )
    assert answer.status_code == 302
    assert KINDS["activity"].model.objects.get().summary == "One line."
    assert CharField(widget=OneLine).widget.value_from_datadict({}, {}, "summary") is None


def test_an_old_name_of_a_time_zone_is_kept_by_its_field():
    field = ZoneSelect(empty="The course’s")
    assert 'value="US/Eastern" selected' in field.render("zone", "US/Eastern")
    html = field.render("zone", "Europe/London")
    assert html.count(" selected") == 1
    assert "US/Eastern" not in html
    assert '<option value="" selected>The course’s' in field.render("zone", "")


def test_comments_are_for_words_and_not_for_numbers(desk, week, add_step):
    html = desk.get(edit_url(add_step(week, "Notes", "lecture"))).content.decode()
    fields = dict(re.findall(r'data-contentpath="(\w+)"(.*?)(?=data-contentpath=|</form>)', html, re.DOTALL))
    commented = {name for name, part in fields.items() if "data-comment-add" in part}
    assert {"title", "summary"} <= commented
    assert not {"minutes", "optional", "needs_quiet", "uid", "slides_file"} & commented


class TestTheOutlineBesideTheFields:
    def test_leads_to_all_that_is_in_the_course(self, desk, course, week, closed_week, add_step):
        here, there = add_step(week, "Here"), add_step(closed_week, "There", "quiz", optional=True)
        draft = closed_week.add_child(instance=KINDS["activity"].model(title="Begun", live=False))
        html = desk.get(edit_url(here)).content.decode().partition('class="desk-outline"')[2]
        for page in (course, week, closed_week, there, draft):
            assert f'href="{edit_url(page)}"' in html
        assert f'href="{edit_url(here)}"' not in html
        assert '<strong aria-current="page">Here</strong>' in html
        assert re.search(r"Begun</a>\s*<small>Activity · 10 min <span class=\"w-status\">Draft", html)
        assert re.search(r"There</a>\s*<small>Self-check · 10 min · optional", html)
        assert "opens " in html

    def test_is_there_for_a_page_that_is_being_made(self, desk, course, week):
        assert "Arriving" in desk.get(add_url(ModulePage, course)).content.decode()
        assert "once it is saved" in desk.get(add_url(CoursePage, course.get_parent())).content.decode()

    def test_costs_the_same_whatever_its_length(self, desk, week, add_step, queries_of):
        """Two queries, for weeks and steps; the rest of them is Wagtail's editor."""
        first = add_step(week, "First")
        for kind in KINDS:
            add_step(week, "Early", kind)
        few = queries_of(desk, edit_url(first))
        for kind in KINDS:
            add_step(week, "Later", kind)
        assert queries_of(desk, edit_url(first)) == few


def test_the_desk_goes_by_the_clock_of_a_persons_settings(desk, instructor):
    User.objects.filter(pk=instructor.pk).update(time_zone="Asia/Tokyo")
    desk.get("/cms/")
    assert UserProfile.objects.get(user=instructor).get_current_time_zone() == "Asia/Tokyo"
    instructor.time_zone = "Europe/Berlin"
    instructor.save(update_fields=["time_zone"])
    assert UserProfile.objects.get(user=instructor).get_current_time_zone() == "Europe/Berlin"
    assert "current_time_zone" not in desk.get(reverse("wagtailadmin_account")).content.decode()
