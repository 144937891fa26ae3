"""The words to translate: collected from the source, merged into each django.po, compiled into django.mo.

It needs Babel, which is among the development requirements, and no GNU gettext. Templates are first turned
into calls of gettext by Django, as its `makemessages` does. What is written is the same on every machine and
day: sorted by message, without dates or line numbers.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ("community", "home", "modules", "mooc_site")
TEMPLATES = "templates"
HEADER = "# The words of Commonplace. `make messages` brings this file up to date with the source."
# What Django's makemessages asks of xgettext: the places of message, plural and ("c") context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class PlainCatalog(Catalog):
    """A catalog whose header says only what a program needs. Plural forms are those of the language."""

    mime_headers = property(
        lambda self: [
            ("Project-Id-Version", "Commonplace"),
            ("Language", self.locale_identifier),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]
    )


def collect(root: Path = ROOT) -> Catalog:
    """Give every message of the Python files and templates below `root`, with the files it stands in.

    Raises SyntaxError for a template whose {% blocktranslate %} cannot be read.
    """
    found = Catalog()
    for path in sources(root):
        for _line, message, comments, context in extract(
            "python", BytesIO(calls_in(path).encode()), KEYWORDS, comment_tags=("Translators:",)
        ):
            place = (path.relative_to(root).as_posix(), None)
            found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def sources(root: Path) -> Iterator[Path]:
    """The files that may say something to a person, in a fixed order."""
    for part in PYTHON:
        for path in sorted((root / part).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for path in sorted((root / TEMPLATES).rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            yield path


def calls_in(path: Path) -> str:
    """Python code with the calls of gettext of one file. Of a template nothing else is left."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a comment to translators that stands where it is lost
        calls = templatize(text, origin=str(path))
    return f"(\n{calls}\n)"  # within parentheses the indentation of HTML is no error of Python


def read(po: Path, *, language: str) -> PlainCatalog:
    """The translations in a .po file; none where it is not there. Raises PoFileError with the line."""
    catalog = PlainCatalog(locale=language, header_comment=HEADER, fuzzy=False)
    if po.exists():
        with po.open("rb") as file:
            for message in read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True):
                if message.id:
                    catalog[message.id] = message
    return catalog


def merge(catalog: PlainCatalog, found: Catalog) -> None:
    """Make `catalog` hold the messages of `found` and no others. What is translated stays so."""
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()


def po_bytes(catalog: PlainCatalog) -> bytes:
    """The text of a .po file."""
    file = BytesIO()
    write_po(file, catalog, width=0, sort_output=True, include_lineno=False)
    return file.getvalue()


def mo_bytes(catalog: PlainCatalog) -> bytes:
    """The compiled form, without what is missing or fuzzy."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(catalog: PlainCatalog) -> list[Message]:
    """The messages without a translation, with a fuzzy one, or with a plural form missing."""
    return [message for message in catalog if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    """Whether every form of a message has a translation that somebody has looked at."""
    forms = message.string if message.pluralizable else [message.string]
    return not message.fuzzy and all(forms)
