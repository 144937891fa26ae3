"""Checks that raise."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from community.forum import access

from .models import Post, Topic


class Locked(PermissionDenied):
    """The conversation takes no more replies."""


def check_read(*, user, forum_id: int) -> frozenset[str]:
    """The rights of `user` in a forum. Raises Http404 where reading is not among them."""
    rights = access.rights_in(user, forum_id)
    access.require(rights, access.READ)
    return rights


def check_start(*, user, forum_id: int) -> frozenset[str]:
    """Raises Http404 or PermissionDenied unless `user` may start a topic in the forum."""
    rights = access.rights_in(user, forum_id)
    access.require(rights, access.START)
    return rights


def check_reply(*, rights: frozenset[str], topic: Topic) -> None:
    """Raises Http404, PermissionDenied or Locked unless somebody with `rights` may reply in `topic`."""
    access.require(rights, access.REPLY)
    if topic.is_locked and access.LOCK not in rights:
        raise Locked(_("This conversation is closed to new replies."))


def check_post_visible(*, user, post: Post) -> frozenset[str]:
    """Rights in the post's forum. Raises Http404 for a post that `user` may not see.

    A hidden or held post is seen by moderators; a held one by its author as well.
    """
    rights = check_read(user=user, forum_id=post.topic.forum_id)
    if post.state == Post.State.PUBLISHED or access.HIDE in rights:
        return rights
    if post.state == Post.State.HELD and user.is_authenticated and post.poster_id == user.pk:
        return rights
    raise Http404


def check_moderate(*, user, forum_id: int, right: str) -> None:
    """Raises Http404 or PermissionDenied unless `user` has a moderator's `right` in the forum."""
    access.require(access.rights_in(user, forum_id), right)
