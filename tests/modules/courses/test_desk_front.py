"""The front page of the desk leads instructors to their courses, at the week that is on now."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from modules.courses.models import CoursePage
from tests.conftest import add_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def front(client):
    """`front(person)`: the HTML of the desk’s front page for this person."""

    def get(person) -> str:
        client.force_login(person)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    return get


def test_the_week_that_is_on_now_stands_open_with_a_link_to_each_step(
    front, instructor, week, add_week, add_step
):
    now = add_week("This week", offset_days=7)
    draft = add_step(now, "Half written")
    draft.unpublish()
    html = front(instructor)
    (opened,) = re.findall(r"<details open>.*?</details>", html, re.DOTALL)
    assert "This week" in opened
    for page in (now, draft):
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"' in opened
    assert "Week 2 of 2 is on now" in html


def test_a_course_that_somebody_else_leads_is_not_there(front, instructor, administrator, course_index):
    add_published(course_index, CoursePage(title="Mending", slug="mending", starts_on="2026-01-05"))
    html = front(instructor)
    assert "Listening" in html
    assert "Mending" not in html
    assert "desk-front" not in front(administrator)
