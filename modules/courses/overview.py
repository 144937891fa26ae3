"""What the page of a course and the list of courses show."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .models import KINDS, CourseIndexPage, CoursePage, CourseRole
from .selectors import CourseOutline, course_outline, course_outlines, leaders_of
from .words import pieces, run_state

COURSES_PER_PAGE = 20
WRAP_UPS_SHOWN = 3


def course_context(course: CoursePage, *, is_preview: bool = False) -> dict:
    """Template variables of a course's page. Three queries."""
    outline = course_outline(course, drafts=is_preview)
    leaders = leaders_of(course)
    instructors = [role.person for role in leaders if role.role == CourseRole.Role.INSTRUCTOR]
    open_weeks = [week for week in outline.weeks if week.is_open]
    minutes = [step.minutes for week in outline.weeks for step in week.steps if step.minutes]
    return {
        "course": course,
        "outline": outline,
        "leaders": leaders,
        "instructors": get_text_list([person.display_name for person in instructors], _("and")),
        "mentors": len(leaders) - len(instructors),
        "pieces": pieces(min(minutes), max(minutes)) if minutes else "",
        "wrap_ups": [step for week in open_weeks for step in week.steps if step.kind is KINDS["wrap-up"]][
            -WRAP_UPS_SHOWN:
        ],
        "has_readings": any(step.kind is KINDS["reading"] for week in open_weeks for step in week.steps),
        "look": outline.week_now or next(iter(open_weeks), None),
        "courses_url": outline.url.rstrip("/").rpartition("/")[0] + "/",
    }


@dataclass(slots=True)
class CourseRow:
    """A course in the list, and where it stands in words."""

    course: CoursePage
    outline: CourseOutline
    state: str


def index_context(index: CourseIndexPage, request: HttpRequest) -> dict:
    """Template variables of the list of courses: those that anybody may see, the latest start first.

    Five queries whatever their number: private pages, count, courses, weeks, steps.
    """
    courses = CoursePage.objects.child_of(index).live().public().order_by("-starts_on", "-pk")
    listed = Paginator(courses, COURSES_PER_PAGE).get_page(request.GET.get("page"))
    outlines = course_outlines(listed)
    return {
        "rows": [CourseRow(course, outlines[course.pk], run_state(outlines[course.pk])) for course in listed],
        "number": listed.number,
        "total": listed.paginator.num_pages,
        "list_address": index.url,
    }
