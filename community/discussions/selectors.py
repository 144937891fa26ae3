"""The conversation on a page: beside a Wagtail page, or on the topic's own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from community.forum import access
from community.forum_conversation.fragments import Reader, thread_html
from community.forum_conversation.models import Post, Topic
from community.forum_conversation.selectors import ThreadPage, branch_page, thread_page
from community.prepared import Prepared

from .doors import door_to
from .kept import kept_reply
from .mixins import DiscussionMixin
from .models import Place
from .roles import roles_for


@dataclass
class Composer:
    """What the form below a thread needs."""

    action: str
    next: str
    key: str
    text: str = ""
    reply_to: int | None = None
    reply_to_name: str = ""
    kept: bool = False


def number_from(value: str | None) -> int:
    """A positive number from a query parameter; 0 for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


def topic_beside(page: Page) -> Topic | None:
    """The topic beside a page, if somebody has written there yet. One query."""
    place = _place_of_page.first(page.pk)
    return place.topic if place else None


_place_of_page = Prepared(lambda page: Place.objects.select_related("topic").filter(page_id=page), int)


def conversation_context(request: HttpRequest, page: DiscussionMixin) -> dict:
    """Template variables for `community/discussions/conversation.html` beside a page.

    Empty (`{"conversation": None}`) where this person may not read the page's conversation, and for pages
    that have no forum yet (never published). Five queries at the most: forum, rights, topic, posts, roles;
    one more for a topic that a moderator has put into another forum, whose rights then count.
    """
    forum = page.discussion_forum()
    rights = access.rights_in(request.user, forum.pk) if forum else frozenset()
    topic = topic_beside(page) if access.READ in rights else None
    if topic and topic.forum_id != forum.pk:
        rights = access.rights_in(request.user, topic.forum_id)
    if access.READ not in rights:
        return {"conversation": None, "conversation_forum": forum}
    context = thread_context(
        request,
        forum_id=topic.forum_id if topic else forum.pk,
        topic=topic,
        rights=rights,
        address=page.url,
        author_id=page.owner_id,
        roles=page.roles_for,
        action=None if topic else f"/forum/beside/{page.pk}/",
    )
    return context | {"conversation_forum": forum, "conversation_title": page.discussion_title}


def thread_context(
    request: HttpRequest,
    *,
    forum_id: int,
    topic: Topic | None,
    rights: frozenset[str],
    address: str,
    author_id: int | None,
    roles=None,
    action: str | None = None,
) -> dict:
    """Template variables for a thread with its composer. Two queries: posts and roles (three in a branch).

    `roles` is a function from user ids to labels; without one, the forum's own is asked.
    """
    thread = _thread(request, topic) if topic else ThreadPage(topic=None)
    locked = bool(topic and topic.is_locked and access.LOCK not in rights)
    may_reply = access.REPLY in rights and not locked
    # A visitor may write a reply as well: it is kept while they sign in, and sent by their own click.
    may_write = (may_reply or not request.user.is_authenticated) and not locked
    roles = roles or (lambda people: roles_for(forum_id, people))
    roles_of = roles(thread.poster_ids) if thread.poster_ids else {}
    reader = Reader(
        signed_in=request.user.is_authenticated,
        may_reply=may_write,
        moderates=access.HIDE in rights,
        author_id=author_id,
        opening_post_id=topic.first_post_id if topic and not topic.beside_page else None,
        roles=roles_of,
        address=address,
    )
    composer = None
    if may_write:
        reply_to = number_from(request.GET.get("reply_to"))
        answered = next((row for row in thread.rows if row.id == reply_to), None)
        composer = Composer(
            action=action or f"/forum/topic/{topic.pk}/reply/",
            next=address,
            key=str(uuid.uuid4()),
            reply_to=answered.id if answered else None,
            reply_to_name=(answered.name or "") if answered else "",
        )
        if kept := kept_reply(request, address):
            composer.text, composer.kept = kept["text"], True
            composer.reply_to = kept.get("parent") or composer.reply_to
    return {
        "conversation": thread,
        "topic": topic,
        "thread": thread_html(thread, reader),
        "composer": composer,
        "address": address,
        "list_address": f"{address}?branch={thread.branch}" if thread.branch else address,
        "locked": locked,
        "door": None if may_write or locked else door_to(forum_id),
        "may_lock": access.LOCK in rights,
        "may_move": access.MOVE in rights,
    }


def _thread(request: HttpRequest, topic: Topic) -> ThreadPage:
    number = number_from(request.GET.get("page"))
    branch = number_from(request.GET.get("branch"))
    if branch:
        root = Post.objects.filter(pk=branch, topic=topic, root__isnull=True).first()
        if root:
            return branch_page(topic, root, number)
    return thread_page(topic, number)
