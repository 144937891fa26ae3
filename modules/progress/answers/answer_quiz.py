"""Have the answers to a quiz checked, and keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from modules.courses.marking import LONGEST, Outcome, fit, mark
from modules.courses.models import QuizPage

from .errors import AnswersRefused
from .models import QuizCheck, QuizSheet
from .place import Place, place_of, require_may_answer


def answer_quiz(
    *,
    person: User,
    quiz: QuizPage,
    answers: Mapping[str, Any],
    at: dt.datetime | None = None,
    place: Place | None = None,
) -> QuizSheet:
    """Keep `answers` (by the id of the question, as modules.courses.marking has them) as those of `person`.

    What fits no question any more is left out. Sending the same answers again is not another check, unless
    the quiz says something else to them now. `place` saves the query, where the caller has it. Raises Http404
    where the quiz is not published, PermissionDenied for who may not answer, AnswersRefused for what is too
    long, empty, or checked once too often.
    """
    at = at or timezone.now()
    place = place or place_of(person, quiz.pk)
    require_may_answer(place)
    fitting = fitting_answers(place.page, answers)
    if not fitting:
        raise AnswersRefused(_("Nothing is answered yet, so nothing was checked. One answer is enough."))
    try:
        return _store(person, place, fitting, at)
    except IntegrityError:
        # The first answers, sent twice at the same moment.
        return _store(person, place, fitting, at)


def fitting_answers(quiz: QuizPage, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What of `answers` fits the questions as they are now. Raises AnswersRefused for one too long."""
    fitting, too_long = {}, {}
    for block in quiz.questions:
        answer = fit(block.block_type, block.value, answers.get(block.id))
        limit = LONGEST.get(block.block_type)
        if answer is None:
            continue
        if limit and len(answer) > limit:
            too_long[block.id] = _("%(limit)d characters at most. These are %(length)d.") % {
                "limit": limit,
                "length": len(answer),
            }
        fitting[block.id] = answer
    if too_long:
        raise AnswersRefused(
            _("One answer is too long. Nothing was checked, and all is still here."), too_long
        )
    return fitting


def outcomes_of(quiz: QuizPage, answers: Mapping[str, Any]) -> dict[str, Outcome]:
    """What a check says to each question, by its id."""
    return {
        block.id: mark(block.block_type, block.value, answers.get(block.id)).outcome
        for block in quiz.questions
    }


def require_tries_left(quiz: QuizPage, sheet: QuizSheet | None) -> None:
    """Raise AnswersRefused once the answers have been checked as often as the quiz allows."""
    if sheet and quiz.tries and sheet.checks >= quiz.tries:
        words = _("You’ve checked this as often as it goes. The answers stay as they are.")
        raise AnswersRefused(words, status=HTTPStatus.FORBIDDEN)


@transaction.atomic
def _store(person: User, place: Place, answers: dict[str, Any], at: dt.datetime) -> QuizSheet:
    quiz = place.page
    outcomes = outcomes_of(quiz, answers)
    sheet = QuizSheet.objects.select_for_update().filter(person=person, step_id=quiz.pk).first()
    if sheet and sheet.answers == answers and sheet.outcomes == outcomes:
        return sheet
    require_tries_left(quiz, sheet)
    number = sheet.checks + 1 if sheet else 1
    latest = {"answers": answers, "outcomes": outcomes, "checks": number, "last_at": at}
    if sheet is None:
        sheet = QuizSheet.objects.create(person=person, first_at=at, **place.kept_of_page(), **latest)
    else:
        vars(sheet).update(latest)
        sheet.save(update_fields=latest.keys())
    QuizCheck.objects.create(sheet=sheet, number=number, at=at, outcomes=outcomes)
    return sheet
