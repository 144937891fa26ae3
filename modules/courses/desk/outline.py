"""A course as its editors see it: all weeks and steps, published or not, each with the way to its editor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import CoursePage, ModulePage, StepPage, kind_of
from ..models.kinds import Kind
from ..selectors import within
from ..tree import week_path
from ..words import duration, opening


@dataclass(slots=True)
class Entry:
    """A week or a step. `state` is in words, and empty for what readers see as it stands here."""

    pk: int
    path: str
    title: str
    state: str
    kind: Kind | None = None
    minutes: str = ""
    optional: bool = False
    number: int = 0
    opens: str = ""
    steps: list[Entry] = field(default_factory=list)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    @property
    def add_url(self) -> str:
        return reverse("wagtailadmin_pages:add_subpage", args=[self.pk])


_COLUMNS = ("pk", "path", "draft_title", "live", "has_unpublished_changes")


def outline_of(course: CoursePage) -> list[Entry]:
    """The weeks of a course with their steps, in its order. Two queries whatever their number."""
    inside = within("path", [course.path])
    steps = defaultdict(list)
    rows = StepPage.objects.filter(inside).order_by("path")
    for *page, kind, minutes, optional in rows.values_list(
        *_COLUMNS, "content_type_id", "minutes", "optional"
    ):
        entry = _entry(*page)
        entry.kind, entry.minutes, entry.optional = kind_of(kind), duration(minutes), optional
        steps[week_path(entry.path)].append(entry)
    weeks, now = [], timezone.now()
    rows = ModulePage.objects.filter(inside).order_by("path")
    for number, (*page, opens_at) in enumerate(rows.values_list(*_COLUMNS, "opens_at"), 1):
        entry = _entry(*page)
        entry.number, entry.steps = number, steps[entry.path]
        entry.opens = opening(opens_at) if opens_at and opens_at > now else ""
        weeks.append(entry)
    return weeks


def _entry(pk: int, path: str, title: str, live: bool, changed: bool) -> Entry:
    state = "" if live and not changed else _("Published, with changes") if live else _("Draft")
    return Entry(pk=pk, path=path, title=title, state=state)
