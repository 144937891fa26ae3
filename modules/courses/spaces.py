"""The rooms that come with publishing: a course's category and access group, a week's forum."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community.discussions.models import Place
from community.forum import access
from community.forum.actions import create_forum, rename_forum
from community.forum.models import Forum
from community.forum_conversation.actions import move_topics
from community.prepared import Prepared

from .models import CoursePage, CourseRole, CourseSpace, ModulePage, WeekForum
from .selectors import within
from .tree import course_path, week_path


@transaction.atomic
def open_space(course: CoursePage) -> CourseSpace:
    """The category and access group of `course`; made the first time, renamed with the course after."""
    CoursePage.objects.select_for_update().get(pk=course.pk)
    space = CourseSpace.objects.select_related("category", "group").filter(course=course).first()
    if space is None:
        # Group names are unique and 150 long; the id tells two runs of one title apart.
        group = Group.objects.create(name=f"Course {course.pk}: {course.title}"[:150])
        category = create_forum(name=course.title, category=True, description=course.lede, cloth=course.cloth)
        return CourseSpace.objects.create(course=course, category=category, group=group)
    rename_forum(forum=space.category, name=course.title, description=course.lede, cloth=course.cloth)
    for week_forum in WeekForum.objects.filter(forum__parent=space.category).select_related("forum"):
        grant_readers(week_forum.forum, course)
    return space


def admit_leaders(space: CourseSpace) -> None:
    """Put who leads the course into its access group, so that they write in it without joining."""
    people = CourseRole.objects.filter(course=space.course_id).values_list("person_id", flat=True)
    space.group.user_set.add(*people)


@transaction.atomic
def open_week_forum(week: ModulePage) -> WeekForum:
    """The forum of `week`; made when the week is first published, renamed with it after."""
    course = CoursePage.objects.select_for_update().get(path=course_path(week.path))
    spaces = CourseSpace.objects.select_related("category", "group")
    space = spaces.filter(course=course).first() or open_space(course)
    week_forum = WeekForum.objects.select_related("forum").filter(week=week).first()
    if week_forum:
        rename_forum(forum=week_forum.forum, name=week.title, description=week.hint, cloth=week.cloth)
        return week_forum
    forum = create_forum(name=week.title, parent=space.category, description=week.hint, cloth=week.cloth)
    access.grant(forum, space.group.name, access.WRITER)
    grant_readers(forum, course)
    week_forum = WeekForum.objects.create(week=week, forum=forum)
    take_conversations_along(week)
    return week_forum


def grant_readers(forum: Forum, course: CoursePage) -> None:
    """Let visitors read a week's forum, or not, as the course says."""
    if course.visitors_read_conversations:
        access.grant(forum, access.VISITORS, access.READER)
    else:
        access.revoke(forum, access.VISITORS)


@transaction.atomic
def take_conversations_along(page) -> None:
    """Bring the conversations beside `page` and the pages below it into the forum of their week of now.

    `page` is a week or a step. A topic beside several pages goes with the first of them. One that a moderator
    has put into a forum of no week stays there. Without a forum (the week was never published) nothing
    moves; the week's first publishing calls this again.
    """
    forum = forum_of(page)
    if forum is None:
        return
    earlier = Place.objects.filter(topic=OuterRef("topic"), pk__lt=OuterRef("pk"))
    places = Place.objects.filter(
        Q(page=page.pk) | within("page__path", [page.path]),
        ~Exists(earlier),
        topic__forum__in=WeekForum.objects.values("forum"),
    ).exclude(topic__forum=forum)
    move_topics(topic_ids=list(places.values_list("topic_id", flat=True)), forum=forum)


def forum_of(page) -> Forum | None:
    """The forum that keeps the conversations of a week and its steps; None before the week is published."""
    week_forum = _forum_of_week.first(week_path(page.path))
    return week_forum.forum if week_forum else None


_forum_of_week = Prepared(lambda path: WeekForum.objects.select_related("forum").filter(week__path=path), str)
