"""What a page must answer so that a conversation can stand beside it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.accounts.models import User
    from community.forum.models import Forum


class Role(enum.Enum):
    """A label beside a person's name. The value is (word, CSS class of its tag)."""

    INSTRUCTOR = (_("Instructor"), "tag solid")
    MENTOR = (_("Mentor"), "tag line")


class DiscussionMixin:
    """For any Wagtail page. `community` asks these questions and knows nothing else about the page."""

    @property
    def discussion_title(self) -> str:
        """What the conversation is called in its forum."""
        raise NotImplementedError

    def discussion_forum(self) -> Forum | None:
        """The forum that keeps this page's conversation; None where the page has none yet."""
        raise NotImplementedError

    def can_read(self, user) -> bool:
        """May this person read the page (and so what stands beside it)?"""
        raise NotImplementedError

    def can_write(self, user) -> bool:
        """May this person write beside the page?"""
        raise NotImplementedError

    def roles_for(self, user_ids: Iterable[int]) -> dict[int, Role]:
        """The labels of a whole page of posts in one query; people without a role are left out."""
        raise NotImplementedError

    def hosts(self) -> list[User]:
        """Who answers here."""
        raise NotImplementedError
