"""Pages go compressed over a slow line; files go as they are."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from mooc_site.middleware import CompressPages

WORDS = "Twelve weeks, four hundred librarians. " * 50


def answer(content_type: str, *, accepts: str = "gzip, deflate, br") -> HttpResponse:
    middleware = CompressPages(lambda request: HttpResponse(WORDS, content_type=content_type))
    return middleware(RequestFactory().get("/", headers={"accept-encoding": accepts}))


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain", "application/json"])
def test_text_is_compressed(kind):
    response = answer(kind)
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == WORDS
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "audio/mpeg"])
def test_pictures_and_documents_go_as_they_are(kind):
    response = answer(kind)
    assert not response.has_header("Content-Encoding")
    assert response.content.decode() == WORDS


def test_a_file_goes_as_it_is_even_if_it_is_text(tmp_path):
    (tmp_path / "notes.txt").write_text(WORDS)
    middleware = CompressPages(lambda request: FileResponse((tmp_path / "notes.txt").open("rb")))
    response = middleware(RequestFactory().get("/", headers={"accept-encoding": "gzip"}))
    assert response["Content-Length"] == str(len(WORDS))
    assert not response.has_header("Content-Encoding")


def test_who_cannot_read_gzip_gets_it_plain():
    assert answer("text/html", accepts="identity").content.decode() == WORDS


def test_the_same_page_has_another_length_each_time_so_that_lengths_tell_nothing():
    assert len({len(answer("text/html").content) for _look in range(40)}) > 3


def test_a_page_of_the_site_comes_compressed(client, db):
    response = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert "</html>" in gzip.decompress(response.content).decode()
