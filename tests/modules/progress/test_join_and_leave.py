from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404
from django.utils import timezone

from modules.courses.models import CourseRole, CourseSpace
from modules.progress.actions import join_course, leave_course, tick_step
from modules.progress.models import Enrolment, StepCompletion

pytestmark = pytest.mark.django_db


def in_group(user, course) -> bool:
    return user.groups.filter(pk=course.space.group_id).exists()


def test_joining_enrols_and_opens_the_courses_conversations(person, course):
    noor = person("noor")
    enrolment = join_course(person=noor, course=course)
    assert (enrolment.person, enrolment.course, enrolment.course_title) == (noor, course, "Listening")
    assert enrolment.left_at is None
    assert in_group(noor, course)


def test_joining_twice_makes_one_enrolment(person, course):
    noor = person("noor")
    first = join_course(person=noor, course=course)
    assert join_course(person=noor, course=course) == first
    assert Enrolment.objects.count() == 1


def test_a_course_that_is_not_published_cannot_be_joined(person, course):
    course.unpublish()
    course.refresh_from_db()
    with pytest.raises(Http404):
        join_course(person=person("noor"), course=course)
    assert not Enrolment.objects.exists()


def test_a_course_published_without_its_rooms_gets_them_when_somebody_joins(person, course):
    group = course.space.group
    CourseSpace.objects.all().delete()
    group.delete()
    course.refresh_from_db()
    noor = person("noor")
    join_course(person=noor, course=course)
    course.refresh_from_db()
    assert in_group(noor, course)


def test_leaving_keeps_everything_and_closes_the_conversations(learner, course, steps):
    tick_step(person=learner, step=steps[0])
    enrolment = leave_course(person=learner, course=course)
    assert enrolment.left_at is not None
    assert not in_group(learner, course)
    assert StepCompletion.objects.filter(person=learner, revoked_at=None).count() == 1


def test_coming_back_keeps_the_first_day(person, course):
    noor = person("noor")
    long_ago = timezone.now() - dt.timedelta(days=9)
    join_course(person=noor, course=course, at=long_ago)
    leave_course(person=noor, course=course)
    again = join_course(person=noor, course=course)
    again.refresh_from_db()
    assert (again.joined_at, again.left_at) == (long_ago, None)
    assert in_group(noor, course)


def test_leaving_twice_keeps_the_first_leaving(learner, course):
    first = leave_course(person=learner, course=course).left_at
    assert leave_course(person=learner, course=course).left_at == first


def test_leaving_what_one_never_joined_changes_nothing(person, course):
    assert leave_course(person=person("noor"), course=course) is None
    assert not Enrolment.objects.exists()


def test_who_leads_the_course_stays_in_its_group_when_leaving_as_a_learner(learner, course):
    CourseRole.objects.create(course=course, person=learner, role=CourseRole.Role.MENTOR)
    leave_course(person=learner, course=course)
    assert in_group(learner, course)


def test_the_enrolment_outlives_the_course(learner, course):
    course.delete()
    enrolment = Enrolment.objects.get(person=learner)
    assert (enrolment.course, enrolment.course_title) == (None, "Listening")
