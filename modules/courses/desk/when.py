"""When something takes place, by every clock that matters to who edits it."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _


class Line(NamedTuple):
    """One clock: where it hangs, whose it is, and what it shows."""

    place: str
    whose: str
    time: str


class When(NamedTuple):
    """What a page says of its time: a sentence, the same moment by several clocks, a sentence more."""

    sentence: str
    lines: list[Line]
    note: str = ""


Clock = tuple[str, zoneinfo.ZoneInfo]


def course_when(course, *, mine: zoneinfo.ZoneInfo) -> When:
    """When a course begins, how many weeks it has and on which day the last one ends. One query."""
    from ..models import ModulePage

    if not course.starts_on:
        return When(_("This is said as soon as the course has a first day."), [])
    lines = clock_lines(course.midnight(0), None, _clocks(course, mine))
    weeks = ModulePage.objects.child_of(course).values_list("offset_days", "length_days") if course.pk else []
    ends = [offset + length - 1 for offset, length in weeks]
    note = ""
    if ends:
        last = course.starts_on + dt.timedelta(days=max(ends))
        note = _("The last of its weeks (%(count)d) ends on %(day)s.") % {
            "count": len(ends),
            "day": day_text(last),
        }
    return When(_("The course begins:"), lines, note)


def week_when(week, *, course, mine: zoneinfo.ZoneInfo) -> When:
    """When a week opens and on which day it ends."""
    opens = course.midnight(week.offset_days)
    last = course.starts_on + dt.timedelta(days=week.offset_days + week.length_days - 1)
    values = {"day": day_text(last), "course": course.title}
    note = (
        _("It is open, and ends on %(day)s.")
        if opens <= timezone.now()
        else _("Before that, only who leads the course reads it. It ends on %(day)s.")
    )
    return When(
        _("The week opens:"),
        clock_lines(opens, None, _clocks(course, mine)),
        note % values,
    )


def session_when(session, *, course, week, mine: zoneinfo.ZoneInfo) -> When:
    """When a live session begins and ends."""
    starts, ends = session.times(course, week)
    clocks = _clocks(course, mine)
    if session.session_zone:
        clocks = [(_("the session’s clock"), zoneinfo.ZoneInfo(session.session_zone)), *clocks]
    outside = session.day >= week.length_days
    note = _("That day lies after the end of the week.") if outside else ""
    return When(_("The session takes place:"), clock_lines(starts, ends, clocks), note)


def _clocks(course, mine: zoneinfo.ZoneInfo) -> list[Clock]:
    return [(_("the course’s clock"), course.zone()), (_("your clock"), mine)]


def clock_lines(starts: dt.datetime, ends: dt.datetime | None, clocks: Iterable[Clock]) -> list[Line]:
    """A moment (or a span) by each of these clocks; those that hang in one zone share a line."""
    owners: dict[str, list[str]] = {}
    for whose, zone in clocks:
        owners.setdefault(zone.key, []).append(str(whose))
    return [
        Line(
            place=key.rpartition("/")[2].replace("_", " "),
            whose=get_text_list(names, _("and")),
            time=span_text(starts, ends, zoneinfo.ZoneInfo(key)),
        )
        for key, names in owners.items()
    ]


def span_text(starts: dt.datetime, ends: dt.datetime | None, zone: zoneinfo.ZoneInfo) -> str:
    """“Monday 16 November 2026, 17:00–18:00”; without an end, “Monday 16 November 2026, 17:00”."""
    first = starts.astimezone(zone)
    text = f"{day_text(first.date())}, {first:%H:%M}"
    if ends is None:
        return text
    last = ends.astimezone(zone)
    if last.date() == first.date():
        return f"{text}–{last:%H:%M}"
    return f"{text} – {day_text(last.date())}, {last:%H:%M}"


def day_text(day: dt.date) -> str:
    """“Monday 16 November 2026”."""
    return _("%(weekday)s %(day)d %(month)s %(year)d") % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": MONTHS[day.month],
        "year": day.year,
    }
