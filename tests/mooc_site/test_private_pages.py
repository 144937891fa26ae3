"""A page that an editor opened to some groups only."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from home.models import EditorialPage, HomePage
from tests.conftest import publish

pytestmark = pytest.mark.django_db

KINDS = ["minutes", "course_index", "course", "week", "closed_week", "step"]


@pytest.fixture
def minutes() -> Page:
    page = EditorialPage(title="Minutes of the board", slug="minutes")
    return publish(HomePage.objects.get().add_child(instance=page))


@pytest.fixture
def step(add_step, week) -> Page:
    return add_step(week)


@pytest.fixture
def mentors() -> Group:
    return Group.objects.get(name="Mentors")


@pytest.fixture
def private(request, mentors) -> Page:
    """A page of the kind in the test's parameters, for mentors only."""
    page = request.getfixturevalue(request.param)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(mentors)
    return page


each_kind = pytest.mark.parametrize("private", KINDS, indirect=True)


@each_kind
def test_who_is_signed_in_and_not_in_the_group_is_told_so_at_once(client, person, private):
    client.force_login(person())
    response = client.get(private.url)
    html = response.content.decode()
    assert response.status_code == 403
    assert "this page is for a group you’re not in" in html
    assert 'href="/me/"' in html
    assert private.title not in html.split('id="main"')[1].split("</main>")[0]


@each_kind
def test_a_visitor_signs_in_and_comes_to_the_page(client, person, mentors, private):
    person("mentor").groups.add(mentors)
    door = client.get(private.url)
    assert door.url == f"/accounts/login/?next={private.url}"
    signed_in = client.post(door.url, {"login": "mentor", "password": "four plain words here"})
    assert signed_in.url == private.url
    assert client.get(private.url).status_code == 200


@each_kind
def test_a_visitor_who_is_in_no_group_is_told_so_after_signing_in(client, person, private):
    person("noor")
    sent = {"login": "noor", "password": "four plain words here"}
    response = client.post(client.get(private.url).url, sent, follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


@pytest.mark.parametrize("private", ["minutes"], indirect=True)
def test_administrators_are_in_every_group(client, person, private):
    client.force_login(person("chief", is_superuser=True))
    assert client.get(private.url).status_code == 200


@pytest.mark.parametrize("private", ["course"], indirect=True)
def test_what_lies_below_is_for_the_same_group(client, person, private, step):
    client.force_login(person())
    assert client.get(step.url).status_code == 403


@pytest.mark.parametrize("private", ["minutes"], indirect=True)
def test_the_group_comes_before_the_password(client, person, mentors, private):
    PageViewRestriction.objects.create(
        page=HomePage.objects.get(), restriction_type=PageViewRestriction.PASSWORD, password="tea"
    )
    client.force_login(person())
    assert client.get(private.url).status_code == 403
    client.force_login(mentor := person("mentor"))
    mentor.groups.add(mentors)
    assert "This page has a password" in client.get(private.url).content.decode()


def test_a_page_for_everybody_who_signs_in_refuses_none_of_them(client, person, minutes):
    PageViewRestriction.objects.create(page=minutes, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/minutes/").url == "/accounts/login/?next=/minutes/"
    client.force_login(person())
    assert client.get("/minutes/").status_code == 200


def test_the_words_are_spanish_for_who_reads_spanish(client, person, minutes):
    PageViewRestriction.objects.create(page=minutes, restriction_type=PageViewRestriction.GROUPS)
    client.cookies["django_language"] = "es"
    client.force_login(person())
    assert "esta página es para un grupo" in client.get("/minutes/").content.decode()
