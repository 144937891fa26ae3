"""What an instructor adds to the demo's course, which has none of it. Each gives the page that it changed."""

from __future__ import annotations

from typing import Any

from modules.courses.models import LecturePage, QuizPage, SessionPage, StepPage, SurveyPage

TRANSCRIPT = "Two rungs from the bottom somebody says thank you."


def film_elsewhere(**more: Any) -> LecturePage:
    """A lecture of week 3 with a film at YouTube, its chapters and transcript; and with `more` of its fields.

    `audio`: its sound alone.
    """
    film = {
        "title": "A ladder",
        "address": "https://youtu.be/abcdefghijk",
        "audio": more.pop("audio", None),
        "chapters": "0:00 The bottom\n1:05 A middle rung",
        "transcript": f"<p>{TRANSCRIPT}</p>",
    }
    return _changed("w3-lecture-ladder", recording=[("film", film)], **more)


def session_ahead() -> SessionPage:
    """The session of week 3 on a Thursday two to three weeks from now."""
    return _changed("w3-session", day=24)


def session_recorded(sound: Any = None) -> SessionPage:
    """The session of week 1, which is over, with `sound` or a film as its recording."""
    transcript = f"<p>{TRANSCRIPT}</p>"
    recording = ("sound", {"title": "The hour", "file": sound, "transcript": transcript, "chapters": ""})
    if sound is None:
        film = {"title": "The hour", "address": "https://vimeo.com/22439234", "transcript": transcript}
        recording = ("film", film)
    return _changed("w1-session", recording=[recording])


def quiz_with_tries(tries: int) -> QuizPage:
    """The self-check of week 3, to be checked so often."""
    return _changed("w3-quiz", tries=tries)


def survey_with_names() -> SurveyPage:
    """A survey at the end of week 3 that is answered by name. Its results are not opened."""
    survey = SurveyPage(title="What next?", minutes=2, optional=True, anonymous=False)
    survey.questions = [
        ("scale", {"question": "I’d do that again."}),
        ("open", {"question": "What would you ask first?"}),
    ]
    StepPage.objects.get(uid="w3-quiz").add_sibling("right", instance=survey)
    survey.save_revision().publish()
    return survey


def _changed(uid: str, **fields: Any):
    page = StepPage.objects.get(uid=uid).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page
