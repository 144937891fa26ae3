from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from modules.courses.models import ModulePage, StepPage
from modules.courses.selectors import course_outline
from modules.progress.actions import leave_course, record_visit, tick_step, untick_step
from modules.progress.selectors import Progress, progress_in, progress_of
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_week(learner, course):
    """The outline's first week and the learner's progress, read anew."""

    def read():
        return course_outline(course).weeks[0], progress_in(learner, course)

    return read


def test_a_step_is_done_started_or_neither(learner, course, steps):
    at = timezone.now() - dt.timedelta(hours=1)
    tick_step(person=learner, step=steps[0], at=at)
    record_visit(person=learner, step=steps[1], course=course, at=at)
    progress = progress_in(learner, course)
    assert [progress.step_state(step.pk) for step in steps] == ["done", "now", ""]
    assert progress.done == {steps[0].pk: at}
    assert progress.started == {steps[1].pk: at}


def test_a_step_opened_and_ticked_is_done(learner, course, steps):
    record_visit(person=learner, step=steps[0], course=course)
    tick_step(person=learner, step=steps[0])
    assert progress_in(learner, course).step_state(steps[0].pk) == "done"


def test_an_unticked_step_is_started_again(learner, course, steps):
    record_visit(person=learner, step=steps[0], course=course)
    tick_step(person=learner, step=steps[0])
    untick_step(person=learner, step=steps[0])
    assert progress_in(learner, course).step_state(steps[0].pk) == "now"


def test_nobody_sees_another_persons_ticks(person, learner, course, steps):
    tick_step(person=learner, step=steps[0])
    assert progress_in(person("hanne"), course) == Progress()


def test_a_week_that_is_over_reads_open_then_part_then_done(first_week, learner, course, steps):
    week, progress = first_week()
    assert (progress.week_state(week), progress.week_words(week)) == ("open", "open, 2 steps")
    record_visit(person=learner, step=steps[0], course=course)
    week, progress = first_week()
    assert (progress.week_state(week), progress.week_words(week)) == ("part", "started, 2 steps")
    tick_step(person=learner, step=steps[0])
    week, progress = first_week()
    assert (progress.week_state(week), progress.week_words(week)) == ("part", "1 of 2 steps done")
    tick_step(person=learner, step=steps[1])
    week, progress = first_week()
    assert (progress.week_state(week), progress.week_words(week)) == ("done", "finished")


def test_this_week_reads_now_until_it_is_finished(learner, course, add_week, add_step):
    week = add_week("This week", offset_days=7)
    step, other = add_step(week, "One"), add_step(week, "Two")
    outline = course_outline(course).weeks[0]
    tick_step(person=learner, step=step)
    progress = progress_in(learner, course)
    assert progress.week_state(outline) == "now"
    assert progress.week_words(outline) == "this week, 1 of 2 steps done"
    tick_step(person=learner, step=other)
    progress = progress_in(learner, course)
    assert (progress.week_state(outline), progress.week_words(outline)) == ("done", "finished")


def test_a_closed_week_opens_later_whatever_was_done_in_it(learner, course, steps):
    tick_step(person=learner, step=steps[0])
    ModulePage.objects.update(opens_at=timezone.now() + dt.timedelta(days=1))
    week, progress = course_outline(course).weeks[0], progress_in(learner, course)
    assert (progress.week_state(week), progress.week_words(week)) == ("next", "opens later")


def test_a_step_added_to_a_finished_week_reads_complete_and_one_new(
    first_week, learner, week, steps, add_step
):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    new = add_step(week, "Added later")
    outline, progress = first_week()
    assert progress.week_state(outline) == "done"
    assert progress.week_words(outline) == "complete, 1 new since"
    assert [step.title for step in progress.new_since(outline)] == ["Added later"]
    tick_step(person=learner, step=new)
    outline, progress = first_week()
    assert progress.week_words(outline) == "finished"


