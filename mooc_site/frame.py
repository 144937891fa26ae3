"""The parts around every page: rendered once per language, theme, section and rights, then filled in.

A page of a conversation costs a few milliseconds; forty translated strings and a dozen addresses around it
would be a good part of that. What differs from page to page and person to person is put in at the end.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from .context import LANGUAGES

# Characters of Unicode's private use area stand for what is filled in.
GAPS = {
    name: chr(0xE000 + number)
    for number, name in enumerate(("here", "address", "name", "avatar", "person_url", "token"))
}
GAP = re.compile(f"[{GAPS['here']}-{GAPS['token']}]")


def frame_part(name: str, context: dict, avatar) -> SafeString:
    """The part `name` ("root", "head", "top" or "bottom") for the page whose variables are `context`.

    Reads user, request, theme, section, may, footer_pages and here, all of which may be missing.
    `avatar(person, size)` draws the initials.
    """
    person = context.get("user")
    signed_in = bool(person is not None and person.is_authenticated)
    make = _part.__wrapped__ if settings.DEBUG else _part
    html = make(
        name,
        get_language() or settings.LANGUAGE_CODE,
        context.get("theme") or "",
        context.get("section") or "",
        signed_in,
        context.get("may") or frozenset(),
        tuple(context.get("footer_pages") or ()) if name == "bottom" else (),
    )
    if name in {"root", "head"}:
        return SafeString(html)
    request = context.get("request")
    here = context.get("here")
    filling = {
        "here": f"?next={here}" if here else "",
        "address": escape(request.get_full_path()) if request else "/",
    }
    if signed_in:
        filling["person_url"] = reverse("person", args=[person.handle])
        if name == "top":
            filling["name"] = escape(person.display_name)
            filling["avatar"] = avatar(person, "s")
            filling["token"] = get_token(request) if request else ""
    filling = {GAPS[gap]: words for gap, words in filling.items()}
    return SafeString(GAP.sub(lambda gap: filling.get(gap.group(), ""), html))


@lru_cache(maxsize=512)
def _part(
    name: str,
    language: str,
    theme: str,
    section: str,
    signed_in: bool,
    may: frozenset[str],
    footer_pages: tuple[tuple[str, str], ...],
) -> str:
    html = render_to_string(
        f"components/frame/{name}.html",
        {
            **GAPS,
            "LANGUAGE_CODE": language,
            "LANGUAGE_BIDI": get_language_bidi(),
            "theme": theme,
            "section": section,
            "signed_in": signed_in,
            "may": may,
            "footer_pages": footer_pages,
            "languages": LANGUAGES,
        },
    )
    return html.rstrip()
