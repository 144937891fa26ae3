"""Administrators make people, change them and find them in the Wagtail admin."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse

from community.accounts import desk_forms
from community.accounts.models import User, system_account
from community.accounts.viewsets import TakenMeanwhile

pytestmark = pytest.mark.django_db

PASSWORD = "seven warm plain words"
NEW = {
    "display_name": "Noor Haddad",
    "handle": "noor",
    "email": "noor@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "is_active": "on",
}


@pytest.fixture
def chief(person) -> User:
    return person("chief", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, chief):
    """An administrator's browser."""
    client.force_login(chief)
    return client


def make(desk, **fields):
    """The answer to the form for a new person."""
    return desk.post(reverse("wagtailusers_users:add"), NEW | fields)


def change(desk, person: User, **fields):
    """The answer to the form about `person`, with what it shows of them and `fields`."""
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    form = desk.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields if not name.startswith("password")}
    shown["groups"] = [getattr(group, "pk", group) for group in shown["groups"] or []]
    sent = {name: value for name, value in (shown | fields).items() if value not in (False, None)}
    return desk.post(address, sent)


def addresses(person: User) -> list[tuple[str, bool, bool]]:
    rows = EmailAddress.objects.filter(user=person)
    return list(rows.values_list("email", "verified", "primary"))


def test_the_forms_ask_for_what_our_people_have(desk, person):
    for address in (
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[person().pk]),
    ):
        html = desk.get(address).content.decode()
        for name in (*NEW, "is_superuser", "groups"):
            assert f'name="{name}"' in html
        assert "first_name" not in html
        assert "last_name" not in html
        assert "checked" in html.split('name="is_active"')[1].split(">")[0]


def test_a_person_is_made_with_names_groups_and_a_confirmed_address(desk):
    mentors = Group.objects.get(name="Mentors")
    response = make(desk, email="Noor@Example.org", handle="@Noor", groups=[mentors.pk])
    assert response.url == reverse("wagtailusers_users:index")
    noor = User.objects.get(handle="noor")
    assert (noor.display_name, noor.email) == ("Noor Haddad", "noor@example.org")
    assert list(noor.groups.all()) == [mentors]
    assert noor.is_active
    assert not noor.is_superuser
    assert not noor.is_staff
    assert addresses(noor) == [("noor@example.org", True, True)]


@pytest.mark.parametrize("login", ["noor", "noor@example.org"])
def test_who_was_made_at_the_desk_signs_in_at_once(desk, client, login):
    make(desk)
    client.logout()
    response = client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert response.url == "/me/"


def test_an_administrator_made_at_the_desk_has_both_desks(desk, client):
    make(desk, is_superuser="on")
    client.force_login(User.objects.get(handle="noor"))
    assert client.get("/cms/").status_code == 200
    assert client.get("/django-admin/").status_code == 200


def test_who_is_no_longer_administrator_has_no_desk(desk, client, person):
    second = person("second", is_staff=True, is_superuser=True)
    assert change(desk, second, is_superuser=None).status_code == 302
    client.force_login(second)
    assert client.get("/cms/", follow=True).status_code == 403
    assert client.get("/django-admin/", follow=True).status_code == 403


def test_a_person_made_inactive_cannot_sign_in(desk, client):
    make(desk, is_active="")
    client.logout()
    client.post("/accounts/login/", {"login": "noor", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("handle", "Amara", "Somebody is called “amara” already. “amara-2” is free."),
        ("handle", "Admin", "“admin” is kept for the site itself."),
        ("handle", "no", "Three to thirty small letters"),
        ("handle", "n" * 31, "Three to thirty small letters"),
        ("handle", "noor@home", "Three to thirty small letters"),
        ("handle", "", "This field is required."),
        ("email", "AMARA@example.org", "This e-mail address already has an account."),
        ("email", "amara", "Enter a valid email address."),
        ("email", "n" * 250 + "@example.org", "at most 254 characters"),
        ("display_name", "…", "Give a name with a letter in it."),
        ("display_name", "N" * 81, "at most 80 characters"),
        ("password2", "another", "The two password fields didn&#x27;t match."),
    ],
)
def test_what_will_not_do_is_said_at_its_field(desk, person, field, value, words):
    amara, yusuf = person("amara"), person("yusuf")
    for response in (make(desk, **{field: value}), change(desk, yusuf, **{field: value})):
        assert response.status_code == 200
        assert words in str(response.context["form"].errors[field])
        assert words in response.content.decode()
    assert set(User.objects.values_list("handle", flat=True)) == {"chief", "amara", "yusuf"}
    yusuf.refresh_from_db()
    assert yusuf.email == "yusuf@example.org"
    assert addresses(amara) == [("amara@example.org", True, True)]


