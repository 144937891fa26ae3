"""Forms about oneself."""

import zoneinfo

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):
    """Name, e-mail, password, time zone. Everything else can wait."""

    display_name = forms.CharField(
        label=_("Name you go by"),
        max_length=80,
        help_text=_("Shown beside what you write. A first name is fine."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.ChoiceField(label=_("Your time zone"), required=False)

    field_order = ("display_name", "email", "password1", "time_zone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and "Etc" not in zone)
        self.fields["time_zone"].choices = [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]
        self.fields["time_zone"].initial = "UTC"

    def save(self, request):
        """Store the person with name and zone; allauth sends the letter to confirm the address."""
        self.cleaned_data["first_name"] = ""
        user = super().save(request)
        return user

    def custom_signup(self, request, user) -> None:
        """Called by allauth after the person is stored."""
        user.display_name = self.cleaned_data["display_name"].strip()
        user.time_zone = self.cleaned_data["time_zone"] or "UTC"
        user.handle = type(user).objects.free_handle(user.display_name)
        user.save(update_fields=["display_name", "time_zone", "handle"])
