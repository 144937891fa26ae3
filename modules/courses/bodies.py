"""Bodies as they are shown: all that their blocks point at is fetched at once, and footnotes are linked.

Wagtail would ask the database once for each kind of block that has a picture, and once for each text that has
a link. Here a stream costs one query for its pictures and one for their sizes, one each for documents, films
and sound, linked pages and linked documents, and two for quoted posts and threads: only if there are any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from string import ascii_lowercase
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.blocks import Block, BoundBlock, ChooserBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.images.models import AbstractImage
from wagtail.rich_text import RichText, expand_db_html

from community.discussions.quoted import quotations

from .blocks.body import QuotedThread, ThreadBlock
from .blocks.notes import replace_references


class ReadyText(RichText):
    """Rich text whose HTML is made already."""

    def __init__(self, source: str, html: str) -> None:
        super().__init__(source)
        self.html = html

    def __html__(self) -> str:
        return self.html


def prepare(stream, user=None) -> list[BoundBlock]:
    """The blocks of a StreamField's value with everything in its place, as `user` may see it.

    Without a user it is a visitor. The stream itself is left as it is.
    """
    return _Preparation(stream, user or AnonymousUser()).blocks()


class _Preparation:
    def __init__(self, stream, user) -> None:
        kinds = stream.stream_block.child_blocks
        self.stored = [(kinds[raw["type"]], raw["value"]) for raw in stream.raw_data]
        leaves = [leaf for block, value in self.stored for leaf in _leaves(block, value)]
        self.found = _fetch(leaves)
        addresses = [value["address"] for block, value in self.stored if isinstance(block, ThreadBlock)]
        self.quoted = quotations(addresses, user) if addresses else {}
        self.html = iter(
            _expand([value or "" for block, value in leaves if isinstance(block, RichTextBlock)])
        )
        notes = [note for block, value in self.stored if block.name == "footnotes" for note in value]
        self.numbers = {note["value"]["name"]: number for number, note in enumerate(notes, 1)}
        self.ways: dict[str, list[str]] = defaultdict(list)

    def blocks(self) -> list[BoundBlock]:
        ready = [block.bind(self._value(block, value, block)) for block, value in self.stored]
        for bound in ready:
            if bound.block.name == "footnotes":
                for note in bound.value:
                    note.number = self.numbers[note["name"]]
                    note.ways = tuple(zip(_marks(), self.ways[note["name"]], strict=False))
        return ready

    def _value(self, block: Block, stored: Any, top: Block) -> Any:
        """A stored value as templates take it. It is walked in the same order as by `_leaves`."""
        if isinstance(block, StructBlock):
            value = block.normalize(
                {
                    name: self._value(child, stored[name], top) if name in stored else child.get_default()
                    for name, child in block.child_blocks.items()
                }
            )
            if isinstance(value, QuotedThread):
                value.quoted = self.quoted.get(value["address"])
            return value
        if isinstance(block, ListBlock):
            return block.normalize([self._value(block.child_block, item["value"], top) for item in stored])
        if isinstance(block, RichTextBlock):
            html = next(self.html)
            is_note = top.name == "footnotes"  # which refers to no other
            return ReadyText(stored, html if is_note else replace_references(html, self._link))
        if isinstance(block, ChooserBlock):
            return self.found[block.model_class].get(stored)
        return block.to_python(stored)

    def _link(self, name: str) -> str:
        """The link from a reference to its note; empty for a name without one."""
        number = self.numbers.get(name)
        if number is None:
            return ""
        way = f"ref-{len(self.ways[name]) + 1}-{name}"
        self.ways[name].append(way)
        return format_html(
            '<sup class="fn"><a href="#note-{}" id="{}" role="doc-noteref" aria-label="{}">{}</a></sup>',
            name,
            way,
            _("Note %(number)d") % {"number": number},
            number,
        )


def _marks() -> Iterator[str]:
    """What tells several ways back apart: a, b … z, and numbers from 27 on."""
    yield from ascii_lowercase
    yield from map(str, count(27))


def _leaves(block: Block, stored: Any) -> Iterator[tuple[Block, Any]]:
    """The blocks within a stored value that hold no others, each with its value."""
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if name in stored:
                yield from _leaves(child, stored[name])
    elif isinstance(block, ListBlock):
        for item in stored:
            yield from _leaves(block.child_block, item["value"])
    else:
        yield block, stored


def _fetch(leaves: Iterable[tuple[Block, Any]]) -> dict[type, dict[int, Any]]:
    """What choosers point at, by model and id, pictures with their sizes. What is gone is left out."""
    wanted: dict[type, set[int]] = defaultdict(set)
    for block, value in leaves:
        if isinstance(block, ChooserBlock):
            wanted[block.model_class] |= {value} - {None}
    found = {model: model.objects.in_bulk(ids) if ids else {} for model, ids in wanted.items()}
    for model, objects in found.items():
        if issubclass(model, AbstractImage):
            prefetch_related_objects(list(objects.values()), "renditions")
    return found


BETWEEN = "\x1e"  # the record separator of ASCII, which no HTML has


def _expand(sources: list[str]) -> list[str]:
    """Rich texts with the addresses of the pages and documents that they link to."""
    together = expand_db_html(BETWEEN.join(sources)).split(BETWEEN)
    return together if len(together) == len(sources) else [expand_db_html(source) for source in sources]


def files_of(streams: Iterable[Any], attribute: str) -> list[str]:
    """The files under static/ that the blocks of these streams name in `attribute`, each once.

    What a page does not have may be empty instead of a stream.
    """
    kinds = [
        stream.stream_block.child_blocks[raw["type"]].meta
        for stream in filter(None, streams)
        for raw in stream.raw_data
    ]
    return list(dict.fromkeys(name for kind in kinds for name in getattr(kind, attribute, ())))


def file_words(file) -> str:
    """Kind and size of a stored document or recording: “PDF, 1.1 MB”; without a size, if the file is gone."""
    ending = file.file.name.rpartition(".")[2].lower()
    kinds = {
        "csv": _("table (CSV)"),
        "docx": _("Word document"),
        "odt": _("OpenDocument text"),
        "pptx": _("PowerPoint slides"),
        "txt": _("plain text"),
        "vtt": _("captions"),
        "xlsx": _("Excel table"),
    }
    words = kinds.get(ending, ending.upper())
    size = getattr(file, "file_size", None)
    if size is None:
        try:
            size = file.file.size
        except OSError:
            return words
    return f"{words}, {filesizeformat(size)}"