def test_a_short_password_is_refused_in_our_words(desk):
    response = make(desk, password1="plain", password2="plain")
    assert "5 characters so far. Add 7 or more." in response.content.decode()


def test_an_address_that_is_confirmed_for_somebody_is_taken(desk, person):
    EmailAddress.objects.create(user=person("amara"), email="noor@example.org", verified=True)
    assert "email" in make(desk).context["form"].errors


def test_an_address_that_somebody_only_asked_for_is_free(desk, person):
    EmailAddress.objects.create(user=person("amara"), email="noor@example.org", verified=False)
    assert make(desk).status_code == 302


@pytest.mark.parametrize("field", ["handle", "email"])
@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_taken_between_check_and_writing_is_said_at_its_field(
    desk, person, monkeypatch, is_new, field
):
    yusuf = person("yusuf")
    form_valid = TakenMeanwhile.form_valid

    def meanwhile(view, form):
        person(**({"handle": "amara"} | {field: NEW[field]}))
        return form_valid(view, form)

    monkeypatch.setattr(TakenMeanwhile, "form_valid", meanwhile)
    response = make(desk) if is_new else change(desk, yusuf, **{field: NEW[field]})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert User.objects.filter(**{field: NEW[field]}).count() == 1
    assert addresses(yusuf) == [("yusuf@example.org", True, True)]


def test_a_change_stores_what_was_changed_and_nothing_else(desk, person):
    yusuf = person("yusuf", affiliation="Leeds")
    mentors = Group.objects.get(name="Mentors")
    assert (
        change(desk, yusuf, display_name="Yusuf  Demir", handle="demir", groups=[mentors.pk]).status_code
        == 302
    )
    changed = User.objects.get(pk=yusuf.pk)
    assert (changed.display_name, changed.handle, changed.affiliation) == ("Yusuf Demir", "demir", "Leeds")
    assert changed.password == yusuf.password
    assert changed.is_active
    assert list(changed.groups.all()) == [mentors]
    assert addresses(yusuf) == [("yusuf@example.org", True, True)]


def test_a_change_does_not_undo_what_happened_since_the_form_was_read(desk, person, monkeypatch):
    yusuf = person("yusuf")

    def meanwhile(**kwargs) -> None:
        User.objects.filter(pk=yusuf.pk).update(theme="dark")
        monkeypatch.undo()
        desk_forms.store_person(**kwargs)

    monkeypatch.setattr(desk_forms, "store_person", meanwhile)
    change(desk, yusuf, display_name="Yusuf Demir")
    yusuf.refresh_from_db()
    assert (yusuf.display_name, yusuf.theme) == ("Yusuf Demir", "dark")


def test_the_groups_that_a_course_fills_are_neither_shown_nor_emptied(desk, person, course, joined):
    noor, access_group = joined(person("noor")), course.space.group
    mentors = Group.objects.get(name="Mentors")
    form = desk.get(reverse("wagtailusers_users:edit", args=[noor.pk])).context["form"]
    shown = {group.name for group in form.fields["groups"].queryset}
    assert {"Instructors", "Mentors", "Community moderators"} <= shown
    assert not shown & {access_group.name, "Visitors", "Members"}
    assert change(desk, noor, groups=[mentors.pk]).status_code == 302
    assert set(noor.groups.all()) == {mentors, access_group}
    assert change(desk, noor, groups=[]).status_code == 302
    assert set(noor.groups.all()) == {access_group}


