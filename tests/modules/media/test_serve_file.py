"""How a file is answered: headers, conditions, names, and addresses that are not files."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils.http import parse_http_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_card(week, use, document):
    card = document()
    use(week, card)
    return card


@pytest.fixture
def open_picture(week, use, picture):
    image = picture()
    use(week, image)
    return image


def test_a_picture_is_shown_and_kept_for_an_hour(client, open_picture):
    response = client.get(open_picture.file.url)
    assert response["Content-Type"] == "image/png"
    assert not response["Content-Disposition"].startswith("attachment")
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=3600"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert int(response["Content-Length"]) == len(response.getvalue()) == open_picture.file.size
    assert abs(parse_http_date(response["Last-Modified"]) - dt.datetime.now(dt.UTC).timestamp()) < 60
    assert "sessionid" not in response.cookies


def test_a_document_is_always_for_saving(client, open_card):
    response = client.get(open_card.url)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="card.pdf"'
    assert response.getvalue() == b"%PDF-1.4 a card"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("Bücher.pdf", "attachment; filename*=utf-8''B%C3%BCcher.pdf"),
        (
            "карта.pdf",
            "attachment; filename*=utf-8''%D0%BA%D0%B0%D1%80%D1%82%D0%B0.pdf",
        ),
        ("閲覧.pdf", "attachment; filename*=utf-8''%E9%96%B2%E8%A6%A7.pdf"),
    ],
)
def test_a_name_in_any_script_comes_along(client, week, use, document, name, disposition):
    card = document(name)
    use(week, card)
    response = client.get(card.url)
    assert response.status_code == 200
    assert response["Content-Disposition"] == disposition
    assert response["Content-Disposition"].isascii()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.xhtml", b"<html/>"),
        ("script.js", b"alert(1)"),
        ("nothing", b"<html>"),
    ],
)
def test_what_a_browser_would_run_is_bytes_to_save(client, week, use, document, name, content):
    """The editor's form refuses these; a file may also come in another way."""
    card = document(name, content)
    use(week, card)
    response = client.get(card.url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_second_request_is_answered_without_the_bytes(client, open_card):
    first = client.get(open_card.url)
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
        {"if-none-match": f'"other", {first["ETag"]}'},
    ):
        again = client.get(open_card.url, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"]
    assert client.get(open_card.url, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_known_etag_opens_nothing(client, closed_week, use, document, mentor):
    card = document()
    use(closed_week, card)
    client.force_login(mentor)
    etag = client.get(card.url)["ETag"]
    client.logout()
    assert client.get(card.url, headers={"if-none-match": etag}).status_code == 403


def test_what_is_not_for_everybody_is_kept_nowhere(client, closed_week, use, document, mentor):
    card = document()
    use(closed_week, card)
    refused = client.get(card.url)
    assert refused.status_code == 403
    assert {"private", "no-store"} <= set(refused["Cache-Control"].split(", "))
    client.force_login(mentor)
    response = client.get(card.url)
    assert response.status_code == 200
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_head_request_has_the_headers_alone(client, open_card):
    response = client.head(open_card.url)
    assert response.status_code == 200
    assert response["Content-Length"] == str(open_card.file.size)
    assert client.post(open_card.url).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "documents/../../../../etc/passwd",
        "documents/%2e%2e/%2e%2e/settings.py",
        "../manage.py",
        "//etc/passwd",
        "etc/passwd",
        "documents/",
        "documents/nothing.pdf",
        "images/nothing.png",
        "original_images/nothing.png",
        "avatar_images/nothing.png",
        "documents/card.pdf/",
        "Documents/card.pdf",
        "documents/card.pdf%00.png",
        "documents/" + "a" * 3000,
    ],
)
def test_an_address_that_is_no_file_is_404(client, open_card, path):
    assert client.get(f"/files/{path}").status_code == 404


def test_a_file_that_lies_in_the_folder_and_that_nobody_entered_is_404(client, open_card, media, person):
    Path(media, "documents", "stray.pdf").write_bytes(b"stray")
    assert client.get("/files/documents/stray.pdf").status_code == 404
    client.force_login(person("ada", is_superuser=True))
    assert client.get("/files/documents/stray.pdf").status_code == 404


def test_an_entry_whose_file_is_gone_is_404(client, open_card, media):
    Path(media, open_card.file.name).unlink()
    assert client.get(open_card.url).status_code == 404


def test_wagtails_own_door_to_documents_is_not_there(client, open_card):
    assert client.get(f"/documents/{open_card.pk}/card.pdf").status_code == 404
    assert open_card.url.startswith("/files/")
