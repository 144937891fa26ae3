"""What the page of a live session needs to know of who reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template.context import Context

from ..models import SessionPage
from ..sessions import SessionTimes, State, may_join, times_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Session:
    """`joins`: the reader is shown where to join."""

    times: SessionTimes
    joins: bool
    is_over: bool


@register.simple_tag(takes_context=True)
def session_times(context: Context, page: SessionPage) -> Session:
    """`{% session_times page as session %}`. Two queries at most; none for visitors and once it is over."""
    times = times_of(page, context["course"], context["week"])
    is_over = times.state is State.OVER
    if context.get("is_preview"):
        return Session(times, joins=True, is_over=is_over)
    asked = bool(page.link) and not is_over
    return Session(times, asked and may_join(context["course"], context["request"].user), is_over)
