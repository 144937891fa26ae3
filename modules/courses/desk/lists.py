"""The lists of courses, weeks and steps: flat ones in the menu, and those below a page.

In a course's order, with what an instructor looks for. The number of queries does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, ModelMultipleChoiceFilter
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, NavigateToChildrenColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from ..models import KINDS, CoursePage, ModulePage, StepPage
from .columns import (
    DaysColumn,
    FirstDayColumn,
    KindColumn,
    LeadersColumn,
    MinutesColumn,
    PlaceColumn,
    StateColumn,
    StepsColumn,
)

TITLE = PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
SELECT = BulkActionsColumn("bulk_actions")
STATE = StateColumn("status", label=_("State"), sort_key="live", width="11%")
EDITED = DateColumn(
    "latest_revision_created_at", label=_("Last edited"), sort_key="latest_revision_created_at", width="11%"
)
# Wagtail leaves a column of this name out where it lists what lies below one page.
PLACE = "parent"

COURSE_COLUMNS = [
    SELECT,
    TITLE,
    FirstDayColumn("starts_on", label=_("First day"), sort_key="starts_on", width="14%"),
    Column("numchild", label=_("Weeks"), width="8%"),
    LeadersColumn("leaders", label=_("Who leads it"), width="18%"),
    STATE,
    EDITED,
]
WEEK_COLUMNS = [
    SELECT,
    TITLE,
    PlaceColumn(PLACE, label=_("Course"), sort_key="path", width="16%"),
    DaysColumn("days", label=_("Days"), width="11%"),
    StepsColumn("steps", label=_("Steps"), width="10%"),
    STATE,
    EDITED,
]
STEP_COLUMNS = [
    SELECT,
    TITLE,
    KindColumn("kind", label=_("Kind"), width="11%"),
    PlaceColumn(PLACE, label=_("Week"), sort_key="path", width="17%"),
    MinutesColumn("minutes", label=_("Minutes"), sort_key="minutes", width="7%"),
    Column(
        "optional",
        label=_("Optional"),
        accessor=lambda page: _("Yes") if getattr(page, "optional", False) else "",
        width="7%",
    ),
    STATE,
    EDITED,
]


def _courses(request: HttpRequest) -> QuerySet[CoursePage]:
    """The courses that somebody finds in the lists."""
    explorable = page_permission_policy.explorable_instances(request.user)
    return CoursePage.objects.filter(pk__in=explorable.values("pk")).order_by("-starts_on", "-pk")


def _kinds(request: HttpRequest) -> QuerySet[ContentType]:
    kinds = ContentType.objects.get_for_models(*(kind.model for kind in KINDS.values()))
    return ContentType.objects.filter(pk__in=[kind.pk for kind in kinds.values()])


class CourseFilter(ModelMultipleChoiceFilter):
    def get_filter_predicate(self, course: CoursePage) -> dict[str, str]:
        return {"path__startswith": course.path}


class PageFilters(WagtailFilterSet):
    live = ChoiceFilter(
        label=_("State"),
        empty_label=_("Any"),
        choices=[("True", _("Published")), ("False", _("Draft"))],
        widget=RadioSelect,
    )

    class Meta:
        model = Page
        fields: list[str] = []


class WeekFilters(PageFilters):
    course = CourseFilter(label=_("Course"), queryset=_courses, widget=CheckboxSelectMultiple)


class KindFilters(PageFilters):
    content_type = MultipleContentTypeFilter(label=_("Kind"), queryset=_kinds, widget=CheckboxSelectMultiple)


class StepFilters(KindFilters, WeekFilters):
    pass


class Sorted:
    """For Wagtail's views: while something is searched for, sorted only by what is in the index."""

    UNINDEXED = {"minutes", "starts_on"}

    def get_valid_orderings(self) -> list[str]:
        valid = super().get_valid_orderings()
        return (
            [name for name in valid if name.lstrip("-") not in self.UNINDEXED] if self.is_searching else valid
        )


class Flat(Sorted, IndexView):
    """All pages of a kind, whatever course they are in."""

    template_name = "modules/courses/desk/list.html"


class Uses(Sorted, ContentTypeUseView):
    """All pages of one type."""

    template_name = "modules/courses/desk/list.html"


class Below(Sorted, ExplorableIndexView):
    """What lies directly below a page. Searching goes through all that lies below it."""

    template_name = "modules/courses/desk/below.html"

    def get_base_queryset(self) -> QuerySet[Page]:
        if self.is_searching:
            self.model = Page
        return super().get_base_queryset()


class ForEditors(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_has_any_page_permission(request.user)


class FlatList(PageListingViewSet):
    index_view_class = Flat
    menu_item_class = ForEditors
    ordering = "path"


class CourseList(FlatList):
    model = CoursePage
    icon = CoursePage.icon
    menu_label = _("All courses")
    columns = [*COURSE_COLUMNS, NavigateToChildrenColumn("navigate", width="6%")]
    filterset_class = PageFilters
    ordering = "-starts_on"


class WeekList(FlatList):
    model = ModulePage
    icon = ModulePage.icon
    menu_label = _("Weeks")
    columns = [*WEEK_COLUMNS, NavigateToChildrenColumn("navigate", width="6%")]
    filterset_class = WeekFilters


class StepList(FlatList):
    model = StepPage
    icon = "list-ol"
    menu_label = _("Steps")
    columns = STEP_COLUMNS
    filterset_class = StepFilters
    list_per_page = 100

    def get_common_view_kwargs(self, **kwargs) -> dict:
        """A step is added where its week is: it is of some kind, and this list is of all."""
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None}

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


class BelowPage(PageViewSet):
    index_view_class = Below
    content_type_use_view_class = Uses
    ordering = "path"


class CoursesBelow(BelowPage):
    model = CoursePage
    columns = COURSE_COLUMNS
    filterset_class = PageFilters
    ordering = "-starts_on"


class WeeksBelow(BelowPage):
    model = ModulePage
    columns = WEEK_COLUMNS
    filterset_class = PageFilters


class StepsBelow(BelowPage):
    model = StepPage
    parent_models = [ModulePage]  # which names the kinds, and not what they have in common
    columns = STEP_COLUMNS
    filterset_class = KindFilters


course_list = CourseList("course_list", url_prefix="courses")
week_list = WeekList("week_list", url_prefix="courses/weeks")
step_list = StepList("step_list", url_prefix="courses/steps")
below_pages = [CoursesBelow(), WeeksBelow(), StepsBelow()]


def steps_of_course(page: Page, user, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """For Wagtail's hook: from a course to the list of all its steps."""
    if isinstance(page, CoursePage):
        url = f"{reverse('step_list:index')}?course={page.pk}"
        yield Button(_("All its steps"), url=url, icon_name=StepList.icon, priority=5)


class CourseMenu(ViewSetGroup):
    """“Courses” in the menu, with the three lists below it."""

    menu_label = _("Courses")
    menu_icon = CoursePage.icon
    menu_order = 110  # after “Pages”
    items = (course_list, week_list, step_list)
