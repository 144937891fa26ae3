"""Whether a page says what a file says: SHA-256 over what the format keeps of it, however it is stored.

Wagtail's editor writes rich text in its own way and marks blocks with ids, so that a page which was opened
and saved unchanged differs in its bytes. What is compared here is what a reader would see; files are known by
their content.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from .attachments import Attachment
from .reading import Content, Surroundings
from .source import SourcePage
from .values import joined


def of_source(source: SourcePage, *, parent_uid: str) -> str:
    """The fingerprint of the page that `source` asks for: below that parent, and published."""
    streams = {
        name: joined((block.kind, block.value) for block in blocks) for name, blocks in source.streams.items()
    }
    return _fingerprint(source.values, streams, parent_uid, live=True)


def of_page(page: Page, *, parent_uid: str, uids: dict[int, str], live: bool | None = None) -> str:
    """The fingerprint of a specific page as it is in memory, or as it would be if it were `live` or not.

    `uids` has the uid of every page of its course by id.
    """
    content = Content(page)
    return of_content(content, Surroundings([content], uids), parent_uid=parent_uid, live=live)


def of_content(content: Content, around: Surroundings, *, parent_uid: str, live: bool | None = None) -> str:
    """The same for a page whose content is read already. Asks no database.

    Dates at which the page is to appear or vanish count: whoever set them has edited it.
    """

    def digest_of(kind: str, pk: int) -> str:
        stored = around.files.get(kind, pk)
        return stored.digest if stored else f"#{pk}"

    page = content.page
    return _fingerprint(
        content.values(digest_of),
        content.blocks(around, digest_of, scheme="file:"),
        parent_uid,
        live=page.live if live is None else live,
        scheduled=[str(moment) for moment in (page.go_live_at, page.expire_at) if moment],
    )


def _fingerprint(
    values: dict[str, Any],
    streams: dict[str, list],
    parent_uid: str,
    *,
    live: bool,
    scheduled: Iterable[str] = (),
) -> str:
    facts = {
        "values": {name: plain(value) for name, value in values.items()},
        "streams": streams,
        "parent": parent_uid,
        "live": live,
        "scheduled": list(scheduled),
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: Any) -> Any:
    """A value as it is compared."""
    if isinstance(value, Attachment):
        return value.digest
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else value
