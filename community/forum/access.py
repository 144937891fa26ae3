"""Who may do what in which forum: the only source that lists, pages, search, feeds and files ask.

Rights are granted per forum to groups, never globally. Two groups stand for people who need not be in them:
*Visitors* for everybody, *Members* for everybody signed in. What is closed for a person (a week before its
date) is taken off by queries that other rooms register with `close_forums`.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from machina.core.db.models import get_model

from community.prepared import Prepared

from .models import Forum

SEE, READ = "can_see_forum", "can_read_forum"
REPLY, START = "can_reply_to_topics", "can_start_new_topics"
HIDE, LOCK, MOVE = "can_approve_posts", "can_lock_topics", "can_move_topics"

READER = (SEE, READ)
WRITER = (*READER, REPLY, START)
MODERATOR = (*WRITER, HIDE, LOCK, MOVE)

VISITORS, MEMBERS, MODERATORS = "Visitors", "Members", "Community moderators"

Closing = Callable[[int | None, dt.datetime], QuerySet]
_closed: list[Closing] = []


def close_forums(query: Closing) -> None:
    """Register a function from a person's id (None for visitors) and an instant to the forums closed then.

    It gives a queryset of one column of forum ids, and uses id and instant only as values to compare with.
    """
    _closed.append(query)


def _grants(user_id: int | None, at: dt.datetime) -> QuerySet:
    """The grants that reach a person (None: a visitor), in forums that are not closed for them at `at`."""
    grant = get_model("forum_permission", "GroupForumPermission")
    groups = Q(group__name=VISITORS)
    if user_id is not None:
        mine = get_user_model().groups.through.objects.filter(user_id=user_id).values("group_id")
        groups |= Q(group__name=MEMBERS) | Q(group_id__in=mine)
    grants = grant.objects.filter(groups, has_perm=True, forum__isnull=False)
    for query in _closed:
        grants = grants.exclude(forum_id__in=query(user_id, at))
    return grants


def _rights(grants: QuerySet, forum_id: int) -> QuerySet:
    return grants.filter(forum_id=forum_id).values_list("permission__codename")


_rights_of_person = Prepared(
    lambda forum_id, at, user_id: _rights(_grants(user_id, at), forum_id), int, dt.datetime, int
)
_rights_of_visitor = Prepared(lambda forum_id, at: _rights(_grants(None, at), forum_id), int, dt.datetime)


def forum_ids(user, right: str) -> QuerySet:
    """Ids of the forums in which `user` has `right`, as a queryset of one column for use in `__in`."""
    if user.is_authenticated and user.is_superuser:
        return Forum.objects.filter(type=Forum.FORUM_POST).order_by().values_list("pk", flat=True)
    grants = _grants(user.pk if user.is_authenticated else None, timezone.now())
    return grants.filter(permission__codename=right).values_list("forum_id", flat=True)


def readable_forum_ids(user) -> QuerySet:
    """Ids of the forums that `user` may read. Every list of topics, posts or files derives from it."""
    return forum_ids(user, READ)


class PreparedForReader:
    """A prepared query of what somebody may read: `build(forum_ids, number, …)` gives a queryset.

    `forum_ids` is that of `readable_forum_ids`, for use in `__in`; `kinds` are those of the other arguments.
    """

    def __init__(self, build: Callable[..., QuerySet], *kinds: type) -> None:
        def readable(user_id: int | None, at: dt.datetime, *arguments) -> QuerySet:
            grants = _grants(user_id, at).filter(permission__codename=READ)
            return build(grants.values_list("forum_id", flat=True), *arguments)

        self._build = build
        self._for_person = Prepared(readable, int, dt.datetime, *kinds)
        self._for_visitor = Prepared(functools.partial(readable, None), dt.datetime, *kinds)

    def objects(self, user, *arguments) -> list[Model]:
        """The objects that `user` may read. One query."""
        if user.is_authenticated and user.is_superuser:
            return list(self._build(readable_forum_ids(user), *arguments))
        if user.is_authenticated:
            return self._for_person.objects(user.pk, timezone.now(), *arguments)
        return self._for_visitor.objects(timezone.now(), *arguments)


def rights_in(user, forum_id: int) -> frozenset[str]:
    """All rights of `user` in one forum, in one query; without the right to read there are none."""
    if user.is_authenticated and user.is_superuser:
        return frozenset(MODERATOR)
    if user.is_authenticated:
        rows = _rights_of_person.rows(forum_id, timezone.now(), user.pk)
    else:
        rows = _rights_of_visitor.rows(forum_id, timezone.now())
    rights = frozenset(codename for (codename,) in rows)
    return rights if READ in rights else frozenset()


def require(rights: frozenset[str], right: str) -> None:
    """Raise Http404 where `rights` do not include reading, PermissionDenied where they lack `right`."""
    if READ not in rights:
        raise Http404
    if right not in rights:
        raise PermissionDenied(_("You can read here, but not do this."))


def grant(forum: Forum, group_name: str, rights: Iterable[str]) -> None:
    """Give a group these rights in one forum; those it has already stay."""
    permission = get_model("forum_permission", "ForumPermission")
    group_permission = get_model("forum_permission", "GroupForumPermission")
    group = Group.objects.get(name=group_name)
    group_permission.objects.bulk_create(
        [
            group_permission(
                permission=permission.objects.get_or_create(codename=right)[0], forum=forum, group=group
            )
            for right in rights
        ],
        ignore_conflicts=True,
    )


def revoke(forum: Forum, group_name: str) -> None:
    """Take all rights in one forum from a group."""
    group_permission = get_model("forum_permission", "GroupForumPermission")
    group_permission.objects.filter(forum=forum, group__name=group_name).delete()
