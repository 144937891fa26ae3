"""Where pages stand in their courses, for lists: two queries whatever the number of pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from ..models import CoursePage, ModulePage
from ..selectors import within
from ..tree import COURSE_DEPTH, course_path, week_path


@dataclass(frozen=True, slots=True)
class Place:
    """The course of a page and its week, counted with those that are not published; 0 for a course itself."""

    course: str
    course_is_live: bool
    number: int = 0
    week: str = ""
    week_is_live: bool = True
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_open: bool = True


def places_of(pages: Iterable[Page]) -> dict[int, Place]:
    """The places of courses, weeks and steps by the page's id; other pages have none."""
    paths = {page.pk: page.path for page in pages if page.depth >= COURSE_DEPTH}
    course_paths = {course_path(path) for path in paths.values()}
    rows = CoursePage.objects.filter(path__in=course_paths)
    rows = rows.values_list("path", "draft_title", "live", "starts_on")
    courses = {path: (title, live, starts_on) for path, title, live, starts_on in rows}
    places = {path: Place(title, live) for path, (title, live, _starts_on) in courses.items()}
    weeks = ModulePage.objects.filter(within("path", courses)).order_by("path")
    number, now = Counter(), timezone.now()
    for path, title, live, opens_at, offset, length in weeks.values_list(
        "path", "draft_title", "live", "opens_at", "offset_days", "length_days"
    ):
        course = course_path(path)
        number[course] += 1
        starts_on = courses[course][2] + dt.timedelta(days=offset)
        places[path] = Place(
            course=courses[course][0],
            course_is_live=courses[course][1],
            number=number[course],
            week=title,
            week_is_live=live,
            starts_on=starts_on,
            ends_on=starts_on + dt.timedelta(days=length - 1),
            is_open=opens_at is not None and opens_at <= now,
        )
    return {pk: places[week_path(path)] for pk, path in paths.items() if week_path(path) in places}
