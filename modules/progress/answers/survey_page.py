"""What the page of a survey shows to who reads it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from community.accounts.models import User
from modules.courses.models import SurveyPage

from . import asking
from .forms import Given
from .models import SurveyAnswer, SurveyReceipt, SurveySheet
from .quiz_page import Reader


@dataclass(slots=True)
class Option:
    name: str
    words: str
    is_chosen: bool


@dataclass(slots=True)
class SurveyQuestion:
    """A question as it stands on the page. `key` is the id of its block."""

    number: int
    key: str
    kind: str
    question: str
    hint: str
    options: list[Option] = field(default_factory=list)
    text: str = ""
    is_quotable: bool = False
    problem: str = ""


@dataclass(slots=True)
class Before:
    """What somebody answered before.

    `has_answered`: they did. `at`: when, and `given`: what, both of named answers only.
    """

    has_answered: bool = False
    at: dt.datetime | None = None
    given: Given | None = None


@dataclass(slots=True)
class SurveyOnPage:
    """A survey as one reader meets it. `given` is what was sent and could not be stored, or was kept."""

    reader: Reader
    questions: list[SurveyQuestion]
    given: Given | None
    before: Before
    version: str
    form: uuid.UUID
    is_anonymous: bool
    longest: int = asking.LONGEST

    @property
    def is_asked(self) -> bool:
        """Whether the questions are shown: not again to who has answered without a name."""
        return not (self.is_anonymous and self.before.has_answered)


def survey_on_page(
    survey: SurveyPage, *, reader: Reader, before: Before, given: Given | None
) -> SurveyOnPage:
    """The survey with `given` in its form, or, if that is None, with what was answered before."""
    filled = given or before.given or Given({})
    return SurveyOnPage(
        reader=reader,
        questions=[_question(number, block, filled) for number, block in enumerate(survey.questions, 1)],
        given=given,
        before=before,
        version=asking.version(survey),
        form=uuid.uuid4(),
        is_anonymous=survey.anonymous,
    )


def _question(number: int, block, filled: Given) -> SurveyQuestion:
    answer: Any = asking.fit(block.block_type, block.value, filled.answers.get(block.id))
    chosen = answer if isinstance(answer, list) else [answer]
    return SurveyQuestion(
        number=number,
        key=block.id or str(number),  # a block that was never stored has no id
        kind=block.block_type,
        question=block.value["question"],
        hint=block.value["hint"],
        options=[
            Option(name, str(words), name in chosen)
            for name, words in asking.options(block.block_type, block.value).items()
        ],
        text=(answer or "") if block.block_type == "open" else "",
        is_quotable=block.id in filled.quotable,
        problem=filled.problems.get(block.id, ""),
    )


def answered_before(user: User, survey: SurveyPage) -> Before:
    """Whether and what `user` answered. One query; two for named answers."""
    if survey.anonymous:
        receipts = SurveyReceipt.objects.filter(person=user, step_id=survey.pk)
        return Before(has_answered=receipts.exists())
    sheet = SurveySheet.objects.filter(person=user, step_id=survey.pk).first()
    if sheet is None:
        return Before()
    given = Given({})
    for answer in SurveyAnswer.objects.filter(sheet=sheet):
        if answer.kind == "many":
            given.answers.setdefault(answer.question, []).append(answer.choice)
        else:
            given.answers[answer.question] = answer.words if answer.kind == "open" else answer.choice
        if answer.quotable:
            given.quotable.add(answer.question)
    return Before(True, sheet.last_at, given)
