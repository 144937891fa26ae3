"""Writing a course folder into pages: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.blocks import Block as ChildBlock
from wagtail.blocks import RichTextBlock, StreamBlock, StreamValue
from wagtail.models import Page

from community.discussions.models import Place

from ..indexing import indexed_once
from ..models import CourseIndexPage, CoursePage, ModulePage
from ..schedule import reschedule
from . import fingerprint
from .attachments import Attachment, Store, store
from .markdown import Block
from .plan import Item, Plan, make_plan
from .problems import ImportRefused, Problem
from .report import Report
from .richtext import map_links
from .schema import streams_of
from .source import SourceCourse, read_folder
from .values import from_stored, to_stored, transform


def import_course(folder: Path, *, start: dt.date | None = None, force: bool = False, user=None) -> Report:
    """Make the pages of a course say what its folder says, and publish them.

    `start` is the first day of the course: needed the first time unless the folder says it, kept from the
    page after that. `force` overwrites pages that were edited on the site. `user` is named in the history;
    whether they may is for the caller to ask. Raises ImportRefused with everything that is wrong; then
    nothing has changed.
    """
    source = read_folder(folder)
    with store(user) as files, transaction.atomic(), indexed_once():
        # Also keeps a second import waiting until this one is done.
        index = CourseIndexPage.objects.select_for_update().first()
        if index is None:
            words = _("This site has no list of courses. Make one below the landing page first.")
            raise ImportRefused([Problem("", 0, words)])
        plan = make_plan(source, index=index, start=start, force=force)
        return _Writer(plan, source, files, user).write()


class _Writer:
    def __init__(self, plan: Plan, source: SourceCourse, files: Store, user):
        self.plan = plan
        self.source = source
        self.files = files
        self.user = user
        self.page_ids: dict[str, int] = {}

    def write(self) -> Report:
        plan = self.plan
        report = Report(unused=self.source.unused, left=[_name(page) for page in plan.left])
        opened_at = self._opening_times()
        self._arrange()
        self.page_ids = {item.source.uid: item.page.pk for item in plan.items}
        for item in plan.items:
            if item.changed:
                self._publish(item)
            (report.new if item.new else report.updated if item.changed else report.unchanged).append(
                item.source.file
            )
            if item.moved:
                report.moved.append(item.source.file)
        for page in plan.gone:
            report.unpublished.append(_name_with_records(page))
            self._unpublish(type(page).objects.get(pk=page.pk))  # moves have changed its path
        course = CoursePage.objects.get(pk=plan.course.page.pk)
        reschedule(course)
        now = self._opening_times()
        report.rescheduled = sum(opened_at[pk] != now[pk] for pk in opened_at)
        report.course_title, report.address = course.title, course.url or course.url_path
        report.files = [row.title for row in self.files.made]
        return report

    def _opening_times(self) -> dict[int, dt.datetime]:
        course = self.plan.course.page
        return dict(ModulePage.objects.child_of(course).values_list("pk", "opens_at")) if course else {}

    def _arrange(self) -> None:
        """Bring every page to its place in the tree, new ones as drafts.

        Done before any address changes: when the transaction ends, Wagtail makes redirects from the old
        addresses and looks for what lies below a page at the place that the page had when it was saved.
        """
        items = self.plan.items
        children: dict[int, list[Item]] = {}
        for item in items:
            if item.parent:
                children.setdefault(id(item.parent), []).append(item)
        for below in children.values():
            self._put_in_order([item.page.pk for item in below if not item.new and not item.moved])
        for item in items:
            if item.vacates:
                # The address stays in `url_path`, from which the page's next save makes the redirect.
                Page.objects.filter(pk=item.page.pk).update(slug=uuid.uuid4().hex)
        for item in items:
            if item.new:
                self._create(item)
            elif item.moved:
                Page.objects.filter(pk=item.page.pk).update(slug=item.source.values["slug"])
                self._move(item.page.pk, item.parent.page.pk, "last-child")
        for below in children.values():
            self._put_in_order([item.page.pk for item in below])

    def _create(self, item: Item) -> None:
        # Its text follows when every page is there: it may link to any of them.
        page = item.source.model(live=False, owner=self.user)
        self._fill_values(item, page)
        above = item.parent.page if item.parent else self.plan.index
        with _refusing(item):
            Page.objects.get(pk=above.pk).add_child(instance=page)
        item.page = page

    def _publish(self, item: Item) -> None:
        """Store what `item` says as a new revision of its page, and publish that."""
        page = item.source.model.objects.get(pk=item.page.pk)
        if not item.new and page.latest_revision_id is None:
            # Made without a history: what is overwritten begins it.
            page.save_revision(user=self.user, clean=False)
        self._fill(item, page)
        # Publishing cleans the page. That it was made stands in its history already.
        revision = page.save_revision(user=self.user, log_action=not item.new, clean=False)
        with _refusing(item):
            revision.publish(user=self.user, skip_permission_checks=True)

    def _fill(self, item: Item, page: Page) -> None:
        self._fill_values(item, page)
        for name, blocks in item.source.streams.items():
            setattr(page, name, self._stream(page, name, blocks))
        page.import_digest = item.fingerprint

    def _fill_values(self, item: Item, page: Page) -> None:
        for name, value in item.source.values.items():
            field = page._meta.get_field(name)
            if isinstance(value, Attachment):
                value = self.files.id_of(value)
            setattr(page, field.attname, value or None if field.is_relation else value)
        if isinstance(page, CoursePage) and self.plan.start:
            page.starts_on = self.plan.start
        page.go_live_at = page.expire_at = None

    def _stream(self, page: Page, name: str, blocks: list[Block]) -> StreamValue:
        """These blocks as a stream. Those that `page` had keep their ids: its history compares by them."""
        stream = streams_of(type(page))[name]
        stored = []
        for block in blocks:
            definition = stream.child_blocks[block.kind]
            for picture, shows in _described(block.value):
                self.files.id_of(picture, about=shows)
            value = transform(definition, block.value, self._stored)
            stored.append({"type": block.kind, "value": to_stored(definition, value)})
        keep_ids(stream, getattr(page, name).get_prep_value(), stored)
        return page._meta.get_field(name).to_python(json.dumps(stored))

    def _stored(self, block: ChildBlock, value: Any) -> Any:
        if isinstance(block, RichTextBlock):
            return map_links(value, self._link)
        return self.files.id_of(value) if value else None

    def _link(self, link: dict[str, str]) -> dict[str, str]:
        kind, _colon, name = link["href"].partition(":")
        if kind == "page":
            return {"linktype": "page", "id": str(self.page_ids[name])}
        if kind == "file":
            return {"linktype": "document", "id": str(self.files.id_of(self.source.documents[name]))}
        return link

    def _unpublish(self, page: Page) -> None:
        """Take a page off the site. Its text, history, conversation and records stay."""
        parent_uid = page.get_parent().specific.uid
        page.import_digest = fingerprint.of_page(page, parent_uid=parent_uid, uids=self.plan.uids, live=False)
        page.save_revision(user=self.user, clean=False)
        UnpublishPageAction(page, user=self.user).execute(skip_permission_checks=True)

    def _move(self, pk: int, target: int, position: str) -> None:
        page, target = Page.objects.get(pk=pk), Page.objects.get(pk=target)
        MovePageAction(page, target, pos=position, user=self.user).execute(skip_permission_checks=True)

    def _put_in_order(self, wanted: list[int]) -> None:
        """Bring the pages with these ids, all below one parent, into this order."""
        order = list(Page.objects.filter(pk__in=wanted).order_by("path").values_list("pk", flat=True))
        for place, pk in enumerate(wanted):
            if order[place] != pk:
                self._move(pk, order[place], "left")
                order.remove(pk)
                order.insert(place, pk)


@contextmanager
def _refusing(item: Item) -> Iterator[None]:
    """Values are judged before anything is written; what pages say against each other comes up here."""
    try:
        yield
    except ValidationError as error:
        raise ImportRefused(
            Problem(item.source.file, item.source.lines.get(name, 0), words)
            for name, errors in error.update_error_dict({}).items()
            for words in ValidationError(errors).messages
        ) from error


def _described(value: Any) -> Iterator[tuple[Attachment, str]]:
    """Each picture in a value with what it shows."""
    if isinstance(value, list):
        for item in value:
            yield from _described(item)
    elif isinstance(value, dict):
        if value.get("image"):
            yield value["image"], value["alt"]
        for inside in value.values():
            yield from _described(inside)


def keep_ids(stream: StreamBlock, before: list[dict], blocks: list[dict]) -> None:
    """Give `blocks` the ids of the blocks `before` that they repeat, or that they stand in for."""
    old, new = (
        [
            json.dumps([block["type"], from_stored(stream.child_blocks[block["type"]], block["value"])])
            for block in some
        ]
        for some in (before, blocks)
    )
    for _tag, left, left_end, right, right_end in difflib.SequenceMatcher(
        None, old, new, False
    ).get_opcodes():
        for theirs, ours in zip(before[left:left_end], blocks[right:right_end], strict=False):
            if theirs["type"] == ours["type"]:
                ours["id"] = theirs["id"]


def _name(page: Page) -> str:
    return _("“%(title)s” (%(address)s)") % {"title": page.title, "address": page.url or page.url_path}


def _name_with_records(page: Page) -> str:
    """A page that left the folder, and what hangs on it.

    Completions belong to an app that builds on this one, so they are asked for by the name of the relation.
    """
    count = page.completions.count() if hasattr(page, "completions") else 0
    talked_about = Place.objects.filter(page_id=page.pk).exists()
    if count and talked_about:
        words = ngettext(
            "“%(title)s” (%(address)s), kept with %(count)d completion and a conversation",
            "“%(title)s” (%(address)s), kept with %(count)d completions and a conversation",
            count,
        )
    elif count:
        words = ngettext(
            "“%(title)s” (%(address)s), kept with %(count)d completion",
            "“%(title)s” (%(address)s), kept with %(count)d completions",
            count,
        )
    elif talked_about:
        words = _("“%(title)s” (%(address)s), kept with a conversation")
    else:
        return _name(page)
    return words % {"title": page.title, "address": page.url or page.url_path, "count": count}
