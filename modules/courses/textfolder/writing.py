"""Blocks as text. What is written is read back at once: it stands in the file only if it says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock

from . import richtext
from .forms import FORMS, said, write_keys
from .markdown import read_rich_text, read_streams
from .problems import FileProblems, Problem
from .richtext import STYLES_OF_WRITING, Run, Style

PLAIN_STYLES = STYLES_OF_WRITING[:2]  # for what is no rich text


class CannotBeWritten(Exception):
    """A block for which there is no text that says the same."""


def write_stream(stream: StreamBlock, blocks: list[tuple[str, Any]]) -> list[str]:
    """The text of each block of a stream. Raises CannotBeWritten."""
    return [written for kind, value in blocks if (written := write_block(stream, kind, value))]


def write_block(stream: StreamBlock, kind: str, value: Any) -> str:
    """The text of a block, in its shortest form that says the same. Raises CannotBeWritten."""
    if kind == "text" and not value:
        return ""
    for text in _forms(stream, kind, value):
        problems: list[Problem] = []
        found = read_streams(text, {"it": stream}, first_line=1, report=FileProblems("", problems))["it"]
        if not problems and [(block.kind, block.value) for block in found] == [(kind, value)]:
            return text
    words = _("The block “%(kind)s” cannot be written as text: %(value)s")
    raise CannotBeWritten(words % {"kind": kind, "value": str(value)[:200]})


def _forms(stream: StreamBlock, kind: str, value: Any) -> Iterator[str]:
    """Texts for a block, the shortest first."""
    if kind == "text":
        tree = richtext.from_html(value)
        yield from (richtext.to_markdown(tree, style) for style in STYLES_OF_WRITING)
    elif kind == "footnotes":
        yield "\n".join(_note(note) for note in value)
    elif kind == "table":
        for style in PLAIN_STYLES:
            yield _table(value, style)
    else:
        if kind in SHORT:
            yield from SHORT[kind](value)
        if kind in FORMS:
            yield _directive(stream, kind, value)


def _heading(value: dict) -> Iterator[str]:
    for style in PLAIN_STYLES:
        yield f"{'#' * int(value['level'])} {_plain(value['text'], style)}"


def _quote(value: dict) -> Iterator[str]:
    for style in PLAIN_STYLES:
        parts = [_plain(part, style) for part in value["text"].split("\n\n")]
        lines = "\n\n".join(parts).split("\n")
        if value["source"]:
            lines.append(f"— {_plain(value['source'], style)}")
        yield "\n".join(f"> {line}".rstrip() for line in lines)


def _figure(value: dict) -> Iterator[str]:
    if value["credit"] or not value["image"]:
        return
    caption = value["caption"].replace("\\", "\\\\").replace('"', '\\"')
    for style in PLAIN_STYLES:
        title = f' "{caption}"' if caption else ""
        yield f"![{_plain(value['alt'], style)}]({value['image']}{title})"


def _code(value: dict) -> Iterator[str]:
    longest = max(map(len, re.findall(r"`{3,}", value["code"])), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}{value['language']}\n{value['code']}\n{fence}"


SHORT = {"heading": _heading, "quote": _quote, "figure": _figure, "code": _code}


def _plain(text: str, style: Style) -> str:
    return richtext.runs_to_markdown([Run(text)], style)


def _note(note: dict) -> str:
    text = rich_text(note["text"])
    return f"[^{note['name']}]: " + text.replace("\n", "\n    ").replace("\n    \n", "\n\n")


def _table(value: dict, style: Style) -> str:
    rows = [f"| {' | '.join(_cell(cell, style) for cell in row)} |" for row in value["data"]]
    rows.insert(1, "|" + "---|" * len(value["data"][0]))
    header = value["table_header_choice"]
    keys = write_keys({"header": header}) if header != "row" else ""
    return f"{_opening('table', value['table_caption'])}\n{keys}---\n" + "\n".join(rows) + "\n:::"


def _cell(text: str, style: Style) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", _plain(text, style)).replace("\\\n", "<br>")


def _directive(stream: StreamBlock, kind: str, value: dict) -> str:
    form, block = FORMS[kind], stream.child_blocks[kind]
    name, title = kind, value[form.argument] if form.argument else ""
    if kind == "callout":
        name, title = value["kind"], value["title"]
    keys = write_keys(said(block, value, form)) if form.keys else ""
    text = rich_text(value[form.text]) if form.text else ""
    if text and form.keys:
        text = f"---\n{text}"
    return "\n".join(filter(None, [_opening(name, title), keys.rstrip("\n"), text, ":::"]))


def _opening(name: str, title: str) -> str:
    return f":::{name} {title}".rstrip()


def rich_text(html: str) -> str:
    """Rich text as Markdown that reads back as the same. Raises CannotBeWritten."""
    if not html:
        return ""
    tree = richtext.from_html(html)
    for style in STYLES_OF_WRITING:
        problems: list[Problem] = []
        text = richtext.to_markdown(tree, style)
        if read_rich_text(text, first_line=1, report=FileProblems("", problems)) == html and not problems:
            return text
    raise CannotBeWritten(_("This text cannot be written as Markdown: %(html)s") % {"html": html[:200]})
