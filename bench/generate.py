"""Invented people, forums, a course and tens of thousands of posts: `python -m bench.generate`.

The same seed, numbers and day give the same community. Everything is dated before the day's beginning, so
that what lies a week back today does so tomorrow.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import sys
import time
from dataclasses import asdict, dataclass
from random import Random

# Small: how many posts the special conversations need, and a few for each other topic.
LEAST_POSTS = 200


@dataclass
class Places:
    """Where the measured pages are. All numbers are ids."""

    week: str  # an open week with a conversation of 55 posts, as an address
    topic: int  # a topic whose page shows exactly 20 posts
    busy: list[list[int]]  # topics to reply in, each with a post that can be answered
    steps: list[int]  # of the week above, to tick
    people: list[int]  # who reads, writes and ticks: on the course, in the middle of it


def fill(
    *, seed: int, posts: int, topics: int = 1000, people: int = 2000, readers: int = 64, at: dt.datetime
) -> Places:
    """Fill the migrated, empty database. `at` is the moment that counts as now; it should be a midnight.

    Raises ValueError for numbers that do not go together.
    """
    from django.db import transaction

    from .course import add_course, take_part

    if posts < LEAST_POSTS:
        raise ValueError(f"{posts} posts are too few: at least {LEAST_POSTS}")
    random = Random(seed)
    with transaction.atomic():
        everybody = add_people(random, people, at)
        leaders, crowd = everybody[:4], everybody[4:]
        forums = add_forums()
        course = add_course(random, at, leaders)
        on_course = crowd[: len(crowd) * 3 // 4]
        take_part(random, course, on_course, at, readers)
        special = add_posts(
            random, at=at, posts=posts, topics=topics, forums=forums, course=course, people=everybody
        )
    return Places(
        week=f"/courses/{course.page.slug}/{course.weeks[5].slug}/",
        steps=[step.pk for step in course.steps[5]],
        people=[person.pk for person in on_course[:readers]],
        **special,
    )


def add_people(random: Random, count: int, at: dt.datetime) -> list:
    """`count` people of different names and handles, without a password."""
    from community.accounts.models import User

    from . import texts

    def person(number: int) -> User:
        name = f"{random.choice(texts.FIRST_NAMES)} {random.choice(texts.LAST_NAMES)}"
        works = random.random() < 0.6
        return User(
            email=f"reader-{number}@bench.invalid",
            handle=f"reader-{number}",
            display_name=name,
            affiliation=f"{random.choice(texts.LAST_NAMES)} {random.choice(texts.PLACES)}" if works else "",
            affiliation_visibility=random.choice(User.Visibility.values),
            password="!",
            date_joined=at - dt.timedelta(days=400 - number % 300),
        )

    return User.objects.bulk_create([person(number) for number in range(count)], batch_size=1000)


def add_forums() -> list:
    """The café and seven rooms: everybody reads, members write."""
    from community.forum import access
    from community.forum.actions import create_forum
    from community.forum.models import Forum

    from . import texts

    rooms = create_forum(name="Rooms", category=True)
    forums = [Forum.objects.get(key="cafe")]
    for name in texts.TITLES[-7:]:
        forum = create_forum(name=name, parent=rooms, description="Open to everybody.", cloth="teal")
        access.grant(forum, access.VISITORS, access.READER)
        access.grant(forum, access.MEMBERS, access.WRITER)
        forums.append(forum)
    return forums


def add_posts(random: Random, *, at: dt.datetime, posts: int, topics: int, forums, course, people) -> dict:
    """Conversations beside the open weeks and steps, and of the forums' own; where the special ones are."""
    from django.core.management.color import no_style
    from django.db import connection
    from django.db.models import Max

    from community.accounts.models import system_account
    from community.discussions.models import Place
    from community.forum.models import Forum
    from community.forum_conversation import markup
    from community.forum_conversation.models import Post, Topic

    from . import texts, threads
    from .course import OPEN_WEEKS

    next_topic = (Topic.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    next_post = (Post.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    everything: list[threads.Thread] = []
    events: list[tuple[dt.datetime, int]] = []
    places: list[Place] = []

    def open_topic(forum, size: int, since: dt.datetime, answers=threads.talk, page=None) -> threads.Thread:
        subject = page.discussion_title if page else random.choice(texts.TITLES)
        topic = Topic(pk=next_topic + len(everything), forum=forum, subject=subject, type=Topic.TOPIC_POST)
        topic.slug = f"topic-{topic.pk}"
        if page:
            topic.beside_page, topic.poster = True, system
            places.append(Place(page_id=page.pk, topic=topic, created_at=since))
        events.extend((moment, len(everything)) for moment in threads.moments(random, since, at, size))
        everything.append(threads.Thread(topic, answers))
        return everything[-1]

    system = system_account()
    week, began = course.weeks[5], at - dt.timedelta(days=120)
    flat = open_topic(forums[1], 26, began, threads.flat)
    open_topic(week.discussion_forum(), 55, week.opens_at, threads.gathered, page=week)
    beside = [page for n in range(OPEN_WEEKS - 1) for page in (course.weeks[n], *course.steps[n])]
    beside = [page for page in beside if page != week][: topics // 3]
    left = posts - 26 - 55
    for number, size in enumerate(threads.sizes(topics - 2, left)):
        # The largest are the café's and the rooms'; then every third stands beside a page.
        page = beside.pop(0) if beside and number % 3 == 2 else None
        forum = page.discussion_forum() if page else forums[number % len(forums)]
        since = course.weeks[0].opens_at if page else began
        open_topic(forum, size, since + random.random() * (at - since) * 0.6, page=page)

    pool = [(text, markup.render(text)) for text in texts.pool(random, 300)]
    for moment, number in sorted(events):
        text, html = random.choice(pool)
        post = Post(
            pk=next_post,
            poster_id=random.choice(people).pk,
            content=text,
            html=html,
            renderer_version=markup.RENDERER_VERSION,
            created=moment,
        )
        everything[number].add(post, random)
        next_post += 1
    for thread in everything[2:]:
        # One post in five hundred was hidden by somebody; never the first one of a topic.
        for post in thread.posts[1:]:
            if random.random() < 0.002:
                post.state, post.state_by_id, post.state_at = Post.State.HIDDEN, people[0].pk, at
    for thread in everything:
        thread.count()

    Topic.objects.bulk_create([thread.topic for thread in everything], batch_size=1000)
    Post.objects.bulk_create(
        sorted((post for thread in everything for post in thread.posts), key=lambda post: post.pk),
        batch_size=2000,
    )
    Place.objects.bulk_create(places, batch_size=1000)
    counters = ["direct_topics_count", "direct_posts_count", "last_post", "last_post_on"]
    Forum.objects.bulk_update(threads.count_forums(everything).values(), counters)
    with connection.cursor() as cursor:
        # The rows brought their own ids.
        for statement in connection.ops.sequence_reset_sql(no_style(), [Topic, Post]):
            cursor.execute(statement)
    # Neither the largest nor the smallest of the café.
    cafe = [thread for thread in everything[2:] if thread.topic.forum_id == forums[0].pk]
    cafe = cafe[len(cafe) // 20 :][:50]
    return {"topic": flat.topic.pk, "busy": [pair for thread in cafe if (pair := answerable(thread))]}


def answerable(thread) -> list[int] | None:
    """The ids of a topic and of a post in it that can be answered."""
    from community.forum_conversation.models import Post

    roots = [post for post in thread.posts[1:] if not post.root_id and post.state == Post.State.PUBLISHED]
    return [thread.topic.pk, roots[0].pk] if roots else None


def this_monday() -> dt.datetime:
    """The beginning of this week (UTC): a database filled on any day of it is the same."""
    today = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - dt.timedelta(days=today.weekday())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="another number makes another community (1)")
    parser.add_argument("--posts", type=int, default=50_000, help="how many posts (50000)")
    parser.add_argument("--json", action="store_true", help="say where the measured pages are, as JSON")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from community.accounts.models import User

    logging.getLogger("wagtail").setLevel(logging.WARNING)
    call_command("migrate", verbosity=0)
    if User.objects.exists():
        parser.exit(
            2, f"There are people in “{connection.settings_dict['NAME']}” already. Name an empty one.\n"
        )
    begun = time.perf_counter()
    topics = min(1000, options.posts // 10)
    places = fill(seed=options.seed, posts=options.posts, topics=topics, at=this_monday())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    seconds = time.perf_counter() - begun
    print(f"{options.posts:,} posts in {topics:,} topics, in {seconds:.0f} s.", file=sys.stderr)
    if options.json:
        print(json.dumps(asdict(places)))


if __name__ == "__main__":
    main()
