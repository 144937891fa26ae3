"""Read the tables of this folder: columns of words, with spaces between them."""

from __future__ import annotations

from pathlib import Path

from .collector import Route, all_routes

FOLDER = Path(__file__).parent
# What an answer is called in a table, and how asking.word_for says it.
WORDS = {"desk": ">/cms/"}


class Line(dict):
    """One line: column to word; `where` is how a failure calls it."""

    @property
    def where(self) -> str:
        return f"{self['route']} of {self['thing']}" if self["thing"] != "-" else self["route"]

    def expected(self, column: str) -> str:
        """The answer in a column, as asking.word_for would say it."""
        word = self[column]
        return f">{self['goes_to']}" if word == "go" else WORDS.get(word, word)


def lines(name: str) -> list[Line]:
    """The lines of `<name>.txt`. A missing word at the end is “-”, a “=” what stands to its left."""
    rows = [row.split() for row in (FOLDER / f"{name}.txt").read_text().splitlines()]
    header, *rows = [row for row in rows if row and row[0] != "#"]
    found = []
    for row in rows:
        assert len(row) <= len(header), f"{name}.txt: too many words in {' '.join(row)}"
        for place, word in enumerate(row):
            row[place] = row[place - 1] if word == "=" else word
        found.append(Line(zip(header, row + ["-"] * len(header), strict=False)))
    return found


def routes_by_name() -> dict[str, Route]:
    return {route.name: route for route in all_routes()}
