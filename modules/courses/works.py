"""Published works as other programs take them: OpenURL, RIS, BibTeX, CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

import rispy
from anyascii import anyascii

from .models import ReadingPage

QUERY = "{query}"

# Kinds of work as RIS (its 2011 specification) and BibTeX (with biblatex's types) call them.
RIS_TYPES = {
    "article": "JOUR", "book": "BOOK", "chapter": "CHAP", "report": "RPRT", "thesis": "THES",
    "standard": "STAND", "webpage": "ELEC",
}  # fmt: skip
BIBTEX_TYPES = {
    "article": "article", "book": "book", "chapter": "incollection", "report": "report", "thesis": "thesis",
    "standard": "misc", "webpage": "online",
}  # fmt: skip


def kind_of_work(work: ReadingPage) -> str:
    """The kind that the instructor chose, else the likeliest one by what is known."""
    if work.work_kind:
        return work.work_kind
    if work.container_title:
        return "chapter" if work.isbn or work.work_editors else "article"
    return "book" if work.isbn or work.publisher else "webpage"


def library_link(base: str, work: ReadingPage) -> str:
    """Where a reader's own library is asked for `work`; empty without a library.

    `base` is a search with “{query}” in it, or a link resolver's base address, which is asked by OpenURL 1.0
    (ANSI/NISO Z39.88-2004, key/encoded-value format for books and journals).
    """
    if not base:
        return ""
    if QUERY in base:
        words = work.isbn or " ".join(filter(None, [family(work), work.work_title]))
        return base.replace(QUERY, quote(words, safe=""))
    mark = "&" if urlsplit(base).query else "?"
    return f"{base}{mark}{urlencode(openurl(work))}"


def openurl(work: ReadingPage) -> list[tuple[str, str]]:
    """`work` as the keys and values of an OpenURL, those without a value left out."""
    kind = kind_of_work(work)
    is_article = kind == "article"
    keys = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if is_article else 'book'}"),
        ("rft.genre", {"article": "article", "chapter": "bookitem", "report": "report"}.get(kind, "book")),
        ("rft_id", f"info:doi/{work.doi}" if work.doi else ""),
        ("rft.aulast", family(work)),
        *(("rft.au", author) for author in work.authors),
        ("rft.date", str(work.year or "")),
        ("rft.isbn", work.isbn),
        ("rft.volume", work.volume),
        ("rft.issue", work.issue),
        ("rft.pages", work.pages),
        ("rft.pub", "" if is_article else work.publisher),
        ("rft.edition", work.edition),
    ]
    if is_article:
        keys += [("rft.atitle", work.work_title), ("rft.jtitle", work.container_title)]
    elif work.container_title:
        keys += [("rft.atitle", work.work_title), ("rft.btitle", work.container_title)]
    else:
        keys.append(("rft.btitle", work.work_title))
    return [(name, value) for name, value in keys if value]


def family(work: ReadingPage) -> str:
    """The family name of the first author; empty for none."""
    return work.authors[0].partition(",")[0].strip() if work.authors else ""


def ris(works: Iterable[ReadingPage]) -> str:
    """`works` as a RIS file."""
    return rispy.dumps([_ris_entry(work) for work in works], implementation=_RisWriter)


class _RisWriter(rispy.RisWriter):
    def set_header(self, count: int) -> str:
        """Nothing: the numbers that rispy writes between the works are no part of the format."""
        return ""


def _ris_entry(work: ReadingPage) -> dict:
    first, _dash, last = re.sub(r"[–—-]+", "-", work.pages).partition("-")
    entry = {
        "type_of_reference": RIS_TYPES[kind_of_work(work)],
        "title": work.work_title,
        "authors": work.authors,
        "secondary_authors": work.editors,
        "secondary_title": work.container_title,
        "volume": work.volume,
        "number": work.issue,
        "start_page": first.strip(),
        "end_page": last.strip(),
        "year": str(work.year or ""),
        "publisher": work.publisher,
        "edition": work.edition,
        "doi": work.doi,
        "issn": work.isbn,
        "urls": [work.link] if work.link else [],
    }
    return {name: _one_line(value) for name, value in entry.items() if value}


def _one_line(value):
    if isinstance(value, list):
        return [_one_line(item) for item in value]
    return " ".join(value.split())


def bibtex(works: Iterable[ReadingPage]) -> str:
    """`works` as a BibTeX file in UTF-8, for biblatex and for readers of BibTeX that know its types."""
    taken: set[str] = set()
    return "\n".join(_bibtex_entry(work, taken) for work in works)


def _bibtex_entry(work: ReadingPage, taken: set[str]) -> str:
    kind = kind_of_work(work)
    fields = {
        "author": " and ".join(map(_person, work.authors)),
        "title": f"{{{_tex(work.work_title)}}}",
        "journaltitle" if kind == "article" else "booktitle": _tex(work.container_title),
        "editor": " and ".join(map(_person, work.editors)),
        "volume": _tex(work.volume),
        "number": _tex(work.issue),
        "pages": _tex(re.sub(r"[–—-]+", "--", work.pages)),
        "year": str(work.year or ""),
        "institution" if kind in ("report", "thesis") else "publisher": _tex(work.publisher),
        "edition": _tex(work.edition),
        "doi": _tex(work.doi),
        "isbn": _tex(work.isbn),
        "url": "" if work.doi else _tex(work.work_url),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{BIBTEX_TYPES[kind]}{{{_key(work, taken)},\n{lines}}}\n"


TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(TEX.get(char, char) for char in " ".join(text.split()))


def _person(name: str) -> str:
    """A name; one that has “and” in it, or no comma (a body's), in braces of its own."""
    return _tex(name) if "," in name and " and " not in name else f"{{{_tex(name)}}}"


def _key(work: ReadingPage, taken: set[str]) -> str:
    name = re.sub(r"[^a-z0-9]", "", anyascii(family(work) or work.work_title).lower())[:20] or "work"
    base = f"{name}{work.year or ''}"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key)
    return key


CSV_COLUMNS = (
    "week", "title", "authors", "work", "in", "editors", "volume", "issue", "pages", "year", "publisher",
    "edition", "doi", "isbn", "address", "access", "minutes", "page",
)  # fmt: skip


def csv_of(rows: Iterable[tuple[str, ReadingPage, str]]) -> str:
    """Readings as CSV (RFC 4180): the name of the week, the reading and its address on this site."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for week, work, address in rows:
        cells = (
            week, work.title, "; ".join(work.authors), work.work_title, work.container_title,
            "; ".join(work.editors), work.volume, work.issue, work.pages, work.year or "", work.publisher,
            work.edition, work.doi, work.isbn, work.link, work.access, work.minutes, address,
        )  # fmt: skip
        writer.writerow([_cell(cell) for cell in cells])
    return text.getvalue()


def _cell(value: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
