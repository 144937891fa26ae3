"""What is wrong with a folder, in words that its author can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN = 50


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """`file` is relative to the course folder, empty for the site; `line` counts from 1, 0: all of it."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        if not self.file:
            return self.words
        if not self.line:
            return f"{self.file}: {self.words}"
        return _("%(file)s, line %(line)d: %(words)s") % {
            "file": self.file,
            "line": self.line,
            "words": self.words,
        }


class FileProblems:
    """Collects the problems of one file into the list of all. `text` is what stands in it, once read."""

    def __init__(self, file: str, problems: list[Problem]):
        self.file = file
        self.problems = problems
        self.text = ""

    def add(self, line: int, words: str) -> None:
        self.problems.append(Problem(self.file, line, words))

    def line_of(self, words: str, first: int) -> int:
        """The line on which `words` stand, looked for from line `first` on; that itself if they do not."""
        lines = self.text.split("\n")
        return next((number for number, line in enumerate(lines[first - 1 :], first) if words in line), first)


class ImportRefused(Exception):
    """Nothing was changed, because of these problems."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """A heading, then at most 50 problems, then how many more there are."""
        count = len(self.problems)
        heading = ngettext(
            "Nothing was changed, because of %(count)d problem:",
            "Nothing was changed, because of %(count)d problems:",
            count,
        )
        lines = [heading % {"count": count}, *map(str, self.problems[:SHOWN])]
        if count > SHOWN:
            lines.append(_("… and %(count)d more.") % {"count": count - SHOWN})
        return lines
