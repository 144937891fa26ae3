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
