"""A course is a run: it has dates. Run again means a copy of the tree with another start."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from community.accounts.models import CLOTHS, User, validate_time_zone

from ..belonging import uid_from
from ..blocks import BodyBlock
from ..desk.panels import WhenPanel, body_panel, editor, plain
from ..desk.widgets import OneLine, ZoneSelect
from ..serving import CourseServing, IndexServing

CLOTH_CHOICES = [(cloth, cloth) for cloth in CLOTHS]


def validate_start(value: dt.date) -> None:
    """Raise ValidationError for a date outside the years that calendars and databases agree on."""
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

    ADDRESS = "courses"  # what a course shows beside its pages has addresses below it (urls.py)

    intro = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = "modules/courses/course_index.html"
    page_description = _("The list of courses")
    icon = "list-ul"

    class Meta:
        verbose_name = _("list of courses")

    def clean(self) -> None:
        """Raise ValidationError for another address."""
        super().clean()
        if self.slug and self.slug != self.ADDRESS:
            raise ValidationError({"slug": _("The list of courses stands at /courses/.")})


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
        MultiFieldPanel(
            [FieldPanel("lede", help_text=_("Shown in the list of courses and at the top of its page."))],
            heading=_("In short"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        plain("starts_on", _("The weeks count from this day.")),
                        plain("time_zone", widget=ZoneSelect),
                    ]
                ),
                WhenPanel(),
                plain("hours_per_week", _("What somebody should keep free, all steps together.")),
            ],
            heading=_("When"),
        ),
        InlinePanel(
            "roles",
            heading=_("Who leads it"),
            label=_("Person"),
            help_text=_(
                "They read every week before it opens. To edit pages, one is in the group Instructors."
            ),
        ),
        body_panel(_("What it is"), _("What the course is about, and whom it is for.")),
    ]
    settings_panels = [
        plain("visitors_read_conversations"),
        plain("cloth", _("The colour of the course.")),
        plain("uid"),
        *Page.settings_panels,
    ]
    edit_handler = editor(content_panels, settings_panels)
    search_fields = [*Page.search_fields, index.SearchField("lede"), index.FilterField("starts_on")]
    exclude_fields_in_copy = ["import_digest"]  # no import made the copy
    search_auto_update = False  # indexing.py sees to it
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "modules/courses/course.html"
    page_description = _("A course with a start date; its weeks lie below it")
    icon = "clipboard-list"

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
        if not self.slug:
            self.minimal_clean()  # makes the slug
        self.uid = self.uid or uid_from(self.slug)
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

    panels = [
        FieldPanel("person", heading=_("Person")),
        FieldPanel("role"),
        FieldPanel("about", widget=OneLine, help_text=_("Beside their name, on the page of the course.")),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="courserole_once_per_person"),
        ]

    def clean(self) -> None:
        """Raise ValidationError for a person who does not take part, unless they lead the course already."""
        super().clean()
        if not self.person_id or User.objects.present().filter(pk=self.person_id).exists():
            return
        if not CourseRole.objects.filter(pk=self.pk, person=self.person_id).exists():
            raise ValidationError({"person": _("Choose somebody who takes part here.")})

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
