"""What the pages of quizzes and surveys ask about the person who reads them."""

from __future__ import annotations

from django import template
from django.template.context import Context

from modules.courses.access import leads
from modules.courses.models import QuizPage, SurveyPage

from ..answers.forms import Given
from ..answers.kept import kept_answers
from ..answers.quiz_page import QuizOnPage, Reader, quiz_on_page, sheet_of
from ..answers.results import Results, results_of
from ..answers.survey_page import Before, SurveyOnPage, answered_before, survey_on_page
from .progress_tags import progress_of

register = template.Library()


@register.simple_tag(takes_context=True)
def quiz_of(context: Context, page: QuizPage) -> QuizOnPage:
    """`{% quiz_of page as quiz %}`: the questions as this reader meets them. One query for a learner."""
    reader, user = _reader(context), context["request"].user
    sheet = sheet_of(user, page) if reader is Reader.LEARNER else None
    return quiz_on_page(page, reader=reader, user=user, sheet=sheet, given=_given(context, page, reader))


@register.simple_tag(takes_context=True)
def survey_of(context: Context, page: SurveyPage) -> SurveyOnPage:
    """`{% survey_of page as survey %}`: the questions as this reader meets them.

    One query for a learner, two once they have answered in their name.
    """
    reader = _reader(context)
    before = answered_before(context["request"].user, page) if reader is Reader.LEARNER else Before()
    return survey_on_page(page, reader=reader, before=before, given=_given(context, page, reader))


@register.simple_tag(takes_context=True)
def results_for(context: Context, page: SurveyPage) -> Results | None:
    """`{% results_for page as results %}`: what came of a survey; None for who may not see it.

    Who leads the course always may, who takes it once they are opened. Five queries.
    """
    reader = _reader(context)
    if reader is Reader.LEADER or (reader is Reader.LEARNER and page.results == page.Results.OPEN):
        return results_of(page, context["course"], for_leaders=reader is Reader.LEADER)
    return None


def _reader(context: Context) -> Reader:
    """No query where the page has asked already who leads the course and who is on it."""
    user = context["request"].user
    if context["is_preview"]:
        return Reader.PREVIEW
    if not user.is_authenticated:
        return Reader.VISITOR
    if leads(context["course"], user):
        return Reader.LEADER
    return Reader.LEARNER if progress_of(context, context["course"]) else Reader.OUTSIDER


def _given(context: Context, page: QuizPage | SurveyPage, reader: Reader) -> Given | None:
    """What was sent and came back with this page, or waits in the session."""
    if reader is Reader.PREVIEW:
        return None
    request = context["request"]
    given = vars(request).get("_given")
    return given if given or reader is Reader.LEADER else kept_answers(request, page.pk)
