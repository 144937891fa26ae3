"""What Wagtail's checker looks at in the preview beside an editor: the editor's own part of the page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page


class PageChecker(ContentCheckerItem):
    """Wagtail's rules (but for descriptions, which our pages always have) and some of axe's own."""

    axe_include = ["main"]
    axe_run_only = [
        *(rule for rule in ContentCheckerItem.axe_run_only if rule != "empty-meta-description"),
        "identical-links-same-purpose",
        "image-alt",
        "image-redundant-alt",
        "table-duplicate-name",
        "th-has-data-cells",
    ]
    axe_messages = ContentCheckerItem.axe_messages | {
        "identical-links-same-purpose": {
            "error_name": _("Links with the same words lead to different places"),
            "help_text": _("Say in each link where it leads"),
        },
        "image-alt": {
            "error_name": _("A picture has no words"),
            "help_text": _("Say what it shows, for who does not see it"),
        },
        "image-redundant-alt": {
            "error_name": _("The words for a picture stand beside it already"),
            "help_text": _("Say what it shows, not what is said there anyway"),
        },
        "table-duplicate-name": {
            "error_name": _("A table has two names that are the same"),
            "help_text": _("Say in the caption what the table is about"),
        },
        "th-has-data-cells": {
            "error_name": _("A header of a table is above or beside nothing"),
            "help_text": _("Choose which cells are headers, or fill the table"),
        },
    }


def check_pages_as_ours(request: HttpRequest, items: list, page: Page | None) -> None:
    """For Wagtail's hook: our rules in the place of its own."""
    items[:] = [
        PageChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
