from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from modules.courses.signals import step_opened
from modules.progress.actions import leave_course, record_visit
from modules.progress.models import StepVisit

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(dt.datetime(2026, 11, 12, 12, 0), dt.UTC)


def minutes_past_noon(minutes: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def test_a_visit_keeps_the_first_and_the_last_time(learner, course, steps):
    record_visit(person=learner, step=steps[0], course=course, at=NOON)
    record_visit(person=learner, step=steps[0], course=course, at=minutes_past_noon(30))
    visit = StepVisit.objects.get()
    assert (visit.first_at, visit.last_at) == (NOON, minutes_past_noon(30))
    assert (visit.person, visit.course, visit.step_id) == (learner, course, steps[0].pk)


def test_five_minutes_pass_before_it_is_written_again(learner, course, steps):
    for minutes in (0, 1, 4.9):
        record_visit(person=learner, step=steps[0], course=course, at=minutes_past_noon(minutes))
    assert StepVisit.objects.get().last_at == NOON
    record_visit(person=learner, step=steps[0], course=course, at=minutes_past_noon(5))
    assert StepVisit.objects.get().last_at == minutes_past_noon(5)


def test_the_last_time_never_moves_back(learner, course, steps):
    record_visit(person=learner, step=steps[0], course=course, at=NOON)
    record_visit(person=learner, step=steps[0], course=course, at=minutes_past_noon(-60))
    assert StepVisit.objects.get().last_at == NOON


def test_nobody_else_is_noted(person, learner, course, steps):
    record_visit(person=person("hanne"), step=steps[0], course=course)
    leave_course(person=learner, course=course)
    record_visit(person=learner, step=steps[0], course=course)
    assert not StepVisit.objects.exists()


def test_a_visit_takes_one_query_and_one_more_to_write(
    person, learner, course, steps, django_assert_num_queries
):
    stranger = person("hanne")
    with django_assert_num_queries(1):  # not enrolled
        record_visit(person=stranger, step=steps[0], course=course, at=NOON)
    with django_assert_num_queries(2):  # enrolled?, insert
        record_visit(person=learner, step=steps[0], course=course, at=NOON)
    with django_assert_num_queries(1):  # enrolled and noted just now
        record_visit(person=learner, step=steps[0], course=course, at=minutes_past_noon(1))
    with django_assert_num_queries(2):  # enrolled?, update
        record_visit(person=learner, step=steps[0], course=course, at=minutes_past_noon(10))


def test_opening_a_step_notes_the_visit(client, learner, steps):
    client.force_login(learner)
    assert client.get(steps[0].url).status_code == 200
    assert StepVisit.objects.get().step_id == steps[0].pk


def test_a_visitor_leaves_no_trace(rf, steps):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    step_opened.send(sender=type(steps[0]), page=steps[0], request=request)
    assert not StepVisit.objects.exists()


def test_the_visit_outlives_the_step(learner, course, steps):
    record_visit(person=learner, step=steps[0], course=course)
    steps[0].delete()
    assert StepVisit.objects.get().step is None
