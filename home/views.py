"""What a signed-in person comes home to."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.accounts.clock import day_text
from community.forum_conversation.selectors import recent_topics_of
from modules.courses.words import clock_name
from modules.progress.selectors import courses_to_join, my_learning_of, next_opening, short_steps

SHORT = 10  # minutes


@require_safe
@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    """Where one left off, the shelf of each course, this week’s steps."""
    mine = my_learning_of(request.user)
    outlines = [one.outline for one in mine.running]
    next_step = mine.onward()
    now = timezone.localtime()
    return render(
        request,
        "home/my_learning.html",
        {
            "greeting": greeting(now, request.user.display_name),
            "moment": moment_text(now),
            "mine": mine,
            "next_step": next_step,
            "opening": next_opening(outlines),
            "short_steps": short_steps(outlines, mine.progress, minutes=SHORT, but=next_step),
            "conversations": recent_topics_of(request.user),
            "to_join": [] if mine.running else courses_to_join(request.user)[:12],
        },
    )


def greeting(now: dt.datetime, name: str) -> str:
    """A greeting that suits the hour: morning from 5, afternoon from 12, evening from 18."""
    if 5 <= now.hour < 12:
        words = _("Good morning, %(name)s")
    elif 12 <= now.hour < 18:
        words = _("Good afternoon, %(name)s")
    else:
        words = _("Good evening, %(name)s")
    return words % {"name": name}


def moment_text(now: dt.datetime) -> str:
    """“Thursday 12 November, 16:10 in London”: the clock that all times on the page go by."""
    words = {
        "weekday": WEEKDAYS[now.weekday()],
        "day": day_text(now.date(), now.date()),
        "time": f"{now:%H:%M}",
        "place": clock_name(),
    }
    if words["place"] == "UTC":
        return _("%(weekday)s %(day)s, %(time)s UTC") % words
    return _("%(weekday)s %(day)s, %(time)s in %(place)s") % words
