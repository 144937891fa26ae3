"""The rooms that come with publishing: a course's category and access group, a week's forum."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from community.forum import access
from community.forum.actions import create_forum, rename_forum
from community.forum.models import Forum

from .models import CoursePage, CourseRole, CourseSpace, ModulePage, WeekForum
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
    course = CoursePage.objects.get(path=course_path(week.path))
    space = open_space(course)
    week_forum = WeekForum.objects.select_related("forum").filter(week=week).first()
    if week_forum:
        rename_forum(forum=week_forum.forum, name=week.title, description=week.hint, cloth=week.cloth)
        return week_forum
    forum = create_forum(name=week.title, parent=space.category, description=week.hint, cloth=week.cloth)
    access.grant(forum, space.group.name, access.WRITER)
    grant_readers(forum, course)
    return WeekForum.objects.create(week=week, forum=forum)


def grant_readers(forum: Forum, course: CoursePage) -> None:
    """Let visitors read a week's forum, or not, as the course says."""
    if course.visitors_read_conversations:
        access.grant(forum, access.VISITORS, access.READER)
    else:
        access.revoke(forum, access.VISITORS)


def forum_of(page) -> Forum | None:
    """The forum that keeps the conversations of a week and its steps; None before the week is published."""
    week_forum = WeekForum.objects.select_related("forum").filter(week__path=week_path(page.path)).first()
    return week_forum.forum if week_forum else None
