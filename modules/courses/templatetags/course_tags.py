"""What templates of courses need: times in words, bodies, the link to the editor."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django import template
from django.db.models import prefetch_related_objects
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from community.discussions.mixins import Role

from .. import words
from ..access import ROLES
from ..models import CourseRole

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """Minutes as “2 h 30 min”."""
    return words.duration(minutes or 0)


@register.simple_tag
def days(first: dt.date, last: dt.date, year: bool = False) -> str:
    """“9 to 15 November”; the year as well where `year` is true or the last day lies in another year."""
    return words.days(first, last, year=year or last.year != timezone.localdate().year)


@register.simple_tag
def short_days(first: dt.date, last: dt.date) -> str:
    """“9–15 Nov”."""
    return words.short_days(first, last)


@register.filter
def opening(moment: dt.datetime) -> str:
    """“Monday 16 November, 09:00” on the reader's clock."""
    return words.opening(moment)


@register.filter
def short_opening(moment: dt.datetime) -> str:
    """“Mon 16, 09:00” on the reader's clock."""
    return words.short_opening(moment)


@register.simple_tag
def clock_name() -> str:
    """“London”: whose clock the times on a page go by."""
    return words.clock_name()


@register.filter
def host(address: str) -> str:
    """The host of an address, as one says it: “vimeo.com”."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def stopped(words: str) -> str:
    """`words` with a full stop, unless they end with a mark of their own: “Arnstein, Sherry R.”"""
    return words if words.endswith((".", "?", "!", "…")) else f"{words}."


@register.filter
def role(course_role: CourseRole) -> dict[str, str]:
    """The label of who leads a course: `word` and `css`, as in conversations."""
    found: Role = ROLES[course_role.role]
    word, css = found.value
    return {"word": word, "css": css}


@register.inclusion_tag("modules/courses/body.html")
def body(stream) -> dict:
    """A StreamField as the children of a `.prose`. At most one query for the sizes of all pictures."""
    pictures = [block.value["image"] for block in stream if block.block_type == "figure"]
    prefetch_related_objects([picture for picture in pictures if picture], "renditions")
    return {"blocks": stream}


@register.simple_tag(takes_context=True)
def edit_address(context: Context, page) -> str:
    """Where the reader edits `page`; empty for whoever may not. No query for people who have no desk."""
    if "desk" not in context.get("may", ()) or not page.pk:
        return ""
    if not page.permissions_for_user(context["request"].user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