def test_a_new_address_takes_the_place_of_all_others(desk, client, person):
    yusuf = person("yusuf")
    EmailAddress.objects.create(user=yusuf, email="asked.for@example.org")
    assert change(desk, yusuf, email="New@example.org").status_code == 302
    yusuf.refresh_from_db()
    assert yusuf.email == "new@example.org"
    assert addresses(yusuf) == [("new@example.org", True, True)]
    client.logout()
    sent = {"login": "new@example.org", "password": "four plain words here"}
    assert client.post("/accounts/login/", sent).url == "/me/"


def test_a_new_password_is_the_persons_from_then_on(desk, person):
    yusuf = person("yusuf")
    assert change(desk, yusuf, password1=PASSWORD, password2=PASSWORD).status_code == 302
    yusuf.refresh_from_db()
    assert yusuf.check_password(PASSWORD)


def test_nobody_locks_themselves_out_and_a_new_password_of_ones_own_keeps_one_signed_in(desk, chief):
    response = change(desk, chief, password1=PASSWORD, password2=PASSWORD)
    assert response.status_code == 302
    html = desk.get(reverse("wagtailusers_users:edit", args=[chief.pk])).content.decode()
    assert 'name="is_active"' not in html
    assert 'name="is_superuser"' not in html
    chief.refresh_from_db()
    assert (chief.is_active, chief.is_superuser, chief.is_staff) == (True, True, True)


def test_the_list_shows_names_and_handles(desk, person):
    person("yusuf", display_name="Yusuf <b>Demir")
    html = desk.get(reverse("wagtailusers_users:index")).content.decode()
    assert "Yusuf &lt;b&gt;Demir" in html
    for heading in ("Name", "Handle", "E-mail"):
        assert heading in html
    assert "yusuf@example.org" in html


@pytest.mark.parametrize("words", ["demir", "YUS", "@yus", "yusuf@ex"])
@pytest.mark.parametrize("view", ["index", "index_results"])
def test_people_are_found_by_name_handle_and_address(desk, person, words, view):
    yusuf = person("yusuf", display_name="Y. Demir")
    person("amara")
    response = desk.get(reverse(f"wagtailusers_users:{view}"), {"q": words})
    assert list(response.context["users"]) == [yusuf]


@pytest.mark.parametrize("ordering", ["name", "display_name", "-display_name", "handle", "email"])
def test_the_list_can_be_ordered(desk, person, ordering):
    person("amara")
    response = desk.get(reverse("wagtailusers_users:index"), {"ordering": ordering})
    assert [user.handle for user in response.context["users"]] in (["amara", "chief"], ["chief", "amara"])


def test_the_list_costs_the_same_whatever_its_length(desk, person, django_assert_max_num_queries):
    address = reverse("wagtailusers_users:index")
    desk.get(address)
    for number in range(15):
        person(f"reader-{number}")
    # Session, person, their profile, groups to filter by, people counted and listed; none for each of them.
    with django_assert_max_num_queries(12):
        desk.get(address)


def test_the_sites_own_account_is_not_to_be_changed(desk):
    system = system_account()
    assert desk.get(reverse("wagtailusers_users:edit", args=[system.pk])).status_code == 404
    assert system not in desk.get(reverse("wagtailusers_users:index")).context["users"]


def test_one_does_not_take_all_who_were_found_at_once(desk, person):
    for number in range(25):
        person(f"reader-{number}")
    html = desk.get(reverse("wagtailusers_users:index")).content.decode()
    assert "data-bulk-action-button" in html
    assert "data-bulk-action-num-objects-in-listing" not in html


def test_nobody_but_administrators_makes_people(client, person):
    teacher = person("teacher")
    teacher.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(teacher)
    make(client)
    assert not User.objects.filter(handle="noor").exists()
