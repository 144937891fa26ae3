"""Views that belong to no app: the look of this device, a developer's mail, the way to the one door."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

YEAR = 60 * 60 * 24 * 365
THEMES = {"light", "dark", "system"}
LETTERS_SHOWN = 50
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@never_cache
@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keep theme and language in cookies of this device for a year and go back to `next`.

    Values that we do not know are passed over; `next` is followed on this site only.
    """
    response = HttpResponseRedirect(_safe_next(request, "/"))
    chosen = {
        "theme": (request.GET.get("theme"), THEMES),
        settings.LANGUAGE_COOKIE_NAME: (
            request.GET.get("language"),
            {code for code, _ in settings.LANGUAGES},
        ),
    }
    for cookie, (value, known) in chosen.items():
        if value in known:
            response.set_cookie(
                cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
            )
    return response


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The letters that this machine has written, newest first. Only where DEV_MAILBOX says so, else 404."""
    if not getattr(settings, "DEV_MAILBOX", False):
        raise Http404
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: file.stat().st_mtime)
    letters = [letter for file in reversed(files[-LETTERS_SHOWN:]) for letter in _letters(file)]
    return render(request, "mooc_site/mailbox.html", {"letters": letters[:LETTERS_SHOWN]})


def _letters(file: Path) -> list[dict[str, str]]:
    """The letters of one file of Django's file backend: to, subject, date and plain text."""
    letters = []
    for raw in file.read_bytes().split(SEPARATOR):
        if not raw.strip():
            continue
        message = email.message_from_bytes(raw, policy=email.policy.default)
        body = message.get_body(("plain",))
        letters.append(
            {
                "to": message["To"],
                "subject": message["Subject"],
                "date": message["Date"],
                "text": body.get_content() if body else "",
            }
        )
    return letters


# Who is let in at a desk.
DESKS = {
    "wagtailadmin_home": lambda request: request.user.has_perm("wagtailadmin.access_admin"),
    "admin:index": admin.site.has_permission,
}


def one_door(request: HttpRequest, desk: str = "") -> HttpResponse:
    """Where Wagtail and Django send people who may not enter: to the sign-in page, and back from there.

    `desk` is the route of the desk before which this door stands. Somebody who is signed in already goes on
    to `next`, or to the desk, where they have one; else they are told so: the sign-in page would only send
    them back here.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or (resolve_url(desk) if desk else "/"))
    if desk not in DESKS or not DESKS[desk](request):
        raise PermissionDenied(_("This desk is for the people who run courses or the site."))
    return HttpResponseRedirect(_safe_next(request, resolve_url(desk)))


def _safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where `next` leads, if that is on this site; `otherwise` if not."""
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address
    return otherwise
