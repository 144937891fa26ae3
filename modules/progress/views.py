"""Joining and ticking: a plain form that leads back, or, with htmx, the part that has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from modules.courses.models import CoursePage, StepPage, kind_of

from .actions import TickResult, join_course, leave_course, tick_step, untick_step
from .models import Enrolment


class SeeOther(HttpResponseRedirect):
    """303: read that page now, whatever the method was (RFC 9110, 15.4.4)."""

    status_code = 303


def by_button(view: Callable) -> Callable:
    """POST only. A link that leads here by mistake gets 405 and a page that says where the button is."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        response = render(request, "modules/progress/by_button.html", status=405)
        response.headers["Allow"] = "POST"
        return response

    return guarded


@by_button
def join(request: HttpRequest, course_id: int) -> HttpResponse:
    course = get_object_or_404(CoursePage.objects.live(), pk=course_id)
    if not all(rule.accept_request(request) for rule in course.get_view_restrictions()):
        raise Http404
    back = _back(request, course)
    if not request.user.is_authenticated:
        return _sign_in(request, back)
    join_course(person=request.user, course=course)
    messages.success(
        request, _("You’re on “%(course)s”. Begin wherever you like.") % {"course": course.title}
    )
    return SeeOther(back)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, course_id: int) -> HttpResponse:
    """Ask first (GET), then take the person off the course (POST). An unpublished one can be left too."""
    if not request.user.is_authenticated:
        return _sign_in(request, request.path)
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("course"), person=request.user, course_id=course_id
    )
    course = enrolment.course
    if request.method != "POST":
        return render(request, "modules/progress/leave.html", {"enrolment": enrolment, "course": course})
    leave_course(person=request.user, course=course)
    messages.success(
        request,
        _("You’ve left “%(course)s”. What you wrote and ticked is kept.") % {"course": course.title},
    )
    return SeeOther(_back(request, course) if course.live else reverse("my_learning"))


@by_button
def tick(request: HttpRequest, page_id: int) -> HttpResponse:
    step = _step(page_id)
    if not request.user.is_authenticated:
        return _sign_in(request, _back(request, step))
    result = tick_step(person=request.user, step=step)
    undo = f"{reverse('untick_step', args=[step.pk])}?{urlencode({'next': _back(request, step)})}"
    return _answer(request, step, result, words=ticked_words(step, result), undo=undo)


@by_button
def untick(request: HttpRequest, page_id: int) -> HttpResponse:
    step = _step(page_id)
    if not request.user.is_authenticated:
        return _sign_in(request, _back(request, step))
    result = untick_step(person=request.user, step=step)
    return _answer(request, step, result, words=_("The tick is off. You can put it back at any time."))


def ticked_words(step: StepPage, result: TickResult) -> str:
    """What a tick says; a second click on the same button says the same."""
    if step.optional or not result.required:
        return _("Marked as done. This step is optional, and it’s kept.")
    if result.done < result.required:
        return _("Marked as done. That’s %(done)d of %(required)d.") % {
            "done": result.done,
            "required": result.required,
        }
    return ngettext(
        "Marked as done. That was the only step, and the week is finished.",
        "Marked as done. That’s all %(count)d, and the week is finished.",
        result.required,
    ) % {"count": result.required}


def _step(page_id: int) -> StepPage:
    """The published step of this id; Http404 if there is none."""
    return get_object_or_404(StepPage.objects.live().defer("body"), pk=page_id)


def _answer(
    request: HttpRequest, step: StepPage, result: TickResult, *, words: str, undo: str = ""
) -> HttpResponse:
    """The step's tick part for htmx; else the way back, with a message that `undo` can take back."""
    back, address = _back(request, step), step.get_url() or ""
    if not request.htmx:
        messages.success(request, words, extra_tags=undo)
        return SeeOther(back)
    if result.completion:
        state = "done"
    else:
        state = "now" if result.was_opened else "optional" if step.optional else ""
    part = {
        "step": {
            "page_id": step.pk,
            "title": step.title,
            "kind": kind_of(step.content_type_id),
            "minutes": step.minutes,
            "optional": step.optional,
            "url": address,
        },
        "state": state,
        "current": urlsplit(back).path == address,
        "done_at": result.completion and result.completion.completed_at,
        "next": back,
        "quiet": "quiet" in request.POST,
        "words": words,
        "done": result.done,
        "required": result.required,
        "minutes": result.minutes,
        "week": result.week,
        "progress": result.progress,
        "week_url": address.removesuffix(f"{step.slug}/"),
        "csrf_token": get_token(request),
    }
    # Without the request, and so without what only whole pages need.
    return HttpResponse(render_to_string("modules/progress/ticked.html", part))


def _back(request: HttpRequest, page: CoursePage | StepPage) -> str:
    """Where the form says that it stood, if that is on this site; else the page's own address."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure()):
        return wish
    return page.get_url() or "/"


def _sign_in(request: HttpRequest, back: str) -> HttpResponse:
    """To the sign-in page, and from there to `back`."""
    door = redirect_to_login(back)
    return HttpResponseClientRedirect(door.url) if request.htmx else SeeOther(door.url)
