"""What templates of courses need: times in words, bodies, the link to the editor."""

from __future__ import annotations

import datetime as dt
import time
from urllib.parse import urlsplit

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from community.discussions.mixins import Role

from .. import bodies, pictures, words
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


@register.inclusion_tag("modules/courses/body.html", takes_context=True)
def body(context: Context, stream) -> dict:
    """A StreamField as the children of a `.prose`, as the reader may see it; its queries: see `bodies`."""
    user = getattr(context.get("request"), "user", None)
    return {"blocks": bodies.prepare(stream, user), "until": time.monotonic() + pictures.SECONDS}


@register.simple_tag(takes_context=True)
def picture(context: Context, image, alt: str, shape: str = "column") -> SafeString:
    """A picture of a block; `shape` is “column” or “half” (of it). Nothing for None."""
    return pictures.picture(image, alt, shape, context.get("until")) if image else SafeString("")


@register.simple_tag
def still(image) -> str:
    """The address of a picture that is shown until a film plays."""
    return pictures.still(image)


@register.simple_tag
def css_of_body(*streams) -> SafeString:
    """Links to the style files that the blocks of these bodies, recordings and slides need, each once."""
    link = '<link rel="stylesheet" href="{}">'
    return format_html_join("", link, ((static(name),) for name in bodies.files_of(streams, "styles")))


@register.simple_tag
def js_of_body(*streams) -> SafeString:
    """The same for their scripts."""
    script = '<script type="module" src="{}"></script>'
    return format_html_join("", script, ((static(name),) for name in bodies.files_of(streams, "scripts")))


@register.filter
def file_words(file) -> str:
    """Kind and size of a stored file: “PDF, 1.1 MB”."""
    return bodies.file_words(file)


@register.simple_tag(takes_context=True)
def edit_address(context: Context, page) -> str:
    """Where the reader edits `page`; empty for whoever may not. No query for people who have no desk."""
    if "desk" not in context.get("may", ()) or not page.pk:
        return ""
    if not page.permissions_for_user(context["request"].user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
