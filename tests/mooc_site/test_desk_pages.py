"""What the Wagtail admin says of pages to somebody who may not edit them."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import EditorialPage, HomePage
from modules.courses.models import ModulePage
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(course) -> dict[str, Page]:
    """Published and draft pages, inside the courses and outside; a page below somebody else's draft."""
    home = HomePage.objects.get()
    pages = {
        "live": publish(home.add_child(instance=EditorialPage(title="Pangolin rules"))),
        "draft": home.add_child(instance=EditorialPage(title="Pangolin secret", live=False)),
        "own draft": course.add_child(instance=ModulePage(title="Pangolin week", live=False)),
    }
    backend = get_search_backend()
    for page in pages.values():
        backend.add(page.get_indexed_instance())
    return pages


@pytest.fixture
def desk(client, person):
    teacher = person("teacher")
    teacher.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(teacher)
    return client


def browse(client, page: Page) -> str:
    return json.loads(client.get(reverse("wagtailadmin_choose_page_child", args=[page.pk])).content)["html"]


def find(client, words: str) -> str:
    return client.get(reverse("wagtailadmin_choose_page_search"), {"q": words}).content.decode()


def test_an_instructor_can_choose_published_pages_and_the_drafts_of_courses(desk, pages, course):
    around = browse(desk, HomePage.objects.get())
    assert "Pangolin rules" in around
    assert "Pangolin secret" not in around
    assert "Pangolin week" in browse(desk, course)
    found = find(desk, "pangolin")
    assert "Pangolin rules" in found
    assert "Pangolin week" in found
    assert "Pangolin secret" not in found


def test_what_lies_below_somebody_elses_draft_is_not_listed(desk, pages):
    address = reverse("wagtailadmin_choose_page_child", args=[pages["draft"].pk])
    response = desk.get(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert "Pangolin" not in response.content.decode()


def test_an_administrator_can_choose_every_page(client, person, pages):
    client.force_login(person("chief", is_staff=True, is_superuser=True))
    assert "Pangolin secret" in browse(client, HomePage.objects.get())
    assert "Pangolin secret" in find(client, "pangolin")
    assert browse(client, pages["draft"])


@pytest.mark.parametrize("moved", ["live", "draft"])
def test_whether_one_may_move_a_page_is_asked_before_it_is_named(desk, pages, moved):
    address = reverse("wagtailadmin_pages:move_confirm", args=[pages[moved].pk, HomePage.objects.get().pk])
    for response in (desk.get(address), desk.post(address)):
        assert response.url == "/cms/"


def test_an_instructor_moves_a_week_of_a_course(desk, pages, course):
    week = pages["own draft"]
    address = reverse("wagtailadmin_pages:move_confirm", args=[week.pk, course.pk])
    assert "Pangolin week" in desk.get(address).content.decode()
    assert desk.post(address).url == reverse("wagtailadmin_explore", args=[course.pk])
