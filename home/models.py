"""The front door, and pages that belong to no course."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from modules.courses.blocks import BodyBlock
from modules.courses.serving import Served


class HomePage(Served, Page):
    """The landing page. It shows one course, and what people talk about."""

    lede = models.TextField(_("in a sentence or two"), max_length=600, blank=True)
    featured_course = models.ForeignKey(
        "courses.CoursePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("course to show"),
    )

    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("featured_course")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "home/home.html"
    page_description = _("The landing page")

    class Meta:
        verbose_name = _("landing page")

    def get_context(self, request, *args, **kwargs) -> dict:
        from .selectors import home_context

        return super().get_context(request, *args, **kwargs) | home_context(self, request)


class EditorialPage(Served, Page):
    """A page of text: house rules, privacy, accessibility. Shown in the footer where it says so."""

    lede = models.TextField(_("in a sentence or two"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/editorial.html"
    page_description = _("A page of text such as house rules or privacy")

    class Meta:
        verbose_name = _("editorial page")
