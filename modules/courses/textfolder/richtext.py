"""Rich text between HTML and Markdown.

In between stands a tree: a list of `Paragraph` and `List`. `from_html` reads what Wagtail stores, `to_html`
writes it in one canonical way, `to_markdown` writes what the reader of bodies reads back as the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from .plaintext import UNPRINTABLE

SPACE = re.compile(r"[ \t\n\r\f]+")
STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}
LISTS = ("ul", "ol")
MARKS = {"b": "**", "i": "*"}


class Run(NamedTuple):
    """Text of one kind. A line break is “\\n”; `link` holds the attributes of an <a>, sorted."""

    text: str
    styles: frozenset[str] = frozenset()
    link: tuple[tuple[str, str], ...] = ()


@dataclass
class Paragraph:
    runs: list[Run] = field(default_factory=list)


@dataclass
class Item:
    runs: list[Run] = field(default_factory=list)
    lists: list[List] = field(default_factory=list)


@dataclass
class List:
    tag: str
    items: list[Item] = field(default_factory=list)


# HTML ---------------------------------------------------------------------------------------------------
def from_html(html: str) -> list[Paragraph | List]:
    """The tree of rich text as Wagtail stores it, without its editor's traces."""
    reader = _Html()
    reader.feed(html or "")
    reader.close()
    reader.end_block()
    return reader.tree


