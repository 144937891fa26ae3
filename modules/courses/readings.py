"""The reading list of a course: as a page, and as files for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from . import works
from .access import leads
from .models import CoursePage, ReadingPage
from .routing import known_site, page_at
from .selectors import CourseOutline, OutlineStep, OutlineWeek, course_outline, within


class Format(NamedTuple):
    """A file of works: its name, who reads it, its media type, and what writes it (CSV: rows of its own)."""

    name: str
    readers: str
    media_type: str
    write: Callable[[Iterable[ReadingPage]], str] | None


FORMATS = {
    "ris": Format("RIS", "Zotero, EndNote, Mendeley", "application/x-research-info-systems", works.ris),
    "bib": Format("BibTeX", "JabRef, LaTeX", "application/x-bibtex", works.bibtex),
    "csv": Format("CSV", "", "text/csv", None),
}


def course_at(request: HttpRequest, slug: str) -> CoursePage:
    """The published course at this address. Raises Http404, also where an editor made it private."""
    site = known_site(request)
    page = page_at(site, f"courses/{slug}") if site else None
    if not isinstance(page, CoursePage):
        raise Http404
    if not all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
        raise Http404
    return page


@dataclass(slots=True)
class Entry:
    """A reading of the list: its page, where it stands, and where the reader's own library has it."""

    page: ReadingPage
    step: OutlineStep
    library: str = ""


@dataclass(slots=True)
class ListedWeek:
    """A week with its readings."""

    week: OutlineWeek
    entries: list[Entry] = field(default_factory=list)


def reading_list(course: CoursePage, outline: CourseOutline, user) -> list[ListedWeek]:
    """The readings of the weeks that `user` may look into, week by week. One query beside the outline's."""
    sees_all = leads(course, user)
    weeks = [week for week in outline.weeks if week.is_open or sees_all]
    pages = ReadingPage.objects.filter(within("path", [course.path]), live=True).defer("body")
    by_id = {page.pk: page for page in pages}
    library = user.library_url if user.is_authenticated else ""
    listed = [
        ListedWeek(
            week,
            [
                Entry(by_id[step.page_id], step, _library(library, by_id[step.page_id]))
                for step in week.steps
                if step.page_id in by_id
            ],
        )
        for week in weeks
    ]
    return [week for week in listed if week.entries]


def _library(base: str, page: ReadingPage) -> str:
    return works.library_link(base, page) if page.work_title else ""


@require_safe
def readings(request: HttpRequest, slug: str) -> HttpResponse:
    """The reading list as a page."""
    course = course_at(request, slug)
    outline = course_outline(course)
    listed = reading_list(course, outline, request.user)
    response = render(
        request,
        "modules/courses/readings.html",
        {
            "section": "courses",
            "course": course,
            "outline": outline,
            "listed": listed,
            "formats": FORMATS,
            "count": sum(bool(entry.page.work_title) for week in listed for entry in week.entries),
            "has_library": request.user.is_authenticated and bool(request.user.library_url),
        },
    )
    patch_cache_control(response, private=True)
    return response


@require_safe
def readings_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The same works for a reference manager or a spreadsheet: RIS, BibTeX or CSV."""
    course = course_at(request, slug)
    form = FORMATS[extension]
    listed = reading_list(course, course_outline(course), request.user)
    entries = [(week.week, entry) for week in listed for entry in week.entries if entry.page.work_title]
    if form.write:
        text = form.write(entry.page for _week, entry in entries)
    else:
        text = works.csv_of(
            (week.title, entry.page, request.build_absolute_uri(entry.step.url)) for week, entry in entries
        )
    response = HttpResponse(text, content_type=f"{form.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{course.uid}-readings.{extension}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True)
    return response
