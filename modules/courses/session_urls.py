"""Live sessions as files for calendars, below /sessions/."""

from django.urls import path

from community.forum_conversation import converters  # noqa: F401 – registers them

from .sessions import session_calendar

urlpatterns = [path("<id:page_id>.ics", session_calendar, name="session_calendar")]
