"""A week of a course, and the forum that goes with it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..belonging import PartOfCourse
from ..blocks import BodyBlock
from ..desk.forms import WeekForm
from ..desk.panels import WhenPanel, body_panel, editor, plain
from ..desk.widgets import OneLine
from ..discussion import CourseDiscussion
from ..serving import LessonServing
from .course import CLOTH_CHOICES, CoursePage, UidField

TAKEN_BY_COURSE = {"people", "readings"}


class ModulePage(CourseDiscussion, LessonServing, PartOfCourse, Page):
    """A week: opening text, what one can do afterwards, the question, and its steps below it.

    `opens_at` is kept from the course's start and zone (`schedule.reschedule`), so that "which weeks are
    closed" is a query; whether a week is open is always computed when it is read.
    """

    uid = UidField()
    offset_days = models.IntegerField(
        _("begins on day"),
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(3660)],
        help_text=_("Days after the start of the course: 0, 7, 14 …"),
    )
    length_days = models.PositiveSmallIntegerField(
        _("lasts days"), default=7, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    opens_at = models.DateTimeField(null=True, editable=False, db_index=True)
    cloth = models.CharField(_("cloth"), max_length=12, choices=CLOTH_CHOICES, default="bottle")
    hint = models.CharField(_("line in the list of weeks"), max_length=160, blank=True)
    lede = models.TextField(_("in a sentence or two"), max_length=600, blank=True)
    outcomes = models.TextField(
        _("by the end you can"), blank=True, max_length=1200, help_text=_("One to a line.")
    )
    question = models.CharField(_("question of the week"), max_length=240, blank=True)
    is_catch_up = models.BooleanField(
        _("catch-up week"),
        default=False,
        help_text=_("A week without new steps, for who is behind or tired. What it holds is optional."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("opening text"))
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(
                    "hint",
                    widget=OneLine,
                    help_text=_("Everybody reads it in the list of weeks, before the week opens too."),
                ),
                FieldPanel("lede", help_text=_("At the top of the week’s page.")),
            ],
            heading=_("In short"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        plain("offset_days", _("Days after the start of the course: 0, 7, 14 …")),
                        plain("length_days", _("Most often 7. Weeks may overlap.")),
                    ]
                ),
                WhenPanel(),
                plain("is_catch_up"),
            ],
            heading=_("When"),
        ),
        FieldPanel("outcomes", heading=_("What people take along: by the end you can")),
        FieldPanel(
            "question",
            widget=OneLine,
            help_text=_("One question that nobody has answered yet. It opens the conversation of the week."),
        ),
        body_panel(_("Opening text")),
    ]
    settings_panels = [plain("cloth", _("The colour of the week.")), plain("uid"), *Page.settings_panels]
    edit_handler = editor(content_panels, settings_panels)
    base_form_class = WeekForm
    search_fields = [*Page.search_fields, index.SearchField("lede"), index.FilterField("opens_at")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = [
        "courses.LecturePage",
        "courses.ReadingPage",
        "courses.ActivityPage",
        "courses.SessionPage",
        "courses.QuizPage",
        "courses.SurveyPage",
        "courses.WrapUpPage",
    ]
    template = "modules/courses/week.html"
    page_description = _("A week of the course; its steps lie below it")
    icon = "calendar-alt"

    class Meta:
        verbose_name = _("week")

    def clean(self) -> None:
        """Raise ValidationError for an address that the course itself has."""
        super().clean()
        if self.slug in TAKEN_BY_COURSE:
            words = _("“%(slug)s” is the address of another part of the course.")
            raise ValidationError({"slug": words % {"slug": self.slug}})

    @property
    def outcome_list(self) -> list[str]:
        """The outcomes, one string each, without empty lines."""
        return [line.strip() for line in self.outcomes.splitlines() if line.strip()]

    @property
    def is_open(self) -> bool:
        """True from the instant on at which the week opens for everyone."""
        return self.opens_at is not None and self.opens_at <= timezone.now()

    def save(self, *args, **kwargs):
        parent = self.get_parent() if self.path else None
        course = parent.specific if parent else None
        if isinstance(course, CoursePage):
            self.opens_at = course.midnight(self.offset_days)
        return super().save(*args, **kwargs)


class WeekForum(models.Model):
    """The forum of a week. It stays when the week's page goes."""

    week = models.OneToOneField(ModulePage, null=True, on_delete=models.SET_NULL, related_name="week_forum")
    forum = models.OneToOneField("forum.Forum", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.forum)
