"""Wagtail's page chooser: a week or step that is found says in which course and week it stands."""

from __future__ import annotations

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Substr
from django.http import HttpRequest
from wagtail.models import Page, PageQuerySet

from ..tree import COURSE_DEPTH, STEP_LENGTH, WEEK_DEPTH


def say_place(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """For Wagtail's hook: the pages with `course_title`, in the same query; None outside of courses."""
    course = Page.objects.filter(path=Substr(OuterRef("path"), 1, COURSE_DEPTH * STEP_LENGTH))
    title = Subquery(course.values("draft_title")[:1])
    return pages.annotate(course_title=Case(When(depth__gte=WEEK_DEPTH, then=title), default=Value("")))
