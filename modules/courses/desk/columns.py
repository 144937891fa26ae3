"""The columns of the lists of courses, weeks and steps."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr
from django.forms import Media
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.models import Page

from ..models import CourseRole, ModulePage, StepPage
from ..tree import STEP_LENGTH, WEEK_DEPTH
from ..words import days, duration, short_days
from .places import Place, places_of


class PageColumn(BaseColumn):
    """A column with a template of ours. What it says of all rows is asked once for the whole table."""

    @property
    def media(self) -> Media:
        return Media(css={"all": [versioned_static("desk/desk.css")]})

    def facts(self, page: Page, table) -> dict:
        """What the template reads."""
        raise NotImplementedError

    def get_cell_context_data(self, instance: Page, parent_context) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        return context | self.facts(instance, context["table"])


def once(table, name: str, ask):
    """What `ask(pages of the table)` says, asked once for a table."""
    if not hasattr(table, name):
        setattr(table, name, ask(table.data))
    return getattr(table, name)


def place_in(table, page: Page) -> Place | None:
    return once(table, "places", places_of).get(page.pk)


class KindColumn(PageColumn):
    """The page type with its icon."""

    cell_template_name = "modules/courses/desk/kind_cell.html"

    def facts(self, page, table) -> dict:
        model = ContentType.objects.get_for_id(page.content_type_id).model_class()
        return {
            "icon_name": getattr(model, "icon", "doc-empty-inverse"),
            "label": capfirst(model._meta.verbose_name),
        }


class PlaceColumn(PageColumn):
    """Course and week of a step, or the course of a week. Sorting by it is the order of the course."""

    cell_template_name = "modules/courses/desk/place_cell.html"

    def facts(self, page, table) -> dict:
        return {"place": place_in(table, page), "is_step": isinstance(page, StepPage)}


class FirstDayColumn(PageColumn):
    """The day on which a course begins."""

    cell_template_name = "modules/courses/desk/text_cell.html"

    def facts(self, page, table) -> dict:
        day = getattr(page, "starts_on", None)
        return {"text": days(day, day, year=True) if day else ""}


class DaysColumn(PageColumn):
    """The days of a week."""

    cell_template_name = "modules/courses/desk/text_cell.html"

    def facts(self, page, table) -> dict:
        place = place_in(table, page)
        shown = isinstance(page, ModulePage) and place and place.starts_on
        return {"text": short_days(place.starts_on, place.ends_on) if shown else ""}


class MinutesColumn(Column):
    """Minutes; sorted by them while nothing is searched for (they are not in the index)."""

    def get_header_context_data(self, parent_context) -> dict:
        context = super().get_header_context_data(parent_context)
        context["is_orderable"] = not parent_context.get("is_searching")
        return context


class StepsColumn(PageColumn):
    """How many steps a week has, and how long those take that are not optional."""

    cell_template_name = "modules/courses/desk/text_cell.html"

    def facts(self, page, table) -> dict:
        if not isinstance(page, ModulePage):
            return {"text": ""}
        number, minutes = once(table, "steps", _steps_of).get(page.path, (0, 0))
        if not number:
            return {"text": "0"}
        return {"text": f"{number} · {duration(minutes or 0)}"}


def _steps_of(pages) -> dict[str, tuple[int, int]]:
    """Number and minutes of the steps of these weeks, by the week's path. One query."""
    weeks = [page.path for page in pages if isinstance(page, ModulePage)]
    steps = StepPage.objects.annotate(week=Substr("path", 1, WEEK_DEPTH * STEP_LENGTH)).filter(week__in=weeks)
    sums = (
        steps.order_by()
        .values("week")
        .annotate(number=Count("pk"), minutes_needed=Sum("minutes", filter=Q(optional=False)))
    )
    return {row["week"]: (row["number"], row["minutes_needed"]) for row in sums}


class LeadersColumn(PageColumn):
    """Who leads a course."""

    cell_template_name = "modules/courses/desk/text_cell.html"

    def facts(self, page, table) -> dict:
        return {"text": get_text_list(once(table, "leaders", _leaders_of)[page.pk], _("and"))}


def _leaders_of(pages) -> dict[int, list[str]]:
    """The names of who leads these courses, by the course's id. One query."""
    names: dict[int, list[str]] = defaultdict(list)
    roles = CourseRole.objects.filter(course__in=[page.pk for page in pages]).order_by("sort_order")
    for course, name in roles.values_list("course", "person__display_name"):
        names[course].append(name)
    return names


class StateColumn(PageColumn):
    """Draft or live as Wagtail says it and, where that is not all, what readers have of it."""

    cell_template_name = "modules/courses/desk/state_cell.html"

    def facts(self, page, table) -> dict:
        place = place_in(table, page)
        return {
            "place": place,
            "shown": page.live and place is not None,
            "is_step": isinstance(page, StepPage),
        }
