"""Threads and posts of the site that are quoted elsewhere: shown as they are now, to who may read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.html import strip_tags

from community.forum import access
from community.forum_conversation.models import Post, Topic

POST = re.compile(r"/p/([1-9][0-9]{0,17})/?")
TOPIC = re.compile(r"/forum/topic/([1-9][0-9]{0,17})-[-\w]+/?")


def address_of_post(address: str) -> tuple[str, int] | None:
    """“post” or “topic” and its id, from an address of this site with or without host; None for others."""
    path = urlsplit(address.strip()).path
    for name, pattern in (("post", POST), ("topic", TOPIC)):
        found = pattern.fullmatch(path)
        if found:
            return name, int(found.group(1))
    return None


@dataclass(slots=True)
class Quoted:
    """A thread, and the post of it that is quoted; `post` is None where a whole thread is."""

    topic: Topic
    post: Post | None

    @property
    def url(self) -> str:
        return (self.post or self.topic).get_absolute_url()

    def passage(self, quote: str) -> str:
        """`quote` if the post (still) says it, else how it begins: nobody is quoted with other words."""
        if self.post is None:
            return ""
        said = " ".join(unescape(strip_tags(self.post.html)).split())
        wanted = " ".join(quote.split())
        return wanted if wanted and wanted in said else self.post.gist


def quotations(addresses: Iterable[str], user) -> dict[str, Quoted]:
    """What stands at these addresses, for `user`: nothing hidden, held or closed. Two queries at the most."""
    wanted = {address: address_of_post(address) for address in addresses}
    post_ids = {found[1] for found in wanted.values() if found and found[0] == "post"}
    topic_ids = {found[1] for found in wanted.values() if found and found[0] == "topic"}
    readable = access.readable_forum_ids(user) if post_ids or topic_ids else None
    shown = Q(state=Post.State.PUBLISHED, topic__forum__in=readable)
    posts = Post.objects.filter(shown, pk__in=post_ids).select_related("topic", "poster") if post_ids else ()
    topics = Topic.objects.filter(forum__in=readable, pk__in=topic_ids) if topic_ids else ()
    found = {("post", post.pk): Quoted(post.topic, post) for post in posts}
    found |= {("topic", topic.pk): Quoted(topic, None) for topic in topics}
    return {address: found[key] for address, key in wanted.items() if key in found}
