"""What templates of readings need."""

from __future__ import annotations

from django import template
from django.template.context import Context

from .. import works
from ..models import ReadingPage

register = template.Library()


@register.simple_tag(takes_context=True)
def library_link(context: Context, page: ReadingPage) -> str:
    """Where the reader's own library is asked for the work; empty where they have not said which it is."""
    user = context["request"].user
    return works.library_link(user.library_url, page) if user.is_authenticated else ""


@register.filter
def extension(name: str) -> str:
    """The kind of a file by its name, as one says it: “PDF”."""
    return name.rpartition(".")[2].upper()
