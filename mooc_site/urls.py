"""Addresses. The first parts are reserved slugs (see checks.py); what is left belongs to Wagtail's pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

one_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    # One door: neither Wagtail's nor Django's own login answers.
    path("cms/login/", one_door),
    path("cms/", include(wagtailadmin_urls)),
    path("django-admin/login/", one_door),
    path("django-admin/", admin.site.urls),
    path("", include(wagtail_urls)),
]

handler400 = "mooc_site.errors.bad_request"
handler403 = "mooc_site.errors.forbidden"
handler404 = "mooc_site.errors.not_found"
handler500 = "mooc_site.errors.server_error"
