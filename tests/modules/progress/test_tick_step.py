from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.utils import timezone

from modules.courses.models import StepPage
from modules.progress import actions
from modules.progress.actions import join_course, leave_course, tick_step, untick_step
from modules.progress.models import How, ModuleCompletion, StepCompletion
from tests.conftest import publish

pytestmark = pytest.mark.django_db


def test_a_tick_keeps_when_how_by_whom_and_under_which_rule(learner, course, week, steps):
    at = timezone.now() - dt.timedelta(hours=3)
    result = tick_step(person=learner, step=steps[0], at=at)
    row = StepCompletion.objects.get()
    assert row == result.completion
    assert (row.person, row.course, row.module, row.step_id) == (learner, course, week, steps[0].pk)
    assert (row.title, row.uid) == ("Lecture notes", steps[0].uid)
    assert (row.completed_at, row.how, row.by, row.rule_version) == (at, How.TICK, learner, 1)
    assert row.revoked_at is None
    assert (result.module_completion, result.done, result.required) == (None, 1, 2)


def test_the_last_required_step_finishes_the_week(learner, course, week, steps):
    tick_step(person=learner, step=steps[0])
    result = tick_step(person=learner, step=steps[1])
    row = ModuleCompletion.objects.get()
    assert row == result.module_completion
    assert (result.done, result.required) == (2, 2)
    assert (row.person, row.course, row.module, row.title, row.uid) == (
        learner,
        course,
        week,
        "Arriving",
        week.uid,
    )
    assert (row.how, row.by, row.rule_version, row.revoked_at) == (How.RULE, learner, 1, None)
    assert row.basis == [
        {"uid": steps[0].uid, "title": "Lecture notes"},
        {"uid": steps[1].uid, "title": "A reading"},
    ]


def test_an_optional_step_neither_counts_nor_is_missed(learner, steps):
    result = tick_step(person=learner, step=steps[2])
    assert (result.module_completion, result.done, result.required) == (None, 0, 2)
    tick_step(person=learner, step=steps[0])
    assert tick_step(person=learner, step=steps[1]).module_completion is not None


def test_a_week_that_requires_nothing_is_never_complete(learner, week, add_step):
    step = add_step(week, optional=True)
    result = tick_step(person=learner, step=step)
    assert (result.module_completion, result.done, result.required) == (None, 0, 0)
    assert result.completion is not None
    assert not ModuleCompletion.objects.exists()


def test_ticking_twice_makes_one_row_and_answers_the_same(learner, steps):
    first = tick_step(person=learner, step=steps[0])
    assert tick_step(person=learner, step=steps[0]) == first
    assert StepCompletion.objects.count() == 1


def test_the_week_is_recorded_once(learner, steps):
    for step in (*steps, *steps):
        tick_step(person=learner, step=step)
    untick_step(person=learner, step=steps[0])
    assert tick_step(person=learner, step=steps[0]).module_completion is None
    assert ModuleCompletion.objects.count() == 1


def test_a_draft_does_not_hold_the_week_back(learner, steps):
    steps[1].unpublish()
    assert tick_step(person=learner, step=steps[0]).module_completion is not None


def test_a_step_of_the_next_week_does_not_hold_this_one_back(learner, steps, add_week, add_step):
    add_step(add_week("Next"), "Elsewhere")
    tick_step(person=learner, step=steps[0])
    assert tick_step(person=learner, step=steps[1]).module_completion is not None


def test_when_the_last_open_step_goes_the_next_tick_records_the_week(learner, steps):
    tick_step(person=learner, step=steps[0])
    steps[1].delete()
    assert not ModuleCompletion.objects.exists()
    assert tick_step(person=learner, step=steps[0]).module_completion is not None


def test_a_step_added_later_takes_no_record_away(learner, week, steps, add_step):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    new = add_step(week, "Added later")
    assert ModuleCompletion.objects.get().revoked_at is None
    result = tick_step(person=learner, step=new)
    assert (result.module_completion, result.done, result.required) == (None, 3, 3)
    assert [step["title"] for step in ModuleCompletion.objects.get().basis] == ["Lecture notes", "A reading"]


def test_records_outlive_the_pages_with_their_titles(learner, course, week, steps):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    steps[0].delete()
    row = StepCompletion.objects.get(title="Lecture notes")
    assert (row.step, row.module, row.revoked_at) == (None, week, None)
    assert ModuleCompletion.objects.get().basis[0]["title"] == "Lecture notes"
    week.refresh_from_db()
    week.delete()
    assert ModuleCompletion.objects.get().module is None
    course.refresh_from_db()
    course.delete()
    assert (ModuleCompletion.objects.get().title, ModuleCompletion.objects.get().course) == ("Arriving", None)


