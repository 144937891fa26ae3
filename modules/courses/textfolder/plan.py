"""What an import would do to the site, decided before the first page is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from ..models import CourseIndexPage, CoursePage, SessionPage
from ..models.course import validate_start
from . import fingerprint
from .problems import ImportRefused, Problem
from .schema import SHEETS
from .site import SitePages, find_course
from .source import SourceCourse, SourcePage


@dataclass
class Item:
    """One file and its page: the specific page as its row has it, None for a `new` one until it is made.

    `fingerprint` is what the page will have. A page that `vacates` stands at an address which another
    file of the folder asks for.
    """

    source: SourcePage
    parent: Item | None
    page: Page | None
    fingerprint: str
    new: bool
    changed: bool = True
    moved: bool = False
    vacates: bool = False


@dataclass
class Plan:
    """`items` in the order of the course. `gone` pages are to be unpublished, `left` ones only named."""

    index: CourseIndexPage
    start: dt.date | None
    items: list[Item] = field(default_factory=list)
    gone: list[Page] = field(default_factory=list)
    left: list[Page] = field(default_factory=list)
    uids: dict[int, str] = field(default_factory=dict)

    @property
    def course(self) -> Item:
        return self.items[0]


def make_plan(source: SourceCourse, *, index: CourseIndexPage, start: dt.date | None, force: bool) -> Plan:
    """Compare a folder with the site. Raises ImportRefused if it cannot, or must not, be written."""
    problems: list[Problem] = []
    start = start or source.start
    course = find_course(index, source.page, start, problems)
    if not problems:
        _judge_start(course, start, problems)
    if problems:
        raise ImportRefused(problems)
    site = SitePages(course)
    plan = Plan(index, start, uids=site.uids)
    _match(plan, source.page, None, site)
    for item in plan.items:
        if item.page:
            _compare(item, site, start, force, problems)
    for page in site.unmatched:
        if page.live:
            (plan.gone if site.is_as_imported(page) else plan.left).append(page)
    _refuse_times_that_clocks_leave_out(plan, problems)
    _refuse_taken_uids(plan, site, problems)
    _refuse_taken_addresses(plan, site, problems)
    if problems:
        raise ImportRefused(problems)
    return plan


def _judge_start(course: CoursePage | None, start: dt.date | None, problems: list[Problem]) -> None:
    if start:
        try:
            validate_start(start)
        except ValidationError as error:
            problems += [Problem("", 0, words) for words in error.messages]
    elif course is None:
        words = _("This course is new here. Say on which day it begins, for example --start 2027-03-01.")
        problems.append(Problem("", 0, words))


def _match(plan: Plan, source: SourcePage, parent: Item | None, site: SitePages) -> None:
    """Add `source` and what lies below it to the plan, each with the page of its uid."""
    parent_uid = parent.source.uid if parent else ""
    page = site.take(source)
    wanted = fingerprint.of_source(source, parent_uid=parent_uid)
    item = Item(source, parent, page, wanted, new=page is None)
    plan.items.append(item)
    for child in source.children:
        _match(plan, child, item, site)


def _compare(
    item: Item, site: SitePages, start: dt.date | None, force: bool, problems: list[Problem]
) -> None:
    page, source = item.page, item.source
    if type(page) is not source.model:
        words = _("“%(title)s” is %(theirs)s on this site and %(ours)s here. Give the step another uid.")
        values = {"title": page.title, "theirs": SHEETS[type(page)].name, "ours": SHEETS[source.model].name}
        problems.append(Problem(source.file, source.lines["kind"], words % values))
        return
    item.moved = item.parent is not None and site.parent_of(page) != item.parent.page
    there = site.fingerprints(page)
    item.changed = there | {page.import_digest} != {item.fingerprint}
    if start and isinstance(page, CoursePage) and page.starts_on != start:
        item.changed = True
    if item.changed and not force:
        edited = there != {page.import_digest} and there != {item.fingerprint}
        words = _why_not_overwrite(page, edited)
        if words:
            problems.append(Problem(source.file, 0, words % {"title": page.title}))


def _why_not_overwrite(page: Page, edited: bool) -> str:
    """Why a page is not written without --force, in words with a place for its title; empty if it is."""
    if edited and not page.import_digest:
        return _(
            "“%(title)s” has this uid on the site and was not made by an import. With --force, this file "
            "takes the place of its text; the text of now stays in the page’s history."
        )
    if edited:
        return _(
            "“%(title)s” was edited on the site since it was imported. With --force, this file takes the "
            "place of its text; the text of now stays in the page’s history."
        )
    if page.live and page.has_unpublished_changes:
        return _(
            "“%(title)s” has a draft on the site that is not published. With --force, this file is "
            "published; the draft stays in the page’s history."
        )
    if page.locked:
        return _("“%(title)s” is locked on the site. With --force, this file is published all the same.")
    return ""


def _refuse_times_that_clocks_leave_out(plan: Plan, problems: list[Problem]) -> None:
    """Asked of pages that do not change too: another start puts them on other days."""
    course = plan.course
    start = plan.start or course.page.starts_on
    for item in plan.items:
        values = item.source.values
        if item.source.model is SessionPage:
            clock = {name: values[name] for name in ("day", "starts", "ends", "session_zone")}
            offset_days = item.parent.source.values["offset_days"]
            zone = course.source.values["time_zone"]
            for name, words in SessionPage(**clock).clock_faults(start, offset_days, zone):
                problems.append(Problem(item.source.file, item.source.lines[name], words))


def _refuse_taken_uids(plan: Plan, site: SitePages, problems: list[Problem]) -> None:
    """Report a week with the uid of a step of the site, and the other way round."""
    wanted = {item.source.uid: item for item in plan.items if item.parent and item.page is None}
    for page in site.unmatched:
        item = wanted.get(page.uid)
        if item:
            words = _("“%(uid)s” is the uid of “%(title)s” on this site, and that is %(theirs)s.")
            values = {"uid": page.uid, "title": page.title, "theirs": SHEETS[type(page)].name}
            problems.append(Problem(item.source.file, item.source.lines["uid"], words % values))


def _refuse_taken_addresses(plan: Plan, site: SitePages, problems: list[Problem]) -> None:
    """Report addresses of pages that stay; where a page of the folder stands, it will have to make way."""
    wanted = {_address(item): item for item in plan.items if item.parent is None or item.parent.page}
    for item in plan.items:
        if item.page:
            here = site.address_of(item.page)
            item.vacates = here != _address(item) and here in wanted
    ours = {item.page.pk for item in plan.items if item.page}
    for page in _others_at(plan, site):
        item = wanted.get(site.address_of(page))
        if item and page.pk not in ours:
            words = _("“%(slug)s” is the address of “%(title)s”, a page of the site with another uid.")
            values = {"slug": page.slug, "title": page.title}
            problems.append(Problem(item.source.file, item.source.lines["slug"], words % values))


def _address(item: Item) -> tuple[int | None, str]:
    """The page below which an item will stand (0: the list of courses, None: a new page), and its slug."""
    above = 0 if item.parent is None else item.parent.page and item.parent.page.pk
    return (above, item.source.values["slug"])


def _others_at(plan: Plan, site: SitePages) -> Iterable[Page]:
    yield from site.unmatched
    yield from CoursePage.objects.child_of(plan.index).filter(slug=plan.course.source.values["slug"])
