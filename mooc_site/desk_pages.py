"""What the Wagtail admin says of pages that somebody may not edit: only what is published."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import page_permission_policy


def hide_drafts_of_others(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """For Wagtail's hook: of the pages in its chooser, the published ones and those one may edit.

    Raises PermissionDenied where the list is that of the pages below somebody else's draft.
    """
    user = request.user
    if user.is_superuser:
        return pages
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    shown = Q(live=True) | Q(pk__in=editable.values("pk"))
    above = request.resolver_match.kwargs.get("parent_page_id")
    if above and not Page.objects.filter(shown, pk=above).exists():
        raise PermissionDenied
    return pages.filter(shown)


def check_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """For Wagtail's hook: raise PermissionDenied before its question names pages that one may not move."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
