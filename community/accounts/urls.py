"""Addresses of doors and people. allauth's views under allauth's names, and only those that we draw."""

from allauth.account import views as allauth
from django.urls import path, re_path

from . import forms, views

urlpatterns = [
    path("accounts/login/", views.LoginView.as_view(), name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/signup/", views.SignupView.as_view(), name="account_signup"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/kept-reply/drop/", views.drop_kept_reply, name="drop_kept_reply"),
    path("accounts/confirm-email/", views.LetterSentView.as_view(), name="account_email_verification_sent"),
    re_path(
        r"^accounts/confirm-email/(?P<key>[-:\w]+)/$",
        views.ConfirmEmailView.as_view(),
        name="account_confirm_email",
    ),
    path(
        "accounts/password/reset/",
        allauth.PasswordResetView.as_view(form_class=forms.ResetPasswordForm),
        name="account_reset_password",
    ),
    path(
        "accounts/password/reset/done/",
        views.PasswordResetDoneView.as_view(),
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.PasswordResetFromKeyView.as_view(form_class=forms.NewPasswordForm),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "accounts/password/change/",
        allauth.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm),
        name="account_change_password",
    ),
    path(
        "accounts/password/set/",
        allauth.PasswordSetView.as_view(
            form_class=forms.SetPasswordForm, template_name="account/password_change.html"
        ),
        name="account_set_password",
    ),
    path("accounts/email/", views.EmailView.as_view(), name="account_email"),
    path("people/<str:handle>/", views.person, name="person"),
    path("me/settings/", views.profile_settings, name="settings"),
]
