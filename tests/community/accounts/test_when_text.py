"""How moments are said."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import timezone, translation

from community.accounts.clock import when_html, when_text

NOW = dt.datetime(2026, 11, 12, 16, 10, tzinfo=dt.UTC)  # a Thursday


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (dt.timedelta(seconds=-20), "just now"),
        (dt.timedelta(0), "just now"),
        (dt.timedelta(seconds=59), "just now"),
        (dt.timedelta(seconds=60), "1 minute ago"),
        (dt.timedelta(minutes=41, seconds=59), "41 minutes ago"),
        (dt.timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (dt.timedelta(hours=1), "1 hour ago"),
        (dt.timedelta(hours=3, minutes=59), "3 hours ago"),
        (dt.timedelta(hours=23, minutes=59), "23 hours ago"),
        (dt.timedelta(days=1), "Wednesday, 16:10"),
        (dt.timedelta(days=6, hours=16), "Friday, 00:10"),
        (dt.timedelta(days=6, hours=17), "5 November, 23:10"),
        (dt.timedelta(days=60), "13 September, 16:10"),
        (dt.timedelta(days=365), "12 November 2025, 16:10"),
        (dt.timedelta(days=-2), "14 November, 16:10"),
    ],
)
def test_a_moment_is_said_as_near_as_it_is(ago, words):
    assert when_text(NOW - ago, NOW) == words


def test_a_moment_is_said_in_the_readers_zone():
    moment = dt.datetime(2026, 11, 9, 23, 30, tzinfo=dt.UTC)
    with timezone.override(zoneinfo.ZoneInfo("Asia/Tokyo")):
        assert when_text(moment, NOW) == "Tuesday, 08:30"
    with timezone.override(zoneinfo.ZoneInfo("America/Santiago")):
        assert when_text(moment, NOW) == "Monday, 20:30"


def test_a_moment_is_said_in_the_readers_language():
    moment = dt.datetime(2026, 11, 9, 19, 5, tzinfo=dt.UTC)
    assert when_text(moment, NOW) == "Monday, 19:05"
    with translation.override("es"):
        assert when_text(moment, NOW) == "lunes, 19:05"


def test_the_element_carries_the_exact_moment():
    html = when_html(dt.datetime(2025, 11, 9, 19, 5, 7, 99, tzinfo=dt.UTC), NOW)
    assert html == '<time datetime="2025-11-09T19:05:07+00:00">9 November 2025, 19:05</time>'
