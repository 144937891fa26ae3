"""Finding and reading the files of a course folder without trusting them."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from .plaintext import UNPRINTABLE
from .problems import FileProblems, Problem

MAX_TEXT_BYTES = 1024 * 1024
MAX_FILES = 5000
MAX_DEPTH = 6

WEEK_FOLDER = re.compile(r"week-([0-9]{1,4})-(.+)")
STEP_FILE = re.compile(r"([0-9]{1,4})-([^/]+)\.md")
# What editors and file managers leave behind.
CLUTTER = {"Thumbs.db", "desktop.ini", "__MACOSX"}


class TooManyFiles(Exception):
    pass


@dataclass
class Folder:
    """The files of a course, by their names relative to its root (NFC, with “/”).

    `weeks`: the folder of each week with the names of its steps, both in the order of the course.
    """

    files: dict[str, Path] = field(default_factory=dict)
    weeks: dict[str, list[str]] = field(default_factory=dict)

    @property
    def others(self) -> list[str]:
        """What is neither a text of the course nor clutter: pictures, a README."""
        return sorted(name for name in self.files if not _is_text(name) or _is_readme(name))


def find_files(root: Path, problems: list[Problem]) -> Folder:
    """Every file below `root`, sorted into weeks and steps; what has no place there is a problem."""
    folder = Folder()
    if not os.path.isdir(root):  # never raises, unlike Path.is_dir
        problems.append(Problem("", 0, _("“%(path)s” is not a folder.") % {"path": printable(str(root))}))
        return folder
    try:
        _walk(root.resolve(), root.resolve(), 1, folder, problems)
    except TooManyFiles:
        words = _("There are more than %(count)d files here. Is this the folder of one course?")
        problems.append(Problem("", 0, words % {"count": MAX_FILES}))
        return folder
    if "course.md" not in folder.files:
        problems.append(Problem("course.md", 0, _("This file is missing. Every course has one.")))
    weeks = folder.weeks
    for name in folder.files:
        week, _slash, rest = name.partition("/")
        if week in weeks and STEP_FILE.fullmatch(rest):
            weeks[week].append(name)
        elif _is_text(name) and not _is_readme(name) and not _is_opening(name):
            words = _(
                "This text has no place in a course. Texts are called course.md, "
                "week-01-some-name/week.md and week-01-some-name/01-some-name.md."
            )
            problems.append(Problem(name, 0, words))
    folder.weeks = {
        week: sorted(weeks[week], key=lambda name: _order(STEP_FILE, name.partition("/")[2]))
        for week in sorted(weeks, key=lambda name: _order(WEEK_FOLDER, name))
    }
    for week in folder.weeks:
        if f"{week}/week.md" not in folder.files:
            problems.append(Problem(f"{week}/week.md", 0, _("This file is missing. Every week has one.")))
    return folder


def _walk(root: Path, here: Path, depth: int, folder: Folder, problems: list[Problem]) -> None:
    try:
        entries = sorted(os.scandir(here), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(_name(root, here), 0, _cannot_be_read(error)))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in CLUTTER:
            continue
        path = Path(entry.path)
        name = _name(root, path)
        words = _why_not(root, entry, depth)
        if words:
            problems.append(Problem(name, 0, words))
        elif entry.is_dir():
            if depth == 1 and WEEK_FOLDER.fullmatch(name):
                folder.weeks[name] = []
            _walk(root, path, depth + 1, folder, problems)
        elif name in folder.files:
            problems.append(Problem(name, 0, _("Another file has the same name.")))
        elif len(folder.files) == MAX_FILES:
            raise TooManyFiles
        else:
            folder.files[name] = path


def _why_not(root: Path, entry: os.DirEntry, depth: int) -> str:
    """Why this entry of a folder is not read, in words; empty if it is."""
    if entry.name != printable(entry.name):
        return _("There is a character in this name that cannot be read.")
    if "\\" in entry.name:
        return _("There is a “\\” in this name. Unpack the archive again, so that folders are made of it.")
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            return _("This is a link that leads nowhere.")
        if not target.is_relative_to(root):
            return _("This is a link that leads out of the course’s folder.")
        if target.is_dir():
            return _("This is a link to a folder. Put the folder itself here.")
    if entry.is_dir():
        return _("This folder lies too deep.") if depth >= MAX_DEPTH else ""
    return "" if entry.is_file() else _("This is not a file.")


def read_text(path: Path, report: FileProblems) -> str | None:
    """The text of a file with “\\n” at the end of its lines; None if it cannot be read (then reported)."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        report.add(0, _cannot_be_read(error))
        return None
    if len(raw) > MAX_TEXT_BYTES:
        report.add(0, _("This file is larger than 1 MB. A text of a course is never that long."))
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.add(1, _("This file is written in UTF-16. Save it as UTF-8."))
        return None
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in raw:
        report.add(_line_at(raw, raw.index(b"\0")), _("There is a NUL byte here. This is not a text file."))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        report.add(_line_at(raw, error.start), _("This is not UTF-8. Save the file as UTF-8."))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = UNPRINTABLE.search(text)
    if found:
        report.add(
            text.count("\n", 0, found.start()) + 1,
            _("There is an invisible character here (U+%(code)04X). Take it out.")
            % {"code": ord(found.group())},
        )
        return None
    return text


def printable(name: str) -> str:
    """`name` with what cannot be printed (control characters, bytes that are no UTF-8) as question marks."""
    return re.sub("[\t\n]", "?", UNPRINTABLE.sub("?", name))


def _line_at(raw: bytes, place: int) -> int:
    before = raw[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _cannot_be_read(error: OSError) -> str:
    return _("This cannot be read: %(error)s.") % {"error": error.strerror or error}


def _name(root: Path, path: Path) -> str:
    return unicodedata.normalize("NFC", printable(path.relative_to(root).as_posix()))


def _order(pattern: re.Pattern, name: str) -> tuple[int, str]:
    return int(pattern.fullmatch(name).group(1)), name


def _is_text(name: str) -> bool:
    """Also one whose name some program made longer."""
    return bool(re.search(r"\.(md|markdown)[ .]*(\.txt)?$", name, re.IGNORECASE))


def _is_readme(name: str) -> bool:
    return name.rpartition("/")[2].lower() == "readme.md"


def _is_opening(name: str) -> bool:
    week, _slash, rest = name.partition("/")
    return name == "course.md" or (rest == "week.md" and bool(WEEK_FOLDER.fullmatch(week)))
