"""Films, sounds and their captions: behind the door of the pages, and by parts, so that players can seek."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from modules.media.models import CourseMedia
from tests.conftest import publish

from .conftest import MP3, MP4

pytestmark = pytest.mark.django_db

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nA door.\n"


@pytest.fixture
def open_film(week, use, film):
    found = film()
    use(week, found)
    return found


@pytest.fixture
def lecture(add_step, picture, document, film):
    """`lecture(week)`: a lecture and the files that it shows, each of them deep in a stream."""

    def make(week):
        files = {
            "film": film("door.mp4"),
            "sound alone": film("door.mp3", MP3, "audio"),
            "still": picture("still.png"),
            "captions": document("door.en.vtt", VTT),
            "slide": picture("slide.png"),
            "slides as a file": document("slides.pdf"),
            "picture of a gallery": picture("second.png"),
        }
        shown = {"image": files["picture of a gallery"], "alt": "A door"}
        recording = {
            "title": "At the door",
            "file": files["film"],
            "poster": files["still"],
            "captions": [{"language": "en", "file": files["captions"]}],
            "audio": files["sound alone"],
        }
        step = add_step(
            week,
            "The door",
            "lecture",
            recording=[("film", recording)],
            slides=[("slide", {"image": files["slide"], "alt": "A door", "title": "", "words": ""})],
            slides_file=files["slides as a file"],
            body=[("gallery", {"title": "Doors", "pictures": [shown, shown]})],
        )
        return publish(step), {name: found.file.url for name, found in files.items()}

    return make


def test_whatever_a_lecture_shows_is_open_with_its_week_and_closed_with_it(
    client, week, closed_week, lecture, mentor
):
    _step, open_files = lecture(week)
    _step, closed_files = lecture(closed_week)
    assert {name: client.get(url).status_code for name, url in open_files.items()} == dict.fromkeys(
        open_files, 200
    )
    assert {name: client.get(url).status_code for name, url in closed_files.items()} == dict.fromkeys(
        closed_files, 403
    )
    client.force_login(mentor)
    assert {name: client.get(url).status_code for name, url in closed_files.items()} == dict.fromkeys(
        closed_files, 200
    )


def test_what_a_lecture_no_longer_shows_is_gone(client, week, lecture):
    step, files = lecture(week)
    step.recording, step.slides, step.slides_file, step.body = [], [], None, []
    publish(step)
    assert {name: client.get(url).status_code for name, url in files.items()} == dict.fromkeys(files, 404)


def test_the_sound_of_a_reading_goes_with_the_reading(client, week, add_step, film):
    sound = film("aloud.mp3", MP3, "audio")
    assert client.get(sound.url).status_code == 404
    step = publish(add_step(week, "A reading", read_aloud=sound))
    response = client.get(sound.url)
    assert (response.status_code, response["Content-Type"]) == (200, "audio/mpeg")
    step.unpublish()
    assert client.get(sound.url).status_code == 404


def test_a_film_is_played_and_never_saved_or_run(client, open_film):
    response = client.get(open_film.url)
    assert response.getvalue() == MP4
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Disposition"] == 'inline; filename="door.mp4"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(MP4))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert "allow-scripts" not in response["Content-Security-Policy"]


def test_its_type_is_what_kind_and_name_say(client, week, use, film):
    told = {
        ("a.webm", "video"): "video/webm",
        ("b.webm", "audio"): "audio/webm",
        ("a.m4a", "audio"): "audio/mp4",
        ("a.OGG", "audio"): "audio/ogg",
        ("a.mp3", "video"): "application/octet-stream",
        ("a.html", "video"): "application/octet-stream",
        ("a.svg", "audio"): "application/octet-stream",
    }
    films = [film(name, b"<script>alert(1)</script>", kind) for name, kind in told]
    use(week, *films)
    for found, kind in zip(films, told.values(), strict=True):
        response = client.get(found.url)
        assert response["Content-Type"] == kind
        shown = "attachment" if kind == "application/octet-stream" else "inline"
        assert response["Content-Disposition"].startswith(shown)


def test_captions_are_such_that_a_track_loads_them(client, week, lecture):
    _step, files = lecture(week)
    response = client.get(files["captions"])
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.getvalue() == VTT


def test_a_thumbnail_is_a_picture_of_the_film(client, week, use, film, picture):
    found = film()
    found.thumbnail = ContentFile(picture().file.read(), "still.png")
    found.save()
    assert client.get(found.thumbnail.url).status_code == 404
    use(week, found)
    assert client.get(found.thumbnail.url)["Content-Type"] == "image/png"


class TestByParts:
    def part(self, client, url: str, wanted: str, **headers):
        return client.get(url, headers={"range": wanted, **headers})

    def test_a_player_gets_the_bytes_it_asks_for(self, client, open_film):
        length = len(MP4)
        for wanted, start, stop in (
            ("bytes=0-", 0, length),
            ("bytes=0-1", 0, 2),
            ("bytes=100-299", 100, 300),
            ("bytes=-10", length - 10, length),
        ):
            response = self.part(client, open_film.url, wanted)
            assert response.status_code == 206
            assert response.getvalue() == MP4[start:stop]
            assert response["Content-Length"] == str(stop - start)
            assert response["Content-Range"] == f"bytes {start}-{stop - 1}/{length}"
            assert response["Content-Type"] == "video/mp4"
            assert "public" in response["Cache-Control"]

    def test_what_lies_behind_the_end_is_416_and_says_how_long_the_file_is(self, client, open_film):
        response = self.part(client, open_film.url, "bytes=99999-")
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(MP4)}"
        assert response.content == b""
        assert "no-store" in response["Cache-Control"]

    def test_anything_else_gets_all_of_it(self, client, open_film):
        for wanted in ("bytes=0-1,5-6", "chapters=1-2", "bytes=9-3", "nonsense"):
            response = self.part(client, open_film.url, wanted)
            assert response.status_code == 200
            assert response.getvalue() == MP4
            assert "Content-Range" not in response

    def test_a_range_of_another_version_gets_all_of_this_one(self, client, open_film):
        tag = client.head(open_film.url)["ETag"]
        assert self.part(client, open_film.url, "bytes=5-9", **{"if-range": tag}).status_code == 206
        changed = self.part(client, open_film.url, "bytes=5-9", **{"if-range": '"before"'})
        assert (changed.status_code, changed.getvalue()) == (200, MP4)

    def test_a_date_serves_as_well_once_the_file_has_rested(self, client, open_film):
        date = client.head(open_film.url)["Last-Modified"]
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=5)):
            assert self.part(client, open_film.url, "bytes=5-9", **{"if-range": date}).status_code == 206

    def test_what_the_browser_has_already_is_not_sent_again(self, client, open_film):
        tag = client.head(open_film.url)["ETag"]
        response = self.part(client, open_film.url, "bytes=5-9", **{"if-none-match": tag})
        assert (response.status_code, response.content) == (304, b"")
        response = self.part(client, open_film.url, "bytes=5-9", **{"if-match": '"before"'})
        assert response.status_code == 412

    def test_a_head_request_has_no_parts_and_opens_no_file(self, client, open_film, monkeypatch):
        monkeypatch.setattr(FileSystemStorage, "open", None)
        response = client.head(open_film.url, headers={"range": "bytes=5-9"})
        assert response.status_code == 200
        assert response["Content-Length"] == str(len(MP4))
        assert response["Content-Type"] == "video/mp4"
        assert response["Accept-Ranges"] == "bytes"

    def test_a_file_is_read_in_blocks_and_closed_with_the_answer(self, client, week, use, film, monkeypatch):
        found = film(content=MP4[:32] + bytes(900_000))
        use(week, found)
        opened, asked = [], []

        class Watched(io.FileIO):
            def read(self, size=-1):
                asked.append(size)
                return super().read(size)

        def open_watched(storage, name, mode="rb"):
            opened.append(Watched(storage.path(name)))
            return File(opened[-1])

        monkeypatch.setattr(FileSystemStorage, "_open", open_watched)
        assert len(client.get(found.url).getvalue()) == 900_032
        assert len(self.part(client, found.url, "bytes=10-").getvalue()) == 900_022
        assert 0 < min(asked) <= max(asked) <= 64 * 1024
        self.part(client, found.url, "bytes=0-5").close()  # gone before the first byte
        assert [file.closed for file in opened] == [True, True, True]

    def test_a_closed_week_gives_no_part_either(self, client, closed_week, use, film, mentor):
        found = film()
        use(closed_week, found)
        assert self.part(client, found.url, "bytes=0-1").status_code == 403
        client.force_login(mentor)
        response = self.part(client, found.url, "bytes=0-1")
        assert (response.status_code, response.getvalue()) == (206, MP4[:2])
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


@pytest.mark.parametrize("pages", [1, 6])
def test_what_a_part_of_a_film_costs(client, week, add_step, use, film, pages, django_assert_num_queries):
    found = film()
    for number in range(pages):
        use(add_step(week, f"Step {number}"), found)
    client.get(found.url)
    # 1 the file, 2 the pages that use it, 3 what is above them.
    with django_assert_num_queries(3):
        assert client.get(found.url, headers={"range": "bytes=0-9"}).status_code == 206


def test_a_film_nobody_entered_or_of_another_folder_is_404(client, open_film, media):
    (media / "media" / "stray.mp4").write_bytes(MP4)
    for path in ("media/stray.mp4", "media_thumbnails/door.mp4", "media/", "Media/door.mp4"):
        assert client.get(f"/files/{path}").status_code == 404
    assert CourseMedia.objects.count() == 1
