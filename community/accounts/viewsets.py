"""People in the Wagtail admin, for administrators."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users as wagtail

from .desk_forms import EditPersonForm, NewPersonForm
from .models import User


class PeopleView(wagtail.IndexView):
    """Everybody but the site's own account, with the name they go by and their handle."""

    search_fields = ("display_name", "handle", "email")

    @cached_property
    def columns(self) -> list[Column]:
        checkbox, name, email, *others = super().columns
        name.sort_key = "display_name"
        email.label = _("E-mail")
        return [checkbox, name, Column("handle", label=_("Handle"), sort_key="handle"), email, *others]

    @cached_property
    def search_query(self) -> str:
        """The words to search for; “@noor” is the handle “noor”."""
        return super().search_query.removeprefix("@")

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().filter(is_system=False)


class TakenMeanwhile:
    """Says in words that somebody took a handle or an e-mail address between the check and the writing."""

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.full_clean()
            if self.is_valid(form):
                raise
            return self.form_invalid(form)


class NewPersonView(TakenMeanwhile, wagtail.CreateView):
    pass


class EditPersonView(TakenMeanwhile, wagtail.EditView):
    def get_queryset(self) -> QuerySet[User]:
        return User.objects.filter(is_system=False)


class PeopleViewSet(wagtail.UserViewSet):
    index_view_class = PeopleView
    add_view_class = NewPersonView
    edit_view_class = EditPersonView
    # What is somebody's own (where they work, their clock) is not for another person.
    copy_view_enabled = False
    index_template_name = "community/accounts/desk_people.html"
    create_template_name = "community/accounts/desk_new_person.html"
    edit_template_name = "community/accounts/desk_edit_person.html"

    def get_form_class(self, for_update=False):
        return EditPersonForm if for_update else NewPersonForm
