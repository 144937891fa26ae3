"""The reading list of a course, and finding a work at one's own library."""

from __future__ import annotations

import pytest
import rispy
from wagtail.models import PageViewRestriction

pytestmark = pytest.mark.django_db

WORK = {"work_title": "A Ladder", "work_authors": "Arnstein, Sherry R.", "year": 1969, "access": "closed"}


@pytest.fixture
def listed(week, closed_week, add_step):
    add_step(week, "Reading Arnstein", **WORK)
    add_step(week, "Our own story", summary="Told here.")
    add_step(week, "Notes", kind="lecture")
    add_step(closed_week, "Secret reading", work_title="Not yet", access="open")


def page(client, ending: str = ""):
    return client.get(f"/courses/listening/readings{ending or '/'}")


def test_lists_what_is_read_in_open_weeks(client, listed, sound):
    html = sound(page(client))
    assert "Reading Arnstein" in html
    assert "Arnstein, Sherry R." in html
    assert "Our own story" in html
    assert "Secret reading" not in html
    assert "Notes" not in html


def test_shows_who_leads_the_course_closed_weeks_as_well(client, listed, instructor):
    client.force_login(instructor)
    assert "Secret reading" in page(client).content.decode()


@pytest.mark.parametrize(
    ("ending", "kind"),
    [(".ris", "application/x-research-info-systems"), (".bib", "application/x-bibtex"), (".csv", "text/csv")],
)
def test_is_given_as_files_with_published_works_of_open_weeks_only(client, listed, ending, kind):
    response = page(client, ending)
    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)
    assert response["Content-Disposition"] == f'attachment; filename="listening-readings{ending}"'
    text = response.content.decode()
    assert "A Ladder" in text
    assert "Not yet" not in text
    assert "Our own story" not in text


def test_ris_of_the_list_is_read_by_other_programs(client, listed):
    entries = rispy.loads(page(client, ".ris").content.decode())
    assert [entry["title"] for entry in entries] == ["A Ladder"]


def test_without_readings_says_so_and_makes_empty_files(client, week, sound):
    assert "No reading is open yet." in sound(page(client))
    assert page(client, ".ris").content == b""


@pytest.mark.parametrize("ending", ["/", ".ris", ".exe"])
def test_of_a_course_that_is_not_there_is_not_there(client, course, ending):
    assert client.get(f"/courses/nowhere/readings{ending}").status_code == 404


def test_of_an_unpublished_or_private_course_is_not_there(client, course):
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    assert page(client).status_code == 404
    PageViewRestriction.objects.all().delete()
    course.unpublish()
    assert page(client).status_code == 404


def test_links_each_work_to_the_readers_own_library(client, listed, person):
    noor = person(library_url="https://catalogue.example.org/?q={query}")
    client.force_login(noor)
    html = page(client).content.decode()
    assert html.count("Find it at my library") == 1
    assert "https://catalogue.example.org/?q=Arnstein%20A%20Ladder" in html


def test_asks_who_has_not_said_it_which_library_is_theirs(client, listed, person):
    client.force_login(person())
    assert "which library is yours" in page(client).content.decode()


def test_costs_the_same_whatever_it_lists(client, listed, week, add_step, person, django_assert_num_queries):
    client.force_login(person())
    page(client)
    # Session and user, page, leaders, weeks, steps, readings, progress (enrolment, records).
    with django_assert_num_queries(8):
        page(client)
    for number in range(12):
        add_step(week, f"Another {number}", **WORK)
    page(client)  # publishing has emptied the footer's place in the cache
    with django_assert_num_queries(8):
        page(client)


class TestTheReadingItself:
    def test_leads_to_the_readers_library(self, client, week, add_step, person):
        step = add_step(week, "Reading Arnstein", **WORK)
        client.force_login(person(library_url="https://resolver.example.edu/openurl"))
        html = client.get(step.url).content.decode()
        assert "https://resolver.example.edu/openurl?ctx_ver=Z39.88-2004" in html

    def test_that_stands_here_in_full_is_looked_up_nowhere(self, client, week, add_step, person):
        step = add_step(week, "Reading", **WORK | {"access": "here"})
        client.force_login(person(library_url="https://resolver.example.edu/openurl"))
        assert "resolver.example.edu" not in client.get(step.url).content.decode()

    def test_says_who_edited_the_book_in_which_it_stands(self, client, week, add_step):
        step = add_step(
            week,
            "Repair",
            work_title="Rethinking Repair",
            container_title="Media Technologies",
            work_editors="Gillespie, Tarleton",
            publisher="MIT Press",
            year=2014,
            access="closed",
        )
        assert "edited by Gillespie, Tarleton" in client.get(step.url).content.decode()
