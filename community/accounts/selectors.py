"""What the pages about people read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.html import strip_tags
from django.utils.text import Truncator

from community.forum.access import readable_forum_ids
from community.forum_conversation.models import Post

from .models import User

LATEST = 10


def with_handle(handle: str) -> QuerySet[User]:
    """The person of this handle, whatever its letter case; at most one."""
    return User.objects.alias(small=Lower("handle")).filter(small=handle.lower())


def affiliation_for(person: User, viewer) -> str:
    """Where `person` works, as far as they let `viewer` know; else an empty string."""
    visible = person.affiliation_visibility
    if (
        visible == User.Visibility.PUBLIC
        or (visible == User.Visibility.MEMBERS and viewer.is_authenticated)
        or person.pk == viewer.pk
    ):
        return person.affiliation
    return ""


def latest_posts(person: User, viewer) -> list[Post]:
    """The last ten published posts of `person` in forums that `viewer` may read, newest first.

    Each carries `gist`: its first words without markup.
    """
    posts = list(
        Post.objects.filter(
            poster=person,
            state=Post.State.PUBLISHED,
            topic__forum_id__in=readable_forum_ids(viewer),
        )
        .select_related("topic")
        .order_by("-id")[:LATEST]
    )
    for post in posts:
        post.gist = Truncator(strip_tags(post.html)).words(36)
    return posts
