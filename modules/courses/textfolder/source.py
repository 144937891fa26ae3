"""A course folder as it was read: every page with its values, its body and the lines they stand on."""

from __future__ import annotations

import datetime as dt
import difflib
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import Block as ChildBlock
from wagtail.blocks import RichTextBlock
from wagtail.models import Page

from ..blocks.notes import REFERENCE
from ..models import KINDS, CoursePage, ModulePage
from .attachments import DOCUMENT, Attachment, kind_of_chooser, read_attachment
from .dates import parse_day
from .files import STEP_FILE, WEEK_FOLDER, Folder, find_files, read_text
from .frontmatter import Head, Values, check_values, read_head, read_values, read_word, refuse_unknown
from .links import names_a_file
from .markdown import Block, read_streams
from .problems import FileProblems, ImportRefused, Problem
from .richtext import map_links
from .schema import FORMAT, SHEETS, streams_of
from .values import faults, stream_faults, transform


@dataclass
class SourcePage:
    """One file: the page it becomes, what its fields hold, and on which line each of them stands.

    `values` has every field of the format but the streams. Files are Attachments in both; in rich text
    links lead to “page:uid” and “file:digest”.
    """

    file: str
    model: type[Page]
    values: dict[str, Any]
    lines: dict[str, int]
    streams: dict[str, list[Block]]
    children: list[SourcePage] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return self.values["uid"]


@dataclass
class SourceCourse:
    """The course page with its weeks and their steps as children, and files that no page uses."""

    page: SourcePage
    unused: list[str]
    start: dt.date | None = None
    documents: dict[str, Attachment] = field(default_factory=dict)


def read_folder(path: Path) -> SourceCourse:
    """Read and judge the folder of a course as a whole. Raises ImportRefused with all its problems."""
    problems: list[Problem] = []
    folder = find_files(path, problems)
    reader = _FolderReader(folder, problems)
    course = reader.course()
    if problems or course is None:
        raise ImportRefused(problems)
    used = {name for name, _kind in reader.attachments}
    unused = [name for name in folder.others if name not in used]
    return SourceCourse(course, unused, reader.start, reader.documents)


