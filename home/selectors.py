"""What the landing page shows."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from community.forum_conversation.selectors import latest_topics
from modules.courses.models import CoursePage
from modules.courses.overview import course_context

from .models import HomePage

TALK_SHOWN = 3


def course_to_show(home: HomePage) -> CoursePage | None:
    """The course that an editor chose; else the one that began last, else the next to begin; or None.

    Only a published course that everybody may see. Two queries, three or four where nobody has chosen.
    """
    courses = CoursePage.objects.live().public()
    if home.featured_course_id:
        chosen = courses.filter(pk=home.featured_course_id).first()
        if chosen:
            return chosen
    begun = courses.filter(starts_on__lte=timezone.localdate()).order_by("-starts_on", "-pk").first()
    return begun or courses.order_by("starts_on", "pk").first()


def home_context(home: HomePage, request: HttpRequest) -> dict:
    """Template variables of the landing page: the course with its outline, and what people talk about."""
    context = {"topics": latest_topics(request.user, TALK_SHOWN), "course": course_to_show(home)}
    if context["course"]:
        context |= course_context(context["course"])
    return context
