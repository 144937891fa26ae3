"""`manage.py export_course`: what comes out, what stays behind, and what is refused in words."""

from __future__ import annotations

import datetime as dt
import errno
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from modules.courses.models import ActivityPage, CoursePage, ModulePage
from modules.courses.textfolder import export, import_course
from modules.media.models import CourseDocument, CourseImage

from .folders import (
    ACTIVITY,
    ACTIVITY_FILE,
    COURSE_FILE,
    FILES,
    LECTURE,
    LECTURE_FILE,
    READING_FILE,
    WEEK_2_FILE,
    Folder,
    picture,
    step,
)

PDF = b"%PDF-1.4"


def command(*arguments) -> list[str]:
    out = StringIO()
    call_command("export_course", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def refused(*arguments) -> str:
    with pytest.raises(CommandError) as caught:
        command(*arguments)
    assert caught.value.returncode == 1
    return str(caught.value)


def written(folder: Path) -> list[str]:
    """The files of a folder, those whose names begin with a dot among them."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def out(tmp_path) -> Path:
    """Where to; its folder is there, with nothing else in it."""
    (tmp_path / "exported").mkdir()
    return tmp_path / "exported" / "course"


@pytest.fixture
def with_files(folder) -> Folder:
    """A course, imported, in which pictures and documents are shown, linked and offered."""
    for name, content in {
        "week-01-arriving/door.png": picture(),
        "week-02-listening/same.png": picture(),
        "week-02-listening/door.png": picture("blue"),
        "files/card.pdf": PDF,
    }.items():
        folder.write(name, content)
    folder.write(LECTURE_FILE, LECTURE + "\n![A red door](door.png)\n\n[The card](../files/card.pdf)\n")
    folder.write(
        ACTIVITY_FILE,
        ACTIVITY
        + "![Red](same.png)\n\n![Blue](door.png)\n\n:::download ../files/card.pdf\ntitle: Card\n:::\n",
    )
    folder.load(start=dt.date(2027, 3, 1))
    return folder


# What comes out ------------------------------------------------------------------------------------------


def test_the_command_writes_a_course_in_its_order_and_says_how_much(loaded, out):
    assert command("listening", out) == ["6 texts and 0 files written."]
    assert written(out) == sorted(FILES)
    assert list(out.parent.iterdir()) == [out]
    assert "starts_on: '2027-03-01'\n" in (out / COURSE_FILE).read_text()
    assert (out / ACTIVITY_FILE).read_text() == (
        "---\nkind: activity\nuid: w2-activity\ntitle: Three people\nminutes: 30\n"
        "prompt: |-\n  Ask three people.\n  Write it down.\n---\n"
    )
    assert len(import_course(out).unchanged) == 6


def test_an_address_gives_folders_and_files_their_names(loaded, out):
    loaded.change(LECTURE_FILE, "kind: lecture", "slug: Türen\nkind: lecture")
    loaded.change(WEEK_2_FILE, "uid: w2", "uid: w2\nslug: " + "x" * 255)
    loaded.load()
    command("listening", out)
    lecture, week = "week-01-arriving/01-türen.md", f"week-02-{'x' * 160}/week.md"
    assert {lecture, week} <= set(written(out))
    assert "slug: Türen\n" in (out / lecture).read_text()
    assert f"slug: {'x' * 255}\n" in (out / week).read_text()
    assert len(import_course(out).unchanged) == 6


def test_pictures_and_files_come_along_each_once_under_a_name_of_its_own(with_files, out):
    assert command("listening", out) == ["6 texts and 3 files written."]
    assert {name: (out / name).read_bytes() for name in written(out) if name not in FILES} == {
        "files/door.png": picture(),
        "files/door-2.png": picture("blue"),
        "files/card.pdf": PDF,
    }
    activity = (out / ACTIVITY_FILE).read_text()
    # The red picture is named as it is where it is shown first.
    shown = ["../files/door.png", "../files/door-2.png", "../files/card.pdf"]
    assert re.findall(r"\.\./files/[\w.-]+", activity) == shown
    assert "[The card](../files/card.pdf)" in (out / LECTURE_FILE).read_text()


def test_an_empty_folder_is_filled_and_folders_above_it_are_made(loaded, out, tmp_path):
    out.mkdir()
    command("listening", out)
    command("listening", tmp_path / "a" / "b" / "course")
    assert written(out) == written(tmp_path / "a" / "b" / "course") == sorted(FILES)


# What stays behind ---------------------------------------------------------------------------------------


def test_what_is_not_published_stays_behind_and_is_named(loaded, out):
    """Unpublished, expired, a draft from the beginning, and what lies in an unpublished week."""
    step("w1-lecture").unpublish()
    reading = step("w1-reading")
    reading.expire_at = timezone.now() - dt.timedelta(days=1)
    reading.save()
    call_command("publish_scheduled")
    week = ModulePage.objects.get(uid="w1")
    week.add_child(instance=ActivityPage(title="Still to come", slug="to-come", live=False))
    ModulePage.objects.get(uid="w2").unpublish()
    assert command("listening", out) == [
        "2 texts and 0 files written.",
        "",
        "Not published, so not written:",
        "  What the door says",
        "  Four questions",
        "  Still to come",
        "  Listening first",
        "  Three people",
    ]
    assert written(out) == [COURSE_FILE, "week-01-arriving/week.md"]


def test_numbers_have_no_gaps_and_links_to_what_stays_behind_are_addresses(loaded, out):
    loaded.write(READING_FILE, FILES[READING_FILE] + "\n[a](page:w1-lecture) [b](page:w2-activity)\n")
    loaded.load()
    step("w1-lecture").unpublish()
    command("listening", out)
    text = (out / "week-01-arriving/01-four-questions.md").read_text()
    assert "[a](/courses/listening/arriving/what-the-door-says/) [b](page:w2-activity)" in text


def test_of_a_page_with_a_draft_the_published_text_is_written(loaded, out):
    page = step("w1-lecture")
    page.title = "A draft"
    page.expire_at = timezone.now() + dt.timedelta(days=30)
    page.save_revision()
    assert command("listening", out) == ["6 texts and 0 files written."]
    assert "title: What the door says\n" in (out / LECTURE_FILE).read_text()
    assert "draft" not in (out / LECTURE_FILE).read_text()


def test_files_that_only_a_page_left_behind_shows_stay_behind_with_it(with_files, out):
    step("w2-activity").unpublish()
    command("listening", out)
    assert [name for name in written(out) if name not in FILES] == ["files/card.pdf", "files/door.png"]


# What is refused -----------------------------------------------------------------------------------------


def test_an_address_that_no_course_has_is_refused_with_those_that_there_are(loaded, out):
    CoursePage.objects.get().copy(update_attrs={"slug": "again"}, copy_revisions=False)
    assert refused("autumn", out) == "No course has the address “autumn”. There are: again, listening."
    CoursePage.objects.all().delete()
    assert refused("listening", out) == "No course has the address “listening”. There are: –."
    assert not out.exists()


@pytest.mark.parametrize("name", ["notes.txt", ".git", "course.md"])
def test_a_folder_that_is_not_empty_is_never_written_into(loaded, out, name):
    out.mkdir()
    (out / name).write_text("mine")
    assert refused("listening", out) == f"“{out}” is there already, and not empty."
    assert {path.name: path.read_text() for path in out.iterdir()} == {name: "mine"}


def test_a_path_that_is_a_file_or_lies_in_one_is_refused_in_words(loaded, out):
    out.write_text("mine")
    assert refused("listening", out) == f"“{out}” is there already, and not empty."
    below = out / "course"
    assert refused("listening", below) in {
        f"“{below}” cannot be written: {words}." for words in ("Not a directory", "File exists")
    }
    assert out.read_text() == "mine"


def test_pages_that_cannot_be_written_are_all_named(with_files, out):
    CourseDocument.objects.all().delete()
    ModulePage.objects.filter(uid="w2").update(uid="w1")
    said = refused("listening", out).splitlines()
    deleted = "shows a file that was deleted. Take it out there, or choose another one."
    assert f"“Three people” {deleted}" in said
    assert "“Listening first” has no uid of its own. Give it one in its settings." in said
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize("is_there", [False, True])
def test_a_file_that_is_gone_from_the_storage_is_named_and_nothing_is_left_behind(with_files, out, is_there):
    if is_there:
        out.mkdir()
    blue = CourseImage.objects.order_by("pk").last()
    blue.file.storage.delete(blue.file.name)
    assert refused("listening", out) == "The file “door.png” is not in the storage any more."
    assert list(out.parent.rglob("*")) == [out] * is_there


# What is put where nothing is goes there at once, so that no move can be the last one.
@pytest.mark.parametrize(("job", "is_there"), [("copyfileobj", False), ("copyfileobj", True), ("move", True)])
def test_a_full_disk_half_way_leaves_nothing_behind(with_files, out, monkeypatch, job, is_there):
    if is_there:
        out.mkdir()
    done, real = [], getattr(shutil, job)

    def fill_up(*arguments):
        if done:
            raise OSError(errno.ENOSPC, "No space left on device")
        done.append(real(*arguments))

    monkeypatch.setattr(export.shutil, job, fill_up)
    assert refused("listening", out) == f"“{out}” cannot be written: No space left on device."
    assert len(done) == 1
    assert list(out.parent.rglob("*")) == [out] * is_there
