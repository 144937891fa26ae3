"""The front page of the desk: the courses that somebody leads, with the way to each week and step."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from ..models import CoursePage, CourseRole
from ..selectors import course_outlines
from ..words import run_state
from .outline import outline_of

SHOWN = 3


class CoursesLed(Component):
    """The latest courses that who asks leads, opened at the week that is on now."""

    name = "courses_led"
    order = 50
    template_name = "modules/courses/desk/front.html"

    @property
    def media(self) -> Media:
        return Media(css={"all": [versioned_static("desk/desk.css")]})

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        person = parent_context["request"].user
        led = CourseRole.objects.filter(person=person, role=CourseRole.Role.INSTRUCTOR).values("course")
        courses = list(CoursePage.objects.filter(pk__in=led).order_by("-starts_on", "-pk")[: SHOWN + 1])
        outlines, shown = course_outlines(courses[:SHOWN]), []
        for course in courses[:SHOWN]:
            outline = outlines[course.pk]
            opened = outline.week_now.path if outline.week_now else ""
            weeks = outline_of(course)
            shown.append({"course": course, "weeks": weeks, "opened": opened, "state": run_state(outline)})
        return {"shown": shown, "more": len(courses) > SHOWN}


def show_courses(request: HttpRequest, panels: list[Component]) -> None:
    """For Wagtail’s hook: the courses stand before what Wagtail shows."""
    panels.append(CoursesLed())
