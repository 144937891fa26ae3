"""The frame of every page: what it says to whom, and what it never carries."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page

from home.models import EditorialPage, HomePage
from mooc_site.templatetags.ui import window

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
LOGIN = "/accounts/login/"


def page(client, address: str = LOGIN, **headers) -> str:
    return client.get(address, headers=headers).content.decode()


@pytest.mark.django_db
class TestEveryPage:
    def test_begins_with_a_way_past_the_masthead(self, client):
        html = page(client)
        assert html.index('<a class="skip" href="#main">') < html.index("<header")
        assert html.count('<main id="main">') == 1
        assert html.count("<h1") == 1

    def test_speaks_the_browsers_language(self, client):
        assert '<html lang="en" dir="ltr"' in page(client)
        assert '<html lang="es" dir="ltr"' in page(client, **{"accept-language": "es-CL,es;q=0.9"})

    def test_costs_a_visitor_no_query_and_leaves_no_cookie(self, client, django_assert_num_queries):
        page(client)  # fills the footer's place in the cache
        client.cookies.clear()
        with django_assert_num_queries(0):
            page(client)
        assert set(client.cookies) == {"csrftoken"}  # of the form on this page
        client.cookies.clear()
        page(client, "/people/nobody/")
        assert not client.cookies

    def test_offers_a_visitor_the_way_back_after_signing_in(self, client):
        assert 'href="/accounts/login/?next=/forum/"' in page(client, "/forum/")

    def test_marks_where_one_is(self, client):
        assert 'href="/forum/" aria-current="true"' in page(client, "/forum/")

    def test_names_languages_in_their_own_words(self, client):
        assert 'value="es" lang="es">Español</button>' in page(client)


@pytest.mark.django_db
class TestTheTheme:
    def test_is_the_systems_until_somebody_chooses(self, client):
        assert "data-theme" not in page(client)

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_of_the_cookie_stands_on_the_root(self, client, theme):
        client.cookies["theme"] = theme
        html = page(client)
        assert f'data-theme="{theme}"' in html
        assert f'value="{theme}" checked' in html

    def test_of_a_strange_cookie_is_passed_over(self, client):
        client.cookies["theme"] = '"><b>'
        assert "data-theme" not in page(client)

    def test_of_the_person_counts_on_a_device_that_has_chosen_none(self, client, person):
        client.force_login(person(theme="dark"))
        assert 'data-theme="dark"' in page(client, "/me/settings/")
        client.cookies["theme"] = "system"
        assert "data-theme" not in page(client, "/me/settings/")


@pytest.mark.django_db
class TestTheMenu:
    def test_of_a_member_has_neither_desk_nor_moderation(self, client, person):
        client.force_login(person())
        html = page(client, "/me/settings/")
        assert reverse("person", args=["noor"]) in html
        assert f'action="{reverse("account_logout")}"' in html
        assert "/cms/" not in html
        assert "/moderation/" not in html

    def test_follows_a_change_of_groups_at_once(self, client, person):
        user = person()
        client.force_login(user)
        assert "/moderation/" not in page(client, "/me/settings/")
        group = Group.objects.create(name="Door keepers")
        group.permissions.add(Permission.objects.get(codename="moderate"))
        user.groups.add(group)
        assert "/moderation/" in page(client, "/me/settings/")
        group.user_set.remove(user)
        assert "/moderation/" not in page(client, "/me/settings/")

    def test_asks_the_database_for_rights_once_a_minute_only(
        self, client, person, django_assert_max_num_queries
    ):
        client.force_login(person())
        page(client, "/people/noor/")
        with django_assert_max_num_queries(5):  # session, person, whose page, whose grants, posts
            page(client, "/people/noor/")


@pytest.mark.django_db
class TestTheFooter:
    @pytest.fixture
    def rules(self):
        home = HomePage.objects.first() or Page.objects.get(depth=1).add_child(
            instance=HomePage(title="Home")
        )
        rules = home.add_child(
            instance=EditorialPage(title="House rules, kindly", show_in_menus=True, live=False)
        )
        return rules

    def test_shows_a_page_from_the_moment_it_is_published_until_it_is_not(self, client, rules):
        assert "House rules" not in page(client)
        rules.save_revision().publish()
        assert f'<a href="{rules.url}">House rules, kindly</a>' in page(client)
        rules.refresh_from_db()
        rules.unpublish()
        assert "House rules" not in page(client)

    def test_forgets_a_page_that_is_deleted(self, client, rules):
        rules.save_revision().publish()
        page(client)
        rules.delete()
        assert "House rules" not in page(client)

    def test_has_a_form_that_works_without_a_script(self, client):
        form = re.search(
            r'<form[^>]*id="display".*?</form>', page(client, "/forum/?page=2"), re.DOTALL
        ).group()
        assert 'action="/display/"' in form
        assert 'name="next" value="/forum/?page=2"' in form
        assert form.count('name="theme"') == 3
        assert "data-without-script" in form


class TestDisplay:
    def test_keeps_theme_and_language_for_a_year_and_goes_back(self, client):
        response = client.get("/display/?theme=dark&language=es&next=/forum/%3Fpage%3D2")
        assert (response.status_code, response.url) == (302, "/forum/?page=2")
        for cookie, value in (("theme", "dark"), (settings.LANGUAGE_COOKIE_NAME, "es")):
            morsel = response.cookies[cookie]
            assert morsel.value == value
            assert morsel["max-age"] == 60 * 60 * 24 * 365
            assert morsel["samesite"] == "Lax"

    def test_passes_over_values_that_it_does_not_know(self, client):
        response = client.get("/display/?theme=sepia&language=tlh&next=/forum/")
        assert not response.cookies
        assert response.url == "/forum/"

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http:///evil.example", ""],
    )
    def test_never_leads_to_another_site(self, client, elsewhere):
        assert client.get("/display/", {"next": elsewhere}).url == "/"

    def test_is_not_written_to(self, client):
        assert client.post("/display/", {"theme": "dark"}).status_code == 405


class TestTemplates:
    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
    def test_carry_no_style_and_no_script_of_their_own(self, path):
        text = re.sub(r"{#.*?#}|{% comment .*?endcomment %}", "", path.read_text(), flags=re.DOTALL)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text, re.IGNORECASE)
        assert not re.search(r"<script(?![^>]*\ssrc=)", text)

    def test_of_500_needs_neither_request_nor_database(self):
        from mooc_site.errors import server_error

        response = server_error(RequestFactory().get("/"))
        assert response.status_code == 500
        assert b"Something broke at our end" in response.content
        assert b"css/tokens.css" in response.content


@pytest.mark.django_db
class TestWhenThingsAreOtherwise:
    def test_an_unknown_address_is_not_on_the_shelf(self, client):
        response = client.get("/nothing/here/")
        assert response.status_code == 404
        assert "This isn’t on the shelf" in response.content.decode()

    def test_a_refusal_says_its_reason(self, rf):
        from django.contrib.auth.models import AnonymousUser
        from django.core.exceptions import PermissionDenied

        from mooc_site.errors import forbidden

        request = rf.get("/forum/")
        request.user = AnonymousUser()
        response = forbidden(request, PermissionDenied("Only members write here."))
        assert response.status_code == 403
        assert "Only members write here." in response.content.decode()

    def test_a_body_of_ten_megabytes_is_too_long(self, client):
        response = client.post("/accounts/login/", {"login": "x" * 10_000_000})
        assert response.status_code == 413
        assert "That was too long for us to read" in response.content.decode()

    def test_words_behind_an_old_token_can_be_sent_again(self):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        said = {"text": "I asked at <the> care home.", "key": "k-1", "password": "secret words"}
        response = strict.post("/forum/beside/1/?x=1", said, headers={"Referer": "http://testserver/p/1/"})
        html = response.content.decode()
        assert response.status_code == 403
        assert "I asked at &lt;the&gt; care home.</textarea>" in html
        assert '<input type="hidden" name="key" value="k-1">' in html
        assert 'action="/forum/beside/1/?x=1"' in html
        assert "secret words" not in html


class TestPages:
    @pytest.mark.parametrize(
        ("current", "total", "shown"),
        [
            (1, 1, []),
            (1, 2, [1, 2]),
            (1, 9, [1, 2, 3, 0, 9]),
            (3, 9, [1, 2, 3, 4, 0, 9]),
            (4, 9, [1, 2, 3, 4, 5, 0, 9]),
            (5, 9, [1, 0, 4, 5, 6, 0, 9]),
            (9, 9, [1, 0, 7, 8, 9]),
            (3, 5, [1, 2, 3, 4, 5]),
        ],
    )
    def test_show_both_ends_and_the_neighbours(self, current, total, shown):
        assert window(current, total) == shown

    def test_link_to_the_bare_address_first(self):
        from django.template import Context, Template

        html = Template('{% pages 2 3 "/forum/" branch=7 %}').render(Context())
        assert '<a href="/forum/?branch=7" rel="prev">1</a>' in html
        assert '<span aria-current="page">2</span>' in html
        assert '<a href="/forum/?branch=7&amp;page=3" rel="next">3</a>' in html


class TestWeight:
    """Budgets of the design: a week with its conversation, in bytes as stored."""

    def size(self, *names: str) -> int:
        return sum((settings.BASE_DIR / "static" / name).stat().st_size for name in names)

    def test_of_the_style_of_a_week_is_within_30_kib(self):
        week = ("tokens", "app", "lesson", "talk")
        assert self.size(*(f"css/{name}.css" for name in week)) <= 30 * 1024

    def test_of_the_module_on_every_page_is_within_3_kib(self):
        assert self.size("js/app.js") <= 3 * 1024

    def test_of_all_scripts_is_within_25_kib_on_the_wire(self):
        import gzip

        scripts = (settings.BASE_DIR / "static" / "js").rglob("*.js")
        assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts) <= 25 * 1024

    def test_every_style_file_names_its_layer(self):
        order = "@layer reset,tokens,base,layout,parts,pages,utilities;"
        assert (settings.BASE_DIR / "static/css/tokens.css").read_text().startswith(order)
        for path in (settings.BASE_DIR / "static" / "css").glob("*.css"):
            assert "@layer " in path.read_text(), path
            assert "@import" not in path.read_text(), path
