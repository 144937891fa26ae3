"""Times and dates of a course in words, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

if TYPE_CHECKING:
    from .selectors import CourseOutline


def duration(minutes: int) -> str:
    """“25 min”, “2 h”, “2 h 30 min”."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def pieces(shortest: int, longest: int) -> str:
    """“10 to 40 minutes”: how long the steps of a course are."""
    if shortest == longest:
        return ngettext("%(count)d minute", "%(count)d minutes", longest) % {"count": longest}
    return _("%(shortest)d to %(longest)d minutes") % {"shortest": shortest, "longest": longest}


def run_state(outline: CourseOutline) -> str:
    """Where a course stands: before, in which week, in a break, or over; by the course's own calendar."""
    today = timezone.localdate(timezone=outline.course.zone())
    if now := outline.week_now:
        return _("Week %(number)d of %(total)d is on now") % {
            "number": now.number,
            "total": len(outline.weeks),
        }
    if today < outline.course.starts_on:
        return _("Not begun yet")
    if outline.ends_on and today <= outline.ends_on:
        return _("Between two weeks")
    return _("Has ended, and stays open to read") if outline.weeks else _("Being made")


def days(first: dt.date, last: dt.date, *, year: bool = False) -> str:
    """“9 to 15 November”, “26 October to 1 November”; with the year of the last day, if `year`.

    Where the first day lies in another year, both years are said.
    """
    words = {
        "first": first.day,
        "first_month": MONTHS[first.month],
        "first_year": first.year,
        "last": last.day,
        "last_month": MONTHS[last.month],
        "last_year": last.year,
    }
    if first == last:
        pattern = _("%(last)d %(last_month)s %(last_year)d") if year else _("%(last)d %(last_month)s")
    elif first.year != last.year:
        pattern = _("%(first)d %(first_month)s %(first_year)d to %(last)d %(last_month)s %(last_year)d")
    elif first.month != last.month:
        pattern = (
            _("%(first)d %(first_month)s to %(last)d %(last_month)s %(last_year)d")
            if year
            else _("%(first)d %(first_month)s to %(last)d %(last_month)s")
        )
    else:
        pattern = (
            _("%(first)d to %(last)d %(last_month)s %(last_year)d")
            if year
            else _("%(first)d to %(last)d %(last_month)s")
        )
    return pattern % words


def short_days(first: dt.date, last: dt.date) -> str:
    """“9–15 Nov”, “26 Oct–1 Nov”: for a narrow column."""
    words = {
        "first": first.day,
        "first_month": _short_month(first.month),
        "last": last.day,
        "last_month": _short_month(last.month),
    }
    if first == last:
        return pgettext("short", "%(last)d %(last_month)s") % words
    if (first.year, first.month) != (last.year, last.month):
        return pgettext("short", "%(first)d %(first_month)s–%(last)d %(last_month)s") % words
    return pgettext("short", "%(first)d–%(last)d %(last_month)s") % words


def _short_month(month: int) -> str:
    """“Nov”; “nov” where the language writes the names of months small."""
    name = str(MONTHS_3[month])
    return name.capitalize() if MONTHS[month][0].isupper() else name


def opening(moment: dt.datetime) -> str:
    """“Monday 16 November, 09:00” on the reader's clock."""
    local = moment.astimezone(get_current_timezone())
    return _("%(weekday)s %(day)d %(month)s, %(time)s") % {
        "weekday": WEEKDAYS[local.weekday()],
        "day": local.day,
        "month": MONTHS[local.month],
        "time": f"{local:%H:%M}",
    }


def short_opening(moment: dt.datetime) -> str:
    """“Mon 16, 09:00” on the reader's clock, for a column beside the dates of the week."""
    local = moment.astimezone(get_current_timezone())
    return _("%(weekday)s %(day)d, %(time)s") % {
        "weekday": WEEKDAYS_ABBR[local.weekday()],
        "day": local.day,
        "time": f"{local:%H:%M}",
    }


def clock_name() -> str:
    """Where the reader's clock hangs: “London” for Europe/London, “UTC” for those who have not said."""
    return place_of(get_current_timezone())


def place_of(zone: dt.tzinfo) -> str:
    """The place that a time zone is named after: “Ho Chi Minh”."""
    return str(zone).rpartition("/")[2].replace("_", " ")
