"""Pages that an editor opened to some groups only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction


def refuse_outsiders(page: Page, request: HttpRequest, args: list, kwargs: dict) -> None:
    """For Wagtail's hook: raise PermissionDenied where somebody signed in is in none of the groups.

    Wagtail would send them to sign in, and signing in back to the page, without end. A page with a password
    asks for that after this.
    """
    if not request.user.is_authenticated:
        return
    for_groups = page.get_view_restrictions().filter(restriction_type=PageViewRestriction.GROUPS)
    if not all(restriction.accept_request(request) for restriction in for_groups):
        words = _("You’re signed in, and this page is for a group you’re not in.")
        raise PermissionDenied(words + " " + _("If you should be, ask the people who run the site."))