class _FolderReader:
    def __init__(self, folder: Folder, problems: list[Problem]):
        self.folder = folder
        self.problems = problems
        self.attachments: dict[tuple[str, str], Attachment] = {}
        self.links: list[tuple[str, int, str]] = []  # file, line and uid of every link to another page
        self.start: dt.date | None = None
        self.documents: dict[str, Attachment] = {}

    def course(self) -> SourcePage | None:
        course = self._page("course.md", model=CoursePage, name="")
        weeks, all_steps = [], []
        for name, step_names in self.folder.weeks.items():
            week = self._page(f"{name}/week.md", model=ModulePage, name=WEEK_FOLDER.fullmatch(name).group(2))
            steps = [step for step in map(self._step, step_names) if step]
            self._refuse_twin_addresses(steps)
            all_steps += steps
            if week:
                week.children = steps
                weeks.append(week)
        self._refuse_twin_addresses(weeks)
        self._refuse_twin_uids([*weeks, *all_steps])
        self._refuse_steps_of_catch_up_weeks(weeks)
        self._refuse_lost_links([page for page in (course, *weeks, *all_steps) if page])
        if course:
            course.children = weeks
        return course

    def _step(self, name: str) -> SourcePage | None:
        return self._page(name, model=None, name=STEP_FILE.fullmatch(name.partition("/")[2]).group(2))

    def _page(self, file: str, *, model: type[Page] | None, name: str) -> SourcePage | None:
        """The page of one file; None without a readable head. For a step, the file says the model."""
        report = FileProblems(file, self.problems)
        path = self.folder.files.get(file)
        text = read_text(path, report) if path else None
        head = read_head(text, report) if text is not None else None
        if head is None:
            return None
        report.text = text
        if model is None:
            kind = self._kind(head, report)
            if kind is None:
                return None
            model = KINDS[kind].model
        if model is CoursePage:
            self._refuse_other_formats(head, report)
        sheet = SHEETS[model]
        refuse_unknown(head, sheet.known, str(sheet.name), report)
        found = read_values(head, sheet.keys, model, report)
        if "kind" in head.entries:
            found.lines["kind"] = head.entries["kind"].line
        self._fill_slug(found, name, report)
        check_values(found, sheet.keys, model, report)
        self._read_files(found, sheet.keys, model, report)
        streams = streams_of(model)
        blocks = read_streams(head.body, streams, first_line=head.body_line, report=report)
        judged = {
            name: [self._judged(stream.child_blocks[block.kind], block, report) for block in blocks[name]]
            for name, stream in streams.items()
        }
        for name, stream in streams.items():
            label = capfirst(model._meta.get_field(name).verbose_name)
            for words in stream_faults(stream, label, [(block.kind, block.value) for block in judged[name]]):
                last = judged[name][-1].line if judged[name] else 0
                note = REFERENCE.search(words)
                report.add(report.line_of(note[0], head.body_line) if note else last, words)
        if model is CoursePage:
            self._read_start(head, report)
        return SourcePage(file, model, found.values, found.lines, judged)

    def _read_start(self, head: Head, report: FileProblems) -> None:
        if "starts_on" not in head.entries:
            return
        word = read_word(head, "starts_on", report)
        try:
            self.start = parse_day(word) if word else None
        except ValueError as error:
            report.add(head.entries["starts_on"].line, str(error))

    def _kind(self, head: Head, report: FileProblems) -> str | None:
        kind = read_word(head, "kind", report)
        if kind is None or kind in KINDS:
            return kind
        words = _("“%(kind)s” is not a kind of step. There are %(all)s.")
        report.add(head.entries["kind"].line, words % {"kind": kind, "all": ", ".join(KINDS)})
        return None

    def _refuse_other_formats(self, head: Head, report: FileProblems) -> None:
        version = read_word(head, "format", report)
        if version is not None and version != str(FORMAT):
            words = _("This folder is written in format %(theirs)s; this site reads format %(ours)d.")
            report.add(head.entries["format"].line, words % {"theirs": version, "ours": FORMAT})

    def _fill_slug(self, found: Values, name: str, report: FileProblems) -> None:
        """Where a file gives no slug, its own name without the number is it; a course takes its uid."""
        if found.values["slug"] or "slug" in found.unfit:
            return
        found.values["slug"] = unicodedata.normalize("NFC", name or found.values["uid"]).lower()
        found.lines["slug"] = 0 if name else found.lines["uid"]
        try:
            validate_unicode_slug(found.values["slug"])
        except ValidationError:
            found.unfit.add("slug")
            if name:
                words = _(
                    "The name gives the page its address and is made of letters, digits, “-” and “_”. "
                    "Rename it, or write a “slug”."
                )
                report.add(0, words)

    def _read_files(self, found: Values, keys, model: type[Page], report: FileProblems) -> None:
        """Put the files in place of their names in the values that are files."""
        for key in keys:
            target, written = model._meta.get_field(key.field), found.values[key.field]
            if isinstance(target, models.ForeignKey) and written:
                kind, line = kind_of_chooser(target), found.lines[key.field]
                found.values[key.field] = self._attachment(written, kind, line, report)

    def _judged(self, definition: ChildBlock, block: Block, report: FileProblems) -> Block:
        """`block` with files in place of their names; what is wrong with it is reported."""
        before = len(self.problems)

        def found(child: ChildBlock, value: Any) -> Any:
            if isinstance(child, RichTextBlock):
                return map_links(value, lambda link: self._link(link, block.line, report))
            return value and self._attachment(value, kind_of_chooser(child), block.line, report)

        value = transform(definition, block.value, found)
        if len(self.problems) == before:
            for words in faults(definition, value):
                report.add(block.line, words)
        return replace(block, value=value)

    def _link(self, link: dict[str, str], line: int, report: FileProblems) -> dict:
        address = link.get("href", "")
        if address.startswith("page:"):
            uid = address.removeprefix("page:")
            self.links.append((report.file, report.line_of(address, line), uid))
        elif address.lower().endswith((".md", ".markdown")) and names_a_file(address):
            words = _("“%(address)s”: another page of the course is linked by its uid, like page:w1-lecture.")
            report.add(report.line_of(address, line), words % {"address": address[:200]})
        elif names_a_file(address):
            document = self._attachment(unquote(address), DOCUMENT, line, report)
            if document:
                self.documents[document.digest] = document
                return {"href": f"file:{document.digest}"}
        return link

    def _attachment(self, written: str, kind: str, line: int, report: FileProblems) -> Any:
        """The file that a text calls `written`, from `line` on; None if it is none for us (then reported)."""
        try:
            return self._find_attachment(written, kind, report.file)
        except ValidationError as error:
            for words in error.messages:
                report.add(report.line_of(written, line), f"{written[:200]}: {words}")
            return None

    def _find_attachment(self, written: str, kind: str, file: str) -> Attachment:
        if "\\" in written:
            raise ValidationError(_("Write “/” between the names of folders."))
        if ":" in written or written.startswith("/"):
            raise ValidationError(_("This is not the name of a file in the course’s folder."))
        name = posixpath.normpath(posixpath.join(posixpath.dirname(file), written))
        name = unicodedata.normalize("NFC", name)
        if name.startswith("../"):
            raise ValidationError(_("This leads out of the course’s folder."))
        if name not in self.folder.files:
            raise ValidationError(_missing(name, self.folder.files))
        if (name, kind) not in self.attachments:
            self.attachments[name, kind] = read_attachment(self.folder.files[name], kind)
        return self.attachments[name, kind]

    def _refuse_steps_of_catch_up_weeks(self, weeks: list[SourcePage]) -> None:
        for week in weeks:
            for step in week.children:
                if week.values["is_catch_up"] and not step.values["optional"]:
                    words = _("Its week is a catch-up week: what stands in it is optional.")
                    line = step.lines["optional"]
                    FileProblems(step.file, self.problems).add(line, words)

    def _refuse_lost_links(self, pages: list[SourcePage]) -> None:
        uids = {page.uid for page in pages}
        for file, line, uid in self.links:
            if uid not in uids:
                near = difflib.get_close_matches(uid, uids, n=1, cutoff=0.7)
                words = _("No page of this course has the uid “%(uid)s”.") % {"uid": uid}
                if near:
                    words += " " + _("Is “%(near)s” meant?") % {"near": near[0]}
                FileProblems(file, self.problems).add(line, words)

    def _refuse_twin_addresses(self, siblings: list[SourcePage]) -> None:
        for page, value, other in _twins(siblings, "slug"):
            words = _("“%(value)s” is already the address of %(file)s.") % {"value": value, "file": other}
            FileProblems(page.file, self.problems).add(page.lines["slug"], words)

    def _refuse_twin_uids(self, pages: list[SourcePage]) -> None:
        for page, value, other in _twins(pages, "uid"):
            words = _("“%(value)s” is already the uid of %(file)s.") % {"value": value, "file": other}
            FileProblems(page.file, self.problems).add(page.lines["uid"], words)


def _twins(pages: Iterable[SourcePage], name: str) -> Iterator[tuple[SourcePage, str, str]]:
    """Each page whose value an earlier one has, with the value and the file of that one."""
    files: dict[str, str] = {}
    for page in pages:
        value = page.values[name]
        if value and value in files:
            yield page, value, files[value]
        files.setdefault(value, page.file)


def _missing(name: str, files: Iterable[str]) -> str:
    near = [file for file in files if file.casefold() == name.casefold()]
    near = near or difflib.get_close_matches(name, files, n=1, cutoff=0.8)
    if near:
        return _("There is no such file. Is “%(near)s” meant?") % {"near": near[0]}
    return _("There is no such file.")
