"""The site stands, and so does what these tests stand on."""

import pytest
from django.contrib.auth import get_user_model

from .axe import axe_violations

THEMES_AND_WIDTHS = [(theme, width) for theme in ("light", "dark") for width in (320, 1440)]


def test_the_site_says_that_it_is_alive_and_ready(page_at):
    page = page_at()
    assert page.goto("/healthz").status == 200
    assert page.goto("/readyz").status == 200
    assert page.inner_text("body").strip() == "ready"


@pytest.mark.parametrize(("theme", "width"), THEMES_AND_WIDTHS)
def test_the_landing_page_of_an_empty_site_has_nothing_that_axe_objects_to(page_at, theme, width):
    page = page_at(width=width, theme=theme)
    assert page.goto("/").status == 200
    assert axe_violations(page) == []


def test_axe_does_object_where_there_is_reason_to(page_at):
    page = page_at()
    page.goto("/healthz")
    assert any("document-title" in violation for violation in axe_violations(page))


def test_the_landing_page_answers_without_javascript(page_at):
    page = page_at(javascript=False)
    assert page.goto("/").status == 200
    assert page.locator("h1").count() == 1


def test_somebody_of_the_demo_can_be_signed_in(page_at, sign_in, demo):
    page = page_at()
    page.goto("/me/")
    assert "/accounts/login/" in page.url
    sign_in(page, "learner")
    page.goto("/me/")
    assert page.url.endswith("/me/")


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_writes_is_gone_in_the_next(time):
    people = get_user_model().objects
    assert not people.filter(handle="passer-by").exists()
    people.create_user("passer-by@example.org", handle="passer-by")
