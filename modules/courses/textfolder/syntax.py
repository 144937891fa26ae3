"""Markdown as the texts of a course have it: CommonMark with tables, footnotes and directives."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit

MARK = re.compile(r":::(?!:)[ \t]*([^\s]*)[ \t]*(.*)")
NOTE = re.compile(r"\[\^([A-Za-z0-9_-]{1,40})\]:[ \t]*(.*)")


@cache
def parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"store_labels": True}).enable(["table", "strikethrough"])
    # Which addresses may be linked is judged below, where a line can be named. They are kept as they stand.
    parser.validateLink = lambda address: True
    parser.normalizeLink = lambda address: address
    above = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "directive", _directive, above)
    parser.block.ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference"]})
    return parser


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for markdown-it: “:::kind Title”, anything, “:::”, at the left edge, none inside another."""
    mark = _mark_at(state, start)
    if mark is None:
        return False
    if silent:
        return True
    if state.level:
        return False
    kind, title = mark
    close = start + 1
    if kind:
        while close < end and _mark_at(state, close) is None:
            close += 1
    token = state.push("directive", "", 0)
    token.map = [start, close]
    closed = bool(kind) and close < end and _mark_at(state, close) == ("", "")
    token.meta = {"kind": kind, "title": title, "closed": closed}
    token.content = state.getLines(start + 1, close, 0, False) if kind else ""
    state.line = close + 1 if closed else close
    return True


def _mark_at(state: StateBlock, line: int) -> tuple[str, str] | None:
    """Kind and title of the directive mark in `line`; None if there is no mark."""
    if state.sCount[line] != 0:
        return None
    found = MARK.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return (found.group(1), found.group(2).strip()) if found else None


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for markdown-it: “[^name]: text”, and what follows four spaces in."""
    if state.sCount[start] != 0 or state.level:
        return False
    found = NOTE.fullmatch(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if not found:
        return False
    if silent:
        return True
    last, line = start + 1, start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= 4):
        line += 1
        if not state.isEmpty(line - 1):
            last = line
    token = state.push("note", "", 0)
    token.map = [start, last]
    token.meta = {"name": found.group(1)}
    token.content = f"{found.group(2)}\n{state.getLines(start + 1, last, 4, False)}"
    state.line = last
    return True


def count_cells(line: str) -> int:
    """How many cells a line of a table has; the parser leaves out those that the first row has not."""
    cells = escapedSplit(line.strip())
    return len(cells[cells[:1] == [""] : -1 if cells[-1:] == [""] else None])
