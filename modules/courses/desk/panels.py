"""The parts of which the editors of courses, weeks and steps are made."""

from __future__ import annotations

import zoneinfo

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Page

from .talk_input import named_talk
from .widgets import OneLine

STYLES = "desk/desk.css"


class ReadOnlyPanel(Panel):
    """A panel that says something and has no field. `template_name` and `facts` are its subclasses'."""

    class BoundPanel(Panel.BoundPanel):
        @property
        def media(self) -> Media:
            return Media(css={"all": [versioned_static(STYLES)]})

        @property
        def place(self) -> Page:
            """The page itself or, while it has none of its own, the page below which it is being made."""
            return self.instance if self.instance.path else self.form.parent_page

        def facts(self) -> dict:
            """What the template reads."""
            raise NotImplementedError

        def get_context_data(self, parent_context=None) -> dict:
            return super().get_context_data(parent_context) | self.facts()


class WhenPanel(ReadOnlyPanel):
    """When the page's course, week or session takes place, by the course's clock and by the editor's own."""

    class BoundPanel(ReadOnlyPanel.BoundPanel):
        template_name = "modules/courses/desk/when.html"

        def facts(self) -> dict:
            from ..access import course_of, week_of
            from ..models import CoursePage, ModulePage
            from .when import When, course_when, session_when, week_when

            page = self.instance
            try:
                mine = zoneinfo.ZoneInfo(self.request.user.time_zone)
                if isinstance(page, CoursePage):
                    return {"when": course_when(page, mine=mine)}
                course = course_of(self.place)
                if isinstance(page, ModulePage):
                    return {"when": week_when(page, course=course, mine=mine)}
                week = week_of(self.place)
                return {"when": session_when(page, course=course, week=week, mine=mine)}
            except (TypeError, ValueError, OverflowError, zoneinfo.ZoneInfoNotFoundError):
                # What was sent is being refused by the fields; they say why.
                return {"when": When("", [])}


class OutlinePanel(ReadOnlyPanel):
    """The whole course with the way to the editor of each week and step."""

    class BoundPanel(ReadOnlyPanel.BoundPanel):
        template_name = "modules/courses/desk/outline.html"

        def facts(self) -> dict:
            from ..access import course_of
            from ..models import CourseIndexPage
            from .outline import outline_of

            if isinstance(self.place, CourseIndexPage):  # a course that was never saved
                return {"course": None}
            course = course_of(self.place)
            return {"course": course, "weeks": outline_of(course), "here": self.instance.path or ""}


class BodyPanel(FieldPanel):
    """A body. The conversations that it quotes are called by name, as far as the editor may read them."""

    class BoundPanel(FieldPanel.BoundPanel):
        def render_html(self, parent_context=None):
            stream = self.bound_field.value() if self.bound_field else None
            with named_talk(_quoted_in(stream), self.request.user):
                return super().render_html(parent_context)


def _quoted_in(stream) -> list[str]:
    """The addresses of the conversations in a body."""
    return [block.value["address"] for block in stream or () if block.block_type == "thread"]


def body_panel(heading, help_text="") -> BodyPanel:
    """The panel of a page's body."""
    return BodyPanel("body", heading=heading, help_text=help_text)


def short(*more: Panel) -> MultiFieldPanel:
    """What a step is in short: a sentence, minutes and marks; then `more`."""
    return MultiFieldPanel(
        [
            FieldPanel(
                "summary",
                widget=OneLine,
                help_text=_("Shown below the title and in the outline."),
            ),
            FieldRowPanel(
                [
                    plain("minutes", _("How long it takes, for somebody in no hurry.")),
                    plain("optional", _("An optional step never counts against anybody.")),
                ]
            ),
            FieldRowPanel(
                [
                    plain("needs_quiet", _("Not for the desk: a film, or a hard text.")),
                    plain("skimmable", _("Who is short of time may read across it.")),
                    plain("has_audio", _("There is something to listen to on the way home.")),
                ]
            ),
            *more,
        ],
        heading=_("In short"),
    )


def plain(name: str, help_text="", **kwargs) -> FieldPanel:
    """A number, a switch, a choice: there is nothing to discuss about it, and comments are for words."""
    return FieldPanel(name, help_text=help_text, disable_comments=True, **kwargs)


def editor(content: list[Panel], settings: list[Panel]) -> TabbedInterface:
    """The editor of a course, week or step: its content, the outline around it, its address, its settings."""
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList([OutlinePanel(heading=_("The course"), icon="list-ul")], heading=_("Outline")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(settings, heading=_("Settings")),
        ]
    )
