"""The page of an address: one query, and the same answers as Wagtail's own walk down the tree."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction, Site

from modules.courses.models import KINDS, CoursePage, ModulePage
from modules.courses.routing import known_site, page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    site = Site.objects.select_related("root_page").get()
    Site.get_site_root_paths()
    return site


def path_of(page: Page) -> str:
    return page.url.removeprefix("/")


def test_every_kind_of_page_is_found_as_its_own_class(site, course, week, add_step):
    steps = [add_step(week, f"A {name}", name) for name in KINDS]
    assert type(page_at(site, path_of(course))) is CoursePage
    assert type(page_at(site, path_of(week))) is ModulePage
    for step in steps:
        assert page_at(site, path_of(step)) == step
        assert type(page_at(site, path_of(step))) is type(step)
    assert page_at(site, "") == site.root_page.specific
    assert page_at(site, "courses/").specific_class.__name__ == "CourseIndexPage"


def test_a_step_comes_with_all_its_columns_in_one_query(site, week, add_step, django_assert_num_queries):
    add_step(
        week, "Laws", "reading", work_title="The Five Laws", body=[("text", "<p>Books are for use.</p>")]
    )
    with django_assert_num_queries(1):
        step = page_at(site, "courses/listening/arriving/laws/")
        assert (step.title, step.work_title, step.minutes) == ("Laws", "The Five Laws", 10)
        assert "Books are for use" in step.body.render_as_block()
        assert list(step.get_view_restrictions()) == []


def test_finding_a_course_or_week_is_one_query(site, week, django_assert_num_queries):
    with django_assert_num_queries(1):
        page_at(site, "courses/listening/")
    with django_assert_num_queries(1):
        page_at(site, "courses/listening/arriving/")


@pytest.mark.parametrize(
    "path",
    [
        "courses/nothing/",
        "courses/listening/nothing/",
        "courses/listening/arriving/nothing/",
        "courses/listening/arriving/notes/deeper/",
        "listening/",
        "arriving/",
        "courses/arriving/",
        "home/courses/listening/",
        "a/" * 900,
    ],
)
def test_an_address_without_a_page_is_404(client, week, add_step, path):
    add_step(week, "Notes")
    assert client.get(f"/{path}").status_code == 404


def test_a_page_below_another_course_is_not_found_there(client, course_index, week, add_step):
    from tests.conftest import publish

    add_step(week, "Notes")
    other = publish(
        course_index.add_child(instance=CoursePage(title="Other", starts_on=week.opens_at.date()))
    )
    publish(other.add_child(instance=ModulePage(title="Beginnings")))
    assert client.get("/courses/other/beginnings/").status_code == 200
    assert client.get("/courses/other/arriving/").status_code == 404
    assert client.get("/courses/other/beginnings/notes/").status_code == 404


@pytest.mark.parametrize("level", ["course", "week", "step"])
def test_nothing_is_served_below_an_unpublished_page(client, course, week, add_step, level):
    step = add_step(week, "Notes")
    assert client.get(step.url).status_code == 200
    {"course": course, "week": week, "step": step}[level].unpublish()
    assert client.get(step.url).status_code == 404


def test_a_draft_is_404_even_for_who_wrote_it(client, week, instructor):
    draft = week.add_child(instance=KINDS["reading"].model(title="Not yet", live=False))
    client.force_login(instructor)
    assert client.get(draft.url).status_code == 404


def test_pages_are_for_reading_only(client, week, add_step):
    for page in (week.get_parent(), week, add_step(week, "Notes")):
        assert client.head(page.url).status_code == 200
        assert client.post(page.url).status_code == 405
        assert client.delete(page.url).status_code == 405


def test_an_address_without_its_last_slash_leads_on(client, week):
    response = client.get(week.url.rstrip("/"))
    assert (response.status_code, response.url) == (301, week.url)


def test_a_new_slug_redirects_from_the_old_address(
    client, week, add_step, django_capture_on_commit_callbacks
):
    step = add_step(week, "Notes")
    old_week, old_step = week.url, step.url
    with django_capture_on_commit_callbacks(execute=True):
        week.refresh_from_db()
        week.slug = "beginning"
        week.save_revision().publish()
    assert client.get("/courses/listening/beginning/").status_code == 200
    response = client.get(old_week)
    assert (response.status_code, response.url) == (301, "/courses/listening/beginning/")
    response = client.get(old_step)
    assert (response.status_code, response.url) == (301, "/courses/listening/beginning/notes/")


def test_a_page_for_signed_in_people_only_sends_visitors_to_the_door(client, course, week, add_step, person):
    step = add_step(week, "Notes")
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    for page in (course, week, step):
        response = client.get(page.url, follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    client.force_login(person())
    assert client.get(step.url).status_code == 200


def test_a_page_for_a_group_is_closed_to_others(client, week, person):
    restriction = PageViewRestriction.objects.create(page=week, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="Mentors"))
    noor = person()
    client.force_login(noor)
    assert client.get(week.url).status_code == 403
    noor.groups.add(Group.objects.get(name="Mentors"))
    assert client.get(week.url).status_code == 200


def test_another_page_of_the_same_name_elsewhere_does_not_make_a_page_private(
    client, course_index, week, add_week
):
    from tests.conftest import publish

    other = publish(
        course_index.add_child(instance=CoursePage(title="Other", starts_on=week.opens_at.date()))
    )
    namesake = publish(other.add_child(instance=ModulePage(title="Arriving", slug=week.slug)))
    PageViewRestriction.objects.create(page=namesake, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(week.url).status_code == 200
    assert client.get(namesake.url).status_code == 302


def test_the_site_is_looked_up_once_until_it_changes(client, week, rf, django_assert_num_queries):
    known_site(rf.get("/"))
    with django_assert_num_queries(0):
        assert known_site(rf.get("/")).root_page.url_path == "/home/"
    site = Site.objects.get()
    site.root_page = Page.objects.get(slug="courses")
    site.save()
    assert client.get("/listening/arriving/").status_code == 200
    site.root_page.slug = "renamed"
    site.root_page.specific.save()
    assert client.get("/listening/arriving/").status_code == 200
    site.delete()
    assert client.get("/listening/arriving/").status_code == 404
