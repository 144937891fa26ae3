"""What the screens read: a page of a thread, the topics of a forum, the tree of forums."""

from __future__ import annotations

import datetime as dt
import functools
import math
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q, QuerySet

from community.accounts.models import User, cloth, initials
from community.forum import access
from community.forum.models import Forum
from community.prepared import Prepared

from .models import Post, Topic

ROOTS_PER_PAGE = 20
REPLIES_SHOWN = 10  # under one top-level post, before "Show the other …"
BRANCH_PAGE = 50  # replies on a page of one branch
TOPICS_PER_PAGE = 30


class Row(NamedTuple):
    """One post as a thread shows it: the columns of one query, in this order."""

    id: int
    parent_id: int | None
    root_id: int | None
    ordinal: int
    depth: int
    path: str
    html: str
    state: int
    created: object
    replies_count: int
    branch_count: int
    poster_id: int | None
    name: str | None
    handle: str | None
    affiliation: str | None
    affiliation_visibility: str | None

    @property
    def initials(self) -> str:
        return initials(self.name or "")

    @property
    def cloth(self) -> str:
        return cloth(self.poster_id)


COLUMNS = (
    *("id", "parent_id", "root_id", "ordinal", "depth", "path", "html", "state", "created"),
    *("replies_count", "branch_count", "poster_id", "poster__display_name", "poster__handle"),
    *("poster__affiliation", "poster__affiliation_visibility"),
)


@dataclass
class ThreadPage:
    """Posts in the order of reading, and where in the thread they stand."""

    topic: Topic | None
    rows: list[Row] = field(default_factory=list)
    number: int = 1
    pages: int = 1
    branch: int | None = None

    @property
    def poster_ids(self) -> set[int]:
        return {row.poster_id for row in self.rows if row.poster_id}

    def people(self, limit: int = 12) -> list[Row]:
        """One row of each person who wrote on this page, in the order of their first post there."""
        shown: dict[int, Row] = {}
        for row in self.rows:
            if row.poster_id and row.state == Post.State.PUBLISHED:
                shown.setdefault(row.poster_id, row)
        return list(shown.values())[:limit]


def thread_page(topic: Topic, number: int = 1) -> ThreadPage:
    """Page `number` (from 1, clamped) of a thread: 20 top-level posts, first replies below. One query."""
    pages = max(1, math.ceil((topic.next_ordinal - 1) / ROOTS_PER_PAGE))
    number = min(max(number, 1), pages)
    first = (number - 1) * ROOTS_PER_PAGE + 1
    rows = _page_of_thread.rows(topic.pk, first, first + ROOTS_PER_PAGE - 1)
    return ThreadPage(topic=topic, rows=_shown(rows), number=number, pages=pages)


def _roots_with_replies(topic_id: int, first: int, last: int) -> QuerySet:
    """Top-level posts `first` to `last` of a topic with their first replies, in order of reading."""
    roots = Post.objects.filter(
        topic_id=topic_id, root__isnull=True, ordinal__gte=first, ordinal__lte=last
    ).order_by()
    replies = Post.objects.filter(root__in=roots.values("pk"), ordinal__lte=REPLIES_SHOWN).order_by()
    return roots.values_list(*COLUMNS).union(replies.values_list(*COLUMNS), all=True).order_by("path")


_page_of_thread = Prepared(_roots_with_replies, int, int, int)


def branch_page(topic: Topic, root: Post, number: int = 1) -> ThreadPage:
    """Page `number` of one branch: its top-level post and 50 replies, in order of reading. One query."""
    pages = max(1, math.ceil((root.next_ordinal - 1) / BRANCH_PAGE))
    number = min(max(number, 1), pages)
    first = (number - 1) * BRANCH_PAGE + 1
    rows = (
        Post.objects.filter(
            Q(pk=root.pk) | Q(root=root, ordinal__range=(first, first + BRANCH_PAGE - 1)), topic=topic
        )
        .order_by("path")
        .values_list(*COLUMNS)
    )
    return ThreadPage(topic=topic, rows=_shown(rows), number=number, pages=pages, branch=root.pk)


def _shown(rows) -> list[Row]:
    """Without the posts that left no place: hidden or taken back, and nobody had answered."""
    return [row for row in map(Row._make, rows) if row.state == Post.State.PUBLISHED or row.replies_count]


def place_in_thread(post: Post) -> dict[str, int]:
    """The query parameters under which `post` is found in its thread: `page`, or `branch` and its `page`."""
    if post.root_id is None:
        return _unless_first(page=math.ceil(post.ordinal / ROOTS_PER_PAGE))
    if post.ordinal <= REPLIES_SHOWN:
        root_ordinal = Post.objects.values_list("ordinal", flat=True).get(pk=post.root_id)
        return _unless_first(page=math.ceil(root_ordinal / ROOTS_PER_PAGE))
    return {"branch": post.root_id, **_unless_first(page=math.ceil(post.ordinal / BRANCH_PAGE))}


