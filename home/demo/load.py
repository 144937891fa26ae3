"""The demo: a course in its third week, the invented people who take it, and what they wrote.

The course is the folder `course/`, imported like any other; people and posts stand in `community.yaml`. Times
there are days since the course began. It begins on the Monday two weeks before this week's; what was written
in the third week is spread over the time since its Monday, so that the last word is minutes old.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import yaml
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.discussions.actions import publish_beside
from community.discussions.models import Place
from community.forum.models import Forum
from community.forum_conversation.actions import publish_post, start_topic
from community.forum_conversation.models import Post, Topic
from community.moderation.actions import report_post
from community.moderation.models import Report
from home.models import EditorialPage, HomePage
from modules.courses.models import (
    CoursePage,
    CourseRole,
    CourseSpace,
    ModulePage,
    StepPage,
    WeekForum,
)
from modules.courses.spaces import forum_of
from modules.courses.textfolder import import_course, page_from_text
from modules.progress.actions import join_course, leave_course, record_visit, tick_step

FOLDER = Path(__file__).parent
COURSE_UID = "listening-library"
PASSWORD = "commonplace-demo"  # noqa: S105 – public, and only where the demo is
THIRD_WEEK = 14  # the day on which it opens


def is_loaded() -> bool:
    """True where the demo's people are."""
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def load() -> None:
    """Load course, people, progress and conversations. Raises what import_course raises."""
    script = yaml.safe_load((FOLDER / "community.yaml").read_text(encoding="utf-8"))
    today = timezone.localdate()
    start = today - dt.timedelta(days=today.weekday() + THIRD_WEEK)
    people = {entry["handle"]: _person(entry) for entry in script["people"]}
    import_course(FOLDER / "course", start=start, force=False)
    course = CoursePage.objects.get(uid=COURSE_UID)
    clock = Clock.of(course, script)
    _roles(course, script, people)
    _progress(course, script, people, clock)
    _talk(course, script, people, clock)
    _front_door(course)


@dataclass
class Clock:
    """Days and times of the script as moments that have passed."""

    start: dt.datetime
    third_week: dt.datetime
    now: dt.datetime
    last: dt.datetime

    @classmethod
    def of(cls, course: CoursePage, script: dict) -> Clock:
        start = dt.datetime.combine(course.starts_on, dt.time(), tzinfo=dt.UTC)
        now = timezone.now() - dt.timedelta(minutes=4)
        clock = cls(start=start, third_week=course.midnight(THIRD_WEEK), now=now, last=now)
        clock.last = max(clock._plain(entry) for entry, *_rest in _entries(script))
        return clock

    def _plain(self, entry: dict) -> dt.datetime:
        hour, minute = map(int, str(entry["time"]).split(":"))
        return self.start + dt.timedelta(days=entry["day"], hours=hour, minutes=minute)

    def __call__(self, entry: dict) -> dt.datetime:
        """When `entry` (its day and time) happened."""
        moment = self._plain(entry)
        if moment <= self.third_week:
            return moment
        share = (moment - self.third_week) / (self.last - self.third_week)
        return self.third_week + max(self.now - self.third_week, dt.timedelta()) * share

    def on(self, day: int, hour: int) -> dt.datetime:
        """The hour of a day, or now if that lies ahead."""
        return min(self.start + dt.timedelta(days=day, hours=hour), self.now)


def _entries(script: dict):
    """All posts of the script as (entry, the entry it answers, what begins its thread)."""
    waiting = [(topic, None, topic) for topic in script["topics"]]
    for talk in script["conversations"]:
        waiting += [(entry, None, talk) for entry in talk["replies"]]
    while waiting:
        entry, answered, thread = waiting.pop()
        yield entry, answered, thread
        # What answers a topic's first post answers the topic.
        parent = None if entry is thread else entry
        waiting += [(reply, parent, thread) for reply in entry.get("replies", [])]


