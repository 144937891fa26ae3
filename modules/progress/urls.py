"""What a person does with courses and steps, below /me/."""

from django.urls import path

from community.forum_conversation import converters  # noqa: F401 – registers them

from . import answer_views, views

urlpatterns = [
    path("courses/<id:course_id>/join/", views.join, name="join_course"),
    path("courses/<id:course_id>/leave/", views.leave, name="leave_course"),
    path("steps/<id:page_id>/tick/", views.tick, name="tick_step"),
    path("steps/<id:page_id>/untick/", views.untick, name="untick_step"),
    path("steps/<id:page_id>/answers/", answer_views.answer, name="answer_step"),
    path("steps/<id:page_id>/answers/clear/", answer_views.clear, name="clear_answers"),
]
