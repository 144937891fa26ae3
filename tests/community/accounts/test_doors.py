"""Signing up, in and out, and choosing a new password: the way a person goes it."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client

from community.accounts.models import User, UserManager
from community.accounts.profile import TRIES

PASSWORD = "four plain words here"  # of the fixture `person`
NEW = {
    "display_name": "Amara O’Connor",
    "email": "amara@example.org",
    "password1": "a seat by the window",
    "time_zone": "Africa/Lagos",
}

pytestmark = pytest.mark.django_db


def link_in(letter) -> str:
    """The path of the one link that asks to be followed."""
    return re.search(r"http://[^/\s]+(/accounts/\S+)", letter.body).group(1)


def text(response) -> str:
    return response.content.decode()


def attributes(html: str, name: str) -> dict[str, str]:
    """The attributes of the input with this id."""
    tag = re.search(rf'<input[^>]*\bid="{name}"[^>]*>', html).group()
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def sign_in(client, email: str, password: str, **fields):
    return client.post("/accounts/login/", {"login": email, "password": password, **fields})


class TestSigningUp:
    def test_leads_by_a_letter_to_my_learning(self, client):
        sent = client.post("/accounts/signup/", NEW, follow=True)
        assert "<strong>amara@example.org</strong>" in text(sent)
        assert "/mail/" not in text(sent)
        letter = mail.outbox[0]
        assert letter.to == ["amara@example.org"]
        assert letter.subject == "Confirm your e-mail for Commonplace"
        assert "Good that you’re here." in letter.body

        confirm = link_in(letter)
        assert "Is <strong>amara@example.org</strong> yours?" in text(client.get(confirm))
        home = client.post(confirm)
        assert (home.status_code, home.url) == (302, "/me/")
        assert "Your e-mail is confirmed." in text(client.get("/me/settings/"))

    def test_stores_name_handle_and_clock_and_nothing_else(self, client):
        client.post("/accounts/signup/", NEW)
        user = User.objects.get(email="amara@example.org")
        assert (user.display_name, user.handle, user.time_zone) == (
            "Amara O’Connor",
            "amara-oconnor",
            "Africa/Lagos",
        )
        assert user.affiliation_visibility == User.Visibility.PRIVATE

    def test_sends_no_words_of_a_strangers_own_to_an_address_that_is_not_confirmed(self, client):
        client.post("/accounts/signup/", NEW | {"display_name": "Prize: http://evil.example"})
        assert len(mail.outbox) == 1
        assert "evil" not in mail.outbox[0].body + mail.outbox[0].subject

    def test_gives_the_second_of_a_name_a_handle_of_their_own(self, client, person):
        person("amara-oconnor")
        client.post("/accounts/signup/", NEW)
        assert User.objects.get(email="amara@example.org").handle == "amara-oconnor-2"

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_of_four_people_of_one_name_at_once_gives_each_a_handle(self, at_once):
        raised = at_once(
            *[
                lambda number=number: Client().post(
                    "/accounts/signup/", NEW | {"email": f"amara{number}@example.org"}
                )
                for number in range(4)
            ]
        )
        assert raised == []
        handles = set(User.objects.values_list("handle", flat=True))
        assert handles == {"amara-oconnor", "amara-oconnor-2", "amara-oconnor-3", "amara-oconnor-4"}

    @pytest.mark.parametrize("lost", [1, TRIES])
    def test_tries_again_where_a_handle_was_taken_meanwhile(self, client, person, monkeypatch, lost):
        person("amara-oconnor")
        answers = ["amara-oconnor"] * lost
        free_handle = UserManager.free_handle
        monkeypatch.setattr(
            UserManager,
            "free_handle",
            lambda self, wish: answers.pop() if answers else free_handle(self, wish),
        )
        assert client.post("/accounts/signup/", NEW).status_code == 302
        user = User.objects.get(email="amara@example.org")
        assert user.display_name == "Amara O’Connor"
        assert re.fullmatch("amara-oconnor-2" if lost == 1 else r"reader-[0-9a-f]{16}", user.handle)

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_sent_twice_makes_one_account_and_looks_the_same(self, at_once):
        answers = []
        raised = at_once(*[lambda: answers.append(Client().post("/accounts/signup/", NEW))] * 2)
        assert raised == []
        assert [(answer.status_code, answer.url) for answer in answers] == [
            (302, "/accounts/confirm-email/")
        ] * 2
        assert User.objects.filter(email="amara@example.org").count() == 1
        assert EmailAddress.objects.filter(email="amara@example.org").count() == 1

    def test_with_an_address_taken_since_it_was_checked_looks_the_same(self, client, person, monkeypatch):
        person("amara")
        monkeypatch.setattr(
            "allauth.account.internal.userkit.filter_users_by_email", lambda *_args, **_kwargs: []
        )
        answer = client.post("/accounts/signup/", NEW)
        assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
        assert mail.outbox[-1].subject == "You have a place on Commonplace already"

    def test_tells_browsers_what_belongs_in_each_field(self, client):
        html = text(client.get("/accounts/signup/"))
        assert attributes(html, "id_display_name")["autocomplete"] == "name"
        assert attributes(html, "id_email")["autocomplete"] == "email"
        assert attributes(html, "id_email")["type"] == "email"
        assert attributes(html, "id_password1")["autocomplete"] == "new-password"

    def test_with_a_taken_address_looks_the_same_and_writes_to_its_owner(self, client, person):
        person("noor")
        fresh = client.post("/accounts/signup/", NEW)
        fresh_page = text(client.get(fresh.url))
        other = type(client)()
        taken = other.post("/accounts/signup/", NEW | {"email": "Noor@example.org"})
        taken_page = text(other.get(taken.url))
        assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
        assert taken_page.replace("noor@", "amara@") == fresh_page
        assert User.objects.filter(email__iexact="noor@example.org").count() == 1
        assert mail.outbox[-1].subject == "You have a place on Commonplace already"

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("password1", "eastfield", "9 characters so far. Add 3 or more."),
            ("password1", "1q2w3e4r5t6y", "That is one of the first that a stranger would try."),
            ("password1", "738291046257", "Figures alone are quickly guessed."),
            ("password1", "amara@example.org", "That is too close to your name or e-mail."),
            ("display_name", " . ​ ", "Give a name with a letter in it."),
            ("display_name", "x" * 81, "at most 80 characters"),
            ("email", "amara@", "Enter a valid email address."),
            ("time_zone", "Mars/Olympus", "Select a valid choice."),
        ],
    )
    def test_says_what_to_mend_and_ties_it_to_the_field(self, client, field, value, words):
        html = text(client.post("/accounts/signup/", NEW | {field: value}))
        error = re.search(rf'<span class="err" id="id_{field}_error">(.*?)</span>', html).group(1)
        assert words in error
        control = re.search(rf'<(input|select)[^>]*id="id_{field}"[^>]*>', html).group()
        assert 'aria-invalid="true"' in control
        assert f"id_{field}_error" in control
        assert not User.objects.filter(email="amara@example.org").exists()

    def test_offers_the_zones_of_the_world_with_their_time_now(self, client):
        html = text(client.get("/accounts/signup/"))
        assert '<optgroup label="Europe">' in html
        assert re.search(r'<option value="Asia/Ho_Chi_Minh">Ho Chi Minh \(\d\d:\d\d\)', html)
        assert 'data-zone="guess"' in html
        assert 'data-zone="guess"' not in text(client.post("/accounts/signup/", NEW | {"email": ""}))


class TestConfirming:
    def test_with_a_spent_link_leads_to_sign_in(self, client):
        response = client.get("/accounts/confirm-email/not-a-key/")
        assert "This link is spent" in text(response)

    def test_on_another_device_asks_to_sign_in_there(self, client):
        client.post("/accounts/signup/", NEW)
        elsewhere = type(client)()
        response = elsewhere.post(link_in(mail.outbox[0]))
        assert response.url == "/accounts/login/"
        assert sign_in(elsewhere, "amara@example.org", NEW["password1"]).url == "/me/"


class TestSigningIn:
    def test_leads_to_my_learning_or_back_to_where_one_was(self, client, person):
        person("noor")
        assert sign_in(client, "NOOR@example.org", PASSWORD).url == "/me/"
        client.post("/accounts/logout/")
        back = sign_in(client, "noor@example.org", PASSWORD, next="/forum/?page=2#reply")
        assert back.url == "/forum/?page=2#reply"

    def test_never_leads_to_another_site(self, client, person):
        person("noor")
        assert sign_in(client, "noor@example.org", PASSWORD, next="https://evil.example/").url == "/me/"

    def test_with_a_wrong_password_says_so_kindly(self, client, person):
        person("noor")
        html = text(sign_in(client, "noor@example.org", "something else entirely"))
        assert "This e-mail or handle and this password don’t go together." in html
        assert "Type your password again." in html
        assert 'value="noor@example.org"' in html
        assert "Your reply is still kept." not in html

    def test_says_the_same_of_an_address_that_nobody_has(self, client, person):
        person("noor")
        wrong = text(sign_in(client, "noor@example.org", "something else entirely"))
        unknown = text(sign_in(client, "moor@example.org", "something else entirely"))
        token = r'name="csrfmiddlewaretoken" value="\w+"'
        assert re.sub(token, "", wrong) == re.sub(token, "", unknown).replace("moor@", "noor@")

    def test_asks_for_an_e_mail_or_a_handle_and_tells_browsers_so(self, client):
        html = text(client.get("/accounts/login/"))
        assert '<label for="id_login">E-mail or handle</label>' in html
        login = attributes(html, "id_login")
        assert (login["type"], login["inputmode"], login["autocomplete"]) == ("text", "email", "username")
        assert login["autocapitalize"] == "none"
        assert attributes(html, "id_password")["autocomplete"] == "current-password"
        spanish = text(client.get("/accounts/login/", headers={"accept-language": "es"}))
        assert '<label for="id_login">Correo electrónico o alias</label>' in spanish

    @pytest.mark.parametrize("typed", ["noor", "NOOR", " noor@example.org "])
    def test_takes_the_handle_or_the_address_in_any_letter_case(self, client, person, typed):
        person("noor")
        assert sign_in(client, typed, PASSWORD).url == "/me/"

    def test_does_not_tell_by_its_counting_who_has_which_address(self, client, person):
        person("noor")
        for _ in range(5):
            sign_in(client, "noor", "something else entirely")
        assert "That was a lot of tries." in text(sign_in(client, "Noor", PASSWORD))
        for address in ("noor@example.org", "nobody@example.org"):
            html = text(sign_in(client, address, "something else entirely"))
            assert "That was a lot of tries." not in html
            assert "don’t go together" in html

    def test_by_a_new_password_forgives_the_wrong_ones_under_either_name(self, client, person):
        person("noor")
        for _ in range(5):
            sign_in(client, "noor", "something else entirely")
        client.post("/accounts/password/reset/", {"email": "noor@example.org"})
        form = client.get(link_in(mail.outbox[0]), follow=True)
        client.post(form.redirect_chain[-1][0], {"password1": "a seat by the window"})
        assert sign_in(Client(), "noor", "a seat by the window").url == "/me/"

    def test_after_five_wrong_passwords_waits_even_with_the_right_one(self, client, person):
        person("noor")
        for _ in range(5):
            sign_in(client, "noor@example.org", "something else entirely")
        html = text(sign_in(client, "noor@example.org", PASSWORD))
        assert "That was a lot of tries." in html
        assert settings.SESSION_COOKIE_NAME not in client.cookies or "_auth_user_id" not in client.session

    def test_of_a_person_who_is_locked_out_says_that_the_place_is_closed(self, client, person):
        person("noor", is_active=False)
        response = client.post(
            "/accounts/login/", {"login": "noor@example.org", "password": PASSWORD}, follow=True
        )
        assert "This place is closed" in text(response)
        assert "_auth_user_id" not in client.session

    def test_before_confirming_sends_the_letter_once_more(self, client, person):
        EmailAddress.objects.filter(user=person("noor")).update(verified=False)
        response = sign_in(client, "noor", PASSWORD)
        assert "<strong>noor@example.org</strong>" in text(client.get(response.url))
        assert len(mail.outbox) == 1

    def test_too_often_meets_the_page_that_asks_for_patience(self, client, person, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
        for _ in range(2):
            sign_in(client, "noor@example.org", "x")
        response = sign_in(client, "noor@example.org", "x")
        assert response.status_code == 429
        assert "That was a lot of tries" in text(response)


class TestTheKeptReply:
    @pytest.fixture
    def kept(self, client):
        session = client.session
        session["kept_reply"] = {
            "address": "/forum/",
            "text": "I asked at <the> care home. " * 20,
            "parent": None,
        }
        session.save()

    @pytest.mark.parametrize("door", ["/accounts/login/", "/accounts/signup/"])
    def test_is_shown_at_both_doors_in_its_first_words(self, client, kept, door):
        html = text(client.get(door))
        assert "Your reply is kept" in html
        quoted = re.search(r'<blockquote class="keptq">(.*?)</blockquote>', html).group(1)
        assert quoted.startswith("I asked at &lt;the&gt; care home.")
        assert len(quoted) < 300

    def test_is_still_there_after_a_wrong_password_and_after_coming_in(self, client, kept, person):
        person("noor")
        assert "Your reply is still kept." in text(sign_in(client, "noor@example.org", "wrong words"))
        sign_in(client, "noor@example.org", PASSWORD)
        assert client.session["kept_reply"]["address"] == "/forum/"

    def test_can_be_thrown_away(self, client, kept):
        response = client.post("/accounts/kept-reply/drop/", {"next": "/accounts/login/?next=/forum/"})
        assert response.url == "/accounts/login/?next=/forum/"
        assert "kept_reply" not in client.session
        assert client.get("/accounts/kept-reply/drop/").status_code == 405

    def test_thrown_away_leads_to_no_other_site(self, client, kept):
        assert client.post("/accounts/kept-reply/drop/", {"next": "//evil.example"}).url == "/"


class TestANewPassword:
    def ask(self, client, email: str):
        return client.post("/accounts/password/reset/", {"email": email}, follow=True)

    def test_comes_by_letter_and_lets_one_in(self, client, person):
        user = person("noor")
        assert "If that address is on Commonplace" in text(self.ask(client, "noor@example.org"))
        letter = mail.outbox[0]
        assert letter.subject == "A new password for Commonplace"
        form = client.get(link_in(letter), follow=True)
        assert "Choose a new password" in text(form)
        at = form.redirect_chain[-1][0]
        assert "9 characters so far." in text(client.post(at, {"password1": "eastfield"}))
        response = client.post(at, {"password1": "a seat by the window"})
        assert response.url == "/me/"
        user.refresh_from_db()
        assert user.check_password("a seat by the window")
        assert "This link is spent" in text(type(client)().get(link_in(letter), follow=True))

    def test_is_promised_to_any_address_in_the_same_words(self, client, person):
        person("noor")
        assert text(self.ask(client, "noor@example.org")) == text(self.ask(client, "nobody@example.org"))
        assert len(mail.outbox) == 1

    def test_can_be_made_by_somebody_who_knows_the_old_one(self, client, person):
        user = person("noor")
        client.force_login(user)
        address = "/accounts/password/change/"
        wrong = client.post(address, {"oldpassword": "nope", "password1": "a seat by the window"})
        assert "That isn’t the one you have now." in text(wrong)
        right = client.post(
            address, {"oldpassword": PASSWORD, "password1": "a seat by the window"}, follow=True
        )
        assert "Your new password is saved." in text(right)
        user.refresh_from_db()
        assert user.check_password("a seat by the window")

    def test_is_the_first_for_somebody_who_has_none(self, client, person):
        user = person("noor")
        user.set_unusable_password()
        user.save()
        client.force_login(user)
        page = client.get("/accounts/password/change/", follow=True)
        assert "The one you have now" not in text(page)
        assert (
            client.post("/accounts/password/set/", {"password1": "a seat by the window"}).status_code == 302
        )


class TestAnotherAddress:
    def test_takes_the_place_of_the_old_one_when_its_letter_is_answered(self, client, person):
        user = person("noor")
        client.force_login(user)
        page = client.post("/accounts/email/", {"email": "noor@leeds.example"}, follow=True)
        assert "A letter is on its way to noor@leeds.example." in text(page)
        user.refresh_from_db()
        assert user.email == "noor@example.org"
        client.post(link_in(mail.outbox[0]))
        user.refresh_from_db()
        assert user.email == "noor@leeds.example"
        assert EmailAddress.objects.filter(user=user).count() == 1

    def test_that_somebody_else_has_is_answered_in_the_same_words(self, client, person):
        person("amara")
        user = person("noor")
        client.force_login(user)
        fresh = text(client.post("/accounts/email/", {"email": "new@example.org"}, follow=True))
        taken = text(client.post("/accounts/email/", {"email": "amara@example.org"}, follow=True))
        token = r'name="csrfmiddlewaretoken" value="\w+"'
        assert re.sub(token, "", taken).replace("amara@", "new@") == re.sub(token, "", fresh)
        assert mail.outbox[-1].subject == "You have a place on Commonplace already"
        assert not EmailAddress.objects.filter(user=user, email="amara@example.org").exists()

    def test_that_somebody_took_meanwhile_cannot_be_confirmed(self, client, person):
        user = person("noor")
        client.force_login(user)
        client.post("/accounts/email/", {"email": "shared@example.org"})
        User.objects.create_user("shared@example.org", "x", display_name="Quicker")
        response = client.post(link_in(mail.outbox[0]))
        assert response.status_code == 409
        user.refresh_from_db()
        assert user.email == "noor@example.org"

    def test_is_asked_of_nobody_who_is_not_signed_in(self, client):
        assert client.get("/accounts/email/").url.startswith("/accounts/login/")


class TestOneDoor:
    @pytest.mark.parametrize("door", ["/cms/login/", "/django-admin/login/", "/_util/login/"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_every_other_login_leads_to_it(self, client, door, method):
        response = getattr(client, method)(f"{door}?next=/cms/")
        assert (response.status_code, response.url) == (302, "/accounts/login/?next=/cms/")

    @pytest.mark.parametrize(
        "address",
        [
            "/accounts/reauthenticate/",
            "/accounts/login/code/confirm/",
            "/accounts/3rdparty/",
            "/cms/password_reset/",
        ],
    )
    def test_what_is_not_drawn_does_not_answer(self, client, address):
        assert client.get(address).status_code == 404

    def test_signing_out_takes_a_press_of_a_button(self, client, person):
        client.force_login(person("noor"))
        assert "Sign out?" in text(client.get("/accounts/logout/"))
        assert "_auth_user_id" in client.session
        assert client.post("/accounts/logout/").url == "/"
        assert "_auth_user_id" not in client.session


class TestTheMailbox:
    def test_answers_only_on_a_developers_machine(self, client, settings, tmp_path):
        assert client.get("/mail/").status_code == 404

    def test_shows_the_letters_newest_first(self, client, settings, tmp_path):
        settings.DEV_MAILBOX = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        assert "No letters yet" in text(client.get("/mail/"))
        sent = text(client.post("/accounts/signup/", NEW, follow=True))
        assert 'href="/mail/"' in sent
        html = text(client.get("/mail/"))
        assert "Confirm your e-mail for Commonplace" in html
        assert "amara@example.org" in html
        assert re.search(r'<a href="http://testserver/accounts/confirm-email/[^"]+"', html)