def _unless_first(*, page: int) -> dict[str, int]:
    return {"page": page} if page > 1 else {}


# Topics -----------------------------------------------------------------------------------------------
def topics_with_faces() -> QuerySet[Topic]:
    """Topics with what a row in a list shows, in one query."""
    return Topic.objects.select_related("poster", "forum", "last_post__poster").defer(
        "last_post__html", "last_post__content"
    )


@dataclass
class TopicList:
    """Topics of a forum, newest talk first; `older` is the cursor of the next page, or empty."""

    pinned: list[Topic]
    topics: list[Topic]
    older: str = ""


def topics_in(forum: Forum, before: str = "") -> TopicList:
    """Topics of one forum: pinned ones first (on the first page), then by last post; one or two queries.

    `before` is the `older` cursor of the page before: a moment and an id. Raises ValueError for another text.
    """
    topics = topics_with_faces().filter(forum=forum)
    pinned, plain = [], topics.filter(type=Topic.TOPIC_POST).order_by("-last_post_on", "-pk")
    if before:
        from django.utils.dateparse import parse_datetime

        moment, _sep, pk = before.partition("~")
        moment = parse_datetime(moment)
        try:
            moment = moment and moment.tzinfo and moment.astimezone(dt.UTC)
        except OverflowError:
            moment = None
        if not moment or not pk.isascii() or not pk.isdigit() or len(pk) > 18:
            raise ValueError(before)
        plain = plain.filter(Q(last_post_on__lt=moment) | Q(last_post_on=moment, pk__lt=int(pk)))
    else:
        pinned = list(topics.exclude(type=Topic.TOPIC_POST).order_by("-type", "-last_post_on", "-pk")[:20])
    rows = list(plain[: TOPICS_PER_PAGE + 1])
    older = ""
    if len(rows) > TOPICS_PER_PAGE:
        last = rows[TOPICS_PER_PAGE - 1]
        older = f"{last.last_post_on.isoformat()}~{last.pk}"
    return TopicList(pinned=pinned, topics=rows[:TOPICS_PER_PAGE], older=older)


def latest_topics(user, limit: int) -> list[Topic]:
    """The conversations with the newest posts that `user` may read, and what was said last. One query."""
    return _latest_topics(limit).objects(user)


@functools.cache
def _latest_topics(limit: int) -> access.PreparedForReader:
    topics = topics_with_faces().defer(None).defer("last_post__content").filter(last_post__isnull=False)
    topics = topics.order_by("-last_post_on", "-pk")
    return access.PreparedForReader(lambda forum_ids: topics.filter(forum__in=forum_ids)[:limit])


def recent_topics_of(user: User, limit: int = 5) -> list[Topic]:
    """The conversations of the last fifty posts of `user`, newest talk first. Two queries at the most."""
    topic_ids = {topic_id for (topic_id,) in _last_topic_ids.rows(user.pk)}
    if not topic_ids:
        return []
    places = [*topic_ids, *[0] * (LAST_POSTS - len(topic_ids))]  # no topic has the id 0
    return _topics_of(limit).objects(user, *places)


LAST_POSTS = 50
_last_topic_ids = Prepared(
    lambda poster: (
        Post.objects.filter(poster=poster, state=Post.State.PUBLISHED)
        .order_by("-pk")
        .values_list("topic_id")[:LAST_POSTS]
    ),
    int,
)


@functools.cache
def _topics_of(limit: int) -> access.PreparedForReader:
    def build(forum_ids: QuerySet, *topic_ids: int) -> QuerySet:
        topics = topics_with_faces().filter(pk__in=topic_ids, forum__in=forum_ids)
        return topics.order_by("-last_post_on", "-pk")[:limit]

    return access.PreparedForReader(build, *[int] * LAST_POSTS)


# Forums -----------------------------------------------------------------------------------------------
@dataclass
class Shelf:
    """A category and its forums; forums of no category stand under `category=None`."""

    category: Forum | None
    forums: list[Forum]


def forum_shelves(user) -> list[Shelf]:
    """The forums that `user` may read, category by category. One query.

    In a category the last one comes first: of a course's weeks, the one that is on.
    """
    shelves: dict[int | None, Shelf] = {}
    for forum in _forums.objects(user):
        shelf = shelves.setdefault(forum.parent_id, Shelf(forum.parent, []))
        shelf.forums.append(forum)
    # The café and its like stand last: a course's week is what most people come for.
    return sorted(shelves.values(), key=lambda shelf: shelf.category is None)


_forums = access.PreparedForReader(
    lambda forum_ids: (
        Forum.objects.filter(pk__in=forum_ids)
        .select_related("parent", "last_post__topic", "last_post__poster")
        .defer("last_post__html", "last_post__content")
        .order_by("tree_id", "-lft")
    )
)
