"""Addresses of reports."""

from django.urls import path

from community.forum_conversation import converters  # noqa: F401 – registers them

from . import views

urlpatterns = [
    path("moderation/", views.reports, name="moderation"),
    path("p/<id:pk>/more/", views.post_more, name="post_more"),
    path("p/<id:pk>/report/", views.report, name="report"),
    path("p/<id:pk>/hide/", views.hide, name="hide"),
    path("p/<id:pk>/restore/", views.restore, name="restore"),
]
