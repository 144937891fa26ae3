"""Nobody's click takes a person's posts and records along."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.urls import reverse

from community.accounts.models import User
from community.forum_conversation.actions import start_topic
from community.forum_conversation.models import Post
from modules.progress.actions import join_course, tick_step, untick_step
from modules.progress.models import Enrolment, StepCompletion

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, person):
    """The browser of somebody who may delete people."""
    client.force_login(person("chief", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def writer(person, cafe) -> User:
    """Has written and joined nothing."""
    writer = person("amara", display_name="Amara <b>Nwosu</b>")
    start_topic(forum=cafe, person=writer, subject="Tea", text="With milk")
    return writer


@pytest.fixture
def learner(person, course) -> User:
    """Has joined, and written nothing."""
    learner = person("yusuf")
    join_course(person=learner, course=course)
    return learner


def delete_many(desk, *people: User):
    ids = "&".join(f"id={person.pk}" for person in people)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    return desk.post(f"{address}?next=/cms/users/&{ids}", follow=True)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["writer", "learner"])
def test_who_has_posts_or_records_is_not_deleted_and_the_desk_says_so(desk, request, method, who):
    person = request.getfixturevalue(who)
    response = getattr(desk, method)(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    html = response.content.decode()
    assert "has posts or records of courses, which stay" in html
    assert 'name="mark_as_active"' in html
    assert "<b>Nwosu" not in html
    assert User.objects.filter(pk=person.pk).exists()


def test_nobody_is_deleted_together_with_those_who_must_stay(desk, writer, learner, person):
    stranger = person("stranger")
    html = delete_many(desk, stranger, learner, writer).content.decode()
    assert "Nobody has been deleted." in html
    assert "Amara &lt;b&gt;Nwosu&lt;/b&gt;, Yusuf" in html
    assert User.objects.filter(pk__in=[stranger.pk, learner.pk, writer.pk]).count() == 3
    assert Enrolment.objects.count() == Post.objects.count() == 1


def test_people_who_have_left_nothing_are_deleted_one_by_one_and_together(desk, person):
    one, two, three = person("one"), person("two"), person("three")
    desk.post(reverse("wagtailusers_users:delete", args=[one.pk]))
    delete_many(desk, two, three)
    assert not User.objects.filter(pk__in=[one.pk, two.pk, three.pk]).exists()


def test_a_revoked_record_is_a_record(person, add_step, week, course):
    noor = person()
    step = add_step(week)
    join_course(person=noor, course=course)
    tick_step(person=noor, step=step)
    untick_step(person=noor, step=step)
    Enrolment.objects.all().delete()
    assert StepCompletion.objects.get().revoked_at
    with pytest.raises(ProtectedError):
        noor.delete()


def test_djangos_admin_would_name_what_is_in_the_way(rf, writer, learner, person):
    chief = person("chief", is_staff=True, is_superuser=True)
    request: RequestFactory = rf.get("/")
    request.user = chief
    people = admin.ModelAdmin(User, admin.site)
    for kept in (writer, learner):
        assert people.get_deleted_objects([kept], request)[-1]
    assert not people.get_deleted_objects([person("stranger")], request)[-1]


def test_who_cannot_be_deleted_is_made_inactive_where_the_desk_leads(desk, learner):
    instead = desk.post(reverse("wagtailusers_users:delete", args=[learner.pk])).url
    assert desk.post(instead, {"mark_as_active": "False"}).url == "/cms/users/"
    learner.refresh_from_db()
    assert not learner.is_active
    assert Enrolment.objects.get().person == learner
