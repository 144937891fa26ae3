"""Conversations in memory: who answers whom, with the numbers that the site stores about it.

The rules are those of community/forum_conversation (tree.py and actions.py), followed for many posts at
once; tests/bench holds the outcome against what the site's own checks expect.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from community.forum.models import Forum
from community.forum_conversation import tree
from community.forum_conversation.models import Post, Topic
from community.forum_conversation.selectors import REPLIES_SHOWN, ROOTS_PER_PAGE


@dataclass
class Thread:
    """A topic that grows. `answers` says what the next post answers (None: the topic)."""

    topic: Topic
    answers: Callable[[Thread, Random], Post | None]
    posts: list[Post] = field(default_factory=list)
    at_path: dict[str, Post] = field(default_factory=dict)

    def add(self, post: Post, random: Random) -> None:
        """Put `post` (with its id) where the next one goes."""
        parent = self.answers(self, random) if self.posts else None
        post.topic_id = self.topic.pk
        if parent is None:
            post.ordinal = self.topic.next_ordinal
            post.path = tree.segment(post.ordinal)
            self.topic.next_ordinal += 1
        else:
            shelf = tree.shelf_path(parent.path)
            root, above = self.at_path[shelf[: tree.SEGMENT]], self.at_path[shelf]
            post.parent_id, post.root_id, post.depth = parent.pk, root.pk, parent.depth + 1
            post.ordinal = root.next_ordinal
            post.path = shelf + tree.segment(above.next_child)
            root.next_ordinal += 1
            above.next_child += 1
        self.posts.append(post)
        self.at_path[post.path] = post

    def count(self) -> None:
        """Fill in what is counted among published posts, and which post is the first and which the last."""
        by_id = {post.pk: post for post in self.posts}
        published = [post for post in self.posts if post.state == Post.State.PUBLISHED]
        for post in published:
            if post.parent_id:
                by_id[post.parent_id].replies_count += 1
                by_id[post.root_id].branch_count += 1
        topic = self.topic
        topic.posts_count = len(published)
        topic.created = self.posts[0].created
        topic.last_post_id, topic.last_post_on = published[-1].pk, published[-1].created
        if not topic.beside_page:
            topic.first_post_id, topic.poster_id = self.posts[0].pk, self.posts[0].poster_id


def talk(thread: Thread, random: Random) -> Post | None:
    """A quarter answers the topic, the others one of the latest posts."""
    # What answers the opening post of a topic answers the topic.
    posts = thread.posts if thread.topic.beside_page else thread.posts[1:]
    if not posts or random.random() < 0.25:
        return None
    return posts[max(0, len(posts) - 1 - int(random.expovariate(1 / 6)))]


def flat(thread: Thread, random: Random) -> Post | None:
    """A first page of top-level posts without a reply; a few replies on the second."""
    return None if len(thread.posts) < ROOTS_PER_PAGE + 2 else thread.posts[-1]


def gathered(thread: Thread, random: Random) -> Post | None:
    """Fifteen top-level posts with their replies, all of which fit on one page."""
    if len(thread.posts) < 15:
        return None
    counts = {post.pk: post.next_ordinal - 1 for post in thread.posts if post.root_id is None}
    room = [post for post in thread.posts if counts[post.root_id or post.pk] < REPLIES_SHOWN]
    return random.choice(room)


def sizes(count: int, total: int, least: int = 1) -> list[int]:
    """`count` sizes of at least `least` with the sum `total`, falling as one over the rank (Zipf's law)."""
    weights = [1 / rank for rank in range(1, count + 1)]
    free = total - least * count
    if free < 0:
        raise ValueError(f"{count} topics cannot have {least} posts each among {total}")
    found = [least + int(free * weight / sum(weights)) for weight in weights]
    found[0] += total - sum(found)
    return found


def count_forums(threads: list[Thread]) -> dict[int, Forum]:
    """By forum id, a Forum that holds only the counters and last post that its threads give it."""
    forums: dict[int, Forum] = {}
    for thread in threads:
        topic = thread.topic
        forum = forums.setdefault(topic.forum_id, Forum(pk=topic.forum_id))
        forum.direct_topics_count += 1
        forum.direct_posts_count += topic.posts_count
        if forum.last_post_on is None or topic.last_post_on >= forum.last_post_on:
            forum.last_post_id, forum.last_post_on = topic.last_post_id, topic.last_post_on
    return forums


def moments(random: Random, since: dt.datetime, until: dt.datetime, count: int) -> list[dt.datetime]:
    """`count` moments between two, in order, to the microsecond."""
    span = int((until - since).total_seconds() * 1_000_000)
    return [
        since + dt.timedelta(microseconds=n) for n in sorted(random.randrange(span) for _ in range(count))
    ]
