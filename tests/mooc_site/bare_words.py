"""Finds what a person would read untranslated: words in templates and in Python that skip gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

GAP = "\ufffc"  # stands for whatever a tag or variable puts there
WORD = re.compile(r"[^\W\d_]+")
NAMES = {"Commonplace", "Co", "DOI", "ISBN", "o", "oo"}  # 4o4 and 5oo are drawn, not said
SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title"}
SILENT = {"script", "style", "code"}

DATE_FORMAT = re.compile(r"\|(?:date|time):[\"'](?![A-Z_]+_FORMAT[\"']|c[\"'])")
SAID_BY_FILTER = re.compile(r"\|(?:default|default_if_none|yesno|pluralize):[\"']([^\"']*)[\"']")

GETTEXT = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": 2,
    "pgettext_lazy": 2,
    "npgettext": 3,
    "npgettext_lazy": 3,
}
SPOKEN_ARGUMENTS = {"heading", "help_text", "hint", "label", "verbose_name", "verbose_name_plural"}
SPEAKERS = {"PermissionDenied", "ValidationError"}
MESSAGES = {"debug", "error", "info", "success", "warning"}


def in_template(source: str, *, is_html: bool = True) -> Iterator[tuple[int, str]]:
    """Line and words of everything in a template that is shown and not translated."""
    rest, inside = "", ""
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        blank = GAP + "\n" * token.contents.count("\n")
        if inside:
            inside = "" if name in {f"end{inside}", f"end{inside.removesuffix('late')}"} else inside
            rest += blank[1:]
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            inside = name
            rest += blank
        elif token.token_type == TokenType.TEXT:
            rest += token.contents
        else:
            rest += blank
            if token.token_type == TokenType.VAR:
                yield from _in_variable(token.contents, token.lineno)
    if is_html:
        finder = _Finder()
        finder.feed(rest)
        finder.close()
        yield from finder.found
    else:
        for number, line in enumerate(rest.splitlines(), start=1):
            yield from _bare(line, number)


def _in_variable(contents: str, line: int) -> Iterator[tuple[int, str]]:
    if DATE_FORMAT.search(contents):
        yield line, f"{contents} (a date in the order of one language; name a format)"
    for words in SAID_BY_FILTER.findall(contents):
        if " " in words or words != words.lower():
            yield line, contents


def _bare(text: str, line: int) -> Iterator[tuple[int, str]]:
    if set(WORD.findall(text)) - NAMES:
        before = text[: WORD.search(text).start()]
        yield line + before.count("\n"), " ".join(text.replace(GAP, " … ").split())


class _Finder(HTMLParser):
    """Collects text and spoken attributes of a page whose tags of Django have become gaps."""

    def __init__(self):
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.within: list[str] = []

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        for name, value in said.items():
            is_button = name == "value" and said.get("type") in {"submit", "button", "reset"}
            is_summary = name == "content" and said.get("name") == "description"
            if name.strip(GAP) in SPOKEN or is_button or is_summary:
                self.found += _bare(value, self.getpos()[0])
        if tag in SILENT:
            self.within.append(tag)

    def handle_endtag(self, tag):
        if tag in self.within:
            self.within.remove(tag)

    def handle_data(self, data):
        if not self.within:
            self.found += _bare(data, self.getpos()[0])


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of what Python says without gettext, or through it in a way that cannot be collected.

    Looked at: verbose names, labels, help texts, what is refused and why, messages.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in GETTEXT:
            if not all(_is_literal(argument) for argument in node.args[: GETTEXT[name]]):
                yield node.lineno, f"{ast.unparse(node)} (not a literal: it is never collected)"
            continue
        said = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN_ARGUMENTS]
        if name in SPEAKERS:
            said += node.args[:1]
        elif name in MESSAGES and getattr(getattr(node.func, "value", None), "id", "") == "messages":
            said += node.args[1:2]
        for value in said:
            if isinstance(value, ast.JoinedStr) or (_is_literal(value) and WORD.search(value.value)):
                yield value.lineno, ast.unparse(value)


def _is_literal(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
