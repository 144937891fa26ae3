"""What an administrator says of a person in the Wagtail admin."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms as wagtail

from community.forum.access import MEMBERS, VISITORS

from .forms import PASSWORD_HINT, PlainWords, PublicNames
from .models import User
from .selectors import with_address
from .store_person import store_person

_kept: list[Callable[[], QuerySet]] = []


def keep_groups(query: Callable[[], QuerySet]) -> None:
    """Register a queryset of ids of groups that another room fills: no form here shows or empties them."""
    _kept.append(query)


def groups_to_choose() -> QuerySet[Group]:
    """The groups that an administrator puts people into."""
    groups = Group.objects.exclude(name__in=[VISITORS, MEMBERS])  # everybody's
    for query in _kept:
        groups = groups.exclude(pk__in=query())
    return groups.order_by("name")


class PersonForm(PlainWords, PublicNames, wagtail.UserForm):
    """Wagtail's form with the fields of our people, by the rules that hold for themselves."""

    first_name = None
    last_name = None
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A new one counts as confirmed: they can sign in with it at once.")
    )
    is_active = forms.BooleanField(
        label=_("Active"),
        required=False,
        initial=True,
        help_text=_("Without it, they cannot sign in. What they wrote stays."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = groups_to_choose()
        self.fields["display_name"].label = _("Name they go by")
        self.fields["display_name"].help_text = _("Shown beside what they write.")
        self.fields["display_name"].widget.attrs["autocomplete"] = "off"
        self.fields["handle"].help_text = _("How others address them, and the address of their page.")

    @property
    def account_fields(self) -> list[BoundField]:
        """The fields of the first tab. Nobody has the switch by which they would lock themselves out."""
        names = ("display_name", "handle", "email", "password1", "password2", "is_active")
        return [self[name] for name in names if name in self.fields]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if with_address(email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This e-mail address already has an account."))
        return email

    def clean_groups(self) -> QuerySet[Group]:
        """Those chosen, and those that are not for choosing and that this person is in."""
        chosen = {group.pk for group in self.cleaned_data["groups"]}
        if not self.instance._state.adding:
            kept = self.instance.groups.exclude(pk__in=groups_to_choose().values("pk"))
            chosen |= set(kept.values_list("pk", flat=True))
        return Group.objects.filter(pk__in=chosen)

    def save(self, commit=True) -> User:
        """The person, stored. Administrators have both desks, Wagtail's and Django's."""
        person = super().save(commit=False)
        changed = set(self.changed_data) & {"display_name", "handle", "email", "is_active", "is_superuser"}
        if self.cleaned_data["password1"]:
            changed.add("password")
        if "is_superuser" in changed:
            person.is_staff = person.is_superuser
            changed.add("is_staff")
        if commit:
            store_person(person=person, changed=changed)
            self.save_m2m()
        return person


class NewPersonForm(PersonForm):
    class Meta(wagtail.UserCreationForm.Meta):
        fields = ("display_name", "handle", "email", "is_active", "is_superuser", "groups")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT


class EditPersonForm(PersonForm, wagtail.UserEditForm):
    class Meta(wagtail.UserEditForm.Meta):
        fields = NewPersonForm.Meta.fields
