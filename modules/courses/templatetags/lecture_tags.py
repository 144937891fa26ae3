"""What the page of a lecture needs: its recording, its slides, and its transcript with what is looked for."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django import template
from django.db import IntegrityError
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import BoundBlock
from wagtail.images.models import Filter

from .. import bodies, pictures, transcripts
from ..models import LecturePage
from ..transcripts import Passage

register = template.Library()

# Drawn slides are smaller in WebP than in JPEG, and made five times as fast as in AVIF.
SLIDE_FILTERS = [Filter(f"width-{width}|format-webp") for width in (1320, 840, 480)]
SLIDE_SIZES = "(min-width: 44rem) 41rem, 92vw"


@dataclass(slots=True)
class Lecture:
    """`recording` and `slides` are blocks to include, `passages` the transcript with marks around `find`.

    `until`: when to stop making sizes of pictures (see pictures.SECONDS).
    """

    recording: list[BoundBlock]
    slides: list[BoundBlock]
    passages: list[Passage]
    find: str
    count: int
    until: float

    @property
    def found_words(self) -> str:
        """In how many places the words stand; empty where nothing is looked for."""
        if not self.find:
            return ""
        if not self.count:
            return _("“%(words)s” isn’t in the transcript.") % {"words": self.find}
        return ngettext(
            "“%(words)s” stands in %(count)d place, marked below.",
            "“%(words)s” stands in %(count)d places, marked below.",
            self.count,
        ) % {"words": self.find, "count": self.count}


@register.simple_tag(takes_context=True)
def lecture(context: Context, page: LecturePage) -> Lecture:
    """`{% lecture page as lecture %}`. Its queries: those of two bodies (see `bodies`).

    The transcript stands once on the page: below, where it can be searched, and not with the recording.
    """
    request = context.get("request")
    recording, slides = bodies.prepare(page.recording), bodies.prepare(page.slides)
    passages = transcripts.transcript_of(recording, slides)
    for block in recording:
        block.value["transcript"] = None
    find = transcripts.wanted(request.GET.get("find", "")) if request and passages else ""
    count = 0
    if find:
        passages, count = transcripts.find(passages, find)
    return Lecture(recording, slides, passages, find, count, time.monotonic() + pictures.SECONDS)


@register.filter
def as_html(markup: str) -> SafeString:
    """A part of a transcript: rich text of an author, or a title that was escaped when it was read."""
    return mark_safe(markup)  # noqa: S308


@register.simple_tag(takes_context=True)
def slide_picture(context: Context, image, alt: str) -> SafeString:
    """The picture of a slide with its own width and height, in three sizes; lazy but for the first slide.

    Sizes that were never made are made now, unless the page has been at it for too long (`until`).
    """
    sizes = _sizes(image, context.get("until")) if image.pk else []
    address = image.file.url if image.pk else static("img/sample.svg")  # the editor's picker has a sample
    return format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}" loading="{}" decoding="async">',
        sizes[1].url if sizes else address,
        _srcset(sizes),
        image.width,
        image.height,
        alt,
        "eager" if context.get("number") == 1 else "lazy",
    )


def _sizes(image, until: float | None) -> list:
    """The picture in the sizes of a slide, the widest first; empty where they cannot be had now."""
    found = {size.spec: one for size, one in image.find_existing_renditions(*SLIDE_FILTERS).items()}
    if len(found) < len(SLIDE_FILTERS) and (until is None or time.monotonic() < until):
        try:
            found = image.get_renditions(*SLIDE_FILTERS)
        except OSError:  # the file is gone, or is no picture any more
            return []
        except IntegrityError:  # somebody else’s page has just made them
            return []
    return [found[size.spec] for size in SLIDE_FILTERS] if len(found) == len(SLIDE_FILTERS) else []


def _srcset(sizes: list) -> SafeString:
    if not sizes:
        return SafeString("")
    sources = ", ".join(dict.fromkeys(f"{one.url} {one.width}w" for one in sizes))
    return format_html(' srcset="{}" sizes="{}"', sources, SLIDE_SIZES)
