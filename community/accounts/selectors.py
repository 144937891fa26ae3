"""What the pages about people read."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from community.forum.access import readable_forum_ids
from community.forum_conversation.models import Post

from .models import User

LATEST = 10


def with_handle(handle: str) -> QuerySet[User]:
    """The person of this handle, whatever its letter case; at most one."""
    return User.objects.alias(small=Lower("handle")).filter(small=handle.lower())


def with_address(email: str) -> QuerySet[User]:
    """Whoever has this e-mail address, whatever its letter case: in their account, or confirmed as theirs."""
    email = email.lower()
    confirmed = EmailAddress.objects.filter(email=email, verified=True).values("user_id")
    return User.objects.alias(small=Lower("email")).filter(Q(small=email) | Q(pk__in=confirmed))


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
    """The last ten published posts of `person` in forums that `viewer` may read, newest first."""
    return list(
        Post.objects.filter(
            poster=person,
            state=Post.State.PUBLISHED,
            topic__forum_id__in=readable_forum_ids(viewer),
        )
        .select_related("topic")
        .order_by("-id")[:LATEST]
    )
