"""How weeks and steps answer what `community` asks about the conversation beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from community.discussions.mixins import DiscussionMixin, Role

if TYPE_CHECKING:
    from community.accounts.models import User
    from community.forum.models import Forum


class CourseDiscussion(DiscussionMixin):
    """Weeks and steps: their conversation lies in the week's forum, and their course says who is who."""

    @property
    def discussion_title(self) -> str:
        return self.title[:255]

    def discussion_forum(self) -> Forum | None:
        from .spaces import forum_of

        return forum_of(self)

    def can_read(self, user) -> bool:
        from .access import can_read_page

        return can_read_page(self, user)

    def can_write(self, user) -> bool:
        from .access import can_write_beside

        return can_write_beside(self, user)

    def roles_for(self, user_ids: Iterable[int]) -> dict[int, Role]:
        from .access import course_of, roles_in_course

        return roles_in_course(course_of(self), user_ids)

    def hosts(self) -> list[User]:
        from .access import course_of, hosts_of

        return hosts_of(course_of(self))
