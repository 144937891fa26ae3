"""Addresses of the forum and of posts."""

from django.urls import path

from community.forum_conversation import converters  # noqa: F401 – registers them

from . import views

urlpatterns = [
    path("forum/", views.forum_index, name="forum_index"),
    path("forum/<id:pk>-<words:slug>/", views.forum, name="forum"),
    path("forum/<id:pk>/new/", views.topic_new, name="topic_new"),
    path("forum/topic/<id:pk>-<words:slug>/", views.topic, name="topic"),
    path("forum/topic/<id:pk>/reply/", views.reply, name="reply"),
    path("forum/topic/<id:pk>/lock/", views.topic_lock, name="topic_lock"),
    path("forum/topic/<id:pk>/move/", views.topic_move, name="topic_move"),
    path("forum/beside/<id:page_id>/", views.reply_beside, name="reply_beside"),
    path("p/<id:pk>/", views.post, name="post"),
]
