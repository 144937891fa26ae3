"""How each block is written in a text: read here from directives, written by `write`.

Some blocks have Markdown of their own: text, headings, quotations, pictures, code, footnotes. All but text,
code and footnotes have a directive, whose keys are the names of the block's children.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _
from wagtail.blocks import (
    Block,
    BooleanBlock,
    DecimalBlock,
    ListBlock,
    StructBlock,
    TextBlock,
)

from ..blocks.body import TableBlock, canonical_table
from ..numbers import read_number, write_number
from .problems import FileProblems
from .values import empty
from .yamltext import YES, Unfit, compose, items_of, line_of, scalar

CALLOUTS = ("note", "try")
DIVIDER = re.compile(r"---[ \t]*")


@dataclass(frozen=True, slots=True)
class Form:
    """The children of a block that are not keys: `argument` stands behind its name, `text` is Markdown in it.

    `keys`: there are keys as well; a line of three dashes stands between them and the text.
    """

    argument: str = ""
    text: str = ""
    keys: bool = True


FORMS: dict[str, Form] = {
    "heading": Form(),
    "quote": Form(),
    "figure": Form("image"),
    "gallery": Form("title"),
    "callout": Form("", "text", keys=False),
    "question": Form("question", "text", keys=False),
    "definition": Form("term", "text", keys=False),
    "table": Form("", "table"),
    "video": Form("title", "transcript"),
    "audio": Form("title", "transcript"),
    "film": Form("title", "transcript"),
    "sound": Form("title", "transcript"),
    "download": Form("file"),
    "thread": Form("address", "words"),
    "slide": Form("image", "words"),
    "one": Form(),
    "many": Form(),
    "short": Form(),
    "order": Form(),
    "match": Form(),
    "number": Form(),
    "scale": Form(),
    "open": Form(),
}


def split(content: str, line: int) -> tuple[str, str, int]:
    """The keys of a directive, its text, and the line on which that begins."""
    lines = content.split("\n")
    end = next((number for number, text in enumerate(lines) if DIVIDER.fullmatch(text)), None)
    if end is None:
        return content, "", line
    return "\n".join(lines[:end]), "\n".join(lines[end + 1 :]), line + end + 1


def read_struct(
    block: StructBlock, source: str, line: int, report: FileProblems, *, besides: Form | None = None
) -> dict[str, Any] | None:
    """The value of a struct from the keys in `source`; None if it cannot be read (then reported)."""
    besides = besides or Form()
    known = tuple(name for name in block.child_blocks if name not in (besides.argument, besides.text))
    before = len(report.problems)
    value = _Keys(line, report).struct(block, read_keys(known, source, line, report))
    return value if len(report.problems) == before else None


def read_keys(known: Iterable[str], source: str, line: int, report: FileProblems) -> dict[str, yaml.Node]:
    """The nodes at the keys in `source`, which begins on `line`. What cannot be read is reported."""
    node = compose(source, line, report) if source.strip() else None
    return _Keys(line, report).nodes(node, known) if node else {}


class _Keys:
    """Reads values from keys that begin on `line`; what is unfit is reported and left empty."""

    def __init__(self, line: int, report: FileProblems):
        self.line = line
        self.report = report

    def nodes(self, node: yaml.Node, known: Iterable[str]) -> dict[str, yaml.Node]:
        """The nodes at the `known` keys of a mapping."""
        found: dict[str, yaml.Node] = {}
        everything = ", ".join(known)
        if not isinstance(node, yaml.MappingNode):
            words = _("Here belong keys and values, one to a line. The keys are %(all)s.")
            self._problem(node, words % {"all": everything})
            return found
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                words = _("“%(key)s” is not a key here. The keys are %(all)s.")
                self._problem(key, words % {"key": name[:40], "all": everything})
            elif name in found:
                self._problem(key, _("“%(key)s” stands here twice.") % {"key": name})
            else:
                found[name] = value
        return found

    def struct(self, block: StructBlock, nodes: dict[str, yaml.Node]) -> dict[str, Any]:
        """The value of a struct from the nodes of its children."""
        value = {}
        for name, child in block.child_blocks.items():
            value[name] = empty(child)
            if name in nodes:
                try:
                    value[name] = self._value(child, nodes[name], name)
                except Unfit as error:
                    self.report.add(self.line + error.line, str(error))
        return value

    def _value(self, block: Block, node: yaml.Node, name: str) -> Any:
        """What stands at a key, as `block` keeps it in a folder. Raises Unfit."""
        if isinstance(block, ListBlock):
            return [self._item(block.child_block, item, name) for item in items_of(node, name)]
        text = scalar(node, name)
        if not text:
            return empty(block)
        if isinstance(block, BooleanBlock):
            if text.lower() not in YES:
                raise Unfit(node, _("“%(key)s” is either true or false.") % {"key": name})
            return YES[text.lower()]
        if isinstance(block, DecimalBlock):
            try:
                return read_number(text)
            except ValueError as error:
                raise Unfit(node, str(error)) from error
        if "\n" in text and not isinstance(block, TextBlock):
            raise Unfit(node, _("“%(key)s” is one line.") % {"key": name})
        return text

    def _item(self, block: Block, node: yaml.Node, name: str) -> Any:
        if isinstance(block, StructBlock):
            return self.struct(block, self.nodes(node, block.child_blocks))
        return self._value(block, node, name)

    def _problem(self, node: yaml.Node, words: str) -> None:
        self.report.add(self.line + line_of(node), words)


# Tables -------------------------------------------------------------------------------------------------
def read_table(
    rows: list[list[str]], caption: str, keys: str, line: int, report: FileProblems
) -> dict[str, Any] | None:
    """A table's value; None if its header is none of those that there are (then reported)."""
    node = read_keys(("header",), keys, line, report).get("header")
    header = getattr(node, "value", None) if node else "row"
    if header not in TableBlock.HEADERS:
        report.add(line, _("“header” is %(all)s.") % {"all": ", ".join(TableBlock.HEADERS)})
        return None
    return canonical_table(rows, header, caption)


# Writing ------------------------------------------------------------------------------------------------
class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def write_keys(keys: dict[str, Any]) -> str:
    """Keys and values as YAML, each on lines of its own; nothing for none."""
    if not keys:
        return ""
    return yaml.dump(keys, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)


def said(block: StructBlock, value: dict[str, Any], besides: Form | None = None) -> dict[str, Any]:
    """The children of a struct that say something other than nothing, as keys."""
    besides = besides or Form()
    return {
        name: _said(child, value[name])
        for name, child in block.child_blocks.items()
        if name not in (besides.argument, besides.text) and value[name] != empty(child)
    }


def _said(block: Block, value: Any) -> Any:
    if isinstance(block, ListBlock):
        return [_said(block.child_block, item) for item in value]
    if isinstance(block, StructBlock):
        return said(block, value)
    return write_number(value) if isinstance(block, DecimalBlock) else value
