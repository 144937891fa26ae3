"""The doors (allauth's views in our frame), people's pages, and one's own settings."""

from __future__ import annotations

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.discussions.kept import forget_reply

from . import forms
from .models import User
from .profile import EDITABLE, change_profile
from .selectors import affiliation_for, latest_posts, with_handle

LETTER_TO, KEPT_SETTINGS = "letter_to", "kept_settings"
LONGEST = 255  # characters of any setting


class LoginView(allauth.LoginView):
    form_class = forms.LoginForm

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        if response.headers.get("Location") == resolve_url("account_email_verification_sent"):
            self.request.session[LETTER_TO] = form.user.email
        return response


class SignupView(allauth.SignupView):
    def form_valid(self, form) -> HttpResponse:
        self.request.session[LETTER_TO] = form.cleaned_data["email"]
        return super().form_valid(form)


class LetterSentView(allauth.EmailVerificationSentView):
    """The same page for an address that is new and for one that has an account."""

    def get_context_data(self, **kwargs) -> dict:
        return {
            **super().get_context_data(**kwargs),
            "letter_to": self.request.session.get(LETTER_TO, ""),
            "mailbox": getattr(settings, "DEV_MAILBOX", False),
        }


class ConfirmEmailView(allauth.ConfirmEmailView):
    """Confirm an address. One that another account has taken in the meantime cannot be confirmed."""

    def post(self, *args, **kwargs) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(*args, **kwargs)
        except IntegrityError:
            return self.render_to_response({**self.get_context_data(), "can_confirm": False}, status=409)


class PasswordResetDoneView(allauth.PasswordResetDoneView):
    def get_context_data(self, **kwargs) -> dict:
        return {**super().get_context_data(**kwargs), "mailbox": getattr(settings, "DEV_MAILBOX", False)}


class EmailView(allauth.EmailView):
    """One address a person; a new one replaces it once it is confirmed."""

    template_name = "account/email.html"
    form_class = forms.ChangeAddressForm

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Past allauth's own choice between adding, removing and resending: here there is only changing.
        return super(allauth.EmailView, self).post(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        words = _("A letter is on its way to %(address)s. Open the link in it to make the change.")
        messages.info(self.request, words % {"address": form.cleaned_data["email"]})
        return response


@require_POST
def drop_kept_reply(request: HttpRequest) -> HttpResponse:
    """Throw away the reply that was kept while its writer was signed out, and go back to the door."""
    forget_reply(request)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return HttpResponseRedirect(back)


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """Somebody's page. 404 for people who have left, who are locked out, and for the site's own account."""
    somebody = with_handle(handle).first()
    if somebody is None or not somebody.is_active or somebody.left_at or somebody.is_system:
        raise Http404
    if somebody.handle != handle:
        return redirect("person", somebody.handle)
    own = somebody.pk == request.user.pk
    return render(
        request,
        "community/accounts/person.html",
        {
            "person": somebody,
            "own": own,
            "section": "you" if own else "people",
            "affiliation": affiliation_for(somebody, request.user),
            "posts": latest_posts(somebody, request.user),
        },
    )


@never_cache
def profile_settings(request: HttpRequest) -> HttpResponse:
    """What one says about oneself. A choice of theme or language made here counts on this device, too.

    Whose session has ended finds the form as they left it after signing in.
    """
    if not request.user.is_authenticated:
        if request.method == "POST":
            sent = {name: request.POST.get(name, "")[:LONGEST] for name in EDITABLE}
            request.session[KEPT_SETTINGS] = {name: value.replace("\x00", "") for name, value in sent.items()}
        return redirect_to_login(request.path)
    kept = request.session.pop(KEPT_SETTINGS, None)
    if kept and request.method == "GET":
        messages.warning(request, _("Not saved yet. What you changed is below."))
    # A copy of one's own: a form that is not valid must not change the name in the frame.
    me = User.objects.get(pk=request.user.pk)
    form = forms.ProfileForm(request.POST or None, instance=me, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(person=me, **{name: form.cleaned_data[name] for name in EDITABLE})
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            response = redirect("settings")
            response.delete_cookie("theme", samesite="Lax")
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
            return response
    return render(request, "community/accounts/settings.html", {"form": form})
