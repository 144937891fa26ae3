"""The page of a course, the list of courses, and the words for times."""

import datetime as dt
import zoneinfo

import pytest
import time_machine
from django.utils import timezone, translation

from modules.courses import words
from modules.courses.models import CoursePage, CourseRole, ModulePage
from modules.courses.overview import COURSES_PER_PAGE
from modules.courses.selectors import course_outline, course_outlines
from modules.progress.actions import join_course, tick_step
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn(course, add_week, add_step, instructor, mentor):
    """A course from 5 October 2026 in London: an open week, this week, a closed one, on 14 October."""
    course.title, course.starts_on, course.time_zone = (
        "The Listening Library",
        dt.date(2026, 10, 5),
        "Europe/London",
    )
    course.lede, course.hours_per_week = "Three weeks on listening.", 3
    course.body = [("text", "<p>What it is about.</p>")]
    publish(course)
    CourseRole.objects.filter(person=mentor).update(about="Sat on the committee.")
    with time_machine.travel(dt.datetime(2026, 10, 14, 12, tzinfo=dt.UTC), tick=False):
        for number, title in enumerate(["Arriving", "Listening", "Leaving"]):
            week = add_week(title, offset_days=7 * number, hint=f"{title} in a line")
            add_step(week, f"{title} notes", minutes=10 + 10 * number)
        yield course


def test_a_visitor_sees_what_it_is_and_when(client, autumn, sound):
    html = sound(client.get(autumn.url))
    for said in (
        "Three weeks on listening.",
        "What it is about.",
        "5 to 25 October 2026",
        "About 3 hours",
        "10 to 30 minutes",
        "Amara Nwosu",
        "1 mentor",
        "Sat on the committee.",
        "Join in week 2",
        "You’d be joining in week 2",
        "5–11 Oct",
        "Opens Sun 18, 23:00",  # midnight in London, on the clock of who has not said where they are
        "Times in UTC",
    ):
        assert said in html, said
    assert 'data-state="next"' in html


def test_closed_weeks_are_named_but_not_linked_in_the_list(client, autumn):
    weeks = client.get(autumn.url).content.decode().split('class="weeks"')[1].split("</ol>")[0]
    assert "Leaving in a line" in weeks
    assert f'href="{autumn.url}listening/"' in weeks
    assert f'href="{autumn.url}leaving/"' not in weeks
    assert "Leaving notes" not in weeks


def test_after_joining_it_says_where_one_is(client, autumn, person, sound):
    noor = person(time_zone="Europe/London")
    join_course(person=noor, course=autumn)
    first = ModulePage.objects.get(slug="arriving")
    tick_step(person=noor, step=first.get_children().get().specific)
    client.force_login(noor)
    html = sound(client.get(autumn.url))
    assert "You joined on 14 October" in html
    assert "Week 2 of 3 is on now" in html
    assert "Carry on in week 2" in html
    assert "Finished" in html
    assert "Join in week" not in html
    assert "Opens Mon 19, 00:00" in html


def test_a_course_with_nothing_in_it_yet_is_a_page(client, course, sound):
    html = sound(client.get(course.url))
    assert "Join the course" in html


def test_the_list_shows_courses_with_where_they_stand(client, autumn, course_index, sound):
    future = publish(course_index.add_child(instance=CoursePage(title="Next", starts_on=dt.date(2027, 1, 4))))
    publish(future.add_child(instance=ModulePage(title="One")))
    past = publish(course_index.add_child(instance=CoursePage(title="Last", starts_on=dt.date(2026, 1, 5))))
    publish(past.add_child(instance=ModulePage(title="One")))
    course_index.add_child(
        instance=CoursePage(title="Secret draft", starts_on=dt.date(2026, 1, 5), live=False)
    )
    html = sound(client.get("/courses/"))
    assert "Secret draft" not in html
    assert html.index("Not begun yet") < html.index("Week 2 of 3 is on now") < html.index("Has ended")


def test_a_private_course_is_not_listed(client, autumn):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=autumn, restriction_type=PageViewRestriction.LOGIN)
    assert autumn.title not in client.get("/courses/").content.decode()


def test_the_list_is_paged(client, course_index, sound):
    for number in range(COURSES_PER_PAGE + 1):
        course_index.add_child(
            instance=CoursePage(title=f"Course {number:02}", starts_on=dt.date(2026, 1, 1 + number))
        )
    first, second = sound(client.get("/courses/")), sound(client.get("/courses/?page=2"))
    assert "Course 20" in first
    assert "Course 00" not in first
    assert "Course 00" in second
    assert client.get("/courses/?page=nonsense").status_code == 200
    assert client.get("/courses/?page=99999").status_code == 200


