"""Pages for when things are otherwise."""

import logging
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

log = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the words that the refusal gave, if any."""
    words = str(exception) if exception and exception.args else ""
    return render(request, "403.html", {"words": words}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for a body that is larger than we read."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return render(request, "400.html", {"too_big": too_big}, status=413 if too_big else 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a template that needs neither the database nor the request."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token has expired (signed in again in another tab). Nothing typed is lost.

    The page shows the form's words again behind a fresh token; sending them takes the person's own click.
    Words that another site sent are not shown: nobody else prepares a form for that click.
    """
    kept = []
    if _from_here(request):
        kept = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and "password" not in name and len(value) <= 100_000
        ]
    log.info("CSRF refused at %s: %s", request.path, reason)
    return render(request, "csrf.html", {"kept": kept, "path": request.get_full_path()}, status=403)


def _from_here(request: HttpRequest) -> bool:
    """True where the browser says that the form stood on a page of this site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
