"""Forms about oneself."""

from __future__ import annotations

from allauth.account import forms as allauth
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from community.text import one_line

from . import zones
from .models import HANDLE, RESERVED_HANDLES, User
from .profile import EDITABLE, introduce
from .selectors import with_handle

MIN_PASSWORD = 12
PASSWORD_HINT = _("Twelve characters or more. Four plain words are better than one clever one.")


class PlainWords:
    """Says in our words what Django says about a password that will not do."""

    def add_error(self, field, error) -> None:
        if isinstance(error, forms.ValidationError) and not hasattr(error, "error_dict"):
            error = forms.ValidationError([self._reworded(field, one) for one in error.error_list])
        super().add_error(field, error)

    def _reworded(self, field, error: forms.ValidationError) -> forms.ValidationError:
        words = {
            "password_too_common": _("That is one of the first that a stranger would try. Choose another."),
            "password_too_similar": _("That is too close to your name or e-mail. Choose another."),
            "password_entirely_numeric": _("Figures alone are quickly guessed. Add some letters."),
        }
        if error.code == "password_too_short":
            length = len(self.data.get(self.add_prefix(field), ""))
            words[error.code] = ngettext(
                "%(count)d character so far. Add %(missing)d or more.",
                "%(count)d characters so far. Add %(missing)d or more.",
                length,
            ) % {"count": length, "missing": MIN_PASSWORD - length}
        return forms.ValidationError(words[error.code], code=error.code) if error.code in words else error


class NameField(forms.CharField):
    """A display name: any script, one line, at least one letter or digit in it."""

    def __init__(self, **kwargs):
        super().__init__(
            max_length=80,
            help_text=_("Shown beside what you write. A first name is fine."),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **{"label": _("Name you go by"), **kwargs},
        )

    def clean(self, value) -> str:
        name = one_line(super().clean(value))
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError(_("Give a name with a letter in it."))
        return name


class LoginForm(allauth.LoginForm):
    """E-mail or handle, and password. `mismatch` is true where the two do not go together."""

    mismatch = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or handle")
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "inputmode": "email",  # its keyboard has what handles need as well
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["password"].help_text = ""

    def clean(self):
        try:
            return super().clean()
        except forms.ValidationError as error:
            if error.code == "too_many_login_attempts":
                words = _("That was a lot of tries. Wait five minutes, or choose a new password now.")
                raise forms.ValidationError(words, code=error.code) from error
            if error.code not in {"email_password_mismatch", "username_password_mismatch"}:
                raise
            self.mismatch = True
            self.add_error("password", _("Type your password again."))
            return self.cleaned_data


class SignupForm(PlainWords, allauth.SignupForm):
    """Name, e-mail, password, time zone. Everything else can wait."""

    display_name = NameField()
    time_zone = forms.ChoiceField(label=_("Your time zone"), choices=zones.choices, initial="UTC")

    field_order = ("display_name", "email", "password1", "time_zone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _(
            "Never shown. Home or work, whichever you’ll still have next year."
        )
        self.fields["password1"].help_text = PASSWORD_HINT
        if not self.is_bound:
            self.fields["time_zone"].widget.attrs["data-zone"] = "guess"

    def try_save(self, request):
        """As allauth does. An address that has an account costs the same time as one that has none.

        So does one that was free a moment ago, as with a form that was sent twice.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)

    def custom_signup(self, request, user: User) -> None:
        """Called by allauth after the person is stored."""
        introduce(
            person=user,
            display_name=self.cleaned_data["display_name"],
            time_zone=self.cleaned_data["time_zone"],
        )


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Where to send the letter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class NewPasswordForm(PlainWords, allauth.ResetPasswordKeyForm):
    """A new password, typed once: it can be looked at, and asked for again by e-mail."""

    password2 = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = PASSWORD_HINT


class SetPasswordForm(PlainWords, allauth.SetPasswordForm):
    """A first password, for somebody who has none."""

    password2 = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = PASSWORD_HINT


class ChangePasswordForm(PlainWords, allauth.ChangePasswordForm):
    """The old password and the new one."""

    password2 = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("The one you have now")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = PASSWORD_HINT

    def clean_oldpassword(self) -> str:
        try:
            return super().clean_oldpassword()
        except forms.ValidationError as error:
            raise forms.ValidationError(_("That isn’t the one you have now."), code=error.code) from error


class ChangeAddressForm(allauth.AddEmailForm):
    """Another e-mail address. It takes the place of the old one when its letter has been answered."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")

    def clean_email(self) -> str:
        try:
            return super().clean_email()
        except forms.ValidationError as error:
            if error.code == "duplicate_email":
                error = forms.ValidationError(_("That is the address you have now."), code=error.code)
            raise error

    def save(self, request) -> EmailAddress:
        """Send the letter. Somebody else's address gets one that says so; the page shows no difference."""
        address = self.cleaned_data["email"]
        if filter_users_by_email(address):
            stranger = EmailAddress(user=None, email=address)
            send_verification_email_to_address(request, stranger, signup=True)
            return stranger
        return super().save(request)


class HandleField(forms.CharField):
    """A handle as people type it: “@Noor.Haddad” is read as “noor.haddad”."""

    def __init__(self, **kwargs):
        super().__init__(
            max_length=31,
            validators=[
                RegexValidator(
                    HANDLE, _("Three to thirty small letters, digits, dots, dashes or underscores.")
                )
            ],
            help_text=_("How others address you, and the address of your page."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
            **{"label": _("Handle"), **kwargs},
        )

    def to_python(self, value) -> str:
        return super().to_python(value).removeprefix("@").lower()


class PublicNames(forms.ModelForm):
    """The two names by which others know a person; for them and for the desk the same rules."""

    display_name = NameField()
    handle = HandleField()

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"]
        if handle in RESERVED_HANDLES and handle != self.initial.get("handle"):
            raise forms.ValidationError(
                _("“%(handle)s” is kept for the site itself."), params={"handle": handle}
            )
        if with_handle(handle).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("Somebody is called “%(handle)s” already. “%(free)s” is free."),
                params={"handle": handle, "free": User.objects.free_handle(handle)},
            )
        return handle


class ProfileForm(PublicNames):
    """What a person says about themselves, and how the site looks to them."""

    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        choices=zones.choices,
        help_text=_("Every time on the site is shown in it."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    library_url = forms.URLField(
        label=_("Its link resolver or search"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_(
            "An OpenURL base address like https://resolver.example.edu/openurl, or a search with {query} "
            "where the words go, like https://catalogue.example.org/search?q={query}."
        ),
    )

    class Meta:
        model = User
        fields = EDITABLE
        labels = {
            "affiliation": _("Where you work"),
            "affiliation_visibility": _("Who sees where you work"),
            "theme": _("Light or dark"),
        }
        help_texts = {
            "affiliation": _("For example: teen services, Eastfield Branch, Leeds."),
        }
        widgets = {"affiliation_visibility": forms.RadioSelect, "theme": forms.RadioSelect}

    def clean_library_url(self) -> str:
        address = self.cleaned_data["library_url"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("An address begins with https://."))
        return address

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            ("", _("What my browser asks for")),
            *(
                (code, get_language_info(code)["name_local"].capitalize())
                for code, _name in settings.LANGUAGES
            ),
        ]
        self.fields["theme"].choices = [
            ("", _("As my device does")),
            ("light", _("Light")),
            ("dark", _("Dark")),
        ]
