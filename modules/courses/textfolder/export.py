"""A course of the site as a folder of text, from which an import makes the same course again."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from ..models import CoursePage, ModulePage, ReadingPage, StepPage
from ..models.kinds import kind_of
from .attachments import MODELS, Stored, StoredFiles
from .forms import write_keys
from .reading import Content, Surroundings
from .schema import FORMAT, SHEETS, Key, streams_of
from .writing import CannotBeWritten, write_stream

FILES = "files"
LONGEST_NAME = 160  # bytes


class ExportFailed(Exception):
    """Nothing was written, because of these `problems`."""

    def __init__(self, *problems: str):
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass
class Exported:
    """What an export wrote. `drafts` are the titles of pages that are not published, which stay behind."""

    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """In words."""
        words = _("%(texts)d texts and %(files)d files written.")
        lines = [words % {"texts": len(self.texts), "files": len(self.files)}]
        if self.drafts:
            lines += ["", _("Not published, so not written:"), *(f"  {title}" for title in self.drafts)]
        return lines


def export_course(course: CoursePage, folder: Path) -> Exported:
    """Write `course` into `folder`, which must not be there yet, or be empty. Raises ExportFailed."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportFailed(_("“%(path)s” is there already, and not empty.") % {"path": folder})
    writer = _Writer(course)
    texts = writer.texts()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it and then moved: half a course never stands there.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as beside:
        made = Path(beside) / "course"
        for name, text in texts.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        writer.copy_files(made)
        _put(made, folder)
    return Exported(list(texts), sorted(set(writer.names.values())), writer.drafts)


def _put(made: Path, folder: Path) -> None:
    """Bring what was made to its place; where that is an empty folder, it is empty again after an error."""
    if not folder.exists():
        made.rename(folder)
        return
    try:
        for path in made.iterdir():
            shutil.move(path, folder / path.name)
    except OSError:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


