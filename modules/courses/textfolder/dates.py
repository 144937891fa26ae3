"""Days as people type them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_day(text: str) -> dt.date:
    """The day written as year-month-day (ISO 8601). Raises ValueError with words for whoever typed it."""
    found = DAY.fullmatch(text.strip())
    if not found:
        words = _("“%(text)s” is not a day. Write year, month and day, like 2027-03-01.")
        raise ValueError(words % {"text": text[:40]})
    year, month, day = map(int, found.groups())
    if year < dt.MINYEAR:
        raise ValueError(_("There is no year 0."))
    if not 1 <= month <= 12:
        raise ValueError(_("There is no month %(month)d: a year has twelve.") % {"month": month})
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        words = _("There is no %(day)d %(month)s %(year)d.")
        raise ValueError(words % {"day": day, "month": MONTHS[month], "year": year})
    return dt.date(year, month, day)
