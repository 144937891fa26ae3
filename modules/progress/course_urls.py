"""What a course shows of its people, below /courses/."""

from django.urls import path

from community.forum_conversation import converters  # noqa: F401 – registers them

from . import people

urlpatterns = [path("<words:slug>/people/", people.course_people, name="course_people")]
