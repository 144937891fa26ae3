"""Moments, in the reader's language and time zone. Cheap enough to be asked sixty times a page."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext, ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def when_text(moment: datetime, now: datetime) -> str:
    """`moment` in words, as seen at `now`; both aware. Zone and language are the active ones.

    Under a minute “just now”, under a day “41 minutes ago”, under a week “Tuesday, 19:05”, then
    “9 November, 19:05”, with the year where it is another one. What lies ahead gets its date.
    """
    seconds = (now - moment).total_seconds()
    if -MINUTE < seconds < MINUTE:
        return gettext("just now")
    if 0 < seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if 0 < seconds < DAY:
        hours = int(seconds // HOUR)
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    zone = get_current_timezone()
    local, today = moment.astimezone(zone), now.astimezone(zone)
    # Days of the calendar, not of 24 hours: on a Tuesday, “Tuesday” must not mean the one a week ago.
    if seconds > 0 and (today.date() - local.date()).days < 7:
        day = _weekday(get_language(), local.weekday())
    else:
        day = day_text(local.date(), today.date())
    return f"{day}, {local.hour:02d}:{local.minute:02d}"


def when_html(moment: datetime, now: datetime) -> SafeString:
    """The same words in a <time> element with the exact moment."""
    stamp = moment.isoformat(timespec="seconds")
    return SafeString(f'<time datetime="{stamp}">{when_text(moment, now)}</time>')


def day_text(day: date, today: date) -> str:
    """“9 November”, with the year where it is not that of `today`."""
    return _date(get_language(), day, day.year != today.year)


@lru_cache(maxsize=4096)
def _date(language: str | None, day: date, with_year: bool) -> str:
    words = {"day": day.day, "month": MONTHS[day.month], "year": day.year}
    if with_year:
        return gettext("%(day)d %(month)s %(year)d") % words
    return gettext("%(day)d %(month)s") % words


@lru_cache(maxsize=256)
def _weekday(language: str | None, weekday: int) -> str:
    return str(WEEKDAYS[weekday])
