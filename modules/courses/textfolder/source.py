"""A course folder as it was read: every page with its values, its body and the lines they stand on."""

from __future__ import annotations

import difflib
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.utils.translation import gettext as _
from wagtail.models import Page

from ..models import KINDS, CoursePage, LecturePage, ModulePage
from .files import STEP_FILE, WEEK_FOLDER, Folder, find_files, read_text
from .frontmatter import Head, Values, check_values, read_head, read_values, read_word, refuse_unknown
from .markdown import Block, read_body
from .pictures import Picture, read_picture
from .problems import FileProblems, ImportRefused, Problem
from .schema import FORMAT, SHEETS


@dataclass
class SourcePage:
    """One file: the page it becomes, what its fields hold, and on which line each of them stands.

    `values` has every field of the format but the body; the image of a figure in `body` is a Picture.
    """

    file: str
    model: type[Page]
    values: dict[str, Any]
    lines: dict[str, int]
    body: list[Block]
    children: list[SourcePage] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return self.values["uid"]


@dataclass
class SourceCourse:
    """The course page with its weeks and their steps as children, and files that no page uses."""

    page: SourcePage
    unused: list[str]


def read_folder(path: Path) -> SourceCourse:
    """Read and judge the folder of a course as a whole. Raises ImportRefused with all its problems."""
    problems: list[Problem] = []
    folder = find_files(path, problems)
    reader = _FolderReader(folder, problems)
    course = reader.course()
    if problems or course is None:
        raise ImportRefused(problems)
    return SourceCourse(course, [name for name in folder.others if name not in reader.pictures])


class _FolderReader:
    def __init__(self, folder: Folder, problems: list[Problem]):
        self.folder = folder
        self.problems = problems
        self.pictures: dict[str, Picture] = {}

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
        body = read_body(
            head.body, first_line=head.body_line, report=report, transcript_allowed=model is LecturePage
        )
        if model is LecturePage:
            found.values["transcript"] = body.transcript
        blocks = [self._with_picture(block, file, report) for block in body.blocks]
        return SourcePage(file, model, found.values, found.lines, blocks)

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

    def _with_picture(self, block: Block, file: str, report: FileProblems) -> Block:
        """`block`, with the picture in place of its name if it is a figure."""
        if block.kind != "figure":
            return block
        try:
            picture = self._picture(block.value["image"], file)
        except ValidationError as error:
            for words in error.messages:
                report.add(block.line, f"{block.value['image'][:200]}: {words}")
            return block
        return replace(block, value=block.value | {"image": picture})

    def _picture(self, written: str, file: str) -> Picture:
        """The picture that the text in `file` calls `written`. Raises ValidationError."""
        if "\\" in written:
            raise ValidationError(_("Write “/” between the names of folders."))
        if ":" in written or written.startswith("/"):
            raise ValidationError(_("A picture is a file in the course’s folder."))
        name = posixpath.normpath(posixpath.join(posixpath.dirname(file), written))
        name = unicodedata.normalize("NFC", name)
        if name.startswith("../"):
            raise ValidationError(_("This leads out of the course’s folder."))
        if name not in self.folder.files:
            raise ValidationError(_missing(name, self.folder.files))
        if name not in self.pictures:
            self.pictures[name] = read_picture(self.folder.files[name])
        return self.pictures[name]

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
    near = difflib.get_close_matches(name, files, n=1, cutoff=0.8)
    if near:
        return _("There is no such file. Is “%(near)s” meant?") % {"near": near[0]}
    return _("There is no such file.")