def _person(entry: dict) -> User:
    handle = entry.get("account", entry["handle"])
    user = User.objects.create_user(
        email=f"{handle}@demo.example",
        # Only the four accounts are there to be signed in with.
        password=PASSWORD if "account" in entry else None,
        handle=handle,
        display_name=entry["name"],
        affiliation=entry.get("affiliation", ""),
        affiliation_visibility=User.Visibility.PUBLIC,
        time_zone=entry["time_zone"],
        language=entry["language"] if entry.get("account") is None else "",
        is_demo=True,
        is_staff=entry.get("account") == "admin",
        is_superuser=entry.get("account") == "admin",
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    group = {"instructor": "Instructors", "mentor": "Mentors", "moderator": "Community moderators"}
    if entry.get("role"):
        user.groups.add(Group.objects.get(name=group[entry["role"]]))
    return user


def _roles(course: CoursePage, script: dict, people: dict[str, User]) -> None:
    leading = [entry for entry in script["people"] if entry.get("role") in CourseRole.Role.values]
    for order, entry in enumerate(leading):
        CourseRole.objects.create(
            course=course, person=people[entry["handle"]], role=entry["role"], sort_order=order
        )


def _progress(course: CoursePage, script: dict, people: dict[str, User], clock: Clock) -> None:
    steps = {step.uid: step for step in StepPage.objects.descendant_of(course)}
    weeks = {week.uid: week for week in ModulePage.objects.child_of(course)}
    for entry in script["people"]:
        person = people[entry["handle"]]
        joined = entry.get("joined_day", 0)
        join_course(person=person, course=course, at=clock.on(joined, 8))
        for number, uid in enumerate(entry.get("done", [])):
            week = next(week for week in weeks.values() if steps[uid].path.startswith(week.path))
            at = clock.on(max(week.offset_days, joined) + number % 5, 11 + number % 8)
            record_visit(person=person, step=steps[uid], course=course, at=at - dt.timedelta(minutes=12))
            tick_step(person=person, step=steps[uid], at=at)
        for uid in entry.get("opened", []):
            record_visit(person=person, step=steps[uid], course=course, at=clock.now)
        if "left_day" in entry:
            leave_course(person=person, course=course)


def _talk(course: CoursePage, script: dict, people: dict[str, User], clock: Clock) -> None:
    """Write all posts in the order in which they happened, so that ids and times agree."""
    pages = {page.uid: page for page in ModulePage.objects.child_of(course)}
    pages |= {page.uid: page.specific for page in StepPage.objects.descendant_of(course)}
    topics: dict[int, Topic] = {}
    posts: dict[int, Post] = {}
    for entry, answered, thread in sorted(_entries(script), key=lambda triple: clock(triple[0])):
        words = {"person": people[entry["by"]], "text": entry["text"], "at": clock(entry)}
        if entry is thread:
            cafe = entry["forum"] == "cafe"
            forum = Forum.objects.get(key="cafe") if cafe else forum_of(pages[entry["forum"]])
            topics[id(thread)] = start_topic(forum=forum, subject=entry["title"], **words)
            continue
        words |= {"parent_id": posts[id(answered)].pk if answered else None, "check_rights": False}
        if "page" in thread:
            post = publish_beside(page=pages[thread["page"]], **words)
        else:
            post = publish_post(topic_id=topics[id(thread)].pk, **words)
        posts[id(entry)] = post
        if reported := entry.get("reported"):
            told = {"reporter": people[reported["by"]], "note": reported["note"]}
            report_post(post=post, reason=Report.Reason.UNKIND, **told)


def _front_door(course: CoursePage) -> None:
    """Show the course on the landing page; add the editorial pages that are not there yet."""
    home = HomePage.objects.get()
    home.featured_course = course
    home.save_revision().publish()
    for path in sorted((FOLDER / "pages").glob("*.md")):
        if not EditorialPage.objects.filter(slug=path.stem).exists():
            page = EditorialPage(slug=path.stem, show_in_menus=True, **page_from_text(path, EditorialPage))
            home.add_child(instance=page)
            page.save_revision().publish()


@transaction.atomic
def unload() -> None:
    """Take the demo away: its course with all that was said in it, its people and the topics they started."""
    courses = CoursePage.objects.filter(uid=COURSE_UID)
    spaces = [course.space for course in courses if hasattr(course, "space")]
    forums = Forum.objects.filter(parent__in=[space.category_id for space in spaces])
    topics = Topic.objects.filter(forum__in=forums) | Topic.objects.filter(
        poster__is_demo=True, beside_page=False
    )
    topic_ids = list(topics.values_list("pk", flat=True))
    touched = set(Topic.objects.filter(pk__in=topic_ids).values_list("forum_id", flat=True))
    Report.objects.filter(post__topic__in=topic_ids).delete()
    Place.objects.filter(topic__in=topic_ids).delete()
    Topic.objects.filter(pk__in=topic_ids).update(first_post=None, last_post=None)
    Forum.objects.filter(pk__in=touched).update(last_post=None)
    # One statement: posts of a thread refer to each other, and the keys are checked at the end.
    posts = Post.objects.filter(topic__in=topic_ids)
    posts._raw_delete(posts.db)
    Topic.objects.filter(pk__in=topic_ids).delete()
    for course in courses:
        course.delete()
    for space in spaces:
        category, group = space.category, space.group
        WeekForum.objects.filter(forum__parent=category).delete()
        CourseSpace.objects.filter(pk=space.pk).delete()
        for forum in list(category.get_children()):
            forum.delete()
        category.refresh_from_db()
        category.delete()
        group.delete()
    User.objects.filter(is_demo=True).delete()
    for forum in Forum.objects.filter(pk__in=touched):
        recount(forum)


def recount(forum: Forum) -> None:
    """Count a forum's topics and posts anew."""
    topics = Topic.objects.filter(forum=forum)
    last = topics.filter(last_post__isnull=False).order_by("-last_post_on", "-pk").first()
    Forum.objects.filter(pk=forum.pk).update(
        direct_topics_count=topics.count(),
        direct_posts_count=sum(topics.values_list("posts_count", flat=True)),
        last_post=last.last_post_id if last else None,
        last_post_on=last.last_post_on if last else None,
    )
