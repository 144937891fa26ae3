"""Addresses. The first parts are reserved slugs (see checks.py); what is left belongs to Wagtail's pages."""

from django.contrib import admin
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from modules.courses.routing import serve_page

from . import views
from .health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("display/", views.display, name="display"),
    path("mail/", views.mailbox, name="mailbox"),
    path("", include("community.accounts.urls")),
    # One door: neither Wagtail’s own two logins nor Django’s answer.
    path("_util/login/", views.one_door),
    path("cms/login/", views.one_door, {"desk": "wagtailadmin_home"}, name="desk_door"),
    path("cms/", include(wagtailadmin_urls)),
    path("django-admin/login/", views.one_door, {"desk": "admin:index"}),
    path("django-admin/", admin.site.urls),
    path("", include("community.discussions.urls")),
    path("", include("community.moderation.urls")),
    path("files/", include("modules.media.urls")),
    path("courses/", include("modules.courses.urls")),
    path("courses/", include("modules.progress.course_urls")),
    path("sessions/", include("modules.courses.session_urls")),
    path("me/", include("modules.progress.urls")),
    path("me/", include("home.urls")),
    # What Wagtail answers on the site (the password of a private page), and its pages, found in one query.
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
]

handler400 = "mooc_site.errors.bad_request"
handler403 = "mooc_site.errors.forbidden"
handler404 = "mooc_site.errors.not_found"
handler500 = "mooc_site.errors.server_error"
