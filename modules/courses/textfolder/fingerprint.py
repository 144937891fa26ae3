"""Whether a page says what a file says: SHA-256 over what the format keeps of it, however it is stored.

Wagtail's editor writes rich text in its own way and marks blocks with ids, so that a page which was opened
and saved unchanged differs in its bytes. What is compared here is what a reader would see.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from wagtail.models import Page

from ..models import LecturePage
from .pictures import Picture, digests_of
from .schema import SHEETS
from .source import SourcePage

SPACE = re.compile(r"\s+")
STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}


def of_source(source: SourcePage, *, parent_uid: str) -> str:
    """The fingerprint of the page that `source` asks for: below that parent, and published."""
    body = [[block.kind, block.value] for block in source.body]
    return _fingerprint(source.model, source.values, body, parent_uid, live=True, pictures={})


def of_page(page: Page, *, parent_uid: str, live: bool | None = None) -> str:
    """The fingerprint of a specific page as it is in memory, or as it would be if it were `live` or not.

    Dates at which it is to appear or vanish count: whoever set them has edited the page.
    """
    names = [key.field for key in SHEETS[type(page)].keys]
    values = {name: getattr(page, name) for name in (*names, *_rich_text_fields(type(page)))}
    body = [[block["type"], block["value"]] for block in page.body.get_prep_value()]
    pictures = digests_of({value["image"] for kind, value in body if kind == "figure"})
    scheduled = [str(moment) for moment in (page.go_live_at, page.expire_at) if moment]
    live = page.live if live is None else live
    return _fingerprint(
        type(page), values, body, parent_uid, live=live, pictures=pictures, scheduled=scheduled
    )


def _fingerprint(
    model: type[Page],
    values: dict[str, Any],
    body: Iterable[list],
    parent_uid: str,
    *,
    live: bool,
    pictures: dict[int, str],
    scheduled: Iterable[str] = (),
) -> str:
    rich = _rich_text_fields(model)
    facts = {
        "values": {
            name: _rich_text(value) if name in rich else _plain(value) for name, value in values.items()
        },
        "body": [[kind, canonical_block(kind, value, pictures)] for kind, value in body],
        "parent": parent_uid,
        "live": live,
        "scheduled": list(scheduled),
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical_block(kind: str, value: Any, pictures: dict[int, str]) -> Any:
    """What a reader sees of a block: rich text without its editor's traces, pictures by their content."""
    if kind == "text":
        return _rich_text(value)
    facts = {name: _plain(part) for name, part in value.items()}
    if kind == "callout":
        facts["text"] = _rich_text(value["text"])
    if kind == "figure":
        image = value["image"]
        facts["image"] = image.digest if isinstance(image, Picture) else pictures.get(image, f"#{image}")
    return facts


def _rich_text_fields(model: type[Page]) -> tuple[str, ...]:
    return ("transcript",) if model is LecturePage else ()


def _plain(value: Any) -> Any:
    """A value without what a form does to it: line ends of the web, white space around it."""
    return "\n".join(value.split("\r\n")).strip() if isinstance(value, str) else value


def _rich_text(html: str) -> list:
    reader = _RichText()
    reader.feed(html or "")
    reader.close()
    return reader.parts


class _RichText(HTMLParser):
    """Rich text as a list: an opening or closing block, or a run of text with its styles and its link."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[list] = []
        self.styles: list[str] = []
        self.link: list = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag == "a":
            self.link = sorted(attrs)
        elif tag == "br":
            self._add_text("\n")
        elif self.parts and self.parts[-1] == ["/", tag] and tag in ("ul", "ol"):
            # The editor joins a list to the one right above it.
            self.parts.pop()
        else:
            self._add_block("", tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES:
            if STYLES[tag] in self.styles:
                self.styles.remove(STYLES[tag])
        elif tag == "a":
            self.link = []
        elif tag != "br":
            self._add_block("/", tag)

    def handle_data(self, data: str) -> None:
        self._add_text(SPACE.sub(" ", data))

    def _add_text(self, text: str) -> None:
        styles = "".join(sorted(set(self.styles)))
        last = self.parts[-1] if self.parts else ["/", ""]
        if last[0] != "text":
            text = text.lstrip(" ")
        if last[0] == "text" and last[1:3] == [styles, self.link]:
            last[3] += text
        elif text:
            self.parts.append(["text", styles, self.link, text])

    def _add_block(self, slash: str, tag: str) -> None:
        """White space at the edges of a block is not seen."""
        while self.parts and self.parts[-1][0] == "text":
            self.parts[-1][3] = self.parts[-1][3].rstrip()
            if self.parts[-1][3]:
                break
            self.parts.pop()
        self.parts.append([slash, tag])
