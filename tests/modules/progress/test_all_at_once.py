"""Double clicks, two tabs and whole classes that tick in the same second."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from modules.progress.actions import join_course, leave_course, record_visit, tick_step, untick_step
from modules.progress.models import Enrolment, ModuleCompletion, StepCompletion, StepVisit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_sixteen_ticks_of_one_step_make_one_row(learner, steps, at_once):
    raised = at_once(*[lambda: tick_step(person=learner, step=steps[0])] * 16)
    assert raised == []
    assert StepCompletion.objects.count() == 1


def test_sixteen_clicks_on_one_button_answer_the_same(learner, week, add_step, at_once):
    step, answers = add_step(week), []

    def click():
        client = Client()
        client.force_login(learner)
        response = client.post(reverse("tick_step", args=[step.pk]))
        answers.append((response.status_code, response["Location"]))

    assert at_once(*[click] * 16) == []
    assert set(answers) == {(303, step.url)}
    assert StepCompletion.objects.count() == 1
    assert ModuleCompletion.objects.count() == 1


def test_the_last_two_steps_ticked_together_finish_the_week_once(learner, week, add_step, at_once):
    steps = [add_step(week, f"Step {number}") for number in range(8)]
    raised = at_once(*(lambda step=step: tick_step(person=learner, step=step) for step in steps))
    assert raised == []
    assert StepCompletion.objects.count() == 8
    assert len(ModuleCompletion.objects.get().basis) == 8


def test_thirty_people_who_tick_at_once_lose_nothing(person, course, steps, at_once):
    people = [person(f"reader{number}") for number in range(30)]
    for user in people:
        join_course(person=user, course=course)

    def finish(user):
        return lambda: [tick_step(person=user, step=step) for step in steps]

    assert at_once(*map(finish, people)) == []
    assert StepCompletion.objects.count() == 90
    assert ModuleCompletion.objects.count() == 30
    assert set(ModuleCompletion.objects.values_list("person_id", flat=True)) == {user.pk for user in people}


def test_ticks_and_unticks_at_once_leave_at_most_one_row_that_counts(learner, steps, at_once):
    tick_step(person=learner, step=steps[0])
    raised = at_once(
        *[lambda: tick_step(person=learner, step=steps[0])] * 8,
        *[lambda: untick_step(person=learner, step=steps[0])] * 8,
    )
    assert raised == []
    assert StepCompletion.objects.filter(revoked_at=None).count() <= 1
    assert not StepCompletion.objects.filter(revoked_at__isnull=False, revoked_by=None).exists()


def test_sixteen_clicks_on_join_make_one_enrolment(person, course, at_once):
    noor = person("noor")
    assert at_once(*[lambda: join_course(person=noor, course=course)] * 16) == []
    assert Enrolment.objects.get().person == noor
    assert noor.groups.filter(pk=course.space.group_id).count() == 1


def test_joining_and_leaving_at_once_leaves_group_and_enrolment_agreed(person, course, at_once):
    noor = person("noor")
    join_course(person=noor, course=course)
    raised = at_once(
        *[lambda: join_course(person=noor, course=course)] * 6,
        *[lambda: leave_course(person=noor, course=course)] * 6,
    )
    assert raised == []
    is_on = Enrolment.objects.get().left_at is None
    assert noor.groups.filter(pk=course.space.group_id).exists() == is_on


def test_two_tabs_that_open_a_step_together_make_one_visit(learner, course, steps, at_once):
    raised = at_once(*[lambda: record_visit(person=learner, step=steps[0], course=course)] * 12)
    assert raised == []
    assert StepVisit.objects.count() == 1
