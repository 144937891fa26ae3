"""What the page of a course, week or step shows around its own text."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from community.discussions.selectors import conversation_context

from .access import course_of, week_of
from .models import CoursePage, StepPage
from .selectors import (
    CourseOutline,
    OutlineStep,
    OutlineWeek,
    course_outline,
    leaders_of,
    outline_step,
    outline_week,
)


@dataclass(slots=True)
class Lesson:
    """Where a week or step stands in its course."""

    course: CoursePage
    outline: CourseOutline
    week: OutlineWeek
    step: OutlineStep | None = None
    previous: OutlineStep | None = None
    next: OutlineStep | None = None


def lesson_of(page, *, drafts: bool = False) -> Lesson:
    """Where `page` (a week or step, saved or not) stands in its course. Three queries.

    With `drafts` the outline has pages that are not published as well.
    """
    course = course_of(page)
    outline = course_outline(course, drafts=drafts)
    week = outline.week_at(page.path)
    if week is None:  # the preview of a week that was never saved
        week = outline_week(outline, week_of(page), at=timezone.now(), steps=[])
    if not isinstance(page, StepPage):
        return Lesson(course, outline, week)
    step = next((step for step in week.steps if step.page_id == page.pk), None)
    return Lesson(
        course,
        outline,
        week,
        step or outline_step(outline, page),
        previous=next((other for other in reversed(week.steps) if other.path < page.path), None),
        next=next((other for other in week.steps if other.path > page.path), None),
    )


def lesson_context(page, request: HttpRequest, *, is_preview: bool) -> dict:
    """Template variables of a week or step. Four queries and those of the conversation.

    A preview has no conversation: a draft has none yet, and what is said beside the published page is not
    part of it.
    """
    lesson = getattr(page, "_lesson", None) or lesson_of(page, drafts=is_preview)
    weeks = lesson.outline.weeks
    context = {
        "course": lesson.course,
        "outline": lesson.outline,
        "week": lesson.week,
        "step": lesson.step,
        "previous": lesson.previous,
        "next": lesson.next,
        "previous_week": next((other for other in reversed(weeks) if other.path < lesson.week.path), None),
        "next_week": next((other for other in weeks if other.path > lesson.week.path), None),
        "leaders": leaders_of(lesson.course),
    }
    return context if is_preview else context | conversation_context(request, page)


def closed_page(lesson: Lesson, request: HttpRequest) -> HttpResponse:
    """What a closed week shows: its name, when it opens, how long it takes, and nothing that is in it.

    200 at the week's own address, 403 at those of its steps: an address that somebody was sent is right
    again as soon as the week is open.
    """
    response = TemplateResponse(
        request,
        "modules/courses/closed.html",
        {
            "course": lesson.course,
            "outline": lesson.outline,
            "week": lesson.week,
            "week_now": lesson.outline.week_now,
        },
        status=403 if lesson.step else 200,
    )
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
