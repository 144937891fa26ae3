"""What pages of the site hold, in the way in which a folder says it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from wagtail.blocks import Block, RichTextBlock
from wagtail.models import Page

from .attachments import DOCUMENT, StoredFiles, kind_of_chooser
from .plaintext import tidy_line, tidy_lines, tidy_text
from .richtext import all_runs, from_html, map_links
from .schema import SHEETS, streams_of
from .values import from_stored, joined, transform

NameOf = Callable[[str, int], str]  # the kind and id of a file to what it is called, empty for none


class Content:
    """What one page holds, files and other pages by their ids. Asks no database.

    `files` has the kind and id of every file that the page shows or links to, in the order of its text,
    `links` the ids of the pages that it links to.
    """

    def __init__(self, page: Page):
        self.page = page
        self.files: list[tuple[str, int]] = []
        self.links: set[int] = set()
        self._streams: dict[str, list[tuple[str, Block, Any]]] = {}
        for key in SHEETS[type(page)].keys:
            field = page._meta.get_field(key.field)
            if isinstance(field, models.ForeignKey) and getattr(page, field.attname):
                self.files.append((kind_of_chooser(field), getattr(page, field.attname)))
        for name, stream in streams_of(type(page)).items():
            self._streams[name] = [
                (block["type"], definition, from_stored(definition, block["value"]))
                for block in getattr(page, name).get_prep_value()
                if (definition := stream.child_blocks.get(block["type"]))
            ]
            for _kind, definition, value in self._streams[name]:
                transform(definition, value, self._note)

    def _note(self, block: Block, value: Any) -> Any:
        if not isinstance(block, RichTextBlock):
            if value:
                self.files.append((kind_of_chooser(block), value))
        elif "linktype" in value:
            links = {run.link: dict(run.link) for runs in all_runs(from_html(value)) for run in runs}
            for link in links.values():
                if link.get("linktype") == "document" and _id(link):
                    self.files.append((DOCUMENT, _id(link)))
                elif link.get("linktype") == "page" and _id(link):
                    self.links.add(_id(link))
        return value

    def values(self, name_of: NameOf) -> dict[str, Any]:
        """The value of each key by its field, files by what `name_of` calls them."""
        found = {}
        for key in SHEETS[type(self.page)].keys:
            field = self.page._meta.get_field(key.field)
            value = getattr(self.page, field.attname)
            if isinstance(field, models.ForeignKey):
                value = name_of(kind_of_chooser(field), value) if value else ""
            elif isinstance(value, str):
                is_text = isinstance(field, models.TextField)
                value = (tidy_lines if key.many else tidy_text if is_text else tidy_line)(value)
            found[key.field] = value
        return found

    def blocks(
        self, around: Surroundings, name_of: NameOf, *, scheme: str = ""
    ) -> dict[str, list[tuple[str, Any]]]:
        """The blocks of each stream by kind and value, as a folder says them.

        `scheme` stands before the names of files that are linked: none in a text, “file:” in what is read of
        one.
        """

        def said(block: Block, value: Any) -> Any:
            if isinstance(block, RichTextBlock):
                return map_links(value, lambda link: _link(link, around, name_of, scheme))
            return (value and name_of(kind_of_chooser(block), value)) or None

        return {
            name: joined(
                (kind, transform(block, around.with_credit(kind, value), said))
                for kind, block, value in blocks
            )
            for name, blocks in self._streams.items()
        }


def _id(link: dict[str, str]) -> int:
    """The id that a link of rich text leads to; 0 for none."""
    return int(link["id"]) if link.get("id", "").isdecimal() else 0


def _link(link: dict[str, str], around: Surroundings, name_of: NameOf, scheme: str) -> dict[str, str]:
    """A link of rich text as a folder has it; without an address where it leads nowhere any more."""
    if link.get("linktype") == "page":
        address = around.address(_id(link))
    elif link.get("linktype") == "document":
        name = around.files.get(DOCUMENT, _id(link)) and name_of(DOCUMENT, _id(link))
        address = name and f"{scheme}{name}"
    else:
        address = link.get("href", "")
    return {"href": address} if address else {}


class Surroundings:
    """What pages refer to: their files, and other pages by what a folder calls them. At most four queries.

    A page of the course is “page:uid” (`uids` has those by id), another one is its address.
    """

    def __init__(self, contents: Collection[Content], uids: dict[int, str]):
        self.files = StoredFiles(file for content in contents for file in content.files)
        linked = set().union(*(content.links for content in contents)) - uids.keys()
        self._addresses = {pk: f"page:{uid}" for pk, uid in uids.items()}
        self._addresses |= {page.pk: page.url or "" for page in Page.objects.filter(pk__in=linked)}

    def address(self, pk: int) -> str:
        """Where a link to a page leads; empty if it is gone."""
        return self._addresses.get(pk, "")

    def with_credit(self, kind: str, value: Any) -> Any:
        """A block with the credits of its pictures, which are shown where it has none of its own."""
        if kind == "figure":
            return value | {"credit": value["credit"] or self.files.credit(value["image"])}
        if kind == "gallery":
            return value | {
                "pictures": [self.with_credit("figure", picture) for picture in value["pictures"]]
            }
        return value