def test_an_optional_step_added_to_a_finished_week_is_not_new(first_week, learner, week, steps, add_step):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    add_step(week, "An extra", optional=True)
    outline, progress = first_week()
    assert progress.week_words(outline) == "finished"


def test_unticking_in_a_finished_week_leaves_it_finished(first_week, learner, steps):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    untick_step(person=learner, step=steps[0])
    outline, progress = first_week()
    assert (progress.week_state(outline), progress.week_words(outline)) == ("done", "finished")


def test_a_week_that_requires_nothing_says_so_and_is_never_done(learner, course, week, add_step):
    step = add_step(week, optional=True)
    outline = course_outline(course).weeks[0]
    assert progress_in(learner, course).week_words(outline) == "nothing required this week"
    tick_step(person=learner, step=step)
    progress = progress_in(learner, course)
    assert progress.week_state(outline) == "part"
    assert progress.week_words(outline) == "nothing required this week"
    assert progress.weeks(course_outline(course)) == (0, 1)


def test_a_week_without_any_step_is_never_done(first_week, week):
    outline, progress = first_week()
    assert (progress.week_state(outline), progress.week_words(outline)) == (
        "open",
        "nothing required this week",
    )


def test_a_required_step_that_goes_leaves_the_rest_to_finish_the_week(first_week, learner, steps):
    tick_step(person=learner, step=steps[0])
    steps[1].delete()
    outline, progress = first_week()
    assert progress.week_state(outline) == "done"


def test_the_spine_fills_by_minutes_in_tens_and_is_never_full_or_empty(first_week, learner, steps):
    # 10 and 30 minutes are required; the optional 50 never count.
    outline, progress = first_week()
    assert progress.fill(outline) == 10
    tick_step(person=learner, step=steps[0])
    assert first_week()[1].fill(outline) == 20
    tick_step(person=learner, step=steps[1])
    assert first_week()[1].fill(outline) == 90


def test_steps_of_no_minutes_still_fill_the_spine(first_week, learner, week, add_step):
    step = add_step(week, "One", minutes=0)
    add_step(week, "Two", minutes=0)
    tick_step(person=learner, step=step)
    outline, progress = first_week()
    assert progress.fill(outline) == 50


def test_a_tick_goes_with_a_step_that_moves_to_another_course(learner, course, course_index, steps):
    from modules.courses.models import CoursePage

    tick_step(person=learner, step=steps[0])
    other = publish(
        course_index.add_child(
            instance=CoursePage(title="Autumn", slug="autumn", starts_on=dt.date(2026, 9, 1))
        )
    )
    week = publish(other.add_child(instance=ModulePage(title="First", slug="first")))
    StepPage.objects.get(pk=steps[0].pk).move(week, pos="last-child")
    assert list(progress_in(learner, other).done) == [steps[0].pk]
    assert list(progress_in(learner, course).done) == []


def test_only_who_is_on_the_course_has_progress_in_it(person, learner, course):
    assert progress_of(learner, course).enrolment.person == learner
    assert progress_of(person("hanne"), course) is None
    leave_course(person=learner, course=course)
    assert progress_of(learner, course) is None


def test_visitors_cost_no_query(course, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    with django_assert_num_queries(0):
        assert progress_of(AnonymousUser(), course) is None


def test_progress_takes_two_queries_however_much_there_is(
    learner, course, week, steps, add_step, django_assert_num_queries
):
    # Ticks and visits together, finished weeks; one more to ask whether somebody is on the course.
    with django_assert_num_queries(2):
        progress_in(learner, course)
    for number in range(8):
        step = add_step(week, f"More {number}")
        record_visit(person=learner, step=step, course=course)
        tick_step(person=learner, step=step)
    with django_assert_num_queries(2):
        assert len(progress_in(learner, course).done) == 8
    with django_assert_num_queries(3):
        progress_of(learner, course)
