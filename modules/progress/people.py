"""The people of a course: who leads it, and who takes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from community.accounts.models import User
from community.accounts.selectors import affiliation_for
from community.discussions.selectors import number_from
from modules.courses.access import leads
from modules.courses.models import CoursePage
from modules.courses.readings import course_at
from modules.courses.selectors import course_outline, leaders_of

from .models import Enrolment

PEOPLE_PER_PAGE = 60
COUNTED = 1000  # more than these are “1,000 and more”: nothing is counted without end on a page view


@dataclass(slots=True)
class Somebody:
    """A person of the list, and where they work if they opened that."""

    person: User
    affiliation: str


def count_people(course: CoursePage) -> int:
    """How many take the course now, counted up to COUNTED + 1. One query over an index."""
    return _taking(course)[: COUNTED + 1].count()


def _taking(course: CoursePage):
    return Enrolment.objects.filter(course=course, left_at=None)


def may_see_people(course: CoursePage, user) -> bool:
    """The list of those who take a course is for who takes or leads it. One query at the most."""
    if not user.is_authenticated:
        return False
    return leads(course, user) or _taking(course).filter(person=user).exists()


@require_safe
def course_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who leads the course, for everybody; who takes it, newest first, for the people of the course."""
    course = course_at(request, slug)
    leaders = leaders_of(course)
    sees = may_see_people(course, request.user)
    before = number_from(request.GET.get("before"))
    listed, older = _page(course, request.user, leaders, before) if sees else ([], None)
    response = render(
        request,
        "modules/progress/people.html",
        {
            "section": "courses",
            "course": course,
            "outline": course_outline(course),
            "leaders": leaders,
            "sees_people": sees,
            "people": listed,
            "older": older,
            "newest": not before,
            "count": count_people(course),
            "counted": COUNTED,
        },
    )
    patch_cache_control(response, private=True)
    return response


def _page(course: CoursePage, user, leaders, before: int) -> tuple[list[Somebody], int | None]:
    """A page of those who take the course and do not lead it, and the key of the next one. One query."""
    rows = _taking(course).exclude(person__in=[role.person_id for role in leaders])
    rows = rows.filter(person__in=User.objects.present()).select_related("person").order_by("-pk")
    rows = list((rows.filter(pk__lt=before) if before else rows)[: PEOPLE_PER_PAGE + 1])
    older = rows[PEOPLE_PER_PAGE - 1].pk if len(rows) > PEOPLE_PER_PAGE else None
    return [Somebody(row.person, affiliation_for(row.person, user)) for row in rows[:PEOPLE_PER_PAGE]], older
