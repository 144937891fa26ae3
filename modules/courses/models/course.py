"""A course is a run: it has dates. Run again means a copy of the tree with another start."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from community.accounts.models import CLOTHS, validate_time_zone

from ..blocks import BodyBlock
from ..serving import CourseServing, IndexServing

CLOTH_CHOICES = [(cloth, cloth) for cloth in CLOTHS]


def validate_start(value: dt.date) -> None:
    """Raise ValidationError for a date outside the years that calendars and databases agree on."""
    from django.core.exceptions import ValidationError

    if not 1990 <= value.year <= 2199:
        raise ValidationError(_("The year must lie between 1990 and 2199."))


class UidField(models.SlugField):
    """A name that survives renaming and copying: what text folders, records and exports call this page."""

    def __init__(self, **kwargs):
        options = {
            "max_length": 64,
            "blank": True,
            "verbose_name": _("uid"),
            "help_text": _("The name of this page in a course folder. Left empty, one is made."),
        }
        super().__init__(**(options | kwargs))


class CourseIndexPage(IndexServing, Page):
    """The list of courses at /courses/."""

    intro = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = "modules/courses/course_index.html"
    page_description = _("The list of courses")

    class Meta:
        verbose_name = _("list of courses")


class CoursePage(CourseServing, Page):
    """A course, once, from a date on."""

    uid = UidField()
    lede = models.TextField(_("in a sentence or two"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("what it is"))
    cloth = models.CharField(_("cloth"), max_length=12, choices=CLOTH_CHOICES, default="bottle")
    starts_on = models.DateField(_("starts on"), validators=[validate_start])
    time_zone = models.CharField(
        _("time zone of the course"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Weeks open at midnight of this zone."),
    )
    hours_per_week = models.PositiveSmallIntegerField(
        _("hours a week"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    visitors_read_conversations = models.BooleanField(
        _("visitors may read the conversations"),
        default=False,
        help_text=_("Writing always needs an account and a place in the course."),
    )
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        MultiFieldPanel(
            [FieldPanel("starts_on"), FieldPanel("time_zone"), FieldPanel("hours_per_week")],
            heading=_("When"),
        ),
        FieldPanel("body"),
        InlinePanel("roles", heading=_("Who leads it"), label=_("Person")),
    ]
    settings_panels = [
        FieldPanel("cloth"),
        FieldPanel("visitors_read_conversations"),
        FieldPanel("uid"),
        *Page.settings_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("lede"), index.FilterField("starts_on")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "modules/courses/course.html"
    page_description = _("A course with a start date; its weeks lie below it")

    class Meta:
        verbose_name = _("course")

    def zone(self) -> zoneinfo.ZoneInfo:
        """The course's time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def midnight(self, offset_days: int) -> dt.datetime:
        """The instant (UTC) at which day `offset_days` of the course begins in the course's zone.

        Where a clock change leaves that midnight out, the day begins with the first minute that exists
        (PEP 495: fold=0 of a gap converts with the offset before it).
        """
        day = self.starts_on + dt.timedelta(days=offset_days)
        return dt.datetime.combine(day, dt.time(), tzinfo=self.zone()).astimezone(dt.UTC)

    def save(self, *args, **kwargs):
        self.uid = self.uid or self.slug or ""
        return super().save(*args, **kwargs)


class CourseRole(Orderable):
    """Who leads a course. The role's name is shown beside what the person writes in it."""

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", _("Instructor")
        MENTOR = "mentor", _("Mentor")

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_roles"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    about = models.CharField(_("in a sentence"), max_length=240, blank=True)

    panels = [FieldPanel("person", heading=_("Person")), FieldPanel("role"), FieldPanel("about")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="courserole_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"


class CourseSpace(models.Model):
    """What publishing a course makes: its category of forums and its access group.

    Both outlive the page: conversations stay, and the people who took part can still read them.
    """

    course = models.OneToOneField(CoursePage, null=True, on_delete=models.SET_NULL, related_name="space")
    category = models.OneToOneField("forum.Forum", on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.category)
