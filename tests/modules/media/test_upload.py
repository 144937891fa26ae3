"""What the desk takes in."""

import io
import re
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from modules.media.models import CourseDocument, CourseImage, CourseMedia

from .conftest import MP3, MP4

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


def upload_film(client, name: str, content: bytes, kind: str = "video"):
    sent = {"title": "The door", "collection": 1}
    if name:
        sent["file"] = SimpleUploadedFile(name, content)
    return client.post(reverse("wagtailmedia:add", args=[kind]), sent)


WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"


PLAYED = [
    ("door.mp4", MP4, "video"),
    ("DOOR.MP4", MP4, "video"),
    ("door.m4v", MP4, "video"),
    ("door.webm", WEBM, "video"),
    ("Tür (1) — дверь.mp4", MP4, "video"),
    ("door.mp3", MP3, "audio"),
    ("frames.mp3", b"\xff\xfb\x90\x64" + bytes(400), "audio"),
    ("door.m4a", b"\x00\x00\x00\x20ftypM4A " + bytes(100), "audio"),
    ("door.ogg", b"OggS" + bytes(100), "audio"),
    ("door.opus", b"OggS" + bytes(100), "audio"),
    ("door.wav", b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(100), "audio"),
]


def test_an_instructor_adds_films_and_sounds_that_browsers_play(client, instructor):
    client.force_login(instructor)
    for name, content, kind in PLAYED:
        assert upload_film(client, name, content, kind).status_code == 302, name
        added = CourseMedia.objects.latest("pk")
        assert (added.type, added.uploaded_by_user) == (kind, instructor), name
        response = client.get(added.url)
        assert response.getvalue() == content, name
        assert response["Content-Type"].startswith(f"{kind}/"), name


NOT_PLAYED = [
    ("door.avi", b"RIFF    AVI ", "video", "not allowed"),
    ("door.mp4.exe", MP4, "video", "not allowed"),
    ("door.html", b"<script>alert(1)</script>", "video", "not allowed"),
    ("door", MP4, "video", "not allowed"),
    ("door.mp3", MP3, "video", "not allowed"),
    ("door.mp4", MP4, "audio", "not allowed"),
    ("a" * 200 + ".mp4", MP4, "video", "at most 100 characters"),
    ("empty.mp4", b"", "video", "submitted file is empty"),
    ("markup.mp4", b"<script>alert(1)</script>", "video", "not what its name says"),
    ("webm.mp4", WEBM, "video", "not what its name says"),
    ("picture.mp4", small_png(), "video", "not what its name says"),
    ("avif.mp4", b"\x00\x00\x00\x1cftypavif" + bytes(100), "video", "not what its name says"),
    ("quicktime.mp4", b"\x00\x00\x00\x14ftypqt  " + bytes(100), "video", "not what its name says"),
    ("matroska.webm", WEBM.replace(b"\x84webm", b"\x88matroska"), "video", "not what its name says"),
    ("text.mp3", "Nicht Ton, sondern Text".encode("utf-16"), "audio", "not what its name says"),
    ("aac.mp3", b"\xff\xf1\x50\x80" + bytes(100), "audio", "not what its name says"),
    ("avi.wav", b"RIFF    AVI " + bytes(100), "audio", "not what its name says"),
    ("short.ogg", b"Og", "audio", "not what its name says"),
]


def test_what_no_browser_plays_is_refused_in_words(client, instructor):
    client.force_login(instructor)
    for name, content, kind, words in NOT_PLAYED:
        response = upload_film(client, name, content, kind)
        assert response.status_code == 200, name
        assert words in response.content.decode(), name
    assert not CourseMedia.objects.exists()


def test_a_film_that_is_too_large_is_sent_to_where_films_are_kept(client, instructor, settings):
    settings.MEDIA_MAX_BYTES = 1000
    client.force_login(instructor)
    words = upload_film(client, "door.mp4", MP4).content.decode()
    assert "larger than 1000" in words
    assert "give its address" in words
    assert not CourseMedia.objects.exists()


def test_a_form_without_a_file_or_with_neither_film_nor_sound_is_refused_in_words(client, instructor):
    client.force_login(instructor)
    assert "This field is required" in upload_film(client, "", b"").content.decode()
    response = upload_film(client, "door.mp4", MP4, "media")
    assert response.status_code == 200
    assert "Say whether this is a film or a sound recording" in response.content.decode()
    assert not CourseMedia.objects.exists()


def test_another_file_for_a_film_is_judged_and_a_new_title_alone_is_not(client, instructor, film, settings):
    door = film()
    client.force_login(instructor)
    edit = reverse("wagtailmedia:edit", args=[door.pk])
    response = client.post(
        edit, {"title": "Door", "collection": 1, "file": SimpleUploadedFile("door.mp4", b"<html>")}
    )
    assert "not what its name says" in response.content.decode()
    assert client.get(door.url).getvalue() == MP4
    settings.MEDIA_MAX_BYTES = 10  # it was larger when it came
    assert client.post(edit, {"title": "A better title", "collection": 1}).status_code == 302
    door.refresh_from_db()
    assert door.title == "A better title"


def test_an_instructor_chooses_among_the_films_and_a_learner_has_none(
    client, instructor, film, person, joined, course
):
    door = film()
    client.force_login(instructor)
    assert "Door" in client.get(reverse("wagtailmedia:chooser_typed", args=["video"])).json()["html"]
    assert client.get(reverse("wagtailmedia:media_chosen", args=[door.pk])).json()["result"]["id"] == door.pk
    client.force_login(joined(person()))
    assert upload_film(client, "door.mp4", MP4).status_code == 302
    assert CourseMedia.objects.count() == 1
