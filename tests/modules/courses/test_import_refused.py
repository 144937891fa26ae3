"""What cannot be read or must not be written is named in words, with its line, and nothing changes."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.core.exceptions import ValidationError

from modules.courses.models import ModulePage, SessionPage
from modules.courses.textfolder import ImportRefused, files, import_course
from modules.courses.textfolder import write as writing
from modules.media.models import CourseDocument, CourseImage, CourseMedia
from tests.conftest import add_published

from .folders import (
    ACTIVITY,
    ACTIVITY_FILE,
    CAPTIONS,
    COURSE,
    COURSE_FILE,
    LECTURE,
    LECTURE_FILE,
    MP3,
    MP4,
    READING_FILE,
    START,
    WEEK_2_FILE,
    WEEK_FILE,
    claiming,
    everything,
    picture,
    refused,
    step,
    tree,
)

# What cannot be read -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        (COURSE_FILE, "format: 1", "format: 2", 2, "written in format 2; this site reads format 1"),
        (COURSE_FILE, "format: 1\n", "", 1, "“format” is missing"),
        (COURSE_FILE, "cloth: plum", "cloth: mauve", 5, "“mauve” is none of the words for “cloth”"),
        (COURSE_FILE, "Europe/London", "Europe/Lundon", 7, "not a time zone"),
        (COURSE_FILE, "hours_per_week: 3", "hours_per_week: 61", 8, "60"),
        (COURSE_FILE, "hours_per_week: 3", "hours_per_week: three", 8, "not a whole number"),
        (COURSE_FILE, "conversations: true", "conversations: perhaps", 9, "either true or false"),
        (COURSE_FILE, "lede: Twelve weeks.", "lede: " + "x" * 601, 6, "too long"),
        (COURSE_FILE, "uid: listening", "uid: über alles", 3, "“uid”"),
        (COURSE_FILE, "uid: listening", "uid: " + "x" * 65, 3, "64"),
        (COURSE_FILE, "uid: listening", "uid: ", 3, "“uid” is empty"),
        (COURSE_FILE, "title: The", "titel: The", 4, "“titel” is not a key of a course. Is “title” meant?"),
        (COURSE_FILE, "title: The", "title: One\ntitle: The", 5, "“title” stands here twice"),
        (COURSE_FILE, "title: The", "title: Reading: the", 4, "This is not YAML"),
        (COURSE_FILE, "title: The Listening Library", "title: [a", 5, "This is not YAML"),
        (COURSE_FILE, "title: The Listening Library", "title: [a, b]", 4, "“title” is a text"),
        (COURSE_FILE, "title: The Listening Library", 'title: "a\\0b"', 4, "invisible character"),
        (COURSE_FILE, "title: The Listening Library", "title: |\n  a\n  b", 4, "“title” is one line"),
        (COURSE_FILE, "title: The Listening Library", "title: " + "x" * 256, 4, "255"),
        (COURSE_FILE, "---\nformat", "\n---\nformat", 1, "must begin with “---”"),
        (COURSE_FILE, "---\nWhat", "What", 1, "never end"),
        (WEEK_FILE, "offset_days: 0", "offset_days: -1", 4, "“offset_days”"),
        (WEEK_FILE, "offset_days: 0\n", "", 1, "“offset_days” is missing"),
        (WEEK_FILE, "length_days: 7", "length_days: 0", 5, "“length_days”"),
        (WEEK_FILE, "  - Draw a room\n  - Move a chair\n", "  one\n", 10, "“outcomes” is a list"),
        (WEEK_FILE, "- Move a chair", "- {a: b}", 11, "“outcomes” is a text"),
        (WEEK_FILE, "uid: w1", "uid: w2", 2, ""),
        (LECTURE_FILE, "kind: lecture", "kind: lektion", 3, "“lektion” is not a kind of step"),
        (LECTURE_FILE, "kind: lecture\n", "", 1, "“kind” is missing"),
        (LECTURE_FILE, "minutes: 9", "minutes: 1441", 5, "1440"),
        (LECTURE_FILE, "minutes: 9\n", "", 1, "“minutes” is missing"),
        (LECTURE_FILE, "search_title: Doors", "search_title: " + "x" * 256, 11, "“search_title”"),
        (LECTURE_FILE, "search_title: Doors", "prompt: Doors", 11, "“prompt” is not a key of a lecture"),
        (LECTURE_FILE, "A **door**.", "A\n<u>door</u>.", 16, "HTML cannot be read"),
        (LECTURE_FILE, "https://example.org/film", "example", 17, "Enter a valid URL"),
        (LECTURE_FILE, ":::film", ":::one", 17, "“:::one” is unknown here"),
        (READING_FILE, "doi: 10.5860/crl", "doi: 11.5860/crl", 15, "A DOI begins with “10.”"),
        (READING_FILE, "40615-7", "40615-8", 16, "not a valid ISBN"),
        (READING_FILE, "url: https://example.org", "url: ftp//example.org", 17, "“work.url”"),
        (READING_FILE, "access: open", "access: free", 18, "“free” is none of the words"),
        (READING_FILE, "  access: open\n", "", 1, "“work.access” is missing"),
        (READING_FILE, "year: 1968", "year: 2200", 13, "2199"),
        (READING_FILE, "  author:", "  authors:", 7, "Is “work.author” meant?"),
        (READING_FILE, '["Taylor, Robert S.", "Nobody, A."]', "Taylor", 7, "“work.author” is a list"),
        (ACTIVITY_FILE, "uid: w2-activity", "uid: w1-lecture", 2, f"already the uid of {LECTURE_FILE}"),
        (ACTIVITY_FILE, "uid: w2-activity", "uid: w1", 2, f"already the uid of {WEEK_FILE}"),
        (ACTIVITY_FILE, "minutes: 30", "minutes: 30\nslug: a b", 6, "“slug”"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line_and_nothing_changes(
    folder, settings, name, old, new, line, words
):
    before = everything(settings)
    folder.change(name, old, new)
    said = refused(folder, start=START)
    if name == WEEK_FILE and new == "uid: w2":
        name, words = WEEK_2_FILE, f"“w2” is already the uid of {WEEK_FILE}."
    assert any(one.startswith(f"{name}, line {line}: ") and words in one for one in said), said
    assert everything(settings) == before


def test_one_bad_file_keeps_all_others_from_being_written(loaded, settings):
    before = everything(settings)
    loaded.change(WEEK_2_FILE, "A line", "Another line")
    loaded.write("week-02-listening/02-new.md", ACTIVITY.replace("w2-activity", "w2-new"))
    loaded.remove(READING_FILE)
    loaded.change(LECTURE_FILE, "A **door**.", "`A door`.")
    assert len(refused(loaded)) == 1
    assert everything(settings) == before


def test_the_problems_of_all_files_are_told_together_and_fifty_at_most(folder):
    folder.change(COURSE_FILE, "cloth: plum", "cloth: mauve")
    folder.change(WEEK_FILE, "offset_days: 0", "offset_days: soon")
    folder.write(ACTIVITY_FILE, ACTIVITY + "`code`\n\n" * 60)
    with pytest.raises(ImportRefused) as caught:
        folder.load()
    lines = caught.value.lines()
    assert lines[0] == "Nothing was changed, because of 62 problems:"
    assert lines[1].startswith("course.md, line 5:")
    assert lines[2].startswith(f"{WEEK_FILE}, line 4:")
    assert len(lines) == 52
    assert lines[-1] == "… and 12 more."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"---\nuid: a\0b\n---\n", "line 2: There is a NUL byte here"),
        (b"---\nuid: a\n---\n\n\xe4\n", "line 5: This is not UTF-8"),
        (b"\xef\xbb\xbf\r\n\r\n\xe4\n", "line 3: This is not UTF-8"),
        ("---\nuid: a\n".encode("utf-16"), "line 1: This file is written in UTF-16"),
        (b"---\nuid: a\n---\n\x1b[1m\n", "line 4: There is an invisible character here (U+001B)"),
        (b"---\n---\n" + b"x" * 1024 * 1024, "This file is larger than 1 MB"),
        (b"", "line 1: The file must begin with"),
        (b"---\n---\n", "line 1: There is nothing between"),
        (b"---\n- a\n---\n", "line 2: Here belong keys and values"),
        (b"---\nkind: reading\n" + b"# x\n" * 20000 + b"---\n", "line 2: There are too many keys here"),
    ],
)
def test_what_is_not_a_text_is_refused_in_words(folder, text, words):
    folder.write(LECTURE_FILE, text)
    assert (
        f"{LECTURE_FILE}, {words}" in refused(folder)[0] or f"{LECTURE_FILE}: {words}" in refused(folder)[0]
    )


def test_missing_and_misplaced_files_are_named(folder):
    folder.remove(COURSE_FILE)
    folder.remove(WEEK_FILE)
    folder.write("notes.md", "x")
    folder.write("week-2/01-a.md", "x")
    folder.write("week-01-arriving/more/01-a.md", "x")
    folder.write("week-01-arriving/first.md", "x")
    (folder.root / "week-03-empty").mkdir()
    said = refused(folder)
    assert [one.split(":")[0] for one in said] == [
        "course.md",
        "notes.md",
        "week-01-arriving/first.md",
        "week-01-arriving/more/01-a.md",
        "week-01-arriving/week.md",
        "week-03-empty/week.md",
        "week-2/01-a.md",
    ]


def test_a_name_that_makes_no_address_is_refused(folder):
    folder.move(LECTURE_FILE, "week-01-arriving/01-what now.md")
    assert refused(folder)[0].startswith(
        "week-01-arriving/01-what now.md: The name gives the page its address"
    )


def test_two_files_with_one_address_are_named(folder):
    folder.move(READING_FILE, "week-01-arriving/02-What-the-door-says.md")
    assert refused(folder) == [
        "week-01-arriving/02-What-the-door-says.md: "
        f"“what-the-door-says” is already the address of {LECTURE_FILE}."
    ]


def test_a_path_that_is_no_folder_is_refused(folder):
    with pytest.raises(ImportRefused, match="is not a folder"):
        import_course(folder.root / "course.md", start=START)
    with pytest.raises(ImportRefused, match="is not a folder"):
        import_course(folder.root / "nowhere\0", start=START)


def test_links_out_of_the_folder_and_around_in_it_are_refused(folder, tmp_path):
    (tmp_path / "secret.md").write_text("x")
    os.symlink(tmp_path / "secret.md", folder.root / "week-01-arriving/03-secret.md")
    os.symlink(tmp_path, folder.root / "week-01-arriving/out")
    os.symlink(folder.root, folder.root / "week-01-arriving/around")
    os.symlink("loop", folder.root / "loop")
    os.mkfifo(folder.root / "pipe.md")
    assert refused(folder) == [
        "loop: This is a link that leads nowhere.",
        "pipe.md: This is not a file.",
        "week-01-arriving/03-secret.md: This is a link that leads out of the course’s folder.",
        "week-01-arriving/around: This is a link to a folder. Put the folder itself here.",
        "week-01-arriving/out: This is a link that leads out of the course’s folder.",
    ]


def test_a_folder_with_too_many_files_or_folders_too_deep_is_refused_in_words(folder, monkeypatch):
    folder.write("a/b/c/d/e/plan.odt", b"x")
    folder.load(start=START)
    folder.write("a/b/c/d/e/f/plan.odt", b"x")
    assert refused(folder) == ["a/b/c/d/e/f: This folder lies too deep."]
    monkeypatch.setattr(files, "MAX_FILES", 6)
    assert refused(folder)[0] == "There are more than 6 files here. Is this the folder of one course?"


def test_a_link_to_a_file_of_the_course_is_followed(folder):
    folder.write("texts/activity.txt", ACTIVITY.replace("w2-activity", "w2-more"))
    os.symlink("../texts/activity.txt", folder.root / "week-02-listening/02-more.md")
    folder.load(start=START)
    assert tree()[-1] == (2, "w2-more")


# What Windows, a Mac and archives make of names -----------------------------------------------------------


def test_a_text_whose_name_some_program_changed_does_not_go_missing(folder):
    names = ["01-a.md.txt", "02-a.md ", "03-a.md.", "04-A.MD", "05-a.markdown", "Week.md"]
    for name in names:
        folder.write(f"week-01-arriving/{name}", ACTIVITY)
    folder.write("week-01-arriving\\06-a.md", ACTIVITY)
    folder.write("Week-03-later/week.md", ACTIVITY)
    said = refused(folder, start=START)
    assert [one.partition(": ")[0] for one in said] == [
        "Week-03-later/week.md",
        *(f"week-01-arriving/{name}" for name in names),
        "week-01-arriving\\06-a.md",
    ]
    assert all("This text has no place in a course" in one for one in said[:-1])
    assert "Unpack the archive again, so that folders are made of it" in said[-1]


def test_a_folder_or_file_whose_name_ends_in_a_dot_or_space_gives_no_address(folder):
    folder.move("week-01-arriving", "week-01-arriving ")
    folder.move("week-02-listening", "week-02-listening.")
    said = refused(folder, start=START)
    assert said[0].startswith("week-01-arriving /week.md: ")
    assert said[1].startswith("week-02-listening./week.md: ")
    assert all("Rename it, or write a “slug”" in one for one in said)


def test_a_file_whose_name_is_written_in_another_case_is_not_taken_for_it_and_named(folder):
    folder.write("week-02-listening/Door One.JPG", picture(form="JPEG"))
    folder.write(ACTIVITY_FILE, ACTIVITY + "![Red](<door one.jpg>)\n")
    assert refused(folder, start=START) == [
        f"{ACTIVITY_FILE}, line 10: door one.jpg: There is no such file. "
        "Is “week-02-listening/Door One.JPG” meant?"
    ]
    folder.change(ACTIVITY_FILE, "<door one.jpg>", "Door%20One.JPG")
    assert folder.load(start=START).files == ["Door One.JPG"]


# Links ---------------------------------------------------------------------------------------------------


def test_pages_may_link_to_each_other_in_circles_and_to_themselves(folder):
    folder.write(COURSE_FILE, COURSE + "[a](page:w1-lecture)")
    folder.write(LECTURE_FILE, LECTURE + "\n[b](page:w1-lecture) [c](page:w2) [d](page:w2-activity)")
    folder.write(ACTIVITY_FILE, ACTIVITY + "[e](page:w1-lecture) [f](page:listening)")
    folder.load(start=START)
    lecture = step("w1-lecture")
    assert f'<a id="{lecture.pk}" linktype="page">e</a>' in str(step("w2-activity").body[0].value.source)
    assert len(folder.load().unchanged) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a](page:w1-lectur)", "No page of this course has the uid “w1-lectur”. Is “w1-lecture” meant?"),
        ("[a](page:nothing)", "No page of this course has the uid “nothing”."),
        ("[a](../course.md)", "“../course.md”: another page of the course is linked by its uid"),
        ("[a](card.pdf)", "card.pdf: There is no such file."),
        ("[a](program.exe)", "program.exe: There is no such file."),
        ("[a](../../secret.pdf)", "../../secret.pdf: This leads out of the course’s folder."),
        ("[a](../shared/run.exe)", "../shared/run.exe: A file to download is one of these: csv,"),
        ("[a](../shared/heavy.pdf)", "../shared/heavy.pdf: This file is larger than"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_own_line(folder, settings, text, words):
    settings.DOCUMENT_MAX_BYTES = 100
    folder.write("shared/run.exe", b"MZ")
    folder.write("shared/heavy.pdf", b"x" * 101)
    folder.write(ACTIVITY_FILE, ACTIVITY + f"Words\n\nand more\nand {text}.\n")
    before = everything(settings)
    (said,) = refused(folder, start=START)
    assert said.startswith(f"{ACTIVITY_FILE}, line 13: {words}")
    assert everything(settings) == before


def test_a_linked_document_is_stored_once_and_found_again(folder):
    folder.write("files/card.pdf", b"%PDF-1.4")
    folder.write("week-02-listening/same.pdf", b"%PDF-1.4")
    folder.write(LECTURE_FILE, LECTURE + "\n[the card](../files/card.pdf)\n")
    folder.write(ACTIVITY_FILE, ACTIVITY + ":::download same.pdf\ntitle: The card\n:::\n")
    assert folder.load(start=START).files == ["card.pdf"]
    document = CourseDocument.objects.get()
    assert step("w2-activity").body[0].value["file"] == document
    assert len(folder.load().unchanged) == 6


# What blocks say together ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "line", "words"),
    [
        ("lecture", ":::film A\naddress: https://a.org\n:::\n" * 2, 11, "Recording: there is 1 at most."),
        ("quiz", "Words", 0, "Questions: there is 1 at least."),
        ("activity", "[^a]: One\n\n[^a] [^b]\n\n[^b]: Two", 12, "Footnotes: there is 1 at most."),
        ("activity", "Words\n\nand[^tin]", 10, "The text refers to [^tin], and there is no footnote"),
        ("activity", "Words\n\n[^tin]: A note", 10, "No text refers to the footnote “tin”"),
        ("activity", ":::film A\naddress: https://a.org\n:::", 8, "“:::film” is unknown here"),
        ("session", ":::slide a.png\nalt: A\n:::", 11, "“:::slide” is unknown here"),
        ("survey", ":::number\nquestion: a\nanswer: 1\n:::", 8, "“:::number” is unknown here"),
    ],
)
def test_blocks_that_do_not_go_together_are_named(folder, settings, kind, text, line, words):
    clock = 'day: 1\nstarts: "17:00"\nends: "18:00"\n' if kind == "session" else ""
    folder.write(ACTIVITY_FILE, f"---\nuid: it\nkind: {kind}\ntitle: It\nminutes: 1\n{clock}---\n\n{text}\n")
    before = everything(settings)
    said = refused(folder, start=START)
    place = f"{ACTIVITY_FILE}, line {line}" if line else ACTIVITY_FILE
    assert any(one.startswith(f"{place}: {words}") for one in said), said
    assert everything(settings) == before


def test_what_stands_in_a_catch_up_week_is_optional(folder, settings):
    folder.change(WEEK_FILE, "length_days: 7", "length_days: 7\ncatch_up: true")
    before = everything(settings)
    assert refused(folder, start=START) == [
        f"{READING_FILE}, line 1: Its week is a catch-up week: what stands in it is optional."
    ]
    assert everything(settings) == before
    folder.change(READING_FILE, "minutes: 50", "minutes: 50\noptional: true")
    folder.load(start=START)
    assert ModulePage.objects.get(uid="w1").is_catch_up


# Clocks --------------------------------------------------------------------------------------------------
SESSION = """\
---
uid: w2-session
kind: session
title: Late
minutes: 60
day: 6
starts: "{starts}"
ends: "{ends}"
time_zone: {zone}
---
Words.
"""
# The second week ends on the Sunday on which the clocks of Europe go forward.
SPRING = dt.date(2027, 3, 15)
SESSION_FILE = "week-02-listening/02-late.md"


@pytest.mark.parametrize(
    ("starts", "ends", "zone", "line", "words"),
    [
        (
            "01:30",
            "03:00",
            "",
            7,
            "On 2027-03-28 the clocks of Europe/London go forward and leave 01:30 out.",
        ),
        (
            "00:30",
            "01:00",
            "",
            8,
            "On 2027-03-28 the clocks of Europe/London go forward and leave 01:00 out.",
        ),
        ("02:59", "03:00", "Europe/Paris", 7, "the clocks of Europe/Paris go forward and leave 02:59 out."),
    ],
)
def test_a_session_in_the_gap_of_a_clock_change_is_refused(folder, settings, starts, ends, zone, line, words):
    folder.write(SESSION_FILE, SESSION.format(starts=starts, ends=ends, zone=zone))
    before = everything(settings)
    (said,) = refused(folder, start=SPRING)
    assert said.startswith(f"{SESSION_FILE}, line {line}: ")
    assert words in said
    assert everything(settings) == before


def test_another_start_that_puts_a_session_into_a_gap_is_refused_although_no_file_changed(folder, settings):
    folder.write(SESSION_FILE, SESSION.format(starts="01:30", ends="03:00", zone=""))
    folder.load(start=START)
    before = everything(settings)
    (said,) = refused(folder, start=SPRING)
    assert "leave 01:30 out" in said
    assert everything(settings) == before


@pytest.mark.parametrize(
    ("starts", "ends", "hours"), [("00:30", "02:00", 0.5), ("23:30", "01:00", 1.5), ("02:00", "02:00", 24)]
)
def test_a_session_across_a_clock_change_is_as_long_as_it_is(folder, starts, ends, hours):
    folder.write(SESSION_FILE, SESSION.format(starts=starts, ends=ends, zone=""))
    folder.load(start=SPRING)
    session = step("w2-session")
    week = session.get_parent().specific
    began, ended = session.times(week.get_parent().specific, week)
    assert (ended - began) == dt.timedelta(hours=hours)


def test_the_page_of_a_session_says_the_same_as_the_import(course, add_week):
    course.starts_on, course.time_zone = SPRING, "Europe/London"
    course.save()
    week = add_week("Second", offset_days=7)
    session = SessionPage(title="Late", day=6, starts=dt.time(1, 30), ends=dt.time(3))
    with pytest.raises(ValidationError) as caught:
        add_published(week, session)
    assert list(caught.value.message_dict) == ["starts"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"17:00"', "25:00", 7, "“starts” is a time of day, like 17:00, in quotation marks."),
        ('"17:00"', "17:60", 7, "“starts” is a time of day"),
        ('"17:00"', "five", 7, "“starts” is a time of day"),
        ('"18:00"', "[18]", 8, "“ends” is a text"),
        ("day: 6", "day: 367", 6, "“day”"),
        ("day: 6\n", "", 1, "“day” is missing"),
        ("zone: UTC", "zone: Mars/Olympus", 9, "not a time zone"),
    ],
)
def test_a_time_that_is_none_is_named_with_its_line(folder, old, new, line, words):
    text = SESSION.format(starts="17:00", ends="18:00", zone="UTC")
    assert old in text
    folder.write(SESSION_FILE, text.replace(old, new))
    (said,) = refused(folder, start=START)
    assert said.startswith(f"{SESSION_FILE}, line {line}: ")
    assert words in said


def test_times_are_read_with_and_without_quotation_marks(folder):
    folder.write(SESSION_FILE, SESSION.format(starts="17:00", ends="18:05", zone="").replace('"', ""))
    folder.load(start=START)
    assert (step("w2-session").starts, step("w2-session").ends) == (dt.time(17), dt.time(18, 5))


# Pictures ------------------------------------------------------------------------------------------------


def test_a_picture_becomes_an_image_and_the_same_one_is_kept_once(folder):
    folder.write("week-01-arriving/door.png", picture())
    folder.write("week-02-listening/same.png", picture())
    folder.write("shared/blue.jpg", picture("blue", "JPEG"))
    folder.write(LECTURE_FILE, LECTURE.replace("A **door**.", '![A red door](door.png "Ours")'))
    folder.write(ACTIVITY_FILE, ACTIVITY + "![Red](same.png)\n\n![Blue](../shared/blue.jpg)\n")
    report = folder.load(start=START)
    assert (report.files, report.unused) == (["door.png", "blue.jpg"], [])
    image = CourseImage.objects.get(title="door.png")
    value = step("w1-lecture").body[1].value
    assert (value["image"], value["alt"], value["caption"]) == (image, "A red door", "Ours")
    assert (image.width, image.description, image.file_size) == (8, "A red door", len(picture()))
    assert step("w2-activity").body[0].value["image"] == image
    assert len(folder.load().unchanged) == 6
    folder.write("week-02-listening/same.png", picture("green"))
    report = folder.load()
    assert (report.updated, report.files) == ([ACTIVITY_FILE], ["same.png"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("dorr.png", None, "There is no such file. Is “week-02-listening/door.png” meant?"),
        ("nothing.gif", None, "There is no such file."),
        ("../../secret.png", None, "This leads out of the course’s folder."),
        ("/etc/passwd", None, "This is not the name of a file in the course’s folder."),
        ("https://example.org/a.png", None, "This is not the name of a file in the course’s folder."),
        ("a\\b.png", None, "Write “/” between the names of folders."),
        ("text.png", b"words", "valid image"),
        ("cut.png", picture(size=(300, 300))[:-40], "This is not a picture, or the file is damaged."),
        ("head.png", picture()[:20], "This is not a picture, or the file is damaged."),
        ("photo.png", picture(form="JPEG"), "does not match"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Not a supported image format"),
        ("large.png", picture("white", size=(6500, 6500), mode="1"), "too many pixels"),
        ("bomb.png", claiming(60000, 60000), ""),
        ("heavy.png", picture() + b"\0" * 11 * 1024 * 1024, "larger than 10.0"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[:20] else "",
)
def test_a_picture_that_cannot_be_shown_is_named_with_its_line(folder, settings, name, content, words):
    folder.write("week-02-listening/door.png", picture())
    if content is not None:
        folder.write(f"week-02-listening/{name}", content)
    folder.write(ACTIVITY_FILE, ACTIVITY + f"Words\n\n![Shown]({name})\n")
    before = everything(settings)
    said = refused(folder, start=START)
    assert len(said) == 1
    assert said[0].startswith(f"{ACTIVITY_FILE}, line 12: {name}: ")
    assert words in said[0]
    assert everything(settings) == before


# Films, sounds, captions ---------------------------------------------------------------------------------
FILM = """
:::video At the door
file: film.mp4
poster: still.png
captions:
  - file: en.vtt
  - language: pt-BR
    file: pt.vtt
