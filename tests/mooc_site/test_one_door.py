"""Wagtail's and Django's desks have no doors of their own."""

import pytest

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
