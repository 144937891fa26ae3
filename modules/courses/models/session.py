"""Live sessions: on a day of their week, by the clock of a place."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from community.accounts.models import validate_time_zone

from ..blocks import RecordingBlock
from ..desk.panels import WhenPanel, body_panel, editor, plain, short
from ..desk.widgets import ZoneSelect
from .step import STEP_TEMPLATE, StepPage


class SessionPage(StepPage):
    """A live event, kept as a day of its week and a time by a clock, so that a copied course has its own."""

    day = models.PositiveSmallIntegerField(
        gettext_lazy("day of the week"),
        default=0,
        validators=[MaxValueValidator(366)],
        help_text=gettext_lazy("Days after the week begins: 0 is its first day."),
    )
    starts = models.TimeField(gettext_lazy("starts at"), default=dt.time(17))
    ends = models.TimeField(
        gettext_lazy("ends at"),
        default=dt.time(18),
        help_text=gettext_lazy("Not later than it starts: the day after."),
    )
    session_zone = models.CharField(
        gettext_lazy("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=gettext_lazy("By whose clock. Left empty, the course’s."),
    )
    venue = models.CharField(gettext_lazy("place"), max_length=200, blank=True)
    link = models.URLField(
        gettext_lazy("address to join at"),
        blank=True,
        max_length=500,
        help_text=gettext_lazy("Shown to people of the course only."),
    )
    bring = models.TextField(gettext_lazy("what to bring"), max_length=600, blank=True)
    recording = StreamField(RecordingBlock(), blank=True, verbose_name=gettext_lazy("recording"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        plain("day", gettext_lazy("0 is the first one.")),
                        plain("starts", gettext_lazy("Like 17:00.")),
                        plain("ends", gettext_lazy("If earlier: on the next day.")),
                    ]
                ),
                plain("session_zone", widget=ZoneSelect(empty=gettext_lazy("The course’s"))),
                WhenPanel(),
                FieldPanel("venue", help_text=gettext_lazy("A room, a building, or what one joins with.")),
                plain("link"),
            ],
            heading=gettext_lazy("When and where"),
        ),
        short(),
        FieldPanel("bring"),
        body_panel(gettext_lazy("The text")),
        FieldPanel(
            "recording",
            heading=gettext_lazy("Recording, afterwards"),
            help_text=gettext_lazy("For who could not come. With captions or a transcript."),
        ),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    search_fields = [*StepPage.search_fields, index.SearchField("venue")]
    page_description = gettext_lazy("A live event with its time and place, and its recording afterwards")
    icon = "date"
    template = STEP_TEMPLATE
    part = "modules/courses/steps/session.html"
    styles = ("css/session.css",)

    class Meta:
        verbose_name = gettext_lazy("live session")

    def times(self, course, week) -> tuple[dt.datetime, dt.datetime]:
        """When it starts and ends (UTC), as a step of `week` of `course`."""
        zone = zoneinfo.ZoneInfo(self.session_zone or course.time_zone)
        day = course.starts_on + dt.timedelta(days=week.offset_days + self.day)
        last = day if self.ends > self.starts else day + dt.timedelta(days=1)
        starts, ends = _instant(day, self.starts, zone), _instant(last, self.ends, zone)
        if ends <= starts:  # a copied course has put its start into an hour that the clocks leave out
            ends = starts + (dt.datetime.combine(last, self.ends) - dt.datetime.combine(day, self.starts))
        return starts, ends

    def clean(self) -> None:
        """Raise ValidationError for a time that the clocks of that place leave out on that day."""
        super().clean()
        week = self.page_above()
        course = week.get_parent().specific if week else None
        if course is None or not hasattr(course, "starts_on") or not hasattr(week, "offset_days"):
            return
        try:
            faults = dict(self.clock_faults(course.starts_on, week.offset_days, course.time_zone))
        except (ValueError, zoneinfo.ZoneInfoNotFoundError):
            return  # said by the field
        if faults:
            raise ValidationError(faults)

    def clock_faults(self, start: dt.date, offset_days: int, zone_name: str) -> Iterator[tuple[str, str]]:
        """The field and what is wrong with it for each time that the clocks leave out on its day.

        `start` is the first day of the course, `offset_days` says when the week begins, `zone_name` is the
        zone of the course.
        """
        zone = zoneinfo.ZoneInfo(self.session_zone or zone_name)
        day = start + dt.timedelta(days=offset_days + self.day)
        last = day if self.ends > self.starts else day + dt.timedelta(days=1)
        for name, date, time in (("starts", day, self.starts), ("ends", last, self.ends)):
            if is_left_out(date, time, zone):
                words = _("On %(day)s the clocks of %(zone)s go forward and leave %(time)s out.")
                values = {"day": f"{date:%Y-%m-%d}", "zone": zone.key, "time": f"{time:%H:%M}"}
                yield name, words % values


def is_left_out(day: dt.date, time: dt.time, zone: zoneinfo.ZoneInfo) -> bool:
    """Does the clock of `zone` never show `time` on `day`, because it goes forward over it?"""
    moment = dt.datetime.combine(day, time, tzinfo=zone)
    back = moment.astimezone(dt.UTC).astimezone(zone)
    return back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def _instant(day: dt.date, time: dt.time, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """A time by the clock as an instant. Of two (clocks go back) the first, of none the one after the gap."""
    return dt.datetime.combine(day, time, tzinfo=zone).astimezone(dt.UTC)
