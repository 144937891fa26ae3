"""What screens need to know of courses: the outline, in two queries whatever its length."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict, namedtuple
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from community.prepared import Prepared

from .models import CoursePage, CourseRole, ModulePage, StepPage, kind_of
from .models.kinds import Kind
from .tree import STEP_DEPTH, WEEK_DEPTH, course_path, week_path


@dataclass(slots=True)
class OutlineStep:
    """A published step; its week says whether it may be shown."""

    page_id: int
    uid: str
    title: str
    summary: str
    kind: Kind
    minutes: int
    optional: bool
    needs_quiet: bool
    skimmable: bool
    has_audio: bool
    url: str
    path: str


@dataclass(slots=True)
class OutlineWeek:
    """A published week. A closed week has its steps here too: ask `is_open` before showing any.

    All steps of a catch-up week are optional here, whatever their pages say.
    """

    page_id: int
    uid: str
    number: int
    title: str
    hint: str
    cloth: str
    url: str
    opens_at: dt.datetime | None
    is_open: bool
    is_now: bool
    is_catch_up: bool
    offset_days: int
    starts_on: dt.date
    ends_on: dt.date
    path: str
    steps: list[OutlineStep] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """Minutes of the steps that are not optional."""
        return sum(step.minutes for step in self.steps if not step.optional)


@dataclass(slots=True)
class CourseOutline:
    """The published weeks of a course, in its order, with their published steps."""

    course: CoursePage
    url: str
    weeks: list[OutlineWeek]

    @property
    def week_now(self) -> OutlineWeek | None:
        """The week that is on; the later one where two are. None before, after and in a break."""
        return next((week for week in reversed(self.weeks) if week.is_now), None)

    @property
    def ends_on(self) -> dt.date | None:
        """The last day of the week that ends last; None for a course without weeks."""
        return max((week.ends_on for week in self.weeks), default=None)

    def week_at(self, path: str) -> OutlineWeek | None:
        """The published week that a page at `path` (a week or a step) belongs to."""
        return next((week for week in self.weeks if week.path == week_path(path)), None)


def leaders_of(course: CoursePage) -> list[CourseRole]:
    """Who leads `course`, in its order, with their persons; one query, kept on the course object."""
    if not hasattr(course, "_leaders"):
        course._leaders = list(course.roles.select_related("person"))
    return course._leaders


def course_outline(
    course: CoursePage, *, at: dt.datetime | None = None, drafts: bool = False
) -> CourseOutline:
    """The outline of `course` as it is at the instant `at` (now); with what is not published, if `drafts`."""
    return course_outlines([course], at=at, drafts=drafts)[course.pk]


def course_outlines(
    courses: Iterable[CoursePage], *, at: dt.datetime | None = None, drafts: bool = False
) -> dict[int, CourseOutline]:
    """The outlines of these courses by the course's id, in two queries whatever their number."""
    at = at or timezone.now()
    by_path = {course.path: course for course in courses}
    if not by_path:
        return {}
    outlines = {path: CourseOutline(course, course.get_url() or "", []) for path, course in by_path.items()}
    steps: dict[str, list[OutlineStep]] = defaultdict(list)
    for page in _below(StepPage, STEP_DEPTH, by_path, _STEP_COLUMNS, drafts):
        steps[week_path(page.path)].append(outline_step(outlines[course_path(page.path)], page))
    for page in _below(ModulePage, WEEK_DEPTH, by_path, _WEEK_COLUMNS, drafts):
        outline = outlines[course_path(page.path)]
        outline.weeks.append(outline_week(outline, page, at=at, steps=steps[page.path]))
    return {outline.course.pk: outline for outline in outlines.values()}


def outline_week(
    outline: CourseOutline, page: ModulePage, *, at: dt.datetime, steps: list[OutlineStep]
) -> OutlineWeek:
    """A week as an entry of the outline, after those that it has."""
    course = outline.course
    starts_on = course.starts_on + dt.timedelta(days=page.offset_days)
    is_open = page.opens_at is not None and page.opens_at <= at
    if page.is_catch_up:
        for step in steps:
            step.optional = True
    return OutlineWeek(
        page_id=page.pk,
        uid=page.uid,
        number=len(outline.weeks) + 1,
        title=page.title,
        hint=page.hint,
        cloth=page.cloth,
        url=_url(outline, page),
        opens_at=page.opens_at,
        is_open=is_open,
        is_now=is_open and at < course.midnight(page.offset_days + page.length_days),
        is_catch_up=page.is_catch_up,
        offset_days=page.offset_days,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=page.length_days - 1),
        path=page.path,
        steps=steps,
    )


def outline_step(outline: CourseOutline, page: StepPage) -> OutlineStep:
    """A step as an entry of its week in the outline."""
    return OutlineStep(
        page_id=page.pk,
        uid=page.uid,
        title=page.title,
        summary=page.summary,
        kind=kind_of(page.content_type_id),
        minutes=page.minutes,
        optional=page.optional,
        needs_quiet=page.needs_quiet,
        skimmable=page.skimmable,
        has_audio=page.has_audio,
        url=_url(outline, page),
        path=page.path,
    )


def _url(outline: CourseOutline, page) -> str:
    """The address of a page below the course, without asking the site for it."""
    return outline.url + page.url_path[len(outline.course.url_path) :]


_PAGE_COLUMNS = ("pk", "path", "title", "url_path", "uid")
_WEEK_COLUMNS = (*_PAGE_COLUMNS, "hint", "cloth", "opens_at", "offset_days", "length_days", "is_catch_up")
_STEP_COLUMNS = (
    *_PAGE_COLUMNS,
    "summary",
    "content_type_id",
    "minutes",
    "optional",
    "needs_quiet",
    "skimmable",
    "has_audio",
)


def _below(model, depth: int, course_paths: Collection[str], columns: tuple[str, ...], drafts: bool) -> list:
    """Pages of `model` at `depth` below these paths, in the order of the tree, in one query.

    Rows with these columns: a page object costs ten times as much, and an outline has a hundred.
    """
    pages = _pages_below(model, depth, columns, drafts, len(course_paths))
    return list(map(_row(columns)._make, pages.rows(*bounds(course_paths))))


@functools.cache
def _row(columns: tuple[str, ...]) -> type[tuple]:
    return namedtuple("Row", columns)


@functools.lru_cache(maxsize=256)
def _pages_below(model, depth: int, columns: tuple[str, ...], drafts: bool, paths: int) -> Prepared:
    pages = model.objects.filter(depth=depth).order_by("path").values_list(*columns)
    pages = pages if drafts else pages.filter(live=True)
    return Prepared(lambda *bounds: pages.filter(between("path", bounds)), *[str] * 2 * paths)


def within(lookup: str, paths: Iterable[str]) -> Q:
    """Condition that the path at `lookup` (“path”, “step__path”) lies below one of `paths`; none, if none."""
    return between(lookup, bounds(paths))


def bounds(paths: Iterable[str]) -> list[str]:
    """Two texts for each path; the paths of all pages below it lie between them, and no others.

    treebeard writes paths in digits and capital letters. A range of them uses the index on SQLite too, where
    LIKE does not.
    """
    return [bound for path in paths for bound in (path, f"{path}ZZZZ")]


def between(lookup: str, bounds: Sequence[str]) -> Q:
    """Condition that the path at `lookup` lies between two of these `bounds`, taken in pairs."""
    condition = Q(pk__in=[])
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        condition |= Q(**{f"{lookup}__gt": start, f"{lookup}__lt": end})
    return condition
