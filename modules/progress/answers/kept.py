"""Answers of somebody who could not send them yet: kept in the session until they are back.

Only somebody who has sent answers gets a session for them; reading makes none. The latest are kept.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from .forms import Given

KEY = "kept_answers"


def keep_answers(request: HttpRequest, page_id: int, given: Given) -> None:
    """Remember what was given for the page of this id, unless it is nothing."""
    if given.answers:
        request.session[KEY] = {
            "page": page_id,
            "answers": given.answers,
            "quotable": sorted(given.quotable),
        }


def kept_answers(request: HttpRequest, page_id: int) -> Given | None:
    """What is kept for the page of this id."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    kept = request.session.get(KEY)
    if not kept or kept["page"] != page_id:
        return None
    return Given(kept["answers"], set(kept["quotable"]))


def forget_answers(request: HttpRequest, page_id: int) -> None:
    """They have been sent, or taken away."""
    if request.session.get(KEY, {}).get("page") == page_id:
        del request.session[KEY]
