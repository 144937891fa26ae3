"""What a course shows beside its pages, below /courses/."""

from django.urls import path, re_path

from community.forum_conversation import converters  # noqa: F401 – registers them

from . import readings

urlpatterns = [
    path("<words:slug>/readings/", readings.readings, name="course_readings"),
    re_path(
        r"^(?P<slug>[-\w]+)/readings\.(?P<extension>ris|bib|csv)$",
        readings.readings_file,
        name="course_readings_file",
    ),
]
