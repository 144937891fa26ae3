"""What the frame of every page needs, at the price of one look into the cache."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

FOOTER_KEY = "frame:footer"
SECTIONS = {
    "/courses/": "courses",
    "/forum/": "forum",
    "/p/": "forum",
    "/me/settings/": "you",
    "/me/": "learning",
}
# Each language under its own name, as its speakers look for it.
LANGUAGES = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


def page_frame(request: HttpRequest) -> dict:
    """The variables that base.html reads; a view's own of the same name win.

    `language`: the code of the active one.
    `theme`: "light", "dark" or "" for the system's: this device's cookie, else the person's setting.
    `section`: which part of the main navigation the address lies in.
    `here`: the address, quoted, to come back to. `may`: what the menu shows ("moderate", "desk").
    `footer_pages`: title and url of the pages in the footer.
    """
    person = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "")
    if theme not in {"light", "dark", "system"}:
        theme = getattr(person, "theme", "")
    footer_pages, may = _cached(person)
    address = request.get_full_path()
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "theme": theme if theme in {"light", "dark"} else "",
        "section": next((name for prefix, name in SECTIONS.items() if address.startswith(prefix)), ""),
        "here": "" if address == "/" or address.startswith("/accounts/") else quote(address),
        "may": may,
        "footer_pages": footer_pages,
    }


def _cached(person) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """The footer's pages and the person's rights to show, in one request to the cache."""
    signed_in = person is not None and person.is_authenticated
    key = rights_key(person) if signed_in else ""
    found = cache.get_many([FOOTER_KEY, key] if signed_in else [FOOTER_KEY])
    footer, may = found.get(FOOTER_KEY), found.get(key, frozenset())
    if footer is None:
        footer = footer_pages()
        cache.set(FOOTER_KEY, footer, 3600)
    if signed_in and key not in found:
        may = rights(person)
        cache.set(key, may, 60)
    return footer, may


def rights_key(person) -> str:
    """Where the cache keeps `rights(person)`, for a minute. The date keeps two people of one id apart."""
    return f"frame:may:{person.pk}:{person.date_joined.timestamp()}"


def footer_pages() -> list[tuple[str, str]]:
    """Title and url of the live editorial pages that say “show in menus”, in the order of the tree."""
    from home.models import EditorialPage

    pages = EditorialPage.objects.live().public().in_menu().order_by("path")
    return [(page.title, page.url) for page in pages]


def rights(person) -> frozenset[str]:
    """Which of the menu's doors are worth showing to `person`. The doors themselves ask again."""
    doors = {"moderate": "moderation.moderate", "desk": "wagtailadmin.access_admin"}
    return frozenset(name for name, permission in doors.items() if person.has_perm(permission))
