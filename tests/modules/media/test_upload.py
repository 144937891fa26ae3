"""What the desk takes in."""

import io
import re
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from modules.media.models import CourseDocument, CourseImage

pytestmark = pytest.mark.django_db


def png_bomb(side: int = 12_000) -> bytes:
    """A PNG of `side` × `side` pixels (144 megapixels) in some twenty kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\x00" * (side // 8 + 1)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _number in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def upload_picture(client, name: str, content: bytes, kind: str = "image/png"):
    return client.post(
        reverse("wagtailimages:add"),
        {"title": "A picture", "file": SimpleUploadedFile(name, content, kind), "collection": 1},
    )


def small_png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (20, 10)).save(data, "PNG")
    return data.getvalue()


def test_an_instructor_adds_a_picture_with_its_credit(client, instructor):
    client.force_login(instructor)
    client.post(
        reverse("wagtailimages:add"),
        {
            "title": "A bus",
            "credit": "Hanne Vik",
            "file": SimpleUploadedFile("bus.png", small_png(), "image/png"),
            "collection": 1,
        },
    )
    image = CourseImage.objects.get()
    assert (image.credit, image.uploaded_by_user) == ("Hanne Vik", instructor)
    assert client.get(image.file.url).status_code == 200


@pytest.mark.filterwarnings("ignore:Image size")
def test_a_bomb_is_refused_in_words(client, instructor):
    bomb = png_bomb()
    assert len(bomb) < 30_000
    client.force_login(instructor)
    response = upload_picture(client, "bomb.png", bomb)
    assert response.status_code == 200
    assert "too many pixels" in response.content.decode()
    assert not CourseImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.html", b"<script>alert(1)</script>"),
        ("not.png", b"<script>alert(1)</script>"),
        ("empty.png", b""),
        ("wrong.jpg", small_png()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_is_refused_in_words(client, instructor, name, content):
    client.force_login(instructor)
    response = upload_picture(client, name, content)
    assert response.status_code == 200
    assert re.search(
        "Not a supported image format|Upload a valid image|submitted file is empty|Not a valid .[a-z]+ image",
        response.content.decode(),
    )
    assert not CourseImage.objects.exists()


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "program.exe", "nothing"])
def test_what_a_browser_runs_is_no_document(client, instructor, name):
    client.force_login(instructor)
    response = client.post(
        reverse("wagtaildocs:add"),
        {"title": "A file", "file": SimpleUploadedFile(name, b"<html>"), "collection": 1},
    )
    assert response.status_code == 200
    assert "not allowed" in response.content.decode()
    assert not CourseDocument.objects.exists()


def test_a_learner_uploads_nothing(client, person, joined, course):
    client.force_login(joined(person()))
    assert upload_picture(client, "bus.png", small_png()).status_code == 302
    assert not CourseImage.objects.exists()


def test_an_instructor_chooses_among_the_pictures(client, instructor, picture):
    picture()
    client.force_login(instructor)
    response = client.get(reverse("wagtailimages_chooser:choose"))
    assert response.status_code == 200
    assert "Bus" in response.json()["html"]
