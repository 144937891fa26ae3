"""Addresses of the bare views, and of the empty one."""

from django.urls import path

from . import views

urlpatterns = [
    path("empty/", views.empty),
    path("bare/", views.home),
    path("bare/forum/", views.forum_index),
    path("bare/forum/topic/<int:pk>/", views.topic),
    path("bare/forum/topic/<int:pk>/reply/", views.reply),
    path("bare/courses/<str:course>/<str:week>/", views.week),
    path("bare/me/", views.my_learning),
    path("bare/me/steps/<int:pk>/tick/", views.tick),
    path("bare/me/steps/<int:pk>/untick/", views.untick),
]
