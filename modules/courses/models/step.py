"""The steps of a week, one page type a kind because their fields differ."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from ..belonging import PartOfCourse
from ..blocks import RICH_TEXT, BodyBlock
from ..discussion import CourseDiscussion
from ..serving import LessonServing
from .course import UidField


class StepPage(CourseDiscussion, LessonServing, PartOfCourse, Page):
    """What all steps share, in one table, so that an outline is one query whatever the kinds."""

    uid = UidField()
    summary = models.CharField(_("in a sentence"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MaxValueValidator(1440)])
    needs_quiet = models.BooleanField(_("needs a quiet room"), default=False)
    skimmable = models.BooleanField(_("fine to skim"), default=False)
    has_audio = models.BooleanField(_("can be heard"), default=False)
    optional = models.BooleanField(
        _("optional"), default=False, help_text=_("An optional step never counts against anybody.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    is_creatable = False
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "modules/courses/step.html"
    common_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("optional")]),
                FieldRowPanel([FieldPanel("needs_quiet"), FieldPanel("skimmable"), FieldPanel("has_audio")]),
            ],
            heading=_("Time and place"),
        ),
        FieldPanel("body"),
    ]
    content_panels = [*Page.content_panels, FieldPanel("summary"), *common_panels]
    settings_panels = [FieldPanel("uid"), *Page.settings_panels]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("step")

    def save(self, *args, **kwargs):
        self.uid = self.uid or self.slug or ""
        return super().save(*args, **kwargs)


class LecturePage(StepPage):
    """Something to watch, hear or read in the instructor's voice."""

    video_url = models.URLField(_("address of the video"), blank=True)
    transcript = RichTextField(_("transcript"), blank=True, features=RICH_TEXT)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("video_url"),
        *StepPage.common_panels,
        FieldPanel("transcript"),
    ]
    template = "modules/courses/step.html"
    page_description = _("Lecture notes, with or without a video")

    class Meta:
        verbose_name = _("lecture")


DOI = RegexValidator(
    r"^10\.\d{4,9}/\S+$", _("A DOI begins with “10.” and has a slash, like 10.5860/crl_29_03_178.")
)


def validate_isbn(value: str) -> None:
    """Raise ValidationError unless `value` is an ISBN-10 or ISBN-13 with a right check digit (ISO 2108)."""
    digits = value.replace("-", "").replace(" ", "").upper()
    if len(digits) == 13 and digits.isdigit():
        good = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    elif len(digits) == 10 and digits[:9].isdigit() and (digits[9].isdigit() or digits[9] == "X"):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        good = sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
    else:
        good = False
    if not good:
        raise ValidationError(_("“%(value)s” is not a valid ISBN."), params={"value": value})


class ReadingPage(StepPage):
    """Something to read: a published work with its citation, or a text that stands here in full."""

    class Access(models.TextChoices):
        HERE = "here", _("In full on this page")
        OPEN = "open", _("Open access")
        PERMISSION = "permission", _("Shared with permission")
        CLOSED = "closed", _("In a library")

    work_authors = models.TextField(
        _("authors"), blank=True, max_length=1000, help_text=_("One to a line: Family name, Given names.")
    )
    work_title = models.CharField(_("title of the work"), max_length=400, blank=True)
    container_title = models.CharField(_("journal or book"), max_length=300, blank=True)
    volume = models.CharField(_("volume"), max_length=20, blank=True)
    issue = models.CharField(_("issue"), max_length=20, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MaxValueValidator(2199)]
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[DOI])
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True, validators=[validate_isbn])
    work_url = models.URLField(_("address of the work"), blank=True, max_length=500)
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.HERE)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("work_authors"),
                FieldPanel("work_title"),
                FieldPanel("container_title"),
                FieldRowPanel([FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("publisher")]),
                FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                FieldPanel("work_url"),
                FieldPanel("access"),
            ],
            heading=_("The work"),
        ),
        *StepPage.common_panels,
    ]
    template = "modules/courses/step.html"
    page_description = _("A work to read elsewhere, or a text in full")

    class Meta:
        verbose_name = _("reading")

    @property
    def authors(self) -> list[str]:
        """The authors, `Family, Given`, in the order of the work."""
        return [line.strip() for line in self.work_authors.splitlines() if line.strip()]

    @property
    def link(self) -> str:
        """Where the work can be had: its DOI as an address (ISO 26324), else its own; empty if neither."""
        return f"https://doi.org/{self.doi}" if self.doi else self.work_url


class ActivityPage(StepPage):
    """One thing to do, answered in its conversation."""

    prompt = models.TextField(_("what to do"), max_length=2000, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("prompt"),
        *StepPage.common_panels,
    ]
    template = "modules/courses/step.html"
    page_description = _("Something to do, answered in the conversation")

    class Meta:
        verbose_name = _("activity")


class Kind(NamedTuple):
    """How a kind of step speaks: its name in text folders, its verb in an outline, its icon."""

    name: str
    model: type[StepPage]
    verb: str
    label: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("lecture", LecturePage, _("Lecture"), _("Lecture")),
        Kind("reading", ReadingPage, _("Read"), _("Reading")),
        Kind("activity", ActivityPage, _("Activity"), _("Activity")),
    )
}


def kind_of(content_type_id: int) -> Kind:
    """The kind of a step from its content type id. Raises KeyError for a page that is no step."""
    return KINDS[ContentType.objects.get_for_id(content_type_id).model.removesuffix("page")]
