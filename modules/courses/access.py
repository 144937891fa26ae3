"""Who may read and write in a course, and who leads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from community.accounts.models import User
from community.discussions.doors import Door
from community.discussions.mixins import Role
from community.forum import access as forum_access
from community.prepared import Prepared

from .models import CoursePage, CourseRole, CourseSpace, ModulePage, WeekForum
from .selectors import leaders_of
from .tree import course_path, week_path

ROLES = {CourseRole.Role.INSTRUCTOR: Role.INSTRUCTOR, CourseRole.Role.MENTOR: Role.MENTOR}


def course_of(page) -> CoursePage:
    """The course of a course, week or step page; one query, kept on the page object."""
    if isinstance(page, CoursePage):
        return page
    if not hasattr(page, "_course"):
        page._course = _course_at.first(course_path(page.path))
    return page._course


def week_of(page) -> ModulePage:
    """The week of a week or step page; one query, kept on the page object."""
    if isinstance(page, ModulePage):
        return page
    if not hasattr(page, "_week"):
        page._week = _week_at.first(week_path(page.path))
    return page._week


_course_at = Prepared(lambda path: CoursePage.objects.filter(path=path), str)
_week_at = Prepared(lambda path: ModulePage.objects.filter(path=path), str)


def leads(course: CoursePage, user) -> bool:
    """True for the course's instructors and mentors and for administrators."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or any(role.person_id == user.pk for role in leaders_of(course))


def sees_closed(page, user) -> bool:
    """True for whoever may look into a week before its date: who leads the course or may edit the page."""
    if leads(course_of(page), user):
        return True
    return user.is_authenticated and page.permissions_for_user(user).can_edit()


def can_read_page(page, user) -> bool:
    """Published with all above it, and its week is open (or the person may look in before)."""
    week, course = week_of(page), course_of(page)
    return page.live and week.live and course.live and (week.is_open or sees_closed(page, user))


def can_write_beside(page, user) -> bool:
    """May read the page and reply in the forum that keeps its conversation."""
    if not user.is_authenticated:
        return False
    forum = page.discussion_forum()
    return bool(
        forum and forum_access.REPLY in forum_access.rights_in(user, forum.pk) and can_read_page(page, user)
    )


def closed_forum_ids(user_id: int | None, at: dt.datetime) -> QuerySet:
    """Forums of weeks that open after `at`, but for who leads the course (see forum.access.close_forums)."""
    closed = WeekForum.objects.filter(week__opens_at__gt=at)
    if user_id is not None:
        led = CourseSpace.objects.filter(course__roles__person_id=user_id).values("category_id")
        closed = closed.exclude(forum__parent_id__in=led)
    return closed.values("forum_id")


def roles_in_course(course: CoursePage, user_ids: Iterable[int]) -> dict[int, Role]:
    """The labels of these people in a course; one query, none where its leaders are known already."""
    wanted = set(user_ids)
    return {role.person_id: ROLES[role.role] for role in leaders_of(course) if role.person_id in wanted}


def roles_in_forum(forum_id: int, user_ids: Iterable[int]) -> dict[int, Role]:
    """The same for the topics of a week's forum; nobody has a role in a forum of no course. One query."""
    rows = CourseRole.objects.filter(course__space__category__children=forum_id, person_id__in=list(user_ids))
    return {person_id: ROLES[role] for person_id, role in rows.values_list("person_id", "role")}


def hosts_of(course: CoursePage) -> list[User]:
    """The instructors of a course, in the order in which the course names them."""
    return [role.person for role in leaders_of(course) if role.role == CourseRole.Role.INSTRUCTOR]


def door_of_forum(forum_id: int) -> Door | None:
    """The course that one joins to write in a week's forum. One query and what its address takes."""
    course = CoursePage.objects.live().filter(space__category__children=forum_id).first()
    return Door(name=course.title, url=course.url) if course else None
