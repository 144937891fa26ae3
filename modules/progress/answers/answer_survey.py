"""Answer a survey, in one's own name or in nobody's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from modules.courses.models import SurveyPage

from . import asking
from .errors import AnswersRefused
from .models import SurveyAnswer, SurveyReceipt, SurveySheet
from .place import Place, place_of, require_may_answer


def answer_survey(
    *,
    person: User,
    survey: SurveyPage,
    answers: Mapping[str, Any],
    quotable: Collection[str] = (),
    version: str | None = None,
    form: uuid.UUID | None = None,
    at: dt.datetime | None = None,
    place: Place | None = None,
) -> None:
    """Store `answers` (by the id of the question, see `asking`) of `person`.

    `quotable`: the ids of open questions whose answer may be quoted. `version`: that of the survey that the
    person saw. `form` names the form that was sent: an anonymous one that comes twice is stored once. Named
    answers replace those from before; those to questions that are no longer asked stay. `place` saves the
    query, where the caller has it.

    Raises Http404 where the survey is not published, PermissionDenied for who may not answer, AnswersRefused
    for what is empty, too long, forged, meant for another version, or a second anonymous sheet.
    """
    place = place or place_of(person, survey.pk)
    require_may_answer(place)
    survey = place.page
    fitting = fitting_answers(survey, answers, version)
    if not fitting:
        raise AnswersRefused(_("Nothing is answered yet, so nothing was sent. One answer is enough."))
    store = _store_unnamed if survey.anonymous else _store_named
    rest = (form,) if survey.anonymous else (at or timezone.now(),)
    try:
        store(person, place, fitting, quotable, *rest)
    except IntegrityError:
        # Sent twice at the same moment: the second one finds the first.
        store(person, place, fitting, quotable, *rest)


def fitting_answers(
    survey: SurveyPage, answers: Mapping[str, Any], version: str | None = None
) -> dict[str, Any]:
    """`answers`, which fit the questions as they are now.

    Raises AnswersRefused for another `version` of the survey, and for what is too long or fits nothing.
    """
    if version is not None and version != asking.version(survey):
        words = _(
            "The questions have changed since you opened this page, so nothing was sent. What still fits is "
            "filled in. Look it over and send it again."
        )
        raise AnswersRefused(words, status=HTTPStatus.CONFLICT)
    fitting, problems = {}, {}
    for block in survey.questions:
        given = answers.get(block.id)
        answer = asking.fit(block.block_type, block.value, given)
        if answer is not None:
            fitting[block.id] = answer
        if block.block_type == "open" and answer and len(answer) > asking.LONGEST:
            problems[block.id] = _("%(limit)d characters at most. These are %(length)d.") % {
                "limit": asking.LONGEST,
                "length": len(answer),
            }
        elif given and block.block_type != "open" and answer != given:
            problems[block.id] = _("Choose from the answers that stand here.")
    if problems:
        raise AnswersRefused(
            _("One answer can’t be taken as it is. Nothing was sent, and all is still here."), problems
        )
    return fitting


@transaction.atomic
def _store_unnamed(
    person: User, place: Place, answers: dict[str, Any], quotable: Collection[str], form: uuid.UUID | None
) -> None:
    receipt = SurveyReceipt.objects.filter(person=person, step_id=place.page.pk).first()
    if receipt:
        if form and receipt.form == form:
            return
        words = _("You’ve answered this already. Answers without a name can’t be changed, so none was added.")
        raise AnswersRefused(words, status=HTTPStatus.CONFLICT)
    SurveyReceipt.objects.create(person=person, step_id=place.page.pk, title=place.page.title, form=form)
    sheet = SurveySheet.objects.create(**place.kept_of_page())
    SurveyAnswer.objects.bulk_create(_rows(sheet, place.page, answers, quotable))


@transaction.atomic
def _store_named(
    person: User, place: Place, answers: dict[str, Any], quotable: Collection[str], at: dt.datetime
) -> None:
    survey = place.page
    sheet = SurveySheet.objects.select_for_update().filter(person=person, step_id=survey.pk).first()
    if sheet is None:
        sheet = SurveySheet.objects.create(person=person, first_at=at, last_at=at, **place.kept_of_page())
    else:
        sheet.last_at = at
        sheet.save(update_fields=["last_at"])
        SurveyAnswer.objects.filter(
            sheet=sheet, question__in=[block.id for block in survey.questions]
        ).delete()
    SurveyAnswer.objects.bulk_create(_rows(sheet, survey, answers, quotable))


def _rows(
    sheet: SurveySheet, survey: SurveyPage, answers: dict[str, Any], quotable: Collection[str]
) -> Iterator[SurveyAnswer]:
    for block in survey.questions:
        if block.id not in answers:
            continue
        answer, known = answers[block.id], asking.options(block.block_type, block.value)
        of_question = {
            "sheet": sheet,
            "question": block.id,
            "kind": block.block_type,
            "asked": block.value["question"],
        }
        if block.block_type == "open":
            yield SurveyAnswer(words=answer, quotable=block.id in quotable, **of_question)
            continue
        for choice in answer if isinstance(answer, list) else [answer]:
            # A scale is said in each reader's language.
            words = "" if block.block_type == "scale" else known[choice]
            yield SurveyAnswer(choice=choice, words=words, **of_question)
