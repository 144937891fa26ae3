"""The migration 0004_old_forms: what films, transcripts and asking callouts of before become."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Revision

from modules.courses.models import LecturePage, StepPage

forms = import_module("modules.courses.migrations.0004_old_forms")

NOTE = {"type": "callout", "id": "n", "value": {"kind": "note", "title": "", "text": "<p>By the way.</p>"}}
WHOSE, WHY = "<p>Think of one person.</p>", "<p>Why not?</p>"
ASKED = {"type": "callout", "id": "q", "value": {"kind": "question", "title": "Whose?", "text": WHOSE}}
UNTITLED = {"type": "callout", "id": "u", "value": {"kind": "question", "title": "", "text": WHY}}
BODY = [NOTE, ASKED, UNTITLED]
NEW_BODY = [
    NOTE,
    {"type": "question", "id": "q", "value": {"question": "Whose?", "text": WHOSE}},
    {"type": "question", "id": "u", "value": {"question": "A question to think about", "text": WHY}},
]
FILM, SAID = "https://vimeo.com/22439234", "<p>Good evening.</p>"


@pytest.fixture
def apps_of_before():
    """The models as the migration finds them, with the columns that the next one drops."""
    with connection.cursor() as cursor:
        for column, kind in (("video_url", "varchar(500)"), ("transcript", "text")):
            cursor.execute(f"ALTER TABLE courses_lecturepage ADD COLUMN {column} {kind} NOT NULL DEFAULT ''")
    return MigrationLoader(connection).project_state(("courses", "0003_kinds_of_step")).apps


@pytest.fixture
def lecture(week, add_step, apps_of_before):
    """`lecture("Doors", video_url=…)`: a lecture of before, its body empty or of these blocks."""

    def make(title: str, blocks=(), **fields) -> int:
        page = add_step(week, title, kind="lecture")
        write(page, blocks)
        apps_of_before.get_model("courses", "LecturePage").objects.filter(pk=page.pk).update(**fields)
        return page.pk

    return make


def write(page, blocks) -> None:
    """Put blocks into the row of a page as they are, whatever the code of today knows."""
    words = f"UPDATE {table_of(page)} SET body = %s WHERE page_ptr_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(words, [json.dumps(list(blocks)), page.pk])


def body_of(page) -> list[dict]:
    """What stands in the row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT body FROM {table_of(page)} WHERE page_ptr_id = %s", [page.pk])
        return json.loads(cursor.fetchone()[0])


def table_of(page) -> str:
    return (StepPage if isinstance(page, StepPage) else page)._meta.db_table


def without_ids(stream) -> list[dict]:
    return [{"type": raw["type"], "value": raw["value"]} for raw in stream.raw_data]


def film(title: str, transcript: str) -> dict:
    nothing = {"file": None, "poster": None, "captions": [], "chapters": "", "audio": None}
    return {
        "type": "film",
        "value": {"title": title, "address": FILM, "transcript": transcript, **nothing},
    }


@pytest.mark.django_db
def test_callouts_that_ask_become_questions_in_every_kind_of_page(course, week, add_step, apps_of_before):
    pages = [course, week, add_step(week)]
    for page in pages:
        write(page, BODY)
    quiet = add_step(week, "Quiet")
    write(quiet, [NOTE])
    forms.forwards(apps_of_before, None)
    for page in pages:
        assert body_of(page) == NEW_BODY
    assert body_of(quiet) == [NOTE]
    before = [body_of(page) for page in pages]
    forms.forwards(apps_of_before, None)  # what is new already stays
    assert [body_of(page) for page in pages] == before


@pytest.mark.django_db
def test_a_film_of_before_becomes_a_recording_with_its_transcript(lecture, apps_of_before):
    both = lecture("Doors", video_url=FILM, transcript=SAID)
    alone = lecture("D" * 200, BODY, video_url=FILM)
    forms.forwards(apps_of_before, None)
    lectures = LecturePage.objects.in_bulk([both, alone])
    assert without_ids(lectures[both].recording) == [film("Doors", SAID)]
    assert list(lectures[both].body.raw_data) == []
    assert without_ids(lectures[alone].recording) == [film("D" * 160, "")]
    assert list(lectures[alone].body.raw_data) == NEW_BODY
    for page in lectures.values():
        page.recording.stream_block.clean(page.recording)  # as an editor would save it


@pytest.mark.django_db
def test_a_transcript_without_a_film_stands_at_the_end_of_the_text(lecture, apps_of_before):
    pk, silent = lecture("Doors", [NOTE], transcript=SAID), lecture("Silent")
    forms.forwards(apps_of_before, None)
    page = LecturePage.objects.get(pk=pk)
    assert [(raw["type"], raw["value"]) for raw in page.body.raw_data] == [
        ("callout", NOTE["value"]),
        ("heading", {"text": "Transcript", "level": "2"}),
        ("text", SAID),
    ]
    assert not page.recording
    assert not LecturePage.objects.get(pk=silent).body


@pytest.mark.django_db
def test_the_history_is_renewed_so_that_an_old_version_can_be_brought_back(lecture, course, apps_of_before):
    page = LecturePage.objects.get(pk=lecture("Doors", video_url=FILM, transcript=SAID))
    old = page.save_revision()
    content = old.content | {"body": json.dumps(BODY), "video_url": FILM, "transcript": SAID}
    del content["recording"]
    Revision.objects.filter(pk=old.pk).update(content=content)
    other = course.save_revision()
    other.refresh_from_db()
    before = other.content
    forms.forwards(apps_of_before, None)
    other.refresh_from_db()
    assert other.content == before
    old.refresh_from_db()
    assert not {"video_url", "transcript"} & old.content.keys()
    old.publish()
    page = LecturePage.objects.get(pk=page.pk)
    assert list(page.body.raw_data) == NEW_BODY
    assert without_ids(page.recording) == [film("Doors", SAID)]


def test_what_has_nothing_old_in_it_is_left_as_it_is():
    content = {"title": "A week", "body": json.dumps([NOTE])}
    assert not forms._renew(content)
    assert not forms._renew({"title": "Without a body", "body": None})
    assert forms.new_body([NOTE]) is None
