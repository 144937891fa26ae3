"""The steps of a week, one page type a kind because their fields differ."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from ..belonging import PartOfCourse
from ..blocks import BodyBlock, QuizBlock, RecordingBlock, SlidesBlock, SurveyBlock
from ..desk.panels import body_panel, editor, plain, short
from ..desk.widgets import OneLine
from ..discussion import CourseDiscussion
from ..serving import LessonServing
from .course import UidField

STEP_TEMPLATE = "modules/courses/step.html"  # said by each kind: Wagtail's classes do not inherit it


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
    template = STEP_TEMPLATE
    part = "modules/courses/steps/reading.html"  # what the step shows between its head and its foot
    styles: tuple[str, ...] = ()  # files under static/ that this part needs
    content_panels = [*Page.content_panels, short(), body_panel(_("The text"))]
    settings_panels = [plain("uid"), *Page.settings_panels]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("step")

    def clean(self) -> None:
        """Raises ValidationError on a step that would be required in a catch-up week."""
        super().clean()
        if not self.optional and getattr(self.page_above(), "is_catch_up", False):
            words = gettext("Its week is a catch-up week: what stands in it is optional.")
            raise ValidationError({"optional": words})


class LecturePage(StepPage):
    """Something to watch, hear or read in the instructor's voice."""

    recording = StreamField(RecordingBlock(), blank=True, verbose_name=_("recording"))
    slides = StreamField(SlidesBlock(), blank=True, verbose_name=_("slides"))
    slides_file = models.ForeignKey(
        "media.CourseDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("slides as a file"),
    )

    content_panels = [
        *Page.content_panels,
        short(),
        FieldPanel(
            "recording",
            heading=_("Film or sound"),
            help_text=_("Upload it with captions and a transcript, or say where it lies."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("slides", help_text=_("Shown one by one, each with its words beside it.")),
                plain("slides_file", _("To take along: a PDF, or what you made them with.")),
            ],
            heading=_("Slides"),
        ),
        body_panel(_("Lecture notes"), _("For who reads rather than listens.")),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    search_fields = [
        *StepPage.search_fields,
        index.SearchField("recording"),
        index.SearchField("slides"),
    ]
    page_description = _("A film, a sound recording, slides or notes: something told by you")
    icon = "media"
    template = STEP_TEMPLATE
    part = "modules/courses/steps/lecture.html"
    styles = ("css/lecture.css",)

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

    class WorkKind(models.TextChoices):
        ARTICLE = "article", _("Article in a journal")
        BOOK = "book", _("Book")
        CHAPTER = "chapter", _("Chapter of a book")
        REPORT = "report", _("Report")
        THESIS = "thesis", _("Thesis")
        STANDARD = "standard", _("Standard")
        WEBPAGE = "webpage", _("Page on the web")

    work_kind = models.CharField(_("kind of work"), max_length=12, choices=WorkKind.choices, blank=True)
    work_authors = models.TextField(
        _("authors"), blank=True, max_length=1000, help_text=_("One to a line: Family name, Given names.")
    )
    work_editors = models.TextField(
        _("editors"), blank=True, max_length=1000, help_text=_("One to a line: Family name, Given names.")
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
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[DOI])
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True, validators=[validate_isbn])
    work_url = models.URLField(_("address of the work"), blank=True, max_length=500)
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.HERE)
    work_file = models.ForeignKey(
        "media.CourseDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("the work as a file"),
        help_text=_("Only where you may share it."),
    )
    read_aloud = models.ForeignKey(
        "media.CourseMedia",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"type": "audio"},
        verbose_name=_("read aloud"),
    )

    content_panels = [
        *Page.content_panels,
        short(),
        MultiFieldPanel(
            [
                plain("work_kind"),
                plain("work_authors"),
                plain("work_title", widget=OneLine),
                plain("container_title"),
                plain("work_editors"),
                FieldRowPanel([plain("volume"), plain("issue"), plain("pages")]),
                FieldRowPanel([plain("publisher"), plain("year"), plain("edition")]),
                FieldRowPanel([plain("doi"), plain("isbn")]),
            ],
            heading=_("The work"),
            help_text=_(
                "What the citation of a published work needs. For a text of your own, leave it empty."
            ),
        ),
        MultiFieldPanel(
            [
                plain("access"),
                plain("work_url", _("Where it has no DOI: its own address, or its record in a catalogue.")),
                plain("work_file"),
                MediaChooserPanel("read_aloud", media_type="audio"),
            ],
            heading=_("How to get it"),
        ),
        body_panel(_("The text"), _("The text itself, or what one should know before reading the work.")),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    search_fields = [
        *StepPage.search_fields,
        index.SearchField("work_title"),
        index.SearchField("work_authors"),
    ]
    page_description = _("A work to read elsewhere, or a text in full")
    icon = "doc-full"
    template = STEP_TEMPLATE

    class Meta:
        verbose_name = _("reading")

    @property
    def authors(self) -> list[str]:
        """The authors, `Family, Given`, in the order of the work."""
        return lines_of(self.work_authors)

    @property
    def editors(self) -> list[str]:
        """The same for the editors."""
        return lines_of(self.work_editors)

    @property
    def link(self) -> str:
        """Where the work can be had: its DOI as an address (ISO 26324), else its own; empty if neither."""
        return f"https://doi.org/{self.doi}" if self.doi else self.work_url


class ActivityPage(StepPage):
    """One thing to do, answered in its conversation."""

    prompt = models.TextField(_("what to do"), max_length=2000, blank=True)

    content_panels = [
        *Page.content_panels,
        short(),
        FieldPanel(
            "prompt",
            help_text=_("Set apart on the page. What people did, they tell in the conversation below."),
        ),
        body_panel(_("The text")),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    page_description = _("Something to do, answered in the conversation")
    icon = "edit"
    template = STEP_TEMPLATE
    part = "modules/courses/steps/activity.html"

    class Meta:
        verbose_name = _("activity")


class QuizPage(StepPage):
    """A self-check. Answers are kept for who gave them; nobody is shown a score."""

    questions = StreamField(QuizBlock(), verbose_name=_("questions"))
    tries = models.PositiveSmallIntegerField(
        _("how often one may check"),
        default=0,
        validators=[MaxValueValidator(99)],
        help_text=_("0: as often as one likes."),
    )

    content_panels = [
        *Page.content_panels,
        short(),
        body_panel(_("Before the questions")),
        FieldPanel("questions"),
        plain("tries"),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    search_fields = [*StepPage.search_fields, index.SearchField("questions")]
    page_description = _("Questions with an answer, checked at once")
    icon = "help"
    template = STEP_TEMPLATE
    part = "modules/courses/steps/quiz.html"
    styles = ("css/quiz.css",)

    class Meta:
        verbose_name = _("self-check")


class SurveyPage(StepPage):
    """Questions without a right answer, counted."""

    class Results(models.TextChoices):
        CLOSED = "closed", _("Kept for the instructors")
        OPEN = "open", _("Shown to everybody in the course")

    questions = StreamField(SurveyBlock(), verbose_name=_("questions"))
    anonymous = models.BooleanField(
        _("anonymous"),
        default=True,
        help_text=_(
            "Answers are kept without names and cannot be changed. Only that somebody answered is kept."
        ),
    )
    results = models.CharField(_("results"), max_length=8, choices=Results.choices, default=Results.CLOSED)

    content_panels = [
        *Page.content_panels,
        short(),
        body_panel(_("Before the questions")),
        FieldPanel("questions"),
        MultiFieldPanel([plain("anonymous"), plain("results")], heading=_("Answers")),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    search_fields = [*StepPage.search_fields, index.SearchField("questions")]
    page_description = _("Questions about the course or the people in it, counted")
    icon = "form"
    template = STEP_TEMPLATE
    part = "modules/courses/steps/survey.html"
    styles = ("css/form.css", "css/table.css", "css/survey.css")

    class Meta:
        verbose_name = _("survey")

    def clean(self) -> None:
        """Raises ValidationError where answers are there already that were given with, or without, a name.

        They belong to an app that builds on this one, so they are asked for by the name of the relation.
        """
        super().clean()
        sheets = getattr(self, "survey_sheets", None) if self.pk else None
        if sheets and sheets.filter(person__isnull=not self.anonymous).exists():
            words = (
                _("People have answered this with their names. For answers without names, make a new survey.")
                if self.anonymous
                else _("People have answered this without a name. To ask for names, make a new survey.")
            )
            raise ValidationError({"anonymous": words})


class WrapUpPage(StepPage):
    """The host's look back at a week: threads of it with the host's words, each with the way there."""

    content_panels = [
        *Page.content_panels,
        short(),
        body_panel(_("The text"), _("Quote threads with the block “Conversation”.")),
    ]
    edit_handler = editor(content_panels, StepPage.settings_panels)
    page_description = _("A look back at the week, with its threads")
    icon = "history"
    template = STEP_TEMPLATE
    part = "modules/courses/steps/wrap_up.html"

    class Meta:
        verbose_name = _("wrap-up")


def lines_of(text: str) -> list[str]:
    """The lines of `text` that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]
