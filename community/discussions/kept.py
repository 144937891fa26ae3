"""A reply that somebody wrote while signed out: kept in the session until they are back.

Only somebody who has sent a text gets a session for it; reading makes none.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

KEY = "kept_reply"


def keep_reply(
    request: HttpRequest, *, address: str, text: str, parent: int | None = None, subject: str = ""
) -> None:
    """Remember `text` (and the title of a new topic) for the page at `address`."""
    request.session[KEY] = {"address": address, "text": text, "parent": parent, "subject": subject}


def kept_reply(request: HttpRequest, address: str) -> dict | None:
    """The reply kept for the page at `address`: {"address", "text", "parent", "subject"}, or None."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    kept = request.session.get(KEY)
    return kept if kept and kept["address"] == address else None


def forget_reply(request: HttpRequest) -> None:
    """The reply has been posted, or thrown away."""
    request.session.pop(KEY, None)
