"""References to footnotes: “[^name]” in the rich text of a body, read where it counts as one.

It does not count inside a tag, nor within the words of a link: a link in a link leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock

NOTE_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
REFERENCE = re.compile(r"\[\^([A-Za-z0-9_-]{1,40})\]")
TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")
LINK = re.compile(r"<(/?)a\b", re.IGNORECASE)


def references_in(html: str) -> list[str]:
    """The names that `html` refers to, in its order, one as often as it stands there."""
    return [name for text, counts in _parts(html) if counts for name in REFERENCE.findall(text)]


def replace_references(html: str, link: Callable[[str], str]) -> str:
    """`html` with `link(name)` in place of each reference; where that is empty, the text stays as it is."""

    def put(found: re.Match) -> str:
        return link(found[1]) or found[0]

    return "".join(REFERENCE.sub(put, text) if counts else text for text, counts in _parts(html))


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """The tags of `html` and the text between them, each with whether a reference in it counts."""
    position, in_link = 0, False
    for tag in TAG.finditer(html):
        yield html[position : tag.start()], not in_link
        yield tag[0], False
        if link := LINK.match(tag[0]):
            in_link = not link[1]
        position = tag.end()
    yield html[position:], not in_link


def note_faults(stream: StreamBlock, blocks: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """What is wrong with the footnotes of a body, in words: a reference without its note, or the reverse.

    `blocks` are kinds and values, these as the site has them or as a folder does (mappings, lists, HTML).
    """
    names: list[str] = []
    used: list[str] = []
    for kind, value in blocks:
        if kind == "footnotes":
            names += [note["name"] for note in value or []]
        else:
            for html in rich_texts_in(stream.child_blocks[kind], value):
                used += references_in(html)
    for name in dict.fromkeys(used):
        if name not in names:
            yield _("The text refers to [^%(name)s], and there is no footnote of that name.") % {"name": name}
    for name in dict.fromkeys(names):
        if name not in used:
            words = _("No text refers to the footnote “%(name)s”. Write [^%(name)s] where it belongs.")
            yield words % {"name": name}


def rich_texts_in(block: Block, value: Any) -> Iterator[str]:
    """The HTML of each rich text in a value of `block`."""
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from rich_texts_in(child, (value or {}).get(name))
    elif isinstance(block, ListBlock):
        for item in value or []:
            yield from rich_texts_in(block.child_block, item)
    elif isinstance(block, RichTextBlock):
        yield getattr(value, "source", value) or ""
