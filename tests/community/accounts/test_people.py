"""People's pages, and what each lets be seen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from community.accounts.forms import HandleField
from community.accounts.models import RESERVED_HANDLES, User, system_account
from community.forum_conversation.actions import start_topic
from community.forum_conversation.models import Post

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


class TestAMadeHandle:
    @given(wish=st.text(max_size=80))
    @example(wish="administrator")
    @example(wish="x" * 80)
    @hypothesis(max_examples=60, deadline=None)
    def test_is_one_that_a_person_may_choose_themselves(self, wish):
        handle = User.objects.free_handle(wish)
        assert HandleField().clean(handle) == handle
        assert handle not in RESERVED_HANDLES

    @pytest.mark.parametrize(
        ("taken", "handle"),
        [(9, "wolfeschlegelsteinhausen-10"), (99_999, "wolfeschlegelsteinhause-100000")],
    )
    def test_makes_room_for_its_number_at_the_limit_of_length(self, person, monkeypatch, taken, handle):
        base = "wolfeschlegelsteinhausen"
        person(base)
        endings = {f"{base}-{number}" for number in range(2, taken + 1)}
        monkeypatch.setattr("community.accounts.models.RESERVED_HANDLES", endings)
        assert User.objects.free_handle("Wolfeschlegelsteinhausenbergerdorff") == handle
        assert HandleField().clean(handle) == handle
        person(handle)
        assert User.objects.free_handle("Wolfeschlegelsteinhausenbergerdorff") != handle


class TestThePage:
    def test_shows_name_handle_and_since_when(self, client, person):
        user = person("noor", display_name="Noor <Haddad>")
        html = text(client.get("/people/noor/"))
        assert "<h1>Noor &lt;Haddad&gt;</h1>" in html
        assert "@noor" in html
        assert f"Here since {timezone.localtime(user.date_joined):%B %Y}" in html
        assert user.email not in html

    @pytest.mark.parametrize(
        ("visibility", "visitor", "member", "oneself"),
        [("private", False, False, True), ("members", False, True, True), ("public", True, True, True)],
    )
    def test_shows_the_workplace_to_those_who_may_know(
        self, client, person, visibility, visitor, member, oneself
    ):
        user = person("noor", affiliation="Eastfield Branch", affiliation_visibility=visibility)
        seen = []
        for viewer in (None, person("amara"), user):
            client = Client()
            if viewer:
                client.force_login(viewer)
            seen.append("Eastfield Branch" in text(client.get("/people/noor/")))
        assert seen == [visitor, member, oneself]

    @pytest.mark.parametrize("fields", [{"is_active": False}, {"left_at": timezone.now()}])
    def test_of_somebody_who_is_gone_is_not_there(self, client, person, fields):
        person("noor", **fields)
        assert client.get("/people/noor/").status_code == 404

    def test_of_the_sites_own_account_is_not_there(self, client):
        assert client.get(f"/people/{system_account().handle}/").status_code == 404

    @pytest.mark.parametrize("handle", ["nobody", "no or", "%00", "x" * 300])
    def test_of_nobody_is_not_there(self, client, handle):
        assert client.get(f"/people/{handle}/").status_code == 404

    def test_is_found_in_any_letter_case_at_one_address(self, client, person):
        person("noor")
        response = client.get("/people/NOOR/")
        assert (response.status_code, response.url) == (302, "/people/noor/")

    def test_offers_to_edit_only_ones_own(self, client, person):
        client.force_login(person("noor"))
        person("amara")
        assert "Edit your page" in text(client.get("/people/noor/"))
        assert "Edit your page" not in text(client.get("/people/amara/"))


class TestWhatOneSaid:
    def test_shows_published_posts_that_the_viewer_may_read(
        self, client, person, cafe, private_forum, moderator
    ):
        user = person("noor")
        start_topic(forum=cafe, person=user, subject="Open words", text="Said *openly*, in the café.")
        start_topic(forum=private_forum, person=user, subject="Closed words", text="Said behind a door.")
        html = text(client.get("/people/noor/"))
        assert "Open words" in html
        assert "Said openly, in the café." in html
        assert "Closed words" not in html
        client.force_login(moderator)
        moderator.is_superuser = True
        moderator.save()
        assert "Closed words" in text(client.get("/people/noor/"))

    @pytest.mark.parametrize("state", [Post.State.HELD, Post.State.HIDDEN, Post.State.DELETED])
    def test_leaves_out_what_is_not_published(self, client, person, cafe, state):
        topic = start_topic(forum=cafe, person=person("noor"), subject="A thing", text="Words that are gone.")
        Post.objects.filter(topic=topic).update(state=state)
        assert "Words that are gone." not in text(client.get("/people/noor/"))

    def test_costs_the_same_for_one_post_and_for_thirty(
        self, client, person, cafe, django_assert_num_queries
    ):
        user = person("noor")
        start_topic(forum=cafe, person=user, subject="Topic 0", text="Words.")
        client.get("/people/noor/")
        with django_assert_num_queries(2):  # the person; the posts with topic and grants
            client.get("/people/noor/")
        for number in range(1, 13):
            start_topic(forum=cafe, person=user, subject=f"Topic {number}", text="Words.")
        with django_assert_num_queries(2):
            html = text(client.get("/people/noor/"))
        assert html.count("<li><h3") == 10
        assert html.index("Topic 12") < html.index("Topic 3")


class TestSettings:
    def test_wait_for_whose_session_has_ended(self, client, person):
        noor = person("noor")
        sent = {"display_name": "Noor H.", "handle": "noor", "affiliation": "Law library\x00"}
        response = client.post("/me/settings/", sent)
        assert response.url == "/accounts/login/?next=/me/settings/"
        client.post(response.url, {"login": "noor", "password": "four plain words here"})
        html = client.get("/me/settings/").content.decode()
        assert "Not saved yet. What you changed is below." in html
        assert 'value="Noor H."' in html
        assert 'value="Law library"' in html
        noor.refresh_from_db()
        assert noor.display_name != "Noor H."
        assert "Not saved yet" not in client.get("/me/settings/").content.decode()

    FORM = {
        "display_name": "Noor Haddad",
        "handle": "noor-haddad",
        "affiliation": "Eastfield Branch",
        "affiliation_visibility": "members",
        "time_zone": "Europe/London",
        "language": "es",
        "theme": "dark",
    }

    @pytest.fixture
    def me(self, client, person) -> User:
        user = person("noor")
        client.force_login(user)
        return user

    def test_are_for_those_who_are_signed_in(self, client):
        assert client.get("/me/settings/").url == "/accounts/login/?next=/me/settings/"

    def test_are_stored_and_said_so(self, client, me):
        response = client.post("/me/settings/", self.FORM, follow=True)
        me.refresh_from_db()
        assert {name: getattr(me, name) for name in self.FORM} == self.FORM
        html = text(response)
        assert '<html lang="es"' in html
        assert 'data-theme="dark"' in html
        assert 'class="toast"' in html

    def test_win_over_what_this_device_had_chosen(self, client, me):
        client.cookies["theme"] = "light"
        response = client.post("/me/settings/", self.FORM)
        assert response.cookies["theme"]["max-age"] == 0

    def test_read_a_handle_as_people_type_it(self, client, me):
        client.post("/me/settings/", self.FORM | {"handle": " @Noor.H "})
        me.refresh_from_db()
        assert me.handle == "noor.h"

    @pytest.mark.parametrize(
        ("handle", "words"),
        [
            ("Amara", "Somebody is called “amara” already. “amara-2” is free."),
            ("moderator", "“moderator” is kept for the site itself."),
            ("no", "Three to thirty small letters"),
            ("no/or", "Three to thirty small letters"),
            ("noor\n", None),
        ],
    )
    def test_say_what_is_wrong_with_a_handle(self, client, me, person, handle, words):
        person("amara")
        response = client.post("/me/settings/", self.FORM | {"handle": handle})
        me.refresh_from_db()
        if words is None:
            assert me.handle == "noor"
            return
        html = text(response)
        assert words in html
        assert "Not saved yet." in html
        assert 'value="Noor Haddad"' in html
        assert me.handle == "noor"
        assert "/people/noor/" in html

    def test_keep_ones_own_handle(self, client, me):
        assert client.post("/me/settings/", self.FORM | {"handle": "noor"}).status_code == 302

    def test_hold_when_somebody_takes_the_handle_between_check_and_write(self, me, person):
        from django.core.exceptions import ValidationError

        from community.accounts.profile import change_profile

        person("amara")
        with pytest.raises(ValidationError, match="a moment ago"):
            change_profile(person=me, handle="amara")
        me.refresh_from_db()
        assert me.handle == "noor"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("affiliation", "x" * 121),
            ("affiliation_visibility", "friends"),
            ("time_zone", "Mars/Olympus"),
            ("language", "tlh"),
            ("theme", "sepia"),
            ("display_name", "\x00"),
        ],
    )
    def test_refuse_what_cannot_be_stored(self, client, me, field, value):
        assert client.post("/me/settings/", self.FORM | {field: value}).status_code == 200
        me.refresh_from_db()
        assert me.time_zone == "UTC"

    def test_change_nothing_that_is_not_on_the_form(self, client, me):
        client.post("/me/settings/", self.FORM | {"is_superuser": "on", "email": "x@example.org"})
        me.refresh_from_db()
        assert not me.is_superuser
        assert me.email == "noor@example.org"