def test_an_empty_site_says_how_to_begin(client, course_index, instructor, sound, course):
    course.delete()
    html = sound(client.get("/courses/"))
    assert "The shelf is empty" in html
    assert "/cms/" not in html
    client.force_login(instructor)
    assert 'href="/cms/"' in client.get("/courses/").content.decode()


def test_the_outline_counts_published_weeks_only(course, add_week, add_step):
    first, second, third = (add_week(title, offset_days=number) for number, title in enumerate("abc"))
    add_step(third, "Notes", minutes=7)
    second.unpublish()
    outline = course_outline(course)
    assert [(week.number, week.title) for week in outline.weeks] == [(1, "a"), (2, "c")]
    assert outline.weeks[1].minutes == 7
    assert outline.weeks[1].steps[0].url == f"{third.url}notes/"
    assert [week.title for week in course_outline(course, drafts=True).weeks] == ["a", "b", "c"]
    assert outline.week_at(first.path) is outline.weeks[0]
    assert outline.week_at(second.path) is None


def test_outlines_of_many_courses_are_two_queries(course_index, course, add_week, django_assert_num_queries):
    add_week("One")
    other = publish(course_index.add_child(instance=CoursePage(title="Other", starts_on=course.starts_on)))
    publish(other.add_child(instance=ModulePage(title="Theirs")))
    courses = list(CoursePage.objects.all())
    for each in courses:
        each.get_url()
    with django_assert_num_queries(2):
        outlines = course_outlines(courses)
    assert {outlines[each.pk].weeks[0].title for each in courses} == {"One", "Theirs"}
    assert course_outlines([]) == {}


def test_the_week_that_is_on_ends_at_midnight_of_the_course(course, add_week):
    course.time_zone, course.starts_on = "America/New_York", dt.date(2026, 10, 26)
    publish(course)
    week = add_week("The clock goes back on Sunday")
    end = dt.datetime(2026, 11, 2, tzinfo=zoneinfo.ZoneInfo("America/New_York"))
    assert end.astimezone(dt.UTC).hour == 5  # the week is an hour longer than 7 × 24
    assert course_outline(course, at=end - dt.timedelta(seconds=1)).week_now.page_id == week.pk
    assert course_outline(course, at=end).week_now is None


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (9, "9 min"), (60, "1 h"), (150, "2 h 30 min"), (1440, "24 h")]
)
def test_minutes_in_words(minutes, said):
    assert words.duration(minutes) == said


@pytest.mark.parametrize(
    ("first", "last", "year", "said", "short"),
    [
        ((2026, 11, 9), (2026, 11, 15), False, "9 to 15 November", "9–15 Nov"),
        ((2026, 10, 26), (2026, 11, 1), False, "26 October to 1 November", "26 Oct–1 Nov"),
        ((2026, 11, 9), (2026, 11, 9), False, "9 November", "9 Nov"),
        ((2026, 11, 9), (2026, 11, 15), True, "9 to 15 November 2026", "9–15 Nov"),
        ((2026, 10, 26), (2026, 11, 1), True, "26 October to 1 November 2026", "26 Oct–1 Nov"),
        ((2026, 11, 9), (2026, 11, 9), True, "9 November 2026", "9 Nov"),
        ((2026, 12, 28), (2027, 1, 3), True, "28 December 2026 to 3 January 2027", "28 Dec–3 Jan"),
    ],
)
def test_days_in_words(first, last, year, said, short):
    assert words.days(dt.date(*first), dt.date(*last), year=year) == said
    assert words.short_days(dt.date(*first), dt.date(*last)) == short


def test_an_opening_is_told_in_the_active_zone_and_language():
    moment = dt.datetime(2026, 11, 15, 23, 30, tzinfo=dt.UTC)
    with timezone.override(zoneinfo.ZoneInfo("Europe/Oslo")):
        assert words.opening(moment) == "Monday 16 November, 00:30"
        assert words.short_opening(moment) == "Mon 16, 00:30"
        assert words.clock_name() == "Oslo"
    with timezone.override(zoneinfo.ZoneInfo("UTC")), translation.override("es"):
        assert "noviembre" in words.opening(moment)


def test_pieces_in_words():
    assert words.pieces(10, 40) == "10 to 40 minutes"
    assert words.pieces(10, 10) == "10 minutes"
