"""Pictures of bodies, in the sizes and formats that a browser chooses from."""

from __future__ import annotations

import time

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, Filter, Picture

# How long a page may make sizes of its pictures. What is missing then is shown as it was uploaded, and made
# for the next ones who come: a gallery of twenty-four photographs takes a minute.
SECONDS = 1.0
# Widths in pixels and the `sizes` of a picture as wide as the column, or as a half of it.
SHAPES = {
    "column": ((1320, 840, 480), "(min-width: 44rem) 41rem, 92vw"),
    "half": ((840, 480), "(min-width: 44rem) 20rem, 92vw"),
}
FALLBACK = "width-840|format-jpeg"
STILL = "width-960|format-webp"


def picture(image: AbstractImage, alt: str, shape: str = "column", until: float | None = None) -> SafeString:
    """A <picture> in AVIF, WebP and JPEG, lazy, with its own width and height. `shape` is one of SHAPES.

    Sizes that were never made are made now, unless the monotonic clock is past `until`.
    """
    widths, sizes = SHAPES[shape]
    attributes = {"alt": alt, "loading": "lazy", "decoding": "async"}
    if image.pk is None:  # a sample, in the editor's picker of blocks
        return _plain(static("img/sample.svg"), image, attributes)
    # The first width that is not smaller than the picture gives it as it is; larger ones would say the same.
    covering = min((width for width in widths if width >= image.width), default=max(widths))
    specs = [f"width-{width}" for width in widths if width <= covering]
    filters = [Filter(f"{spec}|format-{kind}") for kind in ("avif", "webp") for spec in specs]
    filters.append(Filter(FALLBACK))
    made = image.find_existing_renditions(*filters)
    renditions = {size.spec: made[size] for size in filters if size in made}
    if len(renditions) < len(filters):
        if until is not None and time.monotonic() > until:
            return _plain(image.file.url, image, attributes)
        try:
            renditions = image.get_renditions(*filters)
        except OSError:  # the file is gone, or is no picture any more
            return _plain(image.file.url, image, attributes)
    return Picture(renditions, attributes | {"sizes": sizes}).__html__()


def still(image: AbstractImage) -> str:
    """The address of a picture that is shown until a film plays."""
    try:
        return image.get_rendition(STILL).url
    except OSError:  # the file is gone, or is no picture any more
        return image.file.url


def _plain(url: str, image: AbstractImage, attributes: dict[str, str]) -> SafeString:
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="{}">',
        url,
        image.width,
        image.height,
        *attributes.values(),
    )
