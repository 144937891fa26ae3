from __future__ import annotations

import datetime as dt
import re
import zoneinfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.forum_conversation.actions import start_topic
from home.views import greeting
from modules.courses.models import CoursePage, ModulePage, ReadingPage
from modules.progress.actions import join_course, leave_course, record_visit, tick_step
from tests.conftest import publish

pytestmark = pytest.mark.django_db
URL = "/me/"


@pytest.fixture
def learner(person, course):
    user = person("noor")
    join_course(person=user, course=course)
    return user


@pytest.fixture
def signed_in(client, learner):
    client.force_login(learner)
    return client


@pytest.fixture
def this_week(add_week, add_step):
    """A week that is on now, with two required steps and an optional one."""
    week = add_week("This week", offset_days=7, cloth="navy")
    add_step(week, "A lecture", kind="lecture", minutes=12)
    add_step(week, "A reading", minutes=8)
    add_step(week, "A walk", kind="activity", minutes=30, optional=True)
    return week


def words(response) -> str:
    """The page as read aloud: no tags, single spaces."""
    body = response.content.decode().split('<main id="main">')[1].split("</main>")[0]
    return re.sub(r"\s+([.,:])", r"\1", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def test_a_visitor_is_led_through_sign_in(client):
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={URL}"


def test_no_other_method_is_answered(signed_in):
    assert signed_in.post(URL).status_code == 405


@pytest.mark.parametrize(
    ("hour", "start"), [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_the_greeting_suits_the_hour(hour, start):
    assert greeting(dt.datetime(2026, 11, 12, hour), "Noor") == f"Good {start}, Noor"


def test_the_hour_is_the_readers_own(client, person):
    client.force_login(person("noor", time_zone="America/New_York"))
    with time_machine.travel(dt.datetime(2026, 11, 12, 23, 10, tzinfo=dt.UTC), tick=False):
        page = words(client.get(URL))
    assert "Good evening, Noor" in page
    assert "Thursday 12 November, 18:10 in New York" in page


def test_somebody_without_a_course_is_shown_what_to_join(client, person, course):
    client.force_login(person("noor"))
    response = client.get(URL)
    assert "Your shelf is empty" in words(response)
    assert f'action="{reverse("join_course", args=[course.pk])}"' in response.content.decode()
    joined = client.post(reverse("join_course", args=[course.pk]), {"next": URL}, follow=True)
    assert "Your shelf is empty" not in words(joined)


def test_a_course_that_is_not_published_or_private_is_not_offered(client, person, course):
    from wagtail.models import PageViewRestriction

    client.force_login(person("noor"))
    restriction = PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.GROUPS)
    assert "There is no course to join" in words(client.get(URL))
    restriction.delete()
    course.unpublish()
    assert "There is no course to join" in words(client.get(URL))


def test_the_band_leads_to_the_step_one_left_off_at(signed_in, learner, course, this_week):
    step = this_week.get_children().last().get_prev_sibling().specific
    record_visit(person=learner, step=step, course=course, at=timezone.now() - dt.timedelta(hours=2))
    response = signed_in.get(URL)
    assert "Carry on where you left off, 2 hours ago A reading Week 1, step 2 of 3 8 min Listening" in words(
        response
    )
    assert f'<a class="btn" href="{step.url}">Carry on ' in response.content.decode()


def test_without_a_visit_the_band_names_the_next_step(signed_in, this_week):
    page = words(signed_in.get(URL))
    assert "Your next step A lecture Week 1, step 1 of 3 12 min" in page
    assert "If you only have 10 minutes A reading, 8 min" in page


def test_when_all_is_done_the_band_says_what_opens_next(signed_in, learner, this_week, add_week):
    later = add_week("Later", offset_days=30)
    for step in this_week.get_children():
        tick_step(person=learner, step=step.specific)
    page = words(signed_in.get(URL))
    assert "Everything that is open is done" in page
    assert "Week 2 of Listening, “Later”, opens on" in page
    assert str(later.opens_at.day) in page


def test_this_weeks_outline_says_what_is_done(signed_in, learner, course, this_week):
    first, second = (page.specific for page in this_week.get_children()[:2])
    tick_step(person=learner, step=first)
    record_visit(person=learner, step=second, course=course)
    page = words(signed_in.get(URL))
    assert "A lecture. Done." in page
    assert "A reading. Started." in page
    assert "A walk. Optional." in page
    assert "1 of 2 steps done" in page


def test_the_shelf_says_in_words_how_far_each_week_is(
    signed_in, learner, week, add_step, this_week, add_week
):
    tick_step(person=learner, step=add_step(week, "Done"))
    tick_step(person=learner, step=this_week.get_first_child().specific)
    add_week("Later", offset_days=30)
    response = signed_in.get(URL)
    page, html = words(response), response.content.decode()
    assert "Week 1: Arriving, finished" in page
    assert "Week 2: This week, this week, 1 of 2 steps done" in page
    assert "Week 3: Later, opens later" in page
    assert "1 week finished, 1 under way." in page
    assert 'data-cloth="navy" data-state="now" aria-current="step"' in html


def test_steps_of_a_closed_week_are_not_named(signed_in, closed_week, add_step):
    add_step(closed_week, "A secret step")
    assert "A secret step" not in signed_in.get(URL).content.decode()


def test_a_course_that_is_over_and_done_stands_among_the_finished(signed_in, learner, week, add_step):
    tick_step(person=learner, step=add_step(week))
    page = words(signed_in.get(URL))
    assert "You’re on no course just now" in page
    assert "Finished and left Listening 1 week finished." in page


def test_a_course_that_was_left_is_kept_with_a_way_back(signed_in, learner, course, week):
    leave_course(person=learner, course=course)
    response = signed_in.get(URL)
    assert re.search(r"Listening You left on \d+ \w+\. What you did is kept\. Join again", words(response))
    signed_in.post(reverse("join_course", args=[course.pk]))
    assert "You left on" not in words(signed_in.get(URL))


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_a_course_that_is_gone_is_still_named(signed_in, course, week, end):
    getattr(course, end)()
    page = words(signed_in.get(URL))
    assert "Listening This course isn’t on the site at the moment. What you did is kept." in page
    assert "Join again" not in page


def test_nobody_elses_courses_are_shown(client, person, learner, course, this_week):
    client.force_login(person("hanne"))
    assert "A lecture" not in words(client.get(URL))


def test_words_of_pages_are_escaped(signed_in, course, add_week, add_step):
    course.title = "<b>Bold</b> course"
    publish(course)
    add_step(add_week("<i>Week</i>", offset_days=7), "<script>alert(1)</script>")
    html = signed_in.get(URL).content.decode()
    assert "<script>alert" not in html
    assert "<i>Week" not in html
    assert "<b>Bold" not in html


def test_the_page_takes_nine_queries_whatever_there_is_to_show(
    signed_in, learner, cafe, course_index, this_week, add_week, add_step, django_assert_max_num_queries
):
    # Session, person; enrolments with their courses, weeks, steps, ticks with visits, finished weeks; one's
    # last posts, their topics. The frame (footer, rights) and the site's root lie in the cache.
    start_topic(forum=cafe, person=learner, subject="Toast", text="At ten.")
    signed_in.get(URL)
    with django_assert_max_num_queries(9):
        assert "Toast" in words(signed_in.get(URL))
    for number in range(3):
        page = CoursePage(title=f"Course {number}", slug=f"course-{number}", starts_on=timezone.localdate())
        course = course_index.add_child(instance=page)
        join_course(person=learner, course=course)
        for place in range(2):
            week = course.add_child(instance=ModulePage(title=f"Week {place}", length_days=14))
            for turn in range(3):
                step = week.add_child(instance=ReadingPage(title=f"Step {turn}"))
                record_visit(person=learner, step=step, course=course)
                if turn:
                    tick_step(person=learner, step=step)
        start_topic(forum=cafe, person=learner, subject=f"Topic {number}", text="Words")
    signed_in.get(URL)
    with django_assert_max_num_queries(9):
        page = words(signed_in.get(URL))
    assert "Course 2" in page


def test_the_page_takes_as_many_for_courses_left_and_to_join(
    client, person, course_index, django_assert_max_num_queries
):
    # Session, person, enrolments, private pages, courses to join, one's last posts.
    client.force_login(noor := person("noor"))

    def add(number: int) -> CoursePage:
        page = CoursePage(title=f"Course {number}", slug=f"course-{number}", starts_on=dt.date(2026, 1, 1))
        return course_index.add_child(instance=page)

    add(0)
    client.get(URL)
    with django_assert_max_num_queries(6):
        client.get(URL)
    for number in range(1, 6):
        join_course(person=noor, course=add(number))
        leave_course(person=noor, course=CoursePage.objects.get(slug=f"course-{number}"))
    client.get(URL)
    with django_assert_max_num_queries(6):
        client.get(URL)


def test_times_are_told_in_the_readers_zone(client, person, course, add_week):
    noor = person("noor", time_zone="Asia/Tokyo")
    join_course(person=noor, course=course)
    later = add_week("Later", offset_days=30)
    client.force_login(noor)
    local = later.opens_at.astimezone(zoneinfo.ZoneInfo("Asia/Tokyo"))
    assert f"{local:%H:%M}" == "09:00"
    assert "09:00" in words(client.get(URL))
