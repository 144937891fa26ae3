from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from modules.courses.models import ModulePage
from modules.courses.selectors import course_outline
from modules.progress.actions import leave_course, record_visit, tick_step
from modules.progress.selectors import carry_on, next_opening, progress_in, short_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def this_week(add_week, add_step):
    """A week that is on now, with two steps of 5 and 15 minutes."""
    week = add_week("This week", offset_days=7)
    return [add_step(week, "Five minutes", minutes=5), add_step(week, "A quarter", minutes=15)]


def test_the_step_opened_last_and_not_ticked_comes_first(learner, course, steps, this_week):
    now = timezone.now()
    record_visit(person=learner, step=this_week[0], course=course, at=now - dt.timedelta(days=2))
    record_visit(person=learner, step=steps[1], course=course, at=now - dt.timedelta(days=1))
    record_visit(person=learner, step=steps[0], course=course, at=now)
    tick_step(person=learner, step=steps[0])
    onward = carry_on(learner)
    assert onward.step.page_id == steps[1].pk
    assert onward.opened_at == now - dt.timedelta(days=1)
    assert (onward.week.number, onward.number, onward.total) == (1, 2, 3)


def test_without_one_the_first_open_step_of_this_week(learner, steps, this_week):
    tick_step(person=learner, step=this_week[0])
    onward = carry_on(learner)
    assert (onward.step.page_id, onward.opened_at) == (this_week[1].pk, None)


def test_then_earlier_weeks(learner, steps, this_week):
    for step in (*this_week, steps[0]):
        tick_step(person=learner, step=step)
    assert carry_on(learner).step.page_id == steps[1].pk


def test_then_what_finished_weeks_got_since(learner, week, steps, this_week, add_step):
    for step in (*this_week, *steps[:2]):
        tick_step(person=learner, step=step)
    new = add_step(week, "Added later")
    assert carry_on(learner).step.page_id == new.pk


def test_an_optional_step_is_suggested_only_once_it_was_opened(learner, course, steps, closed_week):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    assert carry_on(learner) is None
    record_visit(person=learner, step=steps[2], course=course)
    assert carry_on(learner).step.page_id == steps[2].pk


def test_an_optional_step_opened_in_a_finished_week_waits_for_what_is_required(
    learner, course, steps, this_week
):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    record_visit(person=learner, step=steps[2], course=course)
    assert carry_on(learner).step.page_id == this_week[0].pk


def test_a_live_session_that_is_optional_is_nothing_to_carry_on_with(learner, course, week, add_step):
    session = add_step(week, "With the kettle on", "session", optional=True)
    record_visit(person=learner, step=session, course=course)
    assert carry_on(learner) is None


def test_a_closed_week_is_never_suggested(learner, course, steps):
    record_visit(person=learner, step=steps[0], course=course)
    ModulePage.objects.update(opens_at=timezone.now() + dt.timedelta(days=1))
    assert carry_on(learner) is None


def test_an_unpublished_step_is_never_suggested(learner, course, steps):
    record_visit(person=learner, step=steps[1], course=course)
    steps[1].unpublish()
    assert carry_on(learner).step.page_id == steps[0].pk


def test_nothing_is_waiting_for_who_is_on_no_course(person, learner, course, steps):
    assert carry_on(person("hanne")) is None
    leave_course(person=learner, course=course)
    assert carry_on(learner) is None


def test_a_course_that_is_over_and_done_suggests_nothing(learner, course, steps):
    record_visit(person=learner, step=steps[2], course=course)
    tick_step(person=learner, step=steps[0])
    assert carry_on(learner).step.page_id == steps[2].pk
    tick_step(person=learner, step=steps[1])
    assert carry_on(learner) is None


def test_the_next_week_to_open_is_the_nearest(course, steps, add_week):
    add_week("Far", offset_days=40)
    near = add_week("Near", offset_days=20)
    outline, week = next_opening([course_outline(course)])
    assert (outline.course, week.page_id) == (course, near.pk)


def test_no_week_opens_once_all_are_open(course, steps):
    assert next_opening([course_outline(course)]) is None


def test_short_steps_are_undone_open_and_none_of_them_the_next_one(
    learner, course, steps, this_week, closed_week, add_step
):
    add_step(closed_week, "Closed", minutes=1)
    outlines, progress = [course_outline(course)], progress_in(learner, course)
    found = short_steps(outlines, progress, minutes=10, but=carry_on(learner))
    assert [step.title for step in found] == ["Lecture notes"]
    found = short_steps(outlines, progress, minutes=10, but=None)
    assert [step.title for step in found] == ["Five minutes", "Lecture notes"]
