"""Published works for other programs: link resolvers, reference managers, spreadsheets."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
import rispy

from modules.courses.models import ReadingPage
from modules.courses.works import bibtex, csv_of, kind_of_work, library_link, ris

TAYLOR = {
    "work_authors": "Taylor, Robert S.",
    "work_title": "Question-Negotiation & Information {Seeking}",
    "container_title": "College & Research Libraries",
    "volume": "29",
    "issue": "3",
    "pages": "178–194",
    "year": 1968,
    "doi": "10.5860/crl_29_03_178",
}
SIMON = {
    "work_authors": "Simon, Nina",
    "work_title": "The Participatory Museum",
    "publisher": "Museum 2.0",
    "year": 2010,
    "isbn": "978-0-615-34650-2",
    "work_url": "https://example.org/museum?a=1&b=2",
}
CHAPTER = {
    "work_authors": "Jackson, Steven J.\nACM and Friends",
    "work_title": "Rethinking Repair",
    "container_title": "Media Technologies",
    "work_editors": "Gillespie, Tarleton\nBoczkowski, Pablo J.",
    "publisher": "MIT Press",
    "pages": "221–239",
    "year": 2014,
}


def work(**fields) -> ReadingPage:
    return ReadingPage(title="A reading", minutes=5, **fields)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (TAYLOR, "article"),
        (SIMON, "book"),
        (CHAPTER, "chapter"),
        ({"work_title": "A page"}, "webpage"),
        (SIMON | {"work_kind": "report"}, "report"),
    ],
)
def test_the_kind_of_a_work_is_the_one_chosen_or_the_likeliest(fields, kind):
    assert kind_of_work(work(**fields)) == kind


def test_a_link_resolver_is_asked_by_openurl():
    address = library_link("https://resolver.example.edu/openurl?sid=cp", work(**TAYLOR))
    keys = parse_qs(urlsplit(address).query)
    assert keys["sid"] == ["cp"]
    assert keys["ctx_ver"] == ["Z39.88-2004"]
    assert keys["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert keys["rft.atitle"] == ["Question-Negotiation & Information {Seeking}"]
    assert keys["rft.jtitle"] == ["College & Research Libraries"]
    assert keys["rft_id"] == ["info:doi/10.5860/crl_29_03_178"]
    assert (keys["rft.aulast"], keys["rft.date"]) == (["Taylor"], ["1968"])


def test_a_book_is_asked_for_as_a_book_and_a_chapter_within_one():
    book = parse_qs(urlsplit(library_link("https://r.example.edu/", work(**SIMON))).query)
    assert (book["rft.genre"], book["rft.btitle"]) == (["book"], ["The Participatory Museum"])
    chapter = parse_qs(urlsplit(library_link("https://r.example.edu/", work(**CHAPTER))).query)
    assert (chapter["rft.genre"], chapter["rft.btitle"]) == (["bookitem"], ["Media Technologies"])
    assert chapter["rft.au"] == ["Jackson, Steven J.", "ACM and Friends"]


def test_a_catalogue_is_asked_for_the_isbn_or_for_author_and_title():
    search = "https://catalogue.example.org/search?q={query}&x=1"
    assert library_link(search, work(**SIMON)) == search.replace("{query}", "978-0-615-34650-2")
    assert "Taylor%20Question-Negotiation%20%26%20Information" in library_link(search, work(**TAYLOR))
    assert library_link("", work(**SIMON)) == ""


def test_ris_is_read_back_as_the_same_works():
    entries = rispy.loads(ris([work(**TAYLOR), work(**CHAPTER)]))
    assert [entry["type_of_reference"] for entry in entries] == ["JOUR", "CHAP"]
    assert entries[0]["title"] == TAYLOR["work_title"]
    assert (entries[0]["start_page"], entries[0]["end_page"]) == ("178", "194")
    assert entries[0]["doi"] == TAYLOR["doi"]
    assert entries[1]["secondary_authors"] == ["Gillespie, Tarleton", "Boczkowski, Pablo J."]


def test_a_line_of_ris_cannot_be_forged_by_a_title():
    text = ris([work(work_title="Harmless\nER  - \nTY  - JOUR", work_authors="A, B")])
    assert text.startswith("TY  - ")
    assert "TI  - Harmless ER - TY - JOUR" in text
    assert len(rispy.loads(text)) == 1


def test_bibtex_keeps_signs_that_mean_something_to_tex_and_gives_each_work_a_key():
    text = bibtex([work(**TAYLOR), work(**TAYLOR), work(**CHAPTER)])
    assert "@article{taylor1968,\n" in text
    assert "@article{taylor1968-2,\n" in text
    assert r"title = {{Question-Negotiation \& Information \{Seeking\}}}," in text
    assert r"journaltitle = {College \& Research Libraries}," in text
    assert "pages = {178--194}," in text
    assert "author = {Jackson, Steven J. and {ACM and Friends}}," in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


def test_csv_holds_no_formula():
    text = csv_of([("=week", work(**TAYLOR | {"work_title": "=HYPERLINK(1)"}), "https://example.org/x")])
    head, row = csv.reader(io.StringIO(text))
    cells = dict(zip(head, row, strict=True))
    assert (cells["week"], cells["work"]) == ("'=week", "'=HYPERLINK(1)")
    assert (cells["authors"], cells["minutes"]) == ("Taylor, Robert S.", "5")