audio: talk.mp3
---
Good evening.
:::

:::audio The pause
file: talk.mp3
---
Silence.
:::
"""


@pytest.fixture
def with_film(folder):
    """A course whose activity shows a film with all that belongs to it, and a sound."""
    files = {"film.mp4": MP4, "talk.mp3": MP3, "en.vtt": CAPTIONS, "pt.vtt": CAPTIONS + b"\n"}
    for name, content in (files | {"still.png": picture()}).items():
        folder.write(f"week-02-listening/{name}", content)
    folder.write(ACTIVITY_FILE, ACTIVITY + FILM)
    return folder


def test_a_film_and_a_sound_become_media_and_are_kept_once(with_film):
    report = with_film.load(start=START)
    assert (report.files, report.unused) == (["film.mp4", "still.png", "en.vtt", "pt.vtt", "talk.mp3"], [])
    film, sound = (block.value for block in step("w2-activity").body)
    assert (film["file"].type, film["file"].title) == ("video", "film.mp4")
    assert film["audio"] == sound["file"] == CourseMedia.objects.get(type="audio")
    assert [(captions["language"], captions["file"].title) for captions in film["captions"]] == [
        ("en", "en.vtt"),
        ("pt-BR", "pt.vtt"),
    ]
    assert CourseImage.objects.get().description == ""
    assert len(with_film.load().unchanged) == 6


@pytest.mark.parametrize(
    ("name", "content", "line", "words"),
    [
        ("film.mp4", picture(), 12, "film.mp4: This is not what its name says, or the file is damaged."),
        ("film.mp4", b"\x1a\x45\xdf\xa3webm", 12, "film.mp4: This is not what its name says"),
        ("film.mp4", b"", 12, "film.mp4: This is not what its name says"),
        ("film.mp4", MP4[:6], 12, "film.mp4: This is not what its name says"),
        ("film.mp4", MP4 + b"\0" * 200, 12, "film.mp4: This file is larger than 200"),
        ("talk.mp3", b"words", 18, "talk.mp3: This is not what its name says"),
        ("talk.mp3", MP4, 18, "talk.mp3: This is not what its name says"),
        ("still.png", b"words", 13, "still.png: Upload a valid image"),
        ("en.vtt", b"words", 11, "Captions: These captions cannot be read"),
        ("en.vtt", b"", 11, "Captions: These captions cannot be read"),
        ("en.vtt", b"WEBVTT\n", 11, "Captions: There is no caption in this file."),
        (
            "en.vtt",
            b"WEBVTT\n\n00:01.000 -> 00:02.000\nHello\n",
            11,
            "Captions: There is no caption",
        ),
        (
            "en.vtt",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xe9\n",
            11,
            "Captions: Captions are written in UTF-8",
        ),
        (
            "en.vtt",
            b"WEBVTT\n\n00:05.000 --> 00:06.000\nLast\n\n00:01.000 --> 00:02.000\nFirst\n",
            11,
            "Captions: The caption at 00:00:01.000 does not come after the one before it",
        ),
        (
            "en.vtt",
            b"WEBVTT\n\n00:05.000 --> 00:04.000\nBack\n",
            11,
            "Captions: The caption at 00:00:05.000 does not come after the one before it, or ends before",
        ),
        ("en.vtt", CAPTIONS + b"\n" * 1024 * 1024, 11, "Captions: Captions are never larger than 1 MB."),
    ],
)
def test_a_film_that_cannot_be_played_is_named_with_its_line(with_film, settings, name, content, line, words):
    settings.MEDIA_MAX_BYTES = 200
    with_film.write(f"week-02-listening/{name}", content)
    before = everything(settings)
    said = refused(with_film, start=START)
    assert any(one.startswith(f"{ACTIVITY_FILE}, line {line}: {words}") for one in said), said
    assert everything(settings) == before


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("file: film.mp4", "file: talk.mp3", 12, "talk.mp3: A film is one of these: m4v, mp4, webm."),
        ("audio: talk.mp3", "audio: ./film.mp4", 18, "film.mp4: A recording is one of these: m4a, mp3,"),
        ("file: film.mp4", "file: still.png", 12, "still.png: A film is one of these"),
        ("file: en.vtt", "file: ./still.png", 15, "still.png: A file to download is one of these"),
        ("poster: still.png", "poster: ./film.mp4", 13, "film.mp4: "),
        (
            "file: film.mp4",
            "address: https://vimeo.com/1",
            11,
            "Captions: Captions are for a film that is stored here",
        ),
        (
            "poster: still.png",
            "address: https://vimeo.com/1",
            11,
            "or its address: A film has either a file or",
        ),
        ("language: pt-BR", "language: en", 11, "Captions: There are two captions in “en”."),
        ("language: pt-BR", "language: Portuguese!", 11, "Language: This is not the code of a language"),
        (
            "poster: still.png",
            "chapters: |\n  0:10 A\n  0:05 B",
            11,
            "“0:05 B” does not come after the one above",
        ),
        ("poster: still.png", "chapters: |\n  0:75 A", 11, "write the time and the title"),
        ("Good evening.", "", 11, ""),
    ],
)
def test_what_does_not_belong_to_a_film_is_named_with_its_line(with_film, settings, old, new, line, words):
    with_film.change(ACTIVITY_FILE, old, new)
    before = everything(settings)
    if not words:
        with_film.load(start=START)  # a film may have no transcript
        return
    said = refused(with_film, start=START)
    assert any(one.startswith(f"{ACTIVITY_FILE}, line {line}: ") and words in one for one in said), said
    assert everything(settings) == before


def test_what_fails_while_writing_leaves_neither_pages_nor_files(folder, settings, monkeypatch):
    folder.write("week-01-arriving/door.png", picture())
    folder.write(LECTURE_FILE, LECTURE.replace("A **door**.", "![A red door](door.png)"))
    before = everything(settings)

    def fail(course):
        assert CourseImage.objects.count() == 1
        assert len(everything(settings)["files"]) == 1
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(writing, "reschedule", fail)
    with pytest.raises(RuntimeError, match="The disk is full"):
        folder.load(start=START)
    assert everything(settings) == before
