"""The pages of a course as they are on the site now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from ..models import CourseIndexPage, CoursePage, ModulePage, StepPage
from ..tree import course_path, week_path
from . import fingerprint
from .problems import Problem
from .reading import Content, Surroundings
from .source import SourcePage


def find_course(
    index: CourseIndexPage, source: SourcePage, start: dt.date | None, problems: list[Problem]
) -> CoursePage | None:
    """The course with the folder's uid. Of several runs, the one at its address, or with its start."""
    runs = list(CoursePage.objects.child_of(index).filter(uid=source.uid))
    if len(runs) <= 1:
        return runs[0] if runs else None
    slug = source.values["slug"]
    chosen = [run for run in runs if run.slug == slug] or [run for run in runs if run.starts_on == start]
    if len(chosen) == 1:
        return chosen[0]
    words = _(
        "Several courses on this site have this uid: %(all)s. Write the “slug” of the one that is meant."
    )
    names = ", ".join(run.slug for run in runs)
    problems.append(Problem(source.file, source.lines["uid"], words % {"all": names}))
    return None


class SitePages:
    """The weeks and steps of a course by their uid; those that no file asked for are `unmatched`."""

    def __init__(self, course: CoursePage | None):
        self._course = course
        weeks = list(ModulePage.objects.child_of(course)) if course else []
        steps = list(StepPage.objects.descendant_of(course).specific()) if course else []
        pages = [page for page in (course, *weeks, *steps) if page]
        self.uids = {page.pk: page.uid for page in pages}
        self._contents = {page.pk: Content(page) for page in pages}
        self._around = Surroundings(self._contents.values(), self.uids)
        self._above = {page.path: page for page in (course, *weeks) if page}
        self._weeks, more_weeks = _by_uid(weeks)
        self._steps, more_steps = _by_uid(steps)
        self._more = more_weeks + more_steps

    def take(self, source: SourcePage) -> Page | None:
        """The page of this file, which is then no longer unmatched; None if there is none."""
        if source.model is CoursePage:
            return self._course
        pages = self._weeks if source.model is ModulePage else self._steps
        return pages.pop(source.uid, None)

    @property
    def unmatched(self) -> list[Page]:
        """In the order of the tree."""
        pages = [*self._weeks.values(), *self._steps.values(), *self._more]
        return sorted(pages, key=lambda page: page.path)

    def parent_of(self, page: Page) -> Page | None:
        """The course of a week, the week of a step; None for the course."""
        if isinstance(page, CoursePage):
            return None
        path = course_path(page.path) if isinstance(page, ModulePage) else week_path(page.path)
        return self._above[path]

    def address_of(self, page: Page) -> tuple[int, str]:
        """The id of the page above (0: the list of courses), and the slug."""
        parent = self.parent_of(page)
        return (parent.pk if parent else 0, page.slug)

    def fingerprints(self, page: Page) -> set[str]:
        """That of the page as published, and that of its latest revision: a draft is an edit, too."""
        parent = self.parent_of(page)
        uid = parent.uid if parent else ""
        found = {fingerprint.of_content(self._contents[page.pk], self._around, parent_uid=uid)}
        if page.latest_revision_id and page.latest_revision_id != page.live_revision_id:
            draft = page.get_latest_revision_as_object()
            found.add(fingerprint.of_page(draft, parent_uid=uid, uids=self.uids))
        return found

    def is_as_imported(self, page: Page) -> bool:
        """Was it made by an import, and has nobody touched it since? A copy is made by none."""
        return self.fingerprints(page) == {page.import_digest} and not page.has_unpublished_changes


def _by_uid(pages: Iterable[Page]) -> tuple[dict[str, Page], list[Page]]:
    """The first page of each uid in the order of the tree, and the others."""
    first: dict[str, Page] = {}
    more = []
    for page in sorted(pages, key=lambda page: page.path):
        if page.uid in first:
            more.append(page)
        else:
            first[page.uid] = page
    return first, more
