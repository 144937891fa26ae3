"""The visible words of a page, to see that a bare view shows what the page shows."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser


class Reader(HTMLParser):
    """Collects what stands between the tags, but for scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: Counter[str] = Counter()
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.update(re.findall(r"\w+", data))


def words(html: str) -> Counter[str]:
    """How often each word stands in `html`."""
    reader = Reader()
    reader.feed(html)
    return reader.words


def missing(page: str, bare: str) -> tuple[float, Counter[str]]:
    """Which part of the words of `page` does not stand in `bare`, from 0 to 1, and those words."""
    there = words(page)
    gone = there - words(bare)
    return gone.total() / max(1, there.total()), gone
