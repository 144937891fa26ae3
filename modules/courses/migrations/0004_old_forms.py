"""Films and transcripts become recordings; callouts that ask become questions. In pages and in their history."""

import json
import uuid

from django.db import migrations

BODIES = {"coursepage": "body", "modulepage": "body", "steppage": "body"}


def block(kind, value):
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def new_body(blocks):
    """The blocks of a body with its asking callouts as questions; None where there are none."""
    if not any(_asks(old) for old in blocks):
        return None
    return [
        {**old, "type": "question", "value": {"question": _title(old), "text": old["value"]["text"]}}
        if _asks(old)
        else old
        for old in blocks
    ]


def _asks(old):
    return old["type"] == "callout" and old["value"].get("kind") == "question"


def _title(old):
    return old["value"].get("title") or "A question to think about"


def recording_of(title, address, transcript):
    """What a lecture's film and transcript become: a recording, and blocks for its body."""
    if address:
        value = {"title": title[:160], "file": None, "address": address, "poster": None, "captions": [],
                 "chapters": "", "audio": None, "transcript": transcript}  # fmt: skip
        return [block("film", value)], []
    if transcript:
        return [], [block("heading", {"text": "Transcript", "level": "2"}), block("text", transcript)]
    return [], []


def forwards(apps, schema_editor):
    for model in ("CoursePage", "ModulePage", "StepPage"):
        pages = apps.get_model("courses", model)
        for page in pages.objects.only("pk", "body").iterator():
            body = new_body(list(page.body.raw_data))
            if body is not None:
                pages.objects.filter(pk=page.pk).update(body=body)
    lectures = apps.get_model("courses", "LecturePage")
    for page in lectures.objects.exclude(video_url="", transcript="").iterator():
        recording, more = recording_of(page.title, page.video_url, page.transcript)
        body = [*page.body.raw_data, *more]
        lectures.objects.filter(pk=page.pk).update(recording=recording, body=body)
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="courses"
    )
    for revision in revisions.iterator():
        if _renew(revision.content):
            revision.save(update_fields=["content"])


def _renew(content):
    """Bring what a revision keeps up to date; True if something changed."""
    changed = False
    body = json.loads(content["body"]) if isinstance(content.get("body"), str) else None
    if body is not None and new_body(body) is not None:
        content["body"], changed = json.dumps(new_body(body)), True
    if content.get("video_url") or content.get("transcript"):
        recording, more = recording_of(
            content.get("title", ""), content.pop("video_url", ""), content.pop("transcript", "")
        )
        content["recording"] = json.dumps(recording)
        content["body"], changed = json.dumps([*json.loads(content.get("body") or "[]"), *more]), True
    return changed


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_kinds_of_step"), ("wagtailcore", "0083_workflowcontenttype")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
