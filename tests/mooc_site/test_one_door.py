"""Wagtail's and Django's desks have no doors of their own."""

import pytest
from django.contrib.auth.models import Group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("desk", ["/cms/", "/django-admin/", "/cms/pages/"])
def test_a_visitor_is_led_to_the_one_door_and_back_to_the_desk(client, desk):
    response = client.get(desk, follow=True)
    address, _status = response.redirect_chain[-1]
    assert address.startswith("/accounts/login/?next=")
    assert response.status_code == 200


@pytest.mark.parametrize("desk", ["/cms/", "/django-admin/"])
def test_who_is_signed_in_and_has_no_desk_is_told_so_once(client, person, desk):
    client.force_login(person())
    response = client.get(desk, follow=True)
    assert response.status_code == 403
    assert "desk is for" in response.content.decode()
    assert len(response.redirect_chain) == 1


@pytest.mark.parametrize(
    ("door", "leads_to"),
    [
        ("/cms/login/", "/cms/"),
        ("/cms/login/?next=/cms/users/", "/cms/users/"),
        ("/cms/login/?next=/courses/", "/courses/"),
        ("/cms/login/?next=https://elsewhere.example/", "/cms/"),
        ("/cms/login/?next=//elsewhere.example/", "/cms/"),
        ("/cms/login/?next=", "/cms/"),
        ("/django-admin/login/", "/django-admin/"),
        ("/django-admin/login/?next=/django-admin/auth/group/", "/django-admin/auth/group/"),
    ],
)
def test_who_has_a_desk_and_is_signed_in_goes_on_to_it(client, person, door, leads_to):
    client.force_login(person("chief", is_staff=True, is_superuser=True))
    response = client.get(door)
    assert (response.status_code, response.url) == (302, leads_to)


def test_an_instructor_has_the_one_desk_and_not_the_other(client, person):
    teacher = person("teacher")
    teacher.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(teacher)
    assert client.get("/cms/login/").url == "/cms/"
    assert client.get("/django-admin/login/").status_code == 403
    led_on = client.get("/cms/login/?next=/django-admin/", follow=True)
    assert led_on.status_code == 403
    assert len(led_on.redirect_chain) < 4


def test_a_visitor_at_a_desks_own_door_comes_to_the_desk_after_signing_in(client):
    assert client.get("/cms/login/").url == "/accounts/login/?next=/cms/"
    assert client.get("/django-admin/login/?next=/courses/").url == "/accounts/login/?next=/courses/"