class _Writer:
    def __init__(self, course: CoursePage):
        self.problems: list[str] = []
        weeks = list(ModulePage.objects.child_of(course).order_by("path"))
        steps = list(StepPage.objects.descendant_of(course).specific().order_by("path"))
        below = {week: [step for step in steps if step.path.startswith(week.path)] for week in weeks}
        self.course = Content(course)
        self.weeks = {
            Content(week): [Content(step) for step in below[week] if step.live] for week in weeks if week.live
        }
        contents = [self.course]
        for week, its_steps in self.weeks.items():
            contents += [week, *its_steps]
        pages = {content.page for content in contents}
        self.drafts = [page.title for week in weeks for page in (week, *below[week]) if page not in pages]
        self.around = Surroundings(contents, {page.pk: page.uid for page in pages})
        self.names = _file_names(contents, self.around.files)
        self._refuse_unknown_uids(pages)

    def _refuse_unknown_uids(self, pages: Iterable[Page]) -> None:
        """Pages from before every page had a uid of its own."""
        counts = Counter(page.uid for page in pages if not isinstance(page, CoursePage))
        for page in pages:
            if not page.uid or counts[page.uid] > 1:
                words = _("“%(title)s” has no uid of its own. Give it one in its settings.")
                self.problems.append(words % {"title": page.title})

    def texts(self) -> dict[str, str]:
        """Every text by its place in the folder. Raises ExportFailed with all that cannot be written."""
        found = {"course.md": self._text(self.course, "course.md", "", {"format": FORMAT})}
        for number, (week, steps) in enumerate(self.weeks.items(), 1):
            base = _file_name(week.page.slug)
            place = f"week-{number:02}-{base}"
            found[f"{place}/week.md"] = self._text(week, f"{place}/week.md", base, {})
            for count, step in enumerate(steps, 1):
                base = _file_name(step.page.slug)
                name = f"{place}/{count:02}-{base}.md"
                found[name] = self._text(step, name, base, {"kind": kind_of(step.page.content_type_id).name})
        if self.problems:
            raise ExportFailed(*self.problems)
        return found

    def copy_files(self, folder: Path) -> None:
        """Copy every file that the texts name. Raises ExportFailed with those that are gone."""
        for name, (kind, pk) in {name: file for file, name in self.names.items()}.items():
            storage = MODELS[kind]()._meta.get_field("file").storage
            stored = self.around.files.get(kind, pk)
            (folder / FILES).mkdir(exist_ok=True)
            try:
                with storage.open(stored.name) as source, (folder / FILES / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
            except FileNotFoundError:
                words = _("The file “%(name)s” is not in the storage any more.")
                self.problems.append(words % {"name": stored.title})
        if self.problems:
            raise ExportFailed(*self.problems)

    def _text(self, content: Content, place: str, base: str, first: dict[str, Any]) -> str:
        page = content.page

        def name_of(kind: str, pk: int) -> str:
            if (kind, pk) not in self.names:
                words = _(
                    "“%(title)s” shows a file that was deleted. Take it out there, or choose another one."
                )
                self.problems.append(words % {"title": page.title})
                return FILES
            return posixpath.relpath(f"{FILES}/{self.names[kind, pk]}", posixpath.dirname(place) or ".")

        keys = first | page_keys(page, content.values(name_of), base)
        parts = []
        for name, blocks in content.blocks(self.around, name_of).items():
            try:
                parts += write_stream(streams_of(type(page))[name], blocks)
            except CannotBeWritten as error:
                self.problems.append(f"{page.title}: {error}")
        body = "".join(f"{part}\n\n" for part in parts).rstrip("\n")
        return f"---\n{write_keys(keys)}---\n{body}".rstrip("\n") + "\n"


def page_keys(page: Page, values: dict[str, Any], base: str) -> dict[str, Any]:
    """The keys that say something other than what is taken where they are left out."""
    found: dict[str, Any] = {}
    for key in SHEETS[type(page)].keys:
        target = page._meta.get_field(key.field)
        value = _written(values[key.field], key)
        if key.name == "slug" and value == (base or values["uid"]):
            continue
        default = "" if target.is_relation else _written(target.get_default(), key)
        if value == default and not key.required:
            continue
        group, dot, name = key.name.partition(".")
        if dot:
            found.setdefault(group, {})[name] = value
        else:
            found[key.name] = value
    if found.get("work") == {"access": ReadingPage.Access.HERE}:
        del found["work"]  # it stands here
    if isinstance(page, CoursePage):
        found["starts_on"] = page.starts_on.isoformat()
    return found


def _written(value: Any, key: Key) -> Any:
    if key.many:
        return (value or "").split("\n") if value else []
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else value


def _file_name(slug: str) -> str:
    """The part of a file's name that says the address, as far as it fits into one."""
    name = unicodedata.normalize("NFC", slug).lower()
    return name.encode()[:LONGEST_NAME].decode(errors="ignore")


def _file_names(contents: list[Content], files: StoredFiles) -> dict[tuple[str, int], str]:
    """A name for each file of these pages: its title, or made of it. The same content has one name."""
    names: dict[tuple[str, int], str] = {}
    of_content: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for kind, pk in (file for content in contents for file in content.files):
        stored = files.get(kind, pk)
        if stored is None:
            continue
        key = (kind, stored.digest)
        if key not in of_content:
            of_content[key] = _free_name(stored, taken)
            taken.add(of_content[key].lower())
        names[kind, pk] = of_content[key]
    return names


def _free_name(stored: Stored, taken: set[str]) -> str:
    extension = posixpath.splitext(stored.name)[1].lower()
    name = _safe_name(stored.title, extension)
    base, number = name.removesuffix(extension), 1
    while name.lower() in taken:
        number += 1
        name = f"{base}-{number}{extension}"
    return name


SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


def _safe_name(title: str, extension: str) -> str:
    if SAFE.fullmatch(title) and title.lower().endswith(extension):
        return title
    base = title[: -len(extension)] if title.lower().endswith(extension) else title
    return (slugify(anyascii(base))[:LONGEST_NAME].strip("-") or "file") + extension
