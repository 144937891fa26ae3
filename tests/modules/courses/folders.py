"""A course as a folder, for tests that change it and import it."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from wagtail.models import Page, PageLogEntry, Revision

from modules.courses.models import StepPage
from modules.courses.textfolder import ImportRefused, import_course
from modules.media.models import CourseDocument, CourseImage, CourseMedia

START = dt.date(2027, 3, 1)

COURSE = """\
---
format: 1
uid: listening
title: The Listening Library
cloth: plum
lede: Twelve weeks.
time_zone: Europe/London
hours_per_week: 3
visitors_read_conversations: true
---
What it *is*.
"""
WEEK = """\
---
uid: {uid}
title: {title}
offset_days: {offset}
length_days: 7
cloth: navy
hint: A line
lede: Two lines
outcomes:
  - Draw a room
  - Move a chair
question: Who stays standing?
---
An opening.
"""
LECTURE = """\
---
uid: w1-lecture
kind: lecture
title: What the door says
minutes: 9
quiet: true
skim: false
audio: true
optional: true
summary: "On doors: and notices"
search_title: Doors
---
## Doors

A **door**.

:::film At the door
address: https://example.org/film
---
Good evening.
:::
"""
READING = """\
---
uid: w1-reading
kind: reading
title: Four questions
minutes: 50
work:
  author: ["Taylor, Robert S.", "Nobody, A."]
  title: Question-Negotiation
  container_title: "College & Research Libraries"
  volume: "29"
  issue: 3
  pages: 178–194
  year: 1968
  publisher: ACRL
  doi: 10.5860/crl_29_03_178
  isbn: 978-0-306-40615-7
  url: https://example.org/taylor
  access: open
---
> Words.
> — Somebody
"""
ACTIVITY = """\
---
uid: w2-activity
kind: activity
title: Three people
minutes: 30
prompt: |
  Ask three people.
  Write it down.
---
"""
COURSE_FILE, WEEK_FILE, WEEK_2_FILE = "course.md", "week-01-arriving/week.md", "week-02-listening/week.md"
LECTURE_FILE, READING_FILE = (
    "week-01-arriving/01-what-the-door-says.md",
    "week-01-arriving/02-four-questions.md",
)
ACTIVITY_FILE = "week-02-listening/01-three-people.md"
FILES = {
    COURSE_FILE: COURSE,
    WEEK_FILE: WEEK.format(uid="w1", title="Arriving", offset=0),
    LECTURE_FILE: LECTURE,
    READING_FILE: READING,
    WEEK_2_FILE: WEEK.format(uid="w2", title="Listening first", offset=7),
    ACTIVITY_FILE: ACTIVITY,
}
# The first bytes of a film and of a sound, and captions in full.
MP4, MP3 = b"\0\0\0\x18ftypmp42" + b"\0" * 40, b"ID3\x04" + b"\0" * 40
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n\n00:02.000 --> 00:04.000\nagain\n"


class Folder:
    """A course folder that a test can change."""

    def __init__(self, root: Path):
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def move(self, name: str, to: str) -> None:
        (self.root / name).rename(self.root / to)

    def remove(self, name: str) -> None:
        (self.root / name).unlink()

    def load(self, **options):
        return import_course(self.root, **options)


def picture(
    colour: str = "red", form: str = "PNG", size: tuple[int, int] = (8, 8), mode: str = "RGB"
) -> bytes:
    file = BytesIO()
    Image.new(mode, size, colour).save(file, form)
    return file.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims another size (PNG, third edition, section 11.2.1)."""
    png = bytearray(picture())
    png[16:24] = struct.pack(">II", width, height)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    return bytes(png)


def step(uid: str) -> StepPage:
    return StepPage.objects.get(uid=uid).specific


def tree() -> list[tuple[int, str]]:
    """The published pages of all courses in their order: how deep below the course, and the uid."""
    pages = Page.objects.filter(depth__gte=4).order_by("path").specific()
    return [(page.depth - 4, page.uid) for page in pages if page.live]


def everything(settings) -> dict:
    """What an import that fails must leave alone."""
    return {
        "pages": [
            (page.path, page.live, page.url_path, page.latest_revision_id, page.serializable_data())
            for page in Page.objects.order_by("path").specific()
        ],
        "revisions": Revision.objects.count(),
        "log": PageLogEntry.objects.count(),
        "library": [model.objects.count() for model in (CourseImage, CourseDocument, CourseMedia)],
        "files": sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()),
    }


def refused(folder: Folder, **options) -> list[str]:
    with pytest.raises(ImportRefused) as caught:
        folder.load(**options)
    return [str(problem) for problem in caught.value.problems]
