"""The list of reports."""

from __future__ import annotations

from dataclasses import dataclass

from community.forum import access

from .models import Report

PER_PAGE = 20


@dataclass
class ReportsPage:
    """Reports, newest first; `older` is the cursor of the next page, or empty."""

    reports: list[Report]
    older: str = ""


def reports_page(user, *, decided: bool, before: str = "") -> ReportsPage:
    """Reports of posts in forums where `user` may hide posts. One query. `before` is an id, or ignored."""
    reports = Report.objects.filter(post__topic__forum__in=access.forum_ids(user, access.HIDE))
    reports = reports.exclude(outcome="") if decided else reports.filter(outcome="")
    if before.isascii() and before.isdigit() and len(before) < 18:
        reports = reports.filter(pk__lt=int(before))
    rows = list(
        reports.select_related("post__topic", "post__poster", "reporter", "decided_by").order_by("-pk")[
            : PER_PAGE + 1
        ]
    )
    older = str(rows[PER_PAGE - 1].pk) if len(rows) > PER_PAGE else ""
    return ReportsPage(reports=rows[:PER_PAGE], older=older)
