"""A live session as its reader sees it: when, by which clocks, how one joins; and as a file for calendars."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from .access import course_of, leads, sees_closed, week_of
from .lesson import closed_page, lesson_of
from .models import CoursePage, CourseSpace, SessionPage
from .routing import known_site, page_at
from .words import place_of, short_days


class State(StrEnum):
    BEFORE = "before"
    NOW = "now"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """When a session is (UTC), by whose clock it was set, and where it stands at this moment."""

    starts: dt.datetime
    ends: dt.datetime
    zone: zoneinfo.ZoneInfo
    state: State

    @property
    def words(self) -> str:
        """“Thursday 26 November, 17:00 to 17:45 in London; 18:00 for you in Oslo”.

        The second clock is the reader's, where it shows another time; for visitors, of whose clock nothing is
        known, it is that of UTC.
        """
        span = {"span": _span(self.starts, self.ends, self.zone), "place": place_of(self.zone)}
        theirs = get_current_timezone()
        if all(_by(moment, theirs) == _by(moment, self.zone) for moment in (self.starts, self.ends)):
            return _("%(span)s in %(place)s") % span
        there = self.starts.astimezone(theirs)
        is_same_day = there.date() == self.starts.astimezone(self.zone).date()
        span |= {"time": f"{there:%H:%M}" if is_same_day else _moment(there), "here": place_of(theirs)}
        if span["here"] == "UTC":
            return _("%(span)s in %(place)s; %(time)s in UTC") % span
        return _("%(span)s in %(place)s; %(time)s for you in %(here)s") % span

    @property
    def warnings(self) -> list[str]:
        """What to know where a clock shows the time twice that day, or changes while the session is on."""
        starts, ends = self.starts.astimezone(self.zone), self.ends.astimezone(self.zone)
        found = []
        if _comes_twice(starts):
            words = _("Clocks in %(place)s show %(time)s twice that day: it starts the first time.")
            found.append(words % {"place": place_of(self.zone), "time": f"{starts:%H:%M}"})
        if _comes_twice(ends):
            words = _("Clocks in %(place)s show %(time)s twice that day: it ends the first time.")
            found.append(words % {"place": place_of(self.zone), "time": f"{ends:%H:%M}"})
        if not found and starts.utcoffset() != ends.utcoffset():
            found.append(_("Clocks in %(place)s change while it is on.") % {"place": place_of(self.zone)})
        return found

    @property
    def day_words(self) -> str:
        """The day on the reader's clock, short: “Today”, “Tomorrow”, “26 Nov”."""
        day, today = timezone.localdate(self.starts), timezone.localdate()
        if day == today:
            return _("Today")
        if day == today + dt.timedelta(days=1):
            return _("Tomorrow")
        return short_days(day, day)

    @property
    def hour_words(self) -> str:
        """The time at which it starts on the reader's clock: “18:00”."""
        return f"{timezone.localtime(self.starts):%H:%M}"


def times_of(page: SessionPage, course: CoursePage, week, *, at: dt.datetime | None = None) -> SessionTimes:
    """The times of a session of `week` (a page, or an entry of the outline), and its state at `at` (now)."""
    starts, ends = page.times(course, week)
    at = at or timezone.now()
    state = State.BEFORE if at < starts else State.NOW if at < ends else State.OVER
    return SessionTimes(starts, ends, zoneinfo.ZoneInfo(page.session_zone or course.time_zone), state)


def may_join(course: CoursePage, user) -> bool:
    """True for people on the course and who leads it: they are shown where to join. Two queries at most."""
    if not user.is_authenticated:
        return False
    return CourseSpace.objects.filter(course=course, group__user=user).exists() or leads(course, user)


def _comes_twice(local: dt.datetime) -> bool:
    """Do the clocks of its zone show this time again, because they go back over it?"""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _by(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What the clocks of `zone` show at `moment`."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _span(starts: dt.datetime, ends: dt.datetime, zone: dt.tzinfo) -> str:
    """“Thursday 26 November, 17:00 to 17:45”; with the day of the end where it is another."""
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    end = f"{last:%H:%M}" if first.date() == last.date() else _moment(last)
    return _("%(start)s to %(end)s") % {"start": _moment(first), "end": end}


def _moment(local: dt.datetime) -> str:
    """“Thursday 26 November, 17:00”, with the year where it is not this one."""
    words = {
        "weekday": WEEKDAYS[local.weekday()],
        "day": local.day,
        "month": MONTHS[local.month],
        "year": local.year,
        "time": f"{local:%H:%M}",
    }
    if local.year == timezone.localdate().year:
        return _("%(weekday)s %(day)d %(month)s, %(time)s") % words
    return _("%(weekday)s %(day)d %(month)s %(year)d, %(time)s") % words


# The file -----------------------------------------------------------------------------------------------
@require_safe
def session_calendar(request: HttpRequest, page_id: int) -> HttpResponse:
    """A session as an iCalendar file (RFC 5545), for whoever may read its page.

    404 where it is not published. Where an editor made it private for others, the way to the page, which asks
    for what is missing; before its week opens, the page that says when.
    """
    page = _published(request, page_id)
    if not all(rule.accept_request(request) for rule in page.get_view_restrictions()):
        return HttpResponseRedirect(page.get_url())
    lesson = lesson_of(page)
    if not lesson.week.is_open and not sees_closed(page, request.user):
        return closed_page(lesson, request)
    file = calendar_of(page, request)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="session-{page.pk}.ics"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True)
    return response


def _published(request: HttpRequest, page_id: int) -> SessionPage:
    """The session of this id, if it and all above it are published. Raises Http404. Two queries."""
    url_path = SessionPage.objects.filter(pk=page_id).values_list("url_path", flat=True).first()
    site = known_site(request)
    if not url_path or site is None or not url_path.startswith(site.root_page.url_path):
        raise Http404
    page = page_at(site, url_path.removeprefix(site.root_page.url_path))
    if page is None or page.pk != page_id:
        raise Http404
    return page


def calendar_of(page: SessionPage, request: HttpRequest) -> bytes:
    """A calendar with the session. Whoever is not on the course gets no address to join at."""
    course, week = course_of(page), week_of(page)
    address, link = request.build_absolute_uri(page.get_url()), ""
    if page.link:
        link = page.link if may_join(course, request.user) else ""
    starts, ends = page.times(course, week)
    above = (page, week, course)  # a change of any of them may move the session
    changed = max((one.last_published_at for one in above if one.last_published_at), default=timezone.now())
    event = Event()
    event.add("uid", f"session-{page.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", max(one.live_revision_id or 0 for one in above))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", _plain(f"{page.title} ({course.title})"))
    event.add("description", _plain(_description(page, course, request, link)))
    event.add("url", address)
    if place := page.venue or link:
        event.add("location", _plain(place))
    calendar = Calendar()
    calendar.add("prodid", "-//Commonplace//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()


def _description(page: SessionPage, course: CoursePage, request: HttpRequest, link: str) -> str:
    parts = [page.summary]
    if page.bring:
        parts.append(_("Bring: %(what)s") % {"what": page.bring})
    if link:
        parts.append(_("Join at %(link)s") % {"link": link})
    elif page.link:
        door = request.build_absolute_uri(course.get_url())
        parts.append(_("People of the course are shown where to join: %(address)s") % {"address": door})
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _plain(text: str) -> str:
    """`text` with nothing in it that has no place in a calendar: RFC 5545 knows no control characters."""
    lines = text.splitlines()
    return "\n".join("".join(sign for sign in line if sign.isprintable() or sign == "\t") for line in lines)
