"""What the page of a quiz shows to who reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.accounts.models import User
from modules.courses.marking import (
    LONGEST,
    Mark,
    Marked,
    Outcome,
    choices,
    fit,
    mark,
    parts,
    shuffled,
    solution,
)
from modules.courses.models import QuizPage

from . import words
from .forms import Given
from .models import QuizSheet


class Reader(StrEnum):
    """Who looks at a quiz or survey, as far as answering goes."""

    PREVIEW = "preview"
    LEADER = "leader"
    LEARNER = "learner"
    OUTSIDER = "outsider"  # signed in, and not on the course
    VISITOR = "visitor"


@dataclass(slots=True)
class Part:
    """An option, or an item with the place or choice that it was given."""

    name: str
    words: str
    chosen: str = ""  # “1” for an option that was chosen, a place, or the digest of a choice
    mark: str = ""
    mark_words: str = ""
    note: str = ""


@dataclass(slots=True)
class Asked:
    """A question as it stands on the page."""

    number: int
    name: str  # of its field
    kind: str
    question: str
    hints: list[str]
    text: str = ""  # as typed
    unit: str = ""
    longest: int = 0
    parts: list[Part] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    marked: Marked | None = None
    solution: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def state(self) -> str:
        """“yes”, “near”, “no”, “open” (begun, not answered in full) or “” (nothing is said about it)."""
        if self.marked is None or not (self.marked.said or self.solution):
            return ""
        return _STATES[self.marked.outcome]

    @property
    def state_words(self) -> str:
        """The same for who cannot see the sign."""
        return _state_words()[self.state] if self.state else ""

    @property
    def notes(self) -> list[Part]:
        """The options on which something is said."""
        return [part for part in self.parts if part.note]


_STATES = {Outcome.RIGHT: "yes", Outcome.NEAR: "near", Outcome.NOT: "no", Outcome.UNANSWERED: "open"}


def _state_words() -> dict[str, str]:
    return {
        "yes": pgettext("an answer", "Right:"),
        "near": pgettext("an answer", "Nearly right:"),
        "no": pgettext("an answer", "Not right:"),
        "open": pgettext("an answer", "Still open:"),
    }


@dataclass(slots=True)
class QuizOnPage:
    """A quiz as one reader meets it.

    `given` is what was sent and could not be stored, or was kept; `tries_left` None means as often as one
    likes. `is_over`: all tries are used up, and the answers stay as they are.
    """

    reader: Reader
    questions: list[Asked]
    given: Given | None
    checked_at: dt.datetime | None
    tries_left: int | None
    is_over: bool
    summary: str
    still_open: str

    @property
    def tries(self) -> str:
        return words.tries_words(self.tries_left)

    @property
    def has_order(self) -> bool:
        return any(asked.kind == "order" for asked in self.questions)


def quiz_on_page(
    quiz: QuizPage, *, reader: Reader, user, sheet: QuizSheet | None, given: Given | None
) -> QuizOnPage:
    """The quiz with `given` in its form, or, if that is None, with what is on the sheet of `user`.

    What is on the sheet is marked, as is what somebody gave who leads the course.
    """
    checks = sheet.checks if sheet else 0
    tries_left = max(0, quiz.tries - checks) if quiz.tries else None
    is_over = tries_left == 0
    if is_over:
        given = Given({}, refusal=given.refusal) if given and given.refusal else None  # the answers stay
    is_tried = given is not None and reader is Reader.LEADER
    answers = sheet.answers if sheet and (given is None or is_over) else (given.answers if given else {})
    is_marked = is_tried or bool(sheet and sheet.answers and (given is None or is_over))
    seed = str(user.pk if user.is_authenticated else 0)
    questions = [
        _asked(number, block, answers, seed, is_marked=is_marked, is_over=is_over, may_show=not quiz.tries)
        for number, block in enumerate(quiz.questions, 1)
    ]
    for asked in questions:
        asked.problem = (given.problems if given else {}).get(asked.name.removeprefix("q-"), "")
    marked = [asked.marked for asked in questions if asked.marked]
    return QuizOnPage(
        reader=reader,
        questions=questions,
        given=given,
        checked_at=sheet.last_at if is_marked and not is_tried else None,
        tries_left=tries_left,
        is_over=is_over,
        summary=words.summary(marked),
        still_open=words.still_open(marked) if not is_over else "",
    )


def _asked(
    number: int,
    block,
    answers: Mapping[str, Any],
    seed: str,
    *,
    is_marked: bool,
    is_over: bool,
    may_show: bool,
) -> Asked:
    kind, value = block.block_type, block.value
    answer = fit(kind, value, answers.get(block.id))
    asked = Asked(
        number=number,
        name=f"q-{block.id or number}",  # a block that was never stored has no id
        kind=kind,
        question=value["question"],
        hints=[*filter(None, [_hint(kind, value), value["hint"]])],
        longest=LONGEST.get(kind, 0),
        unit=value.get("unit", ""),
    )
    if is_marked:
        asked.marked = mark(kind, value, answer)
        outcome = asked.marked.outcome
        is_due = is_over or (may_show and outcome is not Outcome.UNANSWERED)
        # What stands beside the options of a “many” says it already.
        if is_due and outcome is not Outcome.RIGHT and not (kind == "many" and answer):
            asked.solution = solution(kind, value)
    if kind in LONGEST:
        asked.text = answer or ""
        return asked
    known = parts(kind, value)
    names: Iterable[str] = known
    if kind == "order":
        mixed = shuffled(known, f"{block.id}:{seed}")
        places = answer or {}
        names = sorted(mixed, key=lambda name: places.get(name, len(mixed)))
    if kind == "match":
        asked.choices = [
            (name, choices(value)[name]) for name in shuffled(choices(value), f"{block.id}:{seed}")
        ]
    asked.parts = [_part(name, known[name], kind, answer, asked.marked) for name in names]
    return asked


def _part(name: str, text: str, kind: str, answer: Any, marked: Marked | None) -> Part:
    if kind in ("one", "many"):
        chosen = "1" if answer and name in ([answer] if kind == "one" else answer) else ""
    else:
        chosen = str((answer or {}).get(name, ""))
    found = marked.marks.get(name) if marked else None
    return Part(
        name=name,
        words=text,
        chosen=chosen,
        mark=found or "",
        mark_words=_mark_words(found) if found else "",
        note=marked.notes.get(name, "") if marked else "",
    )


def _mark_words(found: Mark) -> str:
    if found is Mark.RIGHT:
        return pgettext("beside an answer", "Yes")
    if found is Mark.WRONG:
        return pgettext("beside an answer", "Not this one")
    return pgettext("beside an answer", "Also this")


def _hint(kind: str, value: Mapping[str, Any]) -> str:
    """What to do with a question of this kind."""
    if kind == "one":
        return _("Choose one.")
    if kind == "many":
        return _("Choose all that fit.")
    if kind == "short":
        return _("Compared with a few wordings. Spelling doesn’t matter.")
    if kind == "order":
        count = len(value["items"])
        return ngettext(
            "Give each a place from 1 to %(count)d.", "Give each a place from 1 to %(count)d.", count
        ) % {"count": count}
    if kind == "number":
        is_whole = value["answer"] is not None and value["answer"] == int(value["answer"])
        return _("A whole number.") if is_whole and not value["tolerance"] else _("A number.")
    return ""


def sheet_of(user: User, quiz: QuizPage) -> QuizSheet | None:
    """What `user` answered; one query."""
    return QuizSheet.objects.filter(person=user, step_id=quiz.pk).first()
