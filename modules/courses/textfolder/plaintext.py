"""Text without what a form takes away and what no text file has."""

from __future__ import annotations

import re

# Unseen in an editor, and not allowed in feeds (XML 1.0, section 2.2).
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy_text(text: str) -> str:
    """`text` with “\\n” for every line end, and without white space around it."""
    return _printable(text).strip()


def tidy_line(text: str) -> str:
    """The same for what is one line: a line end in it is a space."""
    return " ".join(tidy_text(text).split("\n"))


def tidy_lines(text: str) -> str:
    """The lines of a list, without empty ones and white space around them."""
    return "\n".join(filter(None, map(str.strip, _printable(text).splitlines())))


def tidy_code(text: str) -> str:
    """Lines that keep the spaces before them; without empty ones above and below."""
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", _printable(text)).rstrip()


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
