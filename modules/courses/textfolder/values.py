"""Values of blocks, walked by the definition of their block.

In a folder a list is a plain list, a file is named, and a link to another page of the course is “page:uid”.
On the site, StreamField keeps lists as items with ids, and everything else by its id.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext
from wagtail.blocks import (
    Block,
    BooleanBlock,
    ChooserBlock,
    DecimalBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from ..blocks.body import CodeBlock, TableBlock, canonical_table
from ..blocks.notes import note_faults
from ..numbers import plain_number
from .plaintext import tidy_code, tidy_line, tidy_text

TWO_LISTS = (("</ul>", "<ul>"), ("</ol>", "<ol>"))
Leaf = Callable[[Block, Any], Any]


def transform(block: Block, value: Any, leaf: Leaf) -> Any:
    """`value` with every file and rich text in it as `leaf` gives it from its block and value."""
    if isinstance(block, StructBlock):
        return {
            name: transform(child, value.get(name, empty(child)), leaf)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, ListBlock):
        return [transform(block.child_block, item, leaf) for item in value or []]
    if isinstance(block, ChooserBlock | RichTextBlock):
        return leaf(block, value)
    return value


def empty(block: Block) -> Any:
    """What a child of a struct has where nothing is said about it."""
    if isinstance(block, StructBlock):
        return from_stored(block, {})
    if isinstance(block, ListBlock):
        return []
    return from_stored(block, block.get_prep_value(block.get_default()))


def joined(blocks: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """`blocks` with neighbouring texts as one: a file does not tell them apart.

    Between two lists that would become one stands an empty paragraph.
    """
    found: list[tuple[str, Any]] = []
    for kind, value in blocks:
        if found and kind == found[-1][0] == "text":
            above = found[-1][1]
            between = "<p></p>" if (above[-5:], value[:4]) in TWO_LISTS else ""
            found[-1] = (kind, above + between + value)
        else:
            found.append((kind, value))
    return found


def to_stored(block: Block, value: Any) -> Any:
    """`value` with its lists as StreamField stores them."""
    if isinstance(block, StructBlock):
        return {name: to_stored(child, value[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, ListBlock):
        return [
            {"type": "item", "id": str(uuid.uuid4()), "value": to_stored(block.child_block, item)}
            for item in value
        ]
    return value


def from_stored(block: Block, value: Any) -> Any:
    """What StreamField stores, with plain lists, tidy texts, and every child that a struct has now."""
    if isinstance(block, StructBlock):
        value = value or {}
        found = {
            name: from_stored(child, value[name]) if name in value else empty(child)
            for name, child in block.child_blocks.items()
        }
        return found | {"code": tidy_code(value["code"])} if isinstance(block, CodeBlock) else found
    if isinstance(block, ListBlock):
        items = value or []
        kept = bool(items) and all(
            isinstance(item, dict) and item.keys() >= {"type", "value"} for item in items
        )
        return [from_stored(block.child_block, item["value"] if kept else item) for item in items]
    if isinstance(block, TableBlock):
        return _table(value or {})
    if isinstance(block, DecimalBlock):
        return "" if value in (None, "") else plain_number(Decimal(str(value)))
    if isinstance(block, BooleanBlock):
        return bool(value)
    if isinstance(block, ChooserBlock):
        return value
    if isinstance(block, RichTextBlock):
        return value or ""
    return (tidy_text if isinstance(block, TextBlock) else tidy_line)(str(value or ""))


def _table(value: dict[str, Any]) -> dict[str, Any]:
    rows = [[tidy_text("" if cell is None else str(cell)) for cell in row] for row in value.get("data") or []]
    header = value.get("table_header_choice")
    return canonical_table(
        rows, header if header in TableBlock.HEADERS else "row", tidy_line(value.get("table_caption") or "")
    )


def faults(block: Block, value: Any, path: str = "") -> Iterator[str]:
    """What a block says against a value of a folder, in words. Files are judged elsewhere."""
    if isinstance(block, StructBlock):
        inside = [
            words
            for name, child in block.child_blocks.items()
            for words in faults(child, value[name], child.label)
        ]
        yield from inside
        if not inside and hasattr(block, "faults"):
            yield from (
                _named(block.child_blocks[name].label, words)
                for name, words in block.faults(_python(block, value))
            )
        return
    if isinstance(block, ListBlock):
        yield from _list_faults(block, value, path)
        return
    if isinstance(block, ChooserBlock):
        if block.required and not value:
            yield _named(path, str(block.field.error_messages["required"]))
        return
    try:
        block.clean(block.to_python(_number(value) if isinstance(block, DecimalBlock) else value))
    except ValidationError as error:
        yield from (_named(path, words) for words in error.messages)


def _list_faults(block: ListBlock, items: list[Any], path: str) -> Iterator[str]:
    yield from _count_faults(path, len(items), block.meta.min_num, block.meta.max_num)
    for item in items:
        yield from faults(block.child_block, item, path)
    if hasattr(block, "list_faults"):
        yield from block.list_faults(items)


def _python(block: StructBlock, value: dict) -> dict:
    """A value as a block's own judgement takes it: numbers and truth values as such, the rest as it is."""
    return {
        name: child.to_python(_number(value[name])) if isinstance(child, DecimalBlock) else value[name]
        for name, child in block.child_blocks.items()
    }


def _number(text: str) -> str | None:
    return text or None


def _named(path: str, words: str) -> str:
    return f"{path}: {words}" if path else words


def stream_faults(stream: StreamBlock, label: str, blocks: list[tuple[str, Any]]) -> Iterator[str]:
    """What a stream says against these blocks together: how many they are, and the notes they refer to."""
    kinds = [kind for kind, _value in blocks]
    yield from _count_faults(label, len(kinds), stream.meta.min_num, stream.meta.max_num)
    for kind, limits in (stream.meta.block_counts or {}).items():
        child = stream.child_blocks[kind]
        yield from _count_faults(child.label, kinds.count(kind), limits.get("min_num"), limits.get("max_num"))
    if "footnotes" in stream.child_blocks:
        yield from note_faults(stream, blocks)


def _count_faults(label: str, count: int, least: int | None, most: int | None) -> Iterator[str]:
    if least and count < least:
        words = ngettext("there is %(count)d at least.", "there are %(count)d at least.", least)
        yield _named(label, words % {"count": least})
    if most is not None and count > most:
        words = ngettext("there is %(count)d at most.", "there are %(count)d at most.", most)
        yield _named(label, words % {"count": most})