def test_a_renamed_step_keeps_the_title_that_was_ticked(learner, steps):
    tick_step(person=learner, step=steps[0])
    steps[0].title = "Renamed"
    publish(steps[0])
    assert StepCompletion.objects.get().title == "Lecture notes"


def test_a_moved_step_counts_where_it_lies_now(learner, week, steps, add_week):
    other = add_week("Other week")
    tick_step(person=learner, step=steps[0])
    steps[0].move(other, pos="last-child")
    tick_step(person=learner, step=steps[1])
    assert ModuleCompletion.objects.get().module == week
    moved = StepPage.objects.get(pk=steps[0].pk)
    result = tick_step(person=learner, step=moved)
    assert (result.done, result.required) == (1, 1)
    assert StepCompletion.objects.filter(step_id=moved.pk).count() == 1
    assert set(ModuleCompletion.objects.values_list("module_id", flat=True)) == {week.pk, other.pk}


def test_somebody_not_on_the_course_is_told_to_join(person, learner, course, steps):
    with pytest.raises(PermissionDenied, match="Join it first"):
        tick_step(person=person("hanne"), step=steps[0])
    leave_course(person=learner, course=course)
    with pytest.raises(PermissionDenied, match="Join it first"):
        tick_step(person=learner, step=steps[0])
    assert not StepCompletion.objects.exists()


def test_another_course_does_not_let_in(person, course_index, steps):
    from modules.courses.models import CoursePage

    other = course_index.add_child(instance=CoursePage(title="Other", starts_on=dt.date(2026, 1, 1)))
    hanne = person("hanne")
    join_course(person=hanne, course=publish(other))
    with pytest.raises(PermissionDenied, match="Join it first"):
        tick_step(person=hanne, step=steps[0])


def test_a_closed_week_cannot_be_ticked_and_says_when_it_opens(learner, closed_week, add_step):
    step = add_step(closed_week, "Too early")
    with pytest.raises(PermissionDenied, match=f"opens on {closed_week.opens_at.day} "):
        tick_step(person=learner, step=step)
    assert not StepCompletion.objects.exists()


def test_leading_the_course_does_not_open_a_closed_week_for_ticks(learner, closed_week, add_step):
    learner.is_superuser = True
    learner.save()
    with pytest.raises(PermissionDenied):
        tick_step(person=learner, step=add_step(closed_week))


@pytest.mark.parametrize("gone", ["step", "week", "course"])
@pytest.mark.parametrize("on_the_course", [True, False])
def test_what_is_not_published_cannot_be_found(person, learner, course, week, steps, gone, on_the_course):
    page = {"step": steps[0], "week": week, "course": course}[gone]
    type(page).objects.filter(pk=page.pk).update(live=False)
    step = StepPage.objects.get(pk=steps[0].pk)
    with pytest.raises(Http404):
        tick_step(person=learner if on_the_course else person("hanne"), step=step)
    assert not StepCompletion.objects.exists()


def test_a_step_deleted_meanwhile_cannot_be_found(learner, steps):
    stale = StepPage.objects.get(pk=steps[0].pk)
    steps[0].delete()
    with pytest.raises(Http404):
        tick_step(person=learner, step=stale)


def test_a_lost_race_reads_again_and_answers_the_same(learner, steps, monkeypatch):
    first = tick_step(person=learner, step=steps[0])
    real, calls = actions._tick, []

    def beaten(*args):
        calls.append(args)
        if len(calls) == 1:
            raise IntegrityError
        return real(*args)

    monkeypatch.setattr(actions, "_tick", beaten)
    assert tick_step(person=learner, step=steps[0]) == first
    assert StepCompletion.objects.count() == 1


def test_a_half_written_tick_leaves_nothing(learner, steps, monkeypatch):
    tick_step(person=learner, step=steps[0])

    def fail(**fields):
        raise RuntimeError

    monkeypatch.setattr(ModuleCompletion.objects, "create", fail)
    with pytest.raises(RuntimeError):
        tick_step(person=learner, step=steps[1])
    assert StepCompletion.objects.count() == 1


def test_a_tick_takes_as_many_queries_in_a_long_week_as_in_a_short_one(
    learner, week, steps, add_step, django_assert_max_num_queries
):
    # Savepoint and its release, enrolment (locked) with its course, week and steps, insert; one more insert
    # for the tick that finishes the week.
    with django_assert_max_num_queries(5):
        tick_step(person=learner, step=steps[0])
    for number in range(12):
        add_step(week, f"More {number}")
    with django_assert_max_num_queries(5):
        tick_step(person=learner, step=steps[1])
    for step in StepPage.objects.exclude(title="A walk").exclude(title="More 11"):
        tick_step(person=learner, step=step)
    last = StepPage.objects.get(title="More 11")
    with django_assert_max_num_queries(6):
        assert tick_step(person=learner, step=last).module_completion
