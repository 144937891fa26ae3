"""The people of a course."""

from __future__ import annotations

import pytest

from community.accounts.models import User
from modules.courses.models import CourseRole
from modules.progress import people
from modules.progress.actions import join_course, leave_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(course, person):
    """Seven people take the course; one has left; Amara leads it and takes it."""
    everybody = [person(f"p{number}", display_name=f"Person {number}") for number in range(7)]
    for one in everybody:
        join_course(person=one, course=course)
    left = person("gone", display_name="Somebody Gone")
    join_course(person=left, course=course)
    leave_course(person=left, course=course)
    amara = person("amara", display_name="Amara Nwosu")
    CourseRole.objects.create(course=course, person=amara, role="instructor", about="Answers everyone.")
    join_course(person=amara, course=course)
    return everybody


def show(client, query: str = "") -> str:
    response = client.get(f"/courses/listening/people/{query}")
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_visitors_see_who_leads_and_how_many_take_it(client, crowd):
    html = show(client)
    assert "Amara Nwosu" in html
    assert "Answers everyone." in html
    assert "8 people take it." in html
    assert "Person 1" not in html


def test_whoever_is_not_on_the_course_sees_no_names(client, crowd, person):
    client.force_login(person("stranger"))
    assert "Person 1" not in show(client)


def test_people_of_the_course_see_each_other_newest_first_and_nobody_who_left(client, crowd):
    client.force_login(crowd[0])
    html = show(client)
    assert html.index("Person 6") < html.index("Person 5") < html.index("Person 0")
    assert "Somebody Gone" not in html
    assert html.count("Amara Nwosu") == 1


def test_where_somebody_works_is_shown_as_far_as_they_opened_it(client, crowd):
    User.objects.filter(pk=crowd[1].pk).update(affiliation="Hidden Branch")
    User.objects.filter(pk=crowd[2].pk).update(affiliation="Open Branch", affiliation_visibility="members")
    client.force_login(crowd[0])
    html = show(client)
    assert "Open Branch" in html
    assert "Hidden Branch" not in html
    assert "@p1" in html


def test_who_cannot_sign_in_any_more_is_not_listed(client, crowd):
    User.objects.filter(pk=crowd[3].pk).update(is_active=False)
    client.force_login(crowd[0])
    assert "Person 3" not in show(client)


def test_a_long_list_has_pages(client, crowd, monkeypatch):
    monkeypatch.setattr(people, "PEOPLE_PER_PAGE", 3)
    client.force_login(crowd[0])
    seen, query = [], ""
    for _page in range(4):
        html = show(client, query)
        seen += [name for name in (f"Person {number}" for number in range(7)) if name in html]
        if "?before=" not in html:
            break
        query = "?before=" + html.partition("?before=")[2].partition('"')[0]
    assert sorted(seen) == [f"Person {number}" for number in range(7)]


@pytest.mark.parametrize("before", ["0", "-1", "x", "999999999999999999999", "%00"])
def test_any_page_can_be_asked_for(client, crowd, before):
    client.force_login(crowd[0])
    show(client, f"?before={before}")


def test_many_people_are_not_counted_to_the_end(client, crowd, monkeypatch):
    monkeypatch.setattr(people, "COUNTED", 5)
    assert "More than 5 people take it." in show(client)


def test_the_course_page_says_how_many_there_are(client, crowd):
    html = client.get("/courses/listening/").content.decode()
    assert '<a href="/courses/listening/people/">8 people</a>' in html


def test_the_list_costs_the_same_whatever_its_length(
    client, crowd, course, person, django_assert_num_queries
):
    client.force_login(crowd[0])
    show(client)
    # Session and user, page, leaders, is on the course, list, weeks, steps, count.
    with django_assert_num_queries(9):
        show(client)
    for number in range(20):
        join_course(person=person(f"more{number}"), course=course)
    with django_assert_num_queries(9):
        show(client)
