"""What is sent with a POST: enough to be accepted from somebody who may."""

from __future__ import annotations

from types import SimpleNamespace

from wagtail.models import Page

from .collector import Route
from .house import PASSWORD

NEW_PASSWORD = "five other words for it"


def body(route: Route, thing: object, house: SimpleNamespace) -> dict:
    """The fields of the form behind `route`; those that `thing` brings itself (`thing.data`) go first."""
    if hasattr(thing, "data"):
        return thing.data
    bodies = {
        "cms/choose-external-link/": {"external-link-chooser-url": "https://example.org/"},
        "accounts/email/": {"email": "moved@example.org"},
        "accounts/login/": {"login": "member@example.org", "password": "not the right one"},
        "accounts/password/change/": {
            "oldpassword": PASSWORD,
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
        },
        "accounts/password/reset/": {"email": "member@example.org"},
        "accounts/signup/": {
            "display_name": "New Here",
            "email": "new@example.org",
            "password1": NEW_PASSWORD,
            "time_zone": "UTC",
        },
        "forum/<id:pk>/new/": {"subject": "A question", "text": "Who catalogues the catalogue?"},
        "forum/beside/<id:page_id>/": {"text": "I have one too."},
        "forum/topic/<id:pk>/lock/": {"locked": "1"},
        "forum/topic/<id:pk>/move/": {"forum": house.private_forum.pk},
        "forum/topic/<id:pk>/reply/": {"text": "I have one too.", "next": "/forum/"},
        "me/settings/": {
            "display_name": "Another name",
            "handle": "another",
            "affiliation": "",
            "affiliation_visibility": "private",
            "time_zone": "UTC",
            "language": "en",
            "theme": "",
        },
        "p/<id:pk>/report/": {"reason": "other", "note": ""},
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": {
            "password": "not the right one",
            "return_url": "/",
        },
    }
    if route.name.startswith("cms/pages/") and isinstance(thing, Page):
        return _page_form(thing)
    return bodies.get(route.name, {})


def _page_form(page: Page) -> dict:
    """Enough for Wagtail’s forms about a page to read it: an editor's without a text, and that of a copy."""
    return {
        "body-count": "0",
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": page.get_parent().pk,
    }
