"""Who is who at the desk: by the name they go by, never by their e-mail address."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, instructor, administrator, week):
    """The desk of Amara, after an administrator has saved and published the week."""
    week.save_revision(user=administrator, log_action=True).publish(user=administrator)
    client.force_login(instructor)
    return client


def test_the_sidebar_prints_the_name_of_who_is_signed_in(at_desk, instructor):
    html = at_desk.get(reverse("wagtailadmin_home")).content.decode()
    assert '"name": "Amara Nwosu"' in html.replace("&quot;", '"')
    assert instructor.email not in html


@pytest.mark.parametrize("view", ["wagtailadmin_pages:history", "wagtailadmin_pages:edit"])
def test_a_page_says_by_name_who_changed_it(at_desk, week, instructor, administrator, view):
    html = at_desk.get(reverse(view, args=[week.pk])).content.decode()
    assert "Ada" in html
    assert administrator.email not in html
    assert instructor.email not in html


def test_the_list_of_pages_has_no_addresses(at_desk, course, instructor, administrator):
    html = at_desk.get(reverse("wagtailadmin_explore", args=[course.pk])).content.decode()
    assert administrator.email not in html
    assert instructor.email not in html
