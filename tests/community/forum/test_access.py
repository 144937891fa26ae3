"""Who may read which forum: the one source."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from community.forum import access
from community.forum.actions import create_forum
from modules.courses.models import CourseRole

pytestmark = pytest.mark.django_db


def readable(user) -> set[int]:
    return set(access.readable_forum_ids(user))


def test_visitors_read_the_cafe_and_nothing_else(cafe, private_forum, week):
    assert readable(AnonymousUser()) == {cafe.pk}


def test_members_write_in_the_cafe(cafe, person):
    assert access.rights_in(person(), cafe.pk) == set(access.WRITER)
    assert access.rights_in(AnonymousUser(), cafe.pk) == set(access.READER)


def test_a_grant_in_one_forum_opens_no_later_forum(person, cafe):
    noor = person()
    create_forum(name="Made later")
    assert readable(noor) == {cafe.pk}


def test_people_on_a_course_read_and_write_in_its_open_weeks(person, joined, week, closed_week, cafe):
    noor = joined(person())
    assert readable(noor) == {cafe.pk, week.week_forum.forum_id}
    assert access.REPLY in access.rights_in(noor, week.week_forum.forum_id)
    assert access.rights_in(noor, closed_week.week_forum.forum_id) == frozenset()


def test_who_leads_the_course_reads_a_closed_weeks_forum(person, joined, course, closed_week):
    amara = joined(person("amara"))
    CourseRole.objects.create(course=course, person=amara, role="instructor")
    assert closed_week.week_forum.forum_id in readable(amara)


def test_a_moderators_rights_end_at_a_closed_week(moderator, closed_week):
    assert closed_week.week_forum.forum_id not in readable(moderator)


def test_administrators_read_everything(person, private_forum, closed_week, cafe):
    admin = person("wim", is_superuser=True)
    assert {private_forum.pk, closed_week.week_forum.forum_id, cafe.pk} <= readable(admin)


def test_visitors_read_a_course_that_says_so_and_no_longer_when_it_says_no(course, week):
    from tests.conftest import publish

    course.visitors_read_conversations = True
    publish(course)
    assert week.week_forum.forum_id in readable(AnonymousUser())
    course.visitors_read_conversations = False
    publish(course)
    assert week.week_forum.forum_id not in readable(AnonymousUser())


def test_what_one_may_not_read_does_not_exist_and_what_one_may_not_do_is_refused(cafe, private_forum, person):
    from django.core.exceptions import PermissionDenied

    noor = person()
    with pytest.raises(Http404):
        access.require(access.rights_in(noor, private_forum.pk), access.REPLY)
    with pytest.raises(PermissionDenied):
        access.require(access.rights_in(noor, cafe.pk), access.LOCK)


def test_rights_and_readable_forums_take_one_query_each(
    person, joined, week, closed_week, django_assert_num_queries
):
    noor, forum_id = joined(person()), week.week_forum.forum_id
    with django_assert_num_queries(1):
        readable(noor)
    with django_assert_num_queries(1):
        access.rights_in(noor, forum_id)
