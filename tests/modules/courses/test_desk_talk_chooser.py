"""How an instructor chooses a conversation to quote, and a page to link to."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.urls import reverse
from wagtail.search.backends import get_search_backend
from wagtail.test.utils.form_data import rich_text, streamfield

from community.discussions.actions import publish_beside
from community.forum_conversation.actions import publish_post, set_state, start_topic
from community.forum_conversation.models import Post
from modules.courses.desk.talk_input import TalkInput, named_talk
from modules.courses.models import KINDS, WrapUpPage

from .editors import step_form

pytestmark = pytest.mark.django_db
LIST, RESULTS = "/cms/choose-talk/", "/cms/choose-talk/results/"


@pytest.fixture
def noor(person):
    return person("noor", display_name="Noor Haddad", email="private@hidden.example")


@pytest.fixture
def desk(client, instructor, joined):
    client.force_login(joined(instructor))
    return client


@pytest.fixture
def talk(cafe, noor, week, joined):
    """A thread in the café with an answer, and a post beside a week."""
    topic = start_topic(forum=cafe, person=noor, subject="Tea", text="Who brings the *kettle*?")
    return {
        "topic": topic,
        "opening": topic.first_post,
        "answer": publish_post(topic_id=topic.pk, person=noor, text="I bring the milk."),
        "beside": publish_beside(page=week, person=joined(noor), text="The door is heavy."),
    }


def listed(client, **query) -> str:
    return client.get(RESULTS, query).content.decode()


def chosen(client, address: str) -> dict:
    return json.loads(client.get(address).content)["result"]


def test_what_was_said_stands_newest_first_with_who_where_and_when(desk, talk):
    html = listed(desk)
    places = [
        html.index(words) for words in ("The door is heavy.", "I bring the milk.", "Who brings the kettle?")
    ]
    assert places == sorted(places)
    for words in ("Noor Haddad", "Tea", "Listening, Arriving", "just now"):
        assert words in html
    assert "<em>" not in html
    assert "hidden.example" not in html
    assert "The door is heavy." in json.loads(desk.get(LIST).content)["html"]


def test_it_is_found_by_words_by_name_and_by_subject(desk, talk):
    for words, found in {
        "KETTLE": "Who brings",
        "noor h": "The door",
        "@noor": "The door",
        "tea": "I bring",
        "arriving": "The door",
    }.items():
        assert found in listed(desk, q=words)
    assert "Nothing that you can read" in listed(desk, q="nowhere to be found")


def test_it_is_found_by_its_address(desk, talk):
    post, topic = talk["answer"], talk["topic"]
    for address in (f"/p/{post.pk}/", f"https://commons.example.org/p/{post.pk}/", f" /p/{post.pk} "):
        html = listed(desk, q=address)
        assert "I bring the milk." in html
        assert "Who brings" not in html
    html = listed(desk, q=topic.get_absolute_url())
    assert "I bring the milk." in html
    assert "Who brings" in html
    assert "The door" not in html
    assert "I bring" not in listed(desk, q="/p/999999/")


def test_it_is_narrowed_to_a_forum(desk, talk, cafe, private_forum):
    html = listed(desk, forum=cafe.pk)
    assert "I bring" in html
    assert "The door" not in html
    for nonsense in (private_forum.pk, 0, "x", "9" * 30):
        assert desk.get(RESULTS, {"forum": nonsense, "p": 1}).status_code == 200
    assert "Back room" not in json.loads(desk.get(LIST).content)["html"]


def test_a_post_or_a_whole_thread_goes_into_the_field_as_its_address(desk, talk):
    post, topic = talk["opening"], talk["topic"]
    html = listed(desk)
    assert f'href="{LIST}chosen/{post.pk}/"' in html
    assert f'href="{LIST}chosen-thread/{topic.pk}/"' in html
    assert chosen(desk, f"{LIST}chosen/{post.pk}/") == {
        "id": f"/p/{post.pk}/",
        "title": "Noor Haddad: Who brings the kettle?",
        "edit_url": f"/p/{post.pk}/",
    }
    assert chosen(desk, f"{LIST}chosen-thread/{topic.pk}/") == {
        "id": topic.get_absolute_url(),
        "title": "Conversation: Tea",
        "edit_url": topic.get_absolute_url(),
    }


def test_nothing_is_offered_that_one_may_not_read(desk, talk, noor, moderator, private_forum):
    behind = start_topic(forum=private_forum, person=moderator, subject="Behind", text="A quiet word.")
    set_state(post=talk["answer"], state=Post.State.HIDDEN, by=moderator)
    html = listed(desk) + listed(desk, q="quiet") + listed(desk, q=f"/p/{behind.first_post_id}/")
    assert "A quiet word." not in html
    assert "I bring the milk." not in html
    for address in (
        f"chosen/{behind.first_post_id}/",
        f"chosen/{talk['answer'].pk}/",
        f"chosen-thread/{behind.pk}/",
        "chosen/999999/",
    ):
        assert desk.get(LIST + address).status_code == 404


def test_only_who_edits_pages_gets_the_list(client, person, talk, mentor):
    nosy = person("nosy")
    group = Group.objects.create(name="Desk without pages")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    nosy.groups.add(group)
    for somebody in (mentor, nosy):
        client.force_login(somebody)
        for address in (LIST, RESULTS, f"{LIST}chosen/{talk['answer'].pk}/"):
            answer = client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
            assert answer.status_code in {302, 403}


def test_the_list_costs_the_same_however_much_was_said(desk, talk, noor, queries_of):
    few = queries_of(desk, RESULTS, {"q": "milk"})
    for number in range(12):
        publish_post(topic_id=talk["topic"].pk, person=noor, text=f"More milk, {number}.")
    assert queries_of(desk, RESULTS, {"q": "milk"}) == few


class TestTheFieldInTheEditor:
    def editor(self, client, page) -> str:
        return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    def quoting(self, add_step, week, *addresses: str):
        body = [("thread", {"address": address, "quote": "", "words": None}) for address in addresses]
        return add_step(week, "Looking back", "wrap-up", body=body)

    def test_calls_what_it_quotes_by_name_in_two_queries(self, desk, week, add_step, talk, queries_of):
        post, topic = talk["answer"], talk["topic"]
        page = self.quoting(add_step, week, f"/p/{post.pk}/", topic.get_absolute_url())
        html = self.editor(desk, page)
        assert "Noor Haddad: I bring the milk." in html
        assert "Conversation: Tea" in html
        assert "Choose a conversation" in html
        few = queries_of(desk, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        everything = [f"/p/{talk[name].pk}/" for name in ("opening", "answer", "beside")]
        more = self.quoting(add_step, week, *everything, topic.get_absolute_url())
        assert queries_of(desk, reverse("wagtailadmin_pages:edit", args=[more.pk])) == few

    def test_says_the_address_of_what_this_editor_may_not_read(
        self, desk, week, add_step, moderator, private_forum
    ):
        behind = start_topic(forum=private_forum, person=moderator, subject="Behind", text="A quiet word.")
        html = self.editor(desk, self.quoting(add_step, week, f"/p/{behind.first_post_id}/", "/p/999999/"))
        assert "A quiet word." not in html
        assert f"/p/{behind.first_post_id}/" in html
        assert "/p/999999/" in html

    def test_keeps_the_address(self, desk, week, talk):
        address = f"/p/{talk['answer'].pk}/"
        answer = self.send(desk, week, address)
        assert answer.status_code == 302
        page = WrapUpPage.objects.get()
        assert page.body[0].value["address"] == address
        assert page.body.raw_data[0]["value"]["address"] == address

    def test_refuses_what_is_no_address_in_words_and_loses_nothing(self, desk, week, talk):
        for address in ("", "https://elsewhere.example/page/1", "javascript:alert(1)"):
            answer = self.send(desk, week, address)
            assert answer.status_code == 200
            assert not WrapUpPage.objects.exists()
            assert "What I say about it." in answer.content.decode()

    def test_may_stay_empty_in_a_draft(self, desk, week):
        assert self.send(desk, week, "", publish=False).status_code == 302
        page = WrapUpPage.objects.get().get_latest_revision_as_object()
        assert page.body[0].value["quote"] == "What I say about it."

    def send(self, client, week, address: str, *, publish: bool = True):
        body = streamfield(
            [("thread", {"address": address, "quote": "What I say about it.", "words": rich_text("")})]
        )
        url = reverse("wagtailadmin_pages:add", args=["courses", "wrapuppage", week.pk])
        return client.post(
            url, step_form("wrap-up", body=body) | ({"action-publish": "1"} if publish else {})
        )


def test_names_are_known_only_where_they_were_asked_for(talk):
    address = f"/p/{talk['answer'].pk}/"
    field = TalkInput()
    with named_talk([address, ""], AnonymousUser()):
        assert field.get_value_data(address)["title"] == "Noor Haddad: I bring the milk."
    assert field.get_value_data(address) == {"id": address, "title": address, "edit_url": address}
    assert field.get_value_data("") is None


def test_a_page_to_link_to_is_found_with_its_week_and_course(desk, course, week, add_step):
    add_step(week, "Notes on a door")
    step = KINDS["reading"].model.objects.get()
    for page in (step, week, course):
        get_search_backend().add(page)
    html = desk.get("/cms/choose-page/search/", {"q": "door"}).content.decode()
    row = html[html.index("Notes on a door") :]
    assert row.index("Arriving") < row.index("<div>Listening</div>")
    html = desk.get("/cms/choose-page/search/", {"q": "arriving"}).content.decode()
    assert re.search(r'class="navigate-parent">Listening</a>\s*</td>', html)
    assert desk.get(f"/cms/choose-page/{week.pk}/").status_code == 200
