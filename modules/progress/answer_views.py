"""Sending the answers to a quiz or survey: a plain form that leads back to its step.

Whatever cannot be stored comes back in the form it was sent with, or waits in the session until its author
has signed in or joined.
"""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from modules.courses.models import QuizPage

from .answers import answer_quiz as quizzes
from .answers import answer_survey as surveys
from .answers.clear_quiz import clear_quiz
from .answers.errors import AnswersRefused
from .answers.forms import Given, form_name, only_fitting, read_quiz, read_survey
from .answers.kept import forget_answers, keep_answers
from .answers.place import NotOnCourse, Place, place_of, require_open
from .views import SeeOther, by_button


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the answers to a quiz or survey. Who comes by a link is led to its page."""
    place = place_of(request.user, page_id)
    if request.method != "POST":
        return redirect(_readable_address(request, place))
    is_quiz = isinstance(place.page, QuizPage)
    given = (read_quiz if is_quiz else read_survey)(place.page, request.POST)
    try:
        if request.user.is_authenticated:
            return (_answer_quiz if is_quiz else _answer_survey)(request, place, given)
        return _sign_in_first(request, place, given)
    except AnswersRefused as refusal:
        given.problems = refusal.problems
        return _give_back(request, place, given, str(refusal), refusal.status)
    except NotOnCourse as refusal:
        keep_answers(request, place.page.pk, _fitting(place, given))
        return _give_back(request, place, given, str(refusal), HTTPStatus.FORBIDDEN)
    except PermissionDenied as refusal:
        return _give_back(request, place, given, str(refusal), HTTPStatus.FORBIDDEN)
    except Http404:
        words = _("This page is no longer here, so nothing was sent.")
        return _give_back(request, place, given, words, HTTPStatus.NOT_FOUND)


def _answer_quiz(request: HttpRequest, place: Place, given: Given) -> HttpResponse:
    if place.leads and place.is_live:
        # Marked on the page, and stored nowhere.
        return _give_back(request, place, given, "", HTTPStatus.OK)
    quizzes.answer_quiz(person=request.user, quiz=place.page, answers=given.answers, place=place)
    forget_answers(request, place.page.pk)
    if given.misfits:
        words = ngettext(
            "Question %(numbers)s has changed while you were answering. Look at it again.",
            "Questions %(numbers)s have changed while you were answering. Look at them again.",
            len(given.misfits),
        )
        messages.warning(
            request, words % {"numbers": get_text_list([str(number) for number in given.misfits], _("and"))}
        )
    return SeeOther(f"{_address(place)}#result")


def _answer_survey(request: HttpRequest, place: Place, given: Given) -> HttpResponse:
    surveys.answer_survey(
        person=request.user,
        survey=place.page,
        answers=given.answers,
        quotable=given.quotable,
        version=request.POST.get("version", ""),
        form=form_name(request.POST.get("form")),
        place=place,
    )
    forget_answers(request, place.page.pk)
    return SeeOther(f"{_address(place)}#answered")


@by_button
def clear(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take one's answers to a quiz away."""
    place = place_of(request.user, page_id)
    if not isinstance(place.page, QuizPage):
        raise Http404
    if not request.user.is_authenticated:
        return SeeOther(redirect_to_login(_readable_address(request, place)).url)
    try:
        clear_quiz(person=request.user, quiz=place.page, place=place)
    except AnswersRefused as refusal:
        return _give_back(request, place, Given({}), str(refusal), refusal.status)
    forget_answers(request, place.page.pk)
    messages.success(request, _("Your answers are cleared."))
    return SeeOther(f"{_address(place)}#questions")


def _address(place: Place) -> str:
    return place.page.get_url() or "/"


def _readable_address(request: HttpRequest, place: Place) -> str:
    """The same. Raises Http404 where the person may not read the page: its address has its name in it."""
    if not place.page.can_read(request.user):
        raise Http404
    return _address(place)


def _fitting(place: Place, given: Given) -> Given:
    """What of `given` fits the page; a quiz's form is read so already."""
    return given if isinstance(place.page, QuizPage) else only_fitting(place.page, given)


def _sign_in_first(request: HttpRequest, place: Place, given: Given) -> HttpResponse:
    """Keep what was given and lead to the door; the form is filled again when they come back."""
    if not place.is_live:
        raise Http404
    require_open(place)
    if isinstance(place.page, QuizPage):
        quizzes.fitting_answers(place.page, given.answers)
    else:
        surveys.fitting_answers(place.page, given.answers, request.POST.get("version", ""))
    keep_answers(request, place.page.pk, given)
    return SeeOther(redirect_to_login(f"{_address(place)}#questions").url)


def _give_back(
    request: HttpRequest, place: Place, given: Given, refusal: str, status: HTTPStatus
) -> HttpResponse:
    """The step's own page with what was given in its form; where that cannot be shown, what was typed.

    Raises Http404 where there is no page to show and nothing was typed.
    """
    page = place.page
    given = _fitting(place, given)
    given.refusal = refusal
    is_open_to_all = all(rule.accept_request(request) for rule in page.get_view_restrictions())
    if is_open_to_all and page.can_read(request.user):
        request._given = given
        context = page.get_context(request) | {"section": "courses"}
        response = render(request, page.get_template(request), context, status=status)
    else:
        typed = [block.id for block in page.questions if block.block_type in ("short", "number", "open")]
        texts = [given.answers[question] for question in typed if question in given.answers]
        if status == HTTPStatus.NOT_FOUND and not texts:
            raise Http404
        context = {"refusal": refusal, "texts": texts}
        response = render(request, "modules/progress/answers_back.html", context, status=status)
    patch_cache_control(response, private=True)
    return response
