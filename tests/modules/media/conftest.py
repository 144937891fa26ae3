"""Files and pages that use them."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from modules.courses.models import CourseRole
from modules.media.models import CourseDocument, CourseImage, CourseMedia
from tests.conftest import publish


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def picture(db):
    """`picture("bus.png")` stores a picture."""

    def make(name: str = "bus.png", size: tuple[int, int] = (90, 60)) -> CourseImage:
        data = io.BytesIO()
        Image.new("RGB", size, "teal").save(data, "PNG")
        return CourseImage.objects.create(title="Bus", file=ImageFile(data, name))

    return make


@pytest.fixture
def document(db):
    """`document("card.pdf", b"…")` stores a document."""

    def make(name: str = "card.pdf", content: bytes = b"%PDF-1.4 a card") -> CourseDocument:
        return CourseDocument.objects.create(title="Card", file=ContentFile(content, name))

    return make


@pytest.fixture
def film(db):
    """`film("door.mp4", b"…")` stores a film, `film("door.mp3", b"…", "audio")` a sound recording."""

    def make(name: str = "door.mp4", content: bytes = MP4, kind: str = "video") -> CourseMedia:
        return CourseMedia.objects.create(title="Door", type=kind, file=ContentFile(content, name))

    return make


# The beginning of a film, and of a sound.
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 4
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 64


def block_with(thing) -> tuple[str, object]:
    """A block of a body that shows a picture, film or sound, or links to a document."""
    if isinstance(thing, CourseImage):
        return "figure", {"image": thing, "alt": "A bus", "caption": ""}
    if isinstance(thing, CourseMedia) and thing.type == "audio":
        return "audio", {"title": "The door", "file": thing, "transcript": "<p>It creaks.</p>"}
    if isinstance(thing, CourseMedia):
        return "video", {"title": "The door", "file": thing, "captions": []}
    return "text", f'<p><a linktype="document" id="{thing.pk}">the card</a></p>'


def body_with(*things) -> list:
    """A body that shows these pictures, films and sounds, and links to these documents."""
    return [block_with(thing) for thing in things]


@pytest.fixture
def use():
    """`use(page, picture, document)` publishes `page` with them in its body."""

    def put(page, *things):
        page.refresh_from_db()
        page.body = body_with(*things)
        return publish(page)

    return put


@pytest.fixture
def instructor(course, person):
    amara = person("amara")
    amara.groups.add(Group.objects.get(name="Instructors"))
    CourseRole.objects.create(course=course, person=amara, role=CourseRole.Role.INSTRUCTOR)
    return amara


@pytest.fixture
def mentor(course, person):
    ruth = person("ruth")
    CourseRole.objects.create(course=course, person=ruth, role=CourseRole.Role.MENTOR)
    return ruth


@pytest.fixture
def editor(person):
    """Somebody with a desk and no part in the course."""
    ed = person("ed")
    ed.groups.add(Group.objects.get(name="Editors"))
    return ed
