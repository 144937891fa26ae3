"""Writing: start a topic, publish a post, hide it and bring it back, lock and move a topic.

Every action is one transaction that locks the topic's row first, so that ordinals, paths and counters of a
topic have one writer at a time. Counters change by F() on their own columns: nothing here saves a row that a
moderator may have changed in the meantime. Locks are taken in the order topic, forum (by id).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import BigIntegerField, Case, DateTimeField, F, IntegerField, Q, Value, When
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone

from community.accounts.models import User
from community.forum import access
from community.forum.models import Forum
from community.text import can_be_seen, one_line

from . import markup, tree
from .errors import Refused
from .models import Post, Topic
from .permissions import check_reply
from .signals import post_published

PUBLISHED = Post.State.PUBLISHED


def rendered(text: str) -> str:
    """The HTML of a post. Raises Refused, in words, for a text that is empty, too long or no text."""
    text = text.replace("\r\n", "\n")
    if "\x00" in text:
        raise Refused("nul")
    if len(text) > markup.MAX_LENGTH:
        raise Refused("long", length=len(text), limit=markup.MAX_LENGTH)
    html = markup.render(text)
    if not markup.has_words(html):
        raise Refused("empty")
    return html


@transaction.atomic
def start_topic(
    *,
    forum: Forum,
    person: User,
    subject: str,
    text: str,
    key: uuid.UUID | None = None,
    at: dt.datetime | None = None,
) -> Topic:
    """Open a topic with its first post. The caller has checked the right to; raises Refused on bad text."""
    html = rendered(text)
    subject = one_line(subject)
    if not can_be_seen(subject):
        raise Refused("subject")
    # A double click waits here for the first one.
    Forum.objects.select_for_update().get(pk=forum.pk)
    sent = _sent_with(key, person)
    if sent and (sent.content, sent.topic.subject) == (text, subject[:255]):
        return sent.topic
    key = None if sent else key
    topic = Topic.objects.create(
        forum=forum, poster=person, subject=subject[:255], created=at or timezone.now(), last_post_on=at
    )
    Forum.objects.filter(pk=forum.pk).update(direct_topics_count=F("direct_topics_count") + 1)
    post = _append(topic=topic, parent=None, person=person, text=text, html=html, key=key, at=at)
    Topic.objects.filter(pk=topic.pk).update(first_post=post)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def publish_post(
    *,
    topic_id: int,
    person: User,
    text: str,
    parent_id: int | None = None,
    key: uuid.UUID | None = None,
    at: dt.datetime | None = None,
    check_rights: bool = True,
) -> Post:
    """Publish a reply: at the top level, or below `parent_id` at any depth.

    `key` makes a reply sent twice arrive once; other words with the same key are another reply. Rights are
    checked under the topic's lock, so that a lock or a move by a moderator holds from the moment it is made;
    imports say `check_rights=False`. Raises Refused for bad text or a parent that is no post of this topic,
    Http404, PermissionDenied or Locked.
    """
    html = rendered(text)
    topic = Topic.objects.select_for_update().filter(pk=topic_id).first()
    if topic is None:
        raise Http404
    if check_rights:
        check_reply(rights=access.rights_in(person, topic.forum_id), topic=topic)
    sent = _sent_with(key, person)
    if sent and (sent.content, sent.topic_id) == (text, topic_id):
        return sent
    key = None if sent else key
    parent = None
    # A reply to the opening post of a forum's topic is a reply to the topic.
    if parent_id is not None and parent_id != topic.first_post_id:
        parent = Post.objects.filter(pk=parent_id, topic_id=topic_id).first()
        if parent is None or parent.state != PUBLISHED:
            raise Refused("parent")
    return _append(topic=topic, parent=parent, person=person, text=text, html=html, key=key, at=at)


def _sent_with(key: uuid.UUID | None, person: User) -> Post | None:
    """What `person` sent with this key before: the same words, or others from the same form."""
    return Post.objects.filter(poster=person, idempotency_key=key).first() if key else None


def _append(*, topic: Topic, parent: Post | None, person: User, text: str, html: str, key, at) -> Post:
    """Insert the post and bring the counters of its branch, topic and forum up to date (topic is locked)."""
    at = at or timezone.now()
    post = Post(
        topic=topic,
        poster=person,
        content=text,
        html=html,
        renderer_version=markup.RENDERER_VERSION,
        idempotency_key=key,
        created=at,
    )
    if parent is None:
        post.ordinal = topic.next_ordinal
        post.path = tree.segment(topic.next_ordinal)
    else:
        root_id = parent.root_id or parent.pk
        shelf = tree.shelf_path(parent.path)
        rows = Post.objects.filter(Q(pk=root_id) | Q(path=shelf), topic=topic).only(
            "path", "next_ordinal", "next_child"
        )
        near = {row.path: row for row in rows}
        root, above = near[shelf[: tree.SEGMENT]], near[shelf]
        post.parent, post.root_id, post.depth = parent, root_id, parent.depth + 1
        post.ordinal = root.next_ordinal
        post.path = shelf + tree.segment(above.next_child)
        Post.objects.filter(pk__in={parent.pk, root_id, above.pk}).update(
            replies_count=_plus_one_at(parent.pk, "replies_count"),
            branch_count=_plus_one_at(root_id, "branch_count"),
            next_ordinal=_plus_one_at(root_id, "next_ordinal"),
            next_child=_plus_one_at(above.pk, "next_child"),
        )
    post.save(force_insert=True)
    Topic.objects.filter(pk=topic.pk).update(
        next_ordinal=F("next_ordinal") + int(parent is None),
        posts_count=F("posts_count") + 1,
        **_latest(post),
    )
    Forum.objects.filter(pk=topic.forum_id).update(
        direct_posts_count=F("direct_posts_count") + 1, **_latest(post)
    )
    post_published.send(sender=Post, post=post)
    return post


def _plus_one_at(pk: int, column: str) -> Case:
    return Case(When(pk=pk, then=F(column) + 1), default=F(column), output_field=IntegerField())


def _latest(post: Post) -> dict:
    """Columns for `update()`: `post` becomes the last one, unless a later one stands there."""
    newer = Q(last_post_on__isnull=True) | Q(last_post_on__lte=post.created)
    return {
        "last_post": Case(
            When(newer, then=Value(post.pk)), default=F("last_post"), output_field=BigIntegerField()
        ),
        "last_post_on": Case(
            When(newer, then=Value(post.created)), default=F("last_post_on"), output_field=DateTimeField()
        ),
    }


@transaction.atomic
def set_state(*, post: Post, state: Post.State, by: User) -> Post:
    """Hide a post or bring it back (any change between published and not). Doing it twice does it once."""
    topic = Topic.objects.select_for_update().get(pk=post.topic_id)
    post = Post.objects.get(pk=post.pk)
    was, now = post.state == PUBLISHED, state == PUBLISHED
    if post.state == state:
        return post
    Post.objects.filter(pk=post.pk).update(state=state, state_by=by, state_at=timezone.now())
    if was != now:
        step = 1 if now else -1
        if post.parent_id:
            Post.objects.filter(pk=post.parent_id).update(replies_count=F("replies_count") + step)
            Post.objects.filter(pk=post.root_id).update(branch_count=F("branch_count") + step)
        Topic.objects.filter(pk=topic.pk).update(posts_count=F("posts_count") + step)
        Forum.objects.filter(pk=topic.forum_id).update(direct_posts_count=F("direct_posts_count") + step)
        point_at_latest(topic_id=topic.pk, forum_ids=[topic.forum_id])
    post.refresh_from_db()
    return post


def point_at_latest(*, topic_id: int, forum_ids: list[int]) -> None:
    """Find the last published post of a topic anew, and of forums among their topics' last posts."""
    last = Post.objects.filter(topic_id=topic_id, state=PUBLISHED).order_by("-created", "-pk").first()
    Topic.objects.filter(pk=topic_id).update(
        last_post=last, last_post_on=last.created if last else F("created")
    )
    for forum_id in sorted(forum_ids):
        Forum.objects.select_for_update().get(pk=forum_id)
        topic = (
            Topic.objects.filter(forum_id=forum_id, last_post__isnull=False)
            .order_by("-last_post_on", "-pk")
            .first()
        )
        Forum.objects.filter(pk=forum_id).update(
            last_post_id=topic.last_post_id if topic else None,
            last_post_on=topic.last_post_on if topic else None,
        )


