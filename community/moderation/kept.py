"""A report that somebody sent after their session had ended: kept in a new one until they are back.

Only somebody who has sent one gets a session for it; reading makes none.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from .models import Report

KEY = "kept_report"


def keep_report(request: HttpRequest, *, post_id: int) -> None:
    """Remember the reason and note that `request` sends about a post, if it sends any."""
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    note = note[: Report._meta.get_field("note").max_length].replace("\x00", "")
    known = reason in Report.Reason.values
    if known or note.strip():
        request.session[KEY] = {
            "post": post_id,
            "reason": reason if known else Report.Reason.OTHER.value,
            "note": note,
        }


def kept_report(request: HttpRequest, *, post_id: int) -> dict | None:
    """What was kept about this post: {"post", "reason", "note"}, or None."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    kept = request.session.get(KEY)
    return kept if kept and kept["post"] == post_id else None


def forget_report(request: HttpRequest) -> None:
    """The report has been stored."""
    request.session.pop(KEY, None)
