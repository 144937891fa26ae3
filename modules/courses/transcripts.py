"""The transcript of a lecture, and a search in it that ignores case, accents and the shape of quotes."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from html.parser import HTMLParser

from anyascii import anyascii
from wagtail.blocks import BoundBlock

LONGEST = 80  # characters that are looked for
BLOCKS = {
    *("blockquote", "dd", "div", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"),
    *("ol", "p", "pre", "table", "td", "th", "tr", "ul"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a transcript. `number` and `title` (HTML) are those of its slide; 0 and empty for a whole."""

    html: str
    number: int = 0
    title: str = ""


def transcript_of(recordings: Iterable[BoundBlock], slides: Iterable[BoundBlock]) -> list[Passage]:
    """What is said in a lecture: the transcript of its recording, else what is said over its slides."""
    for recording in recordings:
        if recording.value["transcript"]:
            return [Passage(str(recording.value["transcript"].__html__()))]
    return [
        Passage(str(slide.value["words"].__html__()), number, escape(slide.value["title"]))
        for number, slide in enumerate(slides, 1)
        if slide.value["words"]
    ]


def wanted(query: str) -> str:
    """The words of a query as they are looked for and shown: without what has no sign, and not too long."""
    seen = "".join(sign for sign in query[: LONGEST * 4] if sign.isprintable() or sign.isspace())
    return " ".join(seen.split())[:LONGEST].strip()


def find(passages: Iterable[Passage], words: str) -> tuple[list[Passage], int]:
    """The passages with `words` marked wherever they stand, also within longer words, and in how many places.

    Each place has an id: “place-1”, “place-2” … Words that lie partly in a link or in italics are one place
    with a mark on either side.
    """
    needle = " ".join("".join(map(fold, words)).split())
    found, count = [], 0
    for passage in passages:
        title, count = _marked(passage.title, needle, count)
        html, count = _marked(passage.html, needle, count)
        found.append(replace(passage, title=title, html=html))
    return found, count


@functools.lru_cache(maxsize=4096)
def fold(sign: str) -> str:
    """A character as it is compared: “É” as “e”, “ø” as “o”, “’” as “'”, vowel points as nothing."""
    if sign.isascii():
        return sign.lower()
    if unicodedata.category(sign).startswith("P") or unicodedata.name(sign, "").startswith("LATIN"):
        return anyascii(sign).casefold()
    parts = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part) and part != "\u00ad")


class _Pieces(HTMLParser):
    """HTML as tags and texts in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[tuple[str, str]] = []  # the name of a tag and the tag, or "" and a text
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.pieces.append((tag, self.get_starttag_text()))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append((tag, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        if self.pieces and not self.pieces[-1][0]:
            data = self.pieces.pop()[1] + data
        self.pieces.append(("", data))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(unescape(f"&#{name};"))


def _marked(html: str, needle: str, count: int) -> tuple[str, int]:
    """`html` with marks around `needle`, numbered from `count` on, and the number of the last."""
    pieces = _Pieces(html).pieces
    text, places = _folded(pieces)
    marks: dict[int, list[tuple[int, int, str]]] = {}
    start = text.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        count += 1
        name = f' id="place-{count}"'
        for piece, first, last in _stretches(place for place in places[start:end] if place):
            marks.setdefault(piece, []).append((first, last, name))
            name = ""
        while places[end : end + 1] and places[end] and places[end] == places[end - 1]:
            end += 1  # of “ß”, which is compared as two signs, the second one is no other place
        start = text.find(needle, end)
    out = [
        piece if tag else "".join(_written(piece, marks.get(number, ())))
        for number, (tag, piece) in enumerate(pieces)
    ]
    return "".join(out), count


def _folded(pieces: list[tuple[str, str]]) -> tuple[str, list[tuple[int, int] | None]]:
    """All texts as one that is compared, and for each of its signs where it comes from: piece and offset.

    White space is one space; where a paragraph ends stands a new line, which no query has.
    """
    signs: list[str] = []
    places: list[tuple[int, int] | None] = []

    def add(sign: str, place: tuple[int, int] | None) -> None:
        if sign != " " or not signs or signs[-1] not in " \n":
            signs.append(sign)
            places.append(place)

    for number, (tag, piece) in enumerate(pieces):
        if tag:
            if tag in BLOCKS:
                add("\n", None)
            elif tag == "br":
                add(" ", None)
            continue
        for offset, source in enumerate(piece):
            for sign in fold(source):
                add(" " if sign.isspace() else sign, (number, offset))
    return "".join(signs), places


def _stretches(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Places as stretches, one a piece: its number, the first and the last offset."""
    ends: dict[int, tuple[int, int]] = {}
    for piece, offset in places:
        ends[piece] = (ends.get(piece, (offset,))[0], offset)
    for piece, (first, last) in ends.items():
        yield piece, first, last


def _written(text: str, marks: Iterable[tuple[int, int, str]]) -> Iterator[str]:
    """A text as HTML with its marks. What combines with the last marked character is marked with it."""
    at = 0
    for first, last, name in marks:
        stop = last + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        yield escape(text[at : max(at, first)], quote=False)
        yield f"<mark{name}>{escape(text[max(at, first) : stop], quote=False)}</mark>"
        at = stop
    yield escape(text[at:], quote=False)
