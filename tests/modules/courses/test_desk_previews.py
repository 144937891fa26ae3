"""What an editor shows beside its fields: the page in both themes, checked, and unable to do anything."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from home.models import EditorialPage, HomePage
from modules.courses.models import KINDS, CourseIndexPage, CoursePage, ModulePage

from .editors import step_form

pytestmark = pytest.mark.django_db
PAGE_TYPES = [HomePage, EditorialPage, CourseIndexPage, CoursePage, ModulePage]


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def beside(desk, week):
    """`beside(mode="dark")`: what stands beside the editor of a reading that was never saved."""
    address = reverse("wagtailadmin_pages:preview_on_add", args=["courses", "readingpage", week.pk])
    assert desk.post(address, step_form("reading")).json()["is_available"]
    return lambda **query: desk.get(address, query)


def draft(client, page, **query):
    """What the editor's link to the draft shows."""
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), query)


def theme(answer) -> str:
    found = re.search(r'<html[^>]* data-theme="(\w+)"', answer.content.decode())
    return found[1] if found else ""


def test_every_page_type_is_shown_light_and_dark_at_three_widths():
    for model in [*PAGE_TYPES, *(kind.model for kind in KINDS.values())]:
        page = model()
        assert [name for name, _label in page.preview_modes] == ["light", "dark"]
        assert [size["device_width"] for size in page.preview_sizes] == [375, 768, 1280]


def test_the_theme_is_that_of_the_mode_and_not_that_of_the_device(desk, course, week, add_step, beside):
    desk.cookies["theme"] = "dark"
    assert theme(beside()) == "light"
    assert theme(beside(mode="dark")) == "dark"
    for page in (course, week, add_step(week)):
        assert theme(draft(desk, page)) == "light"
        assert theme(draft(desk, page, mode="dark")) == "dark"
        assert theme(draft(desk, page, mode="nonsense")) == "dark"  # as on the site
        assert theme(desk.get(page.url, {"mode": "light"})) == "dark"


class TestTheChecker:
    def test_is_in_the_preview_beside_the_editor_and_nowhere_else(self, desk, week, add_step, beside):
        step = add_step(week)
        html = beside(in_preview_panel="true").content.decode()
        assert "<wagtail-userbar>" in html
        assert "userbar.js" in html
        inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html)
        assert inline == []  # the policy of the site would not let it run
        elsewhere = [
            beside(),
            draft(desk, step),
            draft(desk, step, in_preview_panel="true"),
            desk.get(step.url),
            desk.get(step.url, {"in_preview_panel": "true"}),
        ]
        for answer in elsewhere:
            assert answer.status_code == 200
            assert "userbar" not in answer.content.decode()

    def test_looks_at_the_editors_part_of_the_page_with_our_rules(self, desk, week, add_step):
        html = desk.get(reverse("wagtailadmin_pages:edit", args=[add_step(week).pk])).content.decode()
        found = re.search(r'<script id="checker-axe-configuration"[^>]*>(.*?)</script>', html, re.DOTALL)
        rules = json.loads(found[1])
        assert rules["context"]["include"] == ["main"]
        assert {"heading-order", "image-alt", "alt-text-quality", "link-name", "th-has-data-cells"} <= set(
            rules["options"]["runOnly"]
        )
        assert set(rules["options"]["runOnly"]) <= set(rules["messages"])
        assert "data-content-word-count" in html
