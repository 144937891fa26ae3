"""Choosing who leads a course: a list of people in the page editor, to search, a page at a time.

It tells no more of people than everybody reads on the site: the name they go by and their handle.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.permissions import page_permission_policy

from community.accounts.models import User

from .models import CourseIndexPage, CoursePage


def may_edit_courses(user) -> bool:
    """True for whoever may edit some course, or begin one."""
    pages_with = page_permission_policy.instances_user_has_any_permission_for
    editable, growing = pages_with(user, {"change"}), pages_with(user, {"add"})
    return editable.type(CoursePage).exists() or growing.type(CourseIndexPage).exists()


def name_of(person: User) -> str:
    """How the chooser and the field call a person: “Noor Haddad (@noor)”."""
    return f"{person.display_name} (@{person.handle})"


class PeopleSearch(BaseFilterForm):
    q = forms.CharField(label=_("Name or handle"), required=False)

    def filter(self, people: QuerySet[User]) -> QuerySet[User]:
        """Those of `people` in whose name or handle the words stand; all without words."""
        words = self.cleaned_data["q"].removeprefix("@")
        if words:
            self.is_searching, self.search_query = True, words
            people = people.filter(Q(display_name__icontains=words) | Q(handle__icontains=words))
        return super().filter(people)


class FirstThousand(WagtailPaginator):
    """Whoever stands further back is found by searching; nobody counts a million people."""

    @cached_property
    def count(self) -> int:
        return self.object_list[:1000].count()


class ForCourseEditors:
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_edit_courses(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ListOfPeople(ForCourseEditors):
    filter_form_class = PeopleSearch
    ordering = "handle"  # there is an index for it
    per_page = 20
    paginator_class: type[Paginator] = FirstThousand
    is_multiple_choice = False

    def get_object_list(self) -> QuerySet[User]:
        return User.objects.present()

    def can_create(self) -> bool:
        return False

    @property
    def columns(self) -> list[Column]:
        name = self.title_column
        name.label, name.accessor = _("Name"), "display_name"
        return [name, Column("handle", label=_("Handle"))]


class ChooseView(ListOfPeople, chooser.ChooseView):
    pass


class ResultsView(ListOfPeople, chooser.ChooseResultsView):
    pass


class ChosenView(ForCourseEditors, chooser.ChosenView):
    def get_object(self, pk: str) -> User:
        return User.objects.present().get(pk=pk)

    def get_display_title(self, person: User) -> str:
        return name_of(person)

    def get_edit_item_url(self, person: User) -> None:
        return None


class LeaderInput(BaseChooser):
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose somebody else")
    show_edit_link = False

    def get_instance(self, value) -> User | None:
        """The person of a stored or sent value; None for what is no id at all."""
        try:
            return super().get_instance(value)
        except ValueError:
            return None

    def get_display_title(self, person: User) -> str:
        return name_of(person)


class LeaderChooserViewSet(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = LeaderInput.choose_one_text
    choose_another_text = LeaderInput.choose_another_text
    preserve_url_parameters = ()
    base_widget_class = LeaderInput
    choose_view_class = ChooseView
    choose_results_view_class = ResultsView
    chosen_view_class = ChosenView

    def get_urlpatterns(self) -> list:
        """One person at a time is chosen, and none is made here: without the addresses for that."""
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<int:pk>/", self.chosen_view, name="chosen"),
        ]


leader_chooser = LeaderChooserViewSet("leader_chooser", url_prefix="choose-leader")