class _Html(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tree: list[Paragraph | List] = []
        self.open: list[List] = []
        self.runs: list[Run] | None = None
        self.styles: list[str] = []
        self.link: tuple[tuple[str, str], ...] = ()

    def handle_starttag(self, tag, attrs):
        if tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag == "a":
            self.link = tuple(sorted((name, _attribute(value or "")) for name, value in attrs))
        elif tag == "br":
            self._add("\n")
        elif tag in LISTS:
            self._begin_list(tag)
        elif tag == "li":
            self.end_block()
            if not self.open:
                self._begin_list("ul")
            self.open[-1].items.append(Item())
            self.runs = self.open[-1].items[-1].runs
        elif not self.open:
            self.end_block()
            self._begin_paragraph()

    def handle_endtag(self, tag):
        if tag in STYLES:
            if STYLES[tag] in self.styles:
                self.styles.remove(STYLES[tag])
        elif tag == "a":
            self.link = ()
        elif tag in LISTS and self.open:
            self.end_block()
            self.open.pop()
        elif tag != "br":
            self.end_block()

    def handle_data(self, data):
        self._add(UNPRINTABLE.sub("", SPACE.sub(" ", data)))

    def _begin_list(self, tag: str) -> None:
        self.end_block()
        within = self.open and self.open[-1].items
        above = within[-1].lists if within else self.tree
        if above and isinstance(above[-1], List) and above[-1].tag == tag:
            self.open.append(above[-1])  # the editor joins a list to the one right above it
        else:
            above.append(List(tag))
            self.open.append(above[-1])

    def _begin_paragraph(self) -> None:
        self.tree.append(Paragraph())
        self.runs = self.tree[-1].runs

    def _add(self, text: str) -> None:
        if self.runs is None:
            if not text.strip(" "):
                return
            if self.open and self.open[-1].items:
                self.runs = self.open[-1].items[-1].runs
            else:
                self._begin_paragraph()
        run = Run(text, frozenset(self.styles), self.link)
        last = self.runs[-1] if self.runs else None
        if last and last[1:] == run[1:]:
            self.runs[-1] = last._replace(text=last.text + text)
        elif text:
            self.runs.append(run)

    def end_block(self) -> None:
        if self.runs is not None:
            self.runs[:] = tidy(self.runs)
        self.runs = None


def _attribute(value: str) -> str:
    """An attribute as a browser takes an address: without line ends, tabs, and spaces around it."""
    return UNPRINTABLE.sub("", re.sub(r"[\t\n\r]", "", value)).strip()


def tidy(runs: Iterable[Run]) -> list[Run]:
    """`runs` without white space and styles that nobody sees, and with neighbours of one kind joined."""
    found: list[Run] = []
    at_edge = True  # nothing, a space or a line break comes before
    for run in runs:
        text = SPACE.sub(_one_space, run.text)
        if at_edge:
            text = text.removeprefix(" ")
        if text.startswith("\n"):
            _drop_space(found)
        if text:
            found.append(run._replace(text=text))
            at_edge = text[-1] in " \n"
    _drop_space(found)
    return _joined(_with_plain_spaces(found)) if len(found) > 1 else found


def _one_space(found: re.Match) -> str:
    return "\n" if "\n" in found[0] else " "


def _with_plain_spaces(runs: list[Run]) -> Iterator[Run]:
    """The runs with the spaces between them on their own, without styles: the editor takes them away."""
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        links = [other.link if other else None for other in (before, run, after)]
        words = run.text.strip(" ")
        if not words:
            yield Run(" ", link=links[0] if links[0] == links[2] else ())
            continue
        if run.text.startswith(" "):
            yield Run(" ", link=run.link if links[0] == run.link else ())
        yield run._replace(text=words)
        if run.text.endswith(" "):
            yield Run(" ", link=run.link if links[2] == run.link else ())


def _joined(runs: Iterable[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if found and found[-1][1:] == run[1:]:
            found[-1] = found[-1]._replace(text=found[-1].text + run.text)
        else:
            found.append(run)
    return found


def _drop_space(runs: list[Run]) -> None:
    while runs and runs[-1].text.endswith(" "):
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = runs[-1]._replace(text=text)
            return
        runs.pop()


def map_links(html: str, change) -> str:
    """`html` in its canonical form, with the attributes of every link as `change` gives them from theirs."""
    tree = from_html(html)
    for runs in all_runs(tree):
        runs[:] = tidy(
            run._replace(link=tuple(sorted(change(dict(run.link)).items()))) if run.link else run
            for run in runs
        )
    return to_html(tree)


def all_runs(tree: Iterable[Paragraph | List]) -> Iterator[list[Run]]:
    """The runs of every paragraph and item of a tree, each list as it is in the tree."""
    for node in tree:
        if isinstance(node, Paragraph):
            yield node.runs
            continue
        for item in node.items:
            yield item.runs
            yield from all_runs(item.lists)


def to_html(tree: Iterable[Paragraph | List]) -> str:
    """The canonical HTML of a tree, as the reader of bodies writes it too."""
    return "".join(
        f"<p>{_runs_html(node.runs)}</p>" if isinstance(node, Paragraph) else _list_html(node)
        for node in tree
    )


def _list_html(node: List) -> str:
    items = "".join(
        f"<li>{_runs_html(item.runs)}{''.join(map(_list_html, item.lists))}</li>" for item in node.items
    )
    return f"<{node.tag}>{items}</{node.tag}>"


def _runs_html(runs: Iterable[Run]) -> str:
    html = ""
    for link, linked in groupby(runs, key=lambda run: run.link):
        words = ""
        for run in linked:
            text = escape(run.text, quote=False).replace("\n", "<br/>")
            for style in sorted(run.styles, reverse=True):
                text = f"<{style}>{text}</{style}>"
            words += text
        html += f"<a{_attributes(link)}>{words}</a>" if link else words
    return html


def _attributes(link: tuple[tuple[str, str], ...]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in link)


# Markdown -----------------------------------------------------------------------------------------------
class Style(NamedTuple):
    """How much is guarded against being read as Markdown; the reader decides whether it was enough."""

    every_sign: bool
    tags: bool  # <b> and <i> in place of asterisks


STYLES_OF_WRITING = (Style(False, False), Style(True, False), Style(True, True))


def to_markdown(tree: Iterable[Paragraph | List], style: Style) -> str:
    """The Markdown of a tree, its parts divided by empty lines."""
    return "\n\n".join(
        _paragraph(node.runs, style) if isinstance(node, Paragraph) else "\n".join(_list(node, style))
        for node in tree
    )


def _paragraph(runs: list[Run], style: Style) -> str:
    """A paragraph. “<br>” alone is an empty one; one that holds a line break has a mark beside it."""
    words = runs_to_markdown(runs, style)
    return {"": "<br>", "<br>": "<b></b><br>"}.get(words, words)


def _list(node: List, style: Style) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(node.items, 1):
        mark = f"{number}. " if node.tag == "ol" else "- "
        own = _paragraph(item.runs, style).split("\n") if item.runs or not item.lists else []
        for below in item.lists:
            own += _list(below, style)
        lines += [f"{mark}{own[0]}", *(f"{' ' * len(mark)}{line}" for line in own[1:])]
    return lines


def runs_to_markdown(runs: Iterable[Run], style: Style) -> str:
    """The Markdown of one paragraph."""
    text = "".join(
        _linked(link, _styled(list(linked), ("b", "i"), style))
        for link, linked in groupby(runs, key=lambda run: run.link)
    )
    text = text.replace("\n", "\\\n")
    # A break that nothing follows, or nothing precedes, cannot be written with a backslash.
    text = re.sub(
        r"^(?:\\\n)+|(?:\\\n)+$|(?<=\\\n)(?:\\\n)+", lambda found: "<br>" * found[0].count("\n"), text
    )
    return "\n".join(_guarded_start(line) for line in text.split("\n"))


def _linked(link: tuple[tuple[str, str], ...], words: str) -> str:
    if not link:
        return words
    address = dict(link).get("href", "")
    if re.search(r"[\s()<>\\]", address) or not address:
        address = "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    return f"[{words}]({_entities(address)})"


def _entities(address: str) -> str:
    return re.sub(r"&(?=[#A-Za-z])", "&amp;", address)


def _styled(runs: list[Run], wanted: tuple[str, ...], style: Style) -> str:
    if not wanted:
        return "".join(_escaped(run.text, style) for run in runs)
    first, *rest = wanted
    text = ""
    for has, some in groupby(runs, key=lambda run: first in run.styles):
        inside = _styled(list(some), tuple(rest), style)
        if not has:
            text += inside
        elif style.tags:
            text += f"<{first}>{inside}</{first}>"
        else:
            text += f"{MARKS[first]}{inside}{MARKS[first]}"
    return text


REFERENCE = re.compile(r"(\[\^[A-Za-z0-9_-]{1,40}\])(?!:)")
FEW = re.compile(r"[\\`*<\]]|\[(?!\^)|(?<!\w)_|_(?!\w)|&(?=[#A-Za-z])|~(?=~)|!(?=\[)|\[(?=\^)")
EVERY = re.compile(r"[!-/:-@\[-`{-~]")


def _escaped(text: str, style: Style) -> str:
    signs = EVERY if style.every_sign else FEW
    parts = REFERENCE.split(text)  # references to footnotes are left alone
    guarded = (part if number % 2 else signs.sub(r"\\\g<0>", part) for number, part in enumerate(parts))
    return _whitespace("".join(guarded))


def _whitespace(text: str) -> str:
    """Spaces that are not the space bar's are written so that one sees them."""
    return re.sub(
        r"[^\S \n]", lambda found: "&nbsp;" if found[0] == "\xa0" else f"&#x{ord(found[0]):X};", text
    )


START = re.compile(r"([0-9]+)(?=[.)])|(?=#{1,6}(?:\s|$)|[>|]|[+-](?:\s|$)|--|=+\s*$|~~~|:::|:-)")


def _guarded_start(line: str) -> str:
    """What at the beginning of a line would make a heading, a quotation, a list or a directive of it."""
    found = START.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line
