"""What a form with answers says.

A question's field is called “q-” and its id; where it has one for each of its items, a dash and the item's
digest follow. “quote-” and the id of an open question allow its answer to be quoted.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from modules.courses.marking import LONGEST, fit
from modules.courses.models import QuizPage, SurveyPage

from . import asking


@dataclass(slots=True)
class Given:
    """Answers as somebody sent them.

    `answers`: by the id of the question, what fits it. `quotable`: the ids of open questions whose answer
    may be quoted. `misfits`: numbers of the questions that were sent something else besides. `problems`: what
    was wrong with an answer, by the id of its question. `refusal`: why nothing was stored.
    """

    answers: dict[str, Any]
    quotable: set[str] = field(default_factory=set)
    misfits: list[int] = field(default_factory=list)
    problems: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


def read_quiz(quiz: QuizPage, data: QueryDict) -> Given:
    """The answers in a quiz's form."""
    given = Given({})
    for number, block in enumerate(quiz.questions, 1):
        sent = _sent(block.block_type, f"q-{block.id}", data)
        answer = fit(block.block_type, block.value, sent)
        if answer is not None:
            given.answers[block.id] = answer
        if sent and block.block_type not in LONGEST and len(answer or ()) < len(sent):
            given.misfits.append(number)
    return given


def _sent(kind: str, name: str, data: QueryDict) -> Any:
    if kind == "many":
        return data.getlist(name)
    if kind not in ("order", "match"):
        return data.get(name)
    sent = {
        key[len(name) + 1 :]: value for key, value in data.items() if value and key.startswith(f"{name}-")
    }
    if kind == "match":
        return sent
    return {item: int(place) if place in PLACES else place for item, place in sent.items()}


PLACES = {str(place) for place in range(1, 100)}


def read_survey(survey: SurveyPage, data: QueryDict) -> Given:
    """The answers in a survey's form; what fits none of its questions is left for the action to refuse."""
    given = Given({})
    for block in survey.questions:
        name = f"q-{block.id}"
        sent = data.getlist(name) if block.block_type == "many" else data.get(name)
        if sent:
            given.answers[block.id] = sent
        if f"quote-{block.id}" in data:
            given.quotable.add(block.id)
    return given


def only_fitting(survey: SurveyPage, given: Given) -> Given:
    """`given` without what fits none of the survey's questions as they are now."""
    for block in survey.questions:
        answer = asking.fit(block.block_type, block.value, given.answers.pop(block.id, None))
        if answer is not None:
            given.answers[block.id] = answer
    return given


def form_name(text: str | None) -> uuid.UUID | None:
    """The name of a form that was sent, or None for none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
