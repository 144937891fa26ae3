"""Somebody on the course, a week of two required steps and an optional one, and people who act at once."""

from __future__ import annotations

import pytest

from modules.progress.actions import join_course


@pytest.fixture
def add_step():
    """As everywhere, but live at once: no revision, which these tests need not and would wait for."""
    from modules.courses.models import KINDS

    def make(week, title: str = "Lecture notes", kind: str = "reading", **fields):
        return week.add_child(instance=KINDS[kind].model(title=title, **fields))

    return make


@pytest.fixture
def learner(person, course):
    user = person("noor")
    join_course(person=user, course=course)
    return user


@pytest.fixture
def steps(week, add_step):
    """Two required steps of the open week and an optional one, in this order."""
    return [
        add_step(week, "Lecture notes", kind="lecture", minutes=10),
        add_step(week, "A reading", minutes=30),
        add_step(week, "A walk", kind="activity", minutes=50, optional=True),
    ]


QUESTIONS = [
    (
        "one",
        {
            "question": "Which would pass the test?",
            "options": [
                {"text": "A catalogue", "right": False},
                {"text": "A chalk line", "right": True, "feedback": "It washes off."},
            ],
        },
    ),
    (
        "many",
        {
            "question": "What did they have in common?",
            "options": [
                {"text": "A last day", "right": True},
                {"text": "A cost written down", "right": True},
                {"text": "Permission", "right": False},
            ],
        },
    ),
    ("short", {"question": "In a word?", "accept": ["reversible"]}),
    ("order", {"question": "In which order?", "items": ["Say it", "End it", "Spend it", "Take it down"]}),
    (
        "match",
        {
            "question": "What goes with what?",
            "pairs": [{"item": "Seeds", "match": "Reversible"}, {"item": "A van", "match": "Small"}],
            "others": ["None of these"],
        },
    ),
    ("number", {"question": "How many stopped?", "answer": "15", "tolerance": "0", "unit": "branches"}),
]
RIGHT = [
    "A chalk line",
    ["A last day", "A cost written down"],
    "reversible",
    ["Say it", "End it", "Spend it", "Take it down"],
    {"Seeds": "Reversible", "A van": "Small"},
    "15",
]
ASKED = [
    ("scale", {"question": "The work fits my time."}),
    ("one", {"question": "Where?", "options": ["At the desk", "At home"]}),
    ("many", {"question": "When?", "options": ["Before opening", "At lunch", "At night"]}),
    ("open", {"question": "What should we stop?"}),
]


@pytest.fixture
def quiz(week, add_step):
    """A question of each kind, in the order of RIGHT."""
    page = add_step(week, "Check yourself", kind="quiz", questions=QUESTIONS)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def survey(week, add_step):
    """An anonymous survey with a question of each kind; nobody but who leads sees what comes of it."""
    page = add_step(week, "How is it going?", kind="survey", questions=ASKED)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def leader(course, person):
    from modules.courses.models import CourseRole

    amara = person("amara")
    CourseRole.objects.create(course=course, person=amara, role=CourseRole.Role.INSTRUCTOR)
    return amara
