"""A page that an editor put behind a password of its own."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from home.models import EditorialPage, HomePage
from tests.conftest import publish

pytestmark = pytest.mark.django_db

PASSWORD = "tea in the back room"


@pytest.fixture
def lock():
    """`lock(page)` puts a page and what lies below it behind the password."""

    def make(page: Page) -> Page:
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD
        )
        return page

    return make


@pytest.fixture
def minutes(lock) -> Page:
    body = [("text", "<p>What the board said.</p>")]
    page = EditorialPage(title="Minutes of the board", slug="minutes", body=body)
    return lock(publish(HomePage.objects.get().add_child(instance=page)))


def action(html: str) -> str:
    return html.split('method="post" action="/_util/')[1].split('"')[0]


def open_with(client, page: Page, password: str, **fields):
    door = "/_util/" + action(client.get(page.url).content.decode())
    return client.post(door, {"password": password, "return_url": page.url} | fields)


def test_the_door_has_the_look_of_the_site_and_tells_nothing_of_the_page(client, minutes):
    html = client.get("/minutes/").content.decode()
    assert "<h1>This page has a password</h1>" in html
    assert 'id="main"' in html
    assert "css/doors.css" in html
    assert 'name="return_url" value="/minutes/"' in html
    assert "board" not in html


def test_the_right_password_opens_the_page_and_it_stays_open(client, minutes):
    assert open_with(client, minutes, PASSWORD).url == "/minutes/"
    for _ in range(2):
        assert "What the board said." in client.get("/minutes/").content.decode()


@pytest.mark.parametrize("wrong", ["Tea in the back room", ""])
def test_a_wrong_password_is_answered_in_words(client, minutes, wrong):
    html = open_with(client, minutes, wrong).content.decode()
    assert "That password doesn’t open this page." in html
    assert 'aria-describedby="id_password_error"' in html
    assert 'name="return_url" value="/minutes/"' in html
    assert wrong not in html or not wrong
    assert "What the board said." not in client.get("/minutes/").content.decode()


def test_the_words_are_spanish_for_who_reads_spanish(client, minutes):
    client.cookies["django_language"] = "es"
    html = open_with(client, minutes, "no").content.decode()
    assert "Esa contraseña no abre esta página." in html


def test_the_door_itself_leads_to_its_page(client, minutes):
    door = "/_util/" + action(client.get("/minutes/").content.decode())
    assert 'name="return_url" value="/minutes/"' in client.get(door).content.decode()


def test_the_way_back_leads_to_no_other_site(client, minutes):
    response = open_with(client, minutes, PASSWORD, return_url="https://elsewhere.example/")
    assert response.url.startswith("/")


@pytest.mark.parametrize("name", ["course_index", "course", "week", "closed_week", "step"])
def test_courses_weeks_and_steps_have_the_same_door(client, request, lock, add_step, name):
    page = add_step(request.getfixturevalue("week")) if name == "step" else request.getfixturevalue(name)
    lock(page)
    html = client.get(page.url).content.decode()
    assert "<h1>This page has a password</h1>" in html
    assert page.title not in html.split('id="main"')[1].split("</main>")[0]
    assert open_with(client, page, PASSWORD).url == page.url
    assert "This page has a password" not in client.get(page.url).content.decode()
