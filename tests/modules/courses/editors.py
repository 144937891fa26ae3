"""What the editors of courses, weeks and steps send: filled in, as somebody at the desk would."""

from __future__ import annotations

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

WORDS = "Words of a draft."
BODY = streamfield([("text", rich_text(f"<p>{WORDS}</p>"))])
STEP = {
    "title": "A new step",
    "slug": "a-new-step",
    "uid": "",
    "summary": "In short.",
    "minutes": 12,
    "body": BODY,
    "comments": inline_formset([]),
}
WEEK = {
    "title": "A new week",
    "slug": "a-new-week",
    "uid": "",
    "offset_days": 70,
    "length_days": 7,
    "cloth": "moss",
    "outcomes": "You can preview",
    "question": "Does it show?",
    "body": BODY,
    "comments": inline_formset([]),
}
COURSE = {
    "title": "A new course",
    "slug": "a-new-course",
    "uid": "",
    "starts_on": "2030-01-07",
    "time_zone": "UTC",
    "hours_per_week": 3,
    "cloth": "plum",
    "roles": inline_formset([]),
    "body": BODY,
    "comments": inline_formset([]),
}


def list_of(*values) -> dict:
    """A ListBlock."""
    return streamfield([("item", value) for value in values])


MORE = {
    "lecture": {"recording": streamfield([]), "slides": streamfield([])},
    "reading": {"work_authors": "Vanderhoek, Ines", "work_title": "A Work", "access": "here"},
    "activity": {"prompt": "Do this."},
    "session": {"day": 2, "starts": "17:00", "ends": "18:00", "recording": streamfield([])},
    "quiz": {
        "tries": 0,
        "questions": streamfield(
            [
                (
                    "one",
                    {
                        "question": "Which one?",
                        "options": list_of(
                            {"text": "This", "right": "on", "feedback": ""}, {"text": "That", "feedback": ""}
                        ),
                    },
                )
            ]
        ),
    },
    "survey": {
        "anonymous": "on",
        "results": "closed",
        "questions": streamfield([("scale", {"question": "It was quiet.", "hint": ""})]),
    },
    "wrap-up": {},
}


def step_form(kind: str, **fields) -> dict[str, str]:
    """The form of a step of this kind, as a browser sends it; `fields` replace what stands in it."""
    return nested_form_data(STEP | MORE[kind] | fields)


def week_form(**fields) -> dict[str, str]:
    return nested_form_data(WEEK | fields)


def course_form(**fields) -> dict[str, str]:
    return nested_form_data(COURSE | fields)
