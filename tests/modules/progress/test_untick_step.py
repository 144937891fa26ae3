from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from modules.courses.models import StepPage
from modules.progress.actions import leave_course, tick_step, untick_step
from modules.progress.models import ModuleCompletion, StepCompletion

pytestmark = pytest.mark.django_db


def test_unticking_revokes_the_row_and_says_by_whom(learner, steps):
    tick_step(person=learner, step=steps[0])
    result = untick_step(person=learner, step=steps[0])
    row = StepCompletion.objects.get()
    assert row.revoked_at is not None
    assert row.revoked_by == learner
    assert (result.completion, result.done, result.required) == (None, 0, 2)


def test_ticking_again_makes_another_row(learner, steps):
    first = tick_step(person=learner, step=steps[0]).completion
    untick_step(person=learner, step=steps[0])
    again = tick_step(person=learner, step=steps[0]).completion
    assert again != first
    assert StepCompletion.objects.filter(revoked_at=None).get() == again
    assert StepCompletion.objects.count() == 2


def test_the_record_of_a_finished_week_stays(learner, steps):
    for step in steps[:2]:
        tick_step(person=learner, step=step)
    untick_step(person=learner, step=steps[0])
    assert ModuleCompletion.objects.get().revoked_at is None


def test_unticking_twice_keeps_the_first_revocation(learner, steps):
    tick_step(person=learner, step=steps[0])
    untick_step(person=learner, step=steps[0])
    first = StepCompletion.objects.get().revoked_at
    untick_step(person=learner, step=steps[0])
    assert StepCompletion.objects.get().revoked_at == first


def test_nobody_unticks_for_another_person(person, learner, course, steps):
    from modules.progress.actions import join_course

    tick_step(person=learner, step=steps[0])
    hanne = person("hanne")
    with pytest.raises(PermissionDenied, match="Join it first"):
        untick_step(person=hanne, step=steps[0])
    join_course(person=hanne, course=course)
    untick_step(person=hanne, step=steps[0])
    assert StepCompletion.objects.get().revoked_at is None


def test_who_left_comes_back_before_changing_anything(learner, course, steps):
    tick_step(person=learner, step=steps[0])
    leave_course(person=learner, course=course)
    with pytest.raises(PermissionDenied):
        untick_step(person=learner, step=steps[0])
    assert StepCompletion.objects.get().revoked_at is None


def test_a_step_that_is_not_published_cannot_be_found(learner, steps):
    tick_step(person=learner, step=steps[0])
    steps[0].unpublish()
    with pytest.raises(Http404):
        untick_step(person=learner, step=StepPage.objects.get(pk=steps[0].pk))
    assert StepCompletion.objects.get().revoked_at is None
