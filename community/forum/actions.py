"""Changes to the tree of forums."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify

from . import access
from .models import Forum


@transaction.atomic
def create_forum(
    *, name: str, parent: Forum | None = None, category: bool = False, description: str = "", cloth: str = ""
) -> Forum:
    """Add a forum (or a category) as the last child of `parent`, or at the top.

    Moderators get their rights; everybody else's are granted by the caller.
    """
    # Nested sets are renumbered by several statements: one tree change at a time.
    Group.objects.select_for_update().get(name=access.VISITORS)
    if parent:
        parent.refresh_from_db()
    forum = Forum(
        name=name[:100],
        parent=parent,
        type=Forum.FORUM_CAT if category else Forum.FORUM_POST,
        description=description[:255],
        cloth=cloth,
    )
    forum.save()
    if not category:
        access.grant(forum, access.MODERATORS, access.MODERATOR)
    return forum


def rename_forum(*, forum: Forum, name: str, description: str, cloth: str) -> None:
    """Change what a forum is called, on these columns only."""
    Forum.objects.filter(pk=forum.pk).update(
        name=name[:100],
        slug=slugify(name[:100], allow_unicode=True) or "forum",
        description=description[:255],
        cloth=cloth,
    )