@transaction.atomic
def lock_topic(*, topic_id: int, locked: bool) -> None:
    """Close a topic to new replies, or open it again."""
    topic = Topic.objects.select_for_update().get(pk=topic_id)
    Topic.objects.filter(pk=topic.pk).update(status=Topic.TOPIC_LOCKED if locked else Topic.TOPIC_UNLOCKED)


def move_topic(*, topic_id: int, forum: Forum) -> None:
    """Move a topic to another forum, with its posts' numbers. Raises Refused for a category."""
    move_topics(topic_ids=[topic_id], forum=forum)


@transaction.atomic
def move_topics(*, topic_ids: Collection[int], forum: Forum) -> None:
    """Move topics to one forum, with their posts' numbers; those that lie there already stay as they are.

    Raises Refused for a category.
    """
    if not forum.is_forum:
        raise Refused("category")
    topics = list(Topic.objects.select_for_update().filter(pk__in=topic_ids).order_by("pk"))
    topics = [topic for topic in topics if topic.forum_id != forum.pk]
    # All forums' rows, in the order of their ids.
    forum_ids = {forum.pk, *(topic.forum_id for topic in topics)}
    list(Forum.objects.select_for_update().filter(pk__in=forum_ids).order_by("pk"))
    for topic in topics:
        _move(topic, forum)


def _move(topic: Topic, forum: Forum) -> None:
    """Put a topic into another forum (all three rows are locked)."""
    for forum_id, sign in ((topic.forum_id, -1), (forum.pk, 1)):
        Forum.objects.filter(pk=forum_id).update(
            direct_topics_count=Greatest(F("direct_topics_count") + sign, 0),
            direct_posts_count=Greatest(F("direct_posts_count") + sign * topic.posts_count, 0),
        )
    Topic.objects.filter(pk=topic.pk).update(forum=forum)
    point_at_latest(topic_id=topic.pk, forum_ids=[topic.forum_id, forum.pk])
