"""Whom one can choose to lead a course, and what the list of people tells."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from community.accounts.models import User, system_account
from home.models import EditorialPage, HomePage
from modules.courses.models import CourseRole

pytestmark = pytest.mark.django_db

LIST, RESULTS = "/cms/choose-leader/", "/cms/choose-leader/results/"


@pytest.fixture
def noor(person):
    return person("noor", display_name="Noor Haddad", email="private@hidden.example", affiliation="Branch 9")


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


def listed(client, words: str = "", page: int = 1) -> str:
    return client.get(RESULTS, {"q": words, "p": page}).content.decode()


@pytest.mark.parametrize("words", ["haddad", "NOOR H", "@noor", "noor"])
def test_people_are_found_by_name_or_handle(desk, noor, person, words):
    person("yusuf")
    html = listed(desk, words)
    assert "Noor Haddad" in html
    assert "noor" in html
    assert "Yusuf" not in html


@pytest.mark.parametrize("words", ["private", "hidden.example", "Branch", "private@hidden.example"])
def test_nobody_is_found_by_what_they_keep_to_themselves(desk, noor, words):
    assert "Noor" not in listed(desk, words)


def test_the_list_tells_names_and_handles_and_nothing_else_of_people(desk, noor):
    chosen = desk.get(f"{LIST}chosen/{noor.pk}/").content.decode()
    for answer in (desk.get(LIST).content.decode(), listed(desk), chosen):
        assert "Noor Haddad" in answer
        assert "hidden.example" not in answer
        assert "Branch" not in answer
    assert json.loads(chosen)["result"] == {
        "id": str(noor.pk),
        "title": "Noor Haddad (@noor)",
        "edit_url": None,
    }


def test_who_does_not_take_part_is_not_offered(desk, person):
    people = [
        person("locked", is_active=False),
        person("gone", is_active=False, left_at=timezone.now()),
        system_account(),
    ]
    html = listed(desk)
    assert "amara" in html
    for somebody in people:
        assert somebody.display_name not in html
        assert desk.get(f"{LIST}chosen/{somebody.pk}/").status_code == 404


def test_the_list_has_pages_and_does_not_count_past_a_thousand(desk, django_assert_max_num_queries):
    User.objects.bulk_create(
        User(email=f"r{n}@example.org", handle=f"reader-{n:04}", display_name=f"Reader {n:04}")
        for n in range(1100)
    )
    first, second = listed(desk, "reader"), listed(desk, "reader", 2)
    assert "Reader 0019" in first
    assert "Reader 0020" not in first
    assert "Reader 0020" in second
    assert "There are 1,000 matches" in first
    listed(desk)
    with django_assert_max_num_queries(12):  # session, user, two of the desk's rights, pages, count, people …
        listed(desk)


@pytest.mark.parametrize("address", [LIST, RESULTS, f"{LIST}chosen/1/"])
def test_only_who_may_edit_courses_gets_the_list(client, person, course, noor, address):
    """An editor of other pages has a desk and no business with it."""
    rules = HomePage.objects.get().add_child(instance=EditorialPage(title="House rules"))
    group = Group.objects.create(name="Editors of the rules")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=rules, permission=Permission.objects.get(codename=codename)
        )
    editor = person("editor")
    editor.groups.add(group)
    client.force_login(editor)
    assert client.get("/cms/").status_code == 200
    assert client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert client.get(address).url == "/cms/"


def save(client, course, *people, **fields):
    roles = [
        {"person": getattr(person, "pk", person), "role": "instructor", "about": ""} | fields
        for person in people
    ]
    form = {
        "title": course.title,
        "slug": course.slug,
        "uid": course.uid,
        "lede": "",
        "starts_on": course.starts_on.isoformat(),
        "time_zone": "UTC",
        "hours_per_week": "",
        "cloth": "moss",
        "body": streamfield([]),
        "roles": inline_formset(roles, initial=1 if "id" in fields else 0),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), nested_form_data(form))


def test_the_editor_shows_who_leads_without_a_list_of_everybody(desk, course, noor, person):
    CourseRole.objects.create(course=course, person=noor, role=CourseRole.Role.MENTOR)
    person("bystander")
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).content.decode()
    assert "Noor Haddad (@noor)" in html
    assert "Bystander" not in html
    assert "hidden.example" not in html
    assert "Choose a person" in html


def test_whom_one_has_chosen_leads_the_course(desk, course, noor):
    assert save(desk, course, noor).status_code == 302
    assert CourseRole.objects.get(course=course, person=noor).role == CourseRole.Role.INSTRUCTOR


def test_who_does_not_take_part_cannot_be_sent_instead(desk, course, person):
    for somebody in (person("locked", is_active=False), system_account()):
        html = save(desk, course, somebody).content.decode()
        assert "Choose somebody who takes part here." in html
    assert not CourseRole.objects.exclude(person__handle="amara").exists()


@pytest.mark.parametrize("sent", ["987654", "x", "9" * 40])
def test_what_is_no_person_is_refused_in_words(desk, course, sent):
    response = save(desk, course, sent)
    assert response.status_code == 200
    assert "Select a valid choice." in response.content.decode()
    assert not CourseRole.objects.exclude(person__handle="amara").exists()


def test_a_course_can_be_edited_on_when_somebody_who_leads_it_has_gone(desk, course, noor):
    role = CourseRole.objects.create(course=course, person=noor, role=CourseRole.Role.MENTOR)
    User.objects.filter(pk=noor.pk).update(is_active=False)
    assert save(desk, course, noor, id=role.pk, about="Was here").status_code == 302
    role.refresh_from_db()
    assert role.about == "Was here"
