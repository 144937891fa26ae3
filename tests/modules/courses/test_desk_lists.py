"""The lists of courses, weeks and steps at the desk."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin.views.pages.listing import IndexView
from wagtail.models import GroupPagePermission
from wagtail.search.backends import get_search_backend

from home.models import EditorialPage, HomePage
from modules.courses.models import KINDS, CourseIndexPage, CoursePage, ModulePage
from tests.conftest import add_published, publish

pytestmark = pytest.mark.django_db
COURSES, WEEKS, STEPS = "/cms/courses/", "/cms/courses/weeks/", "/cms/courses/steps/"


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def another_course(course_index):
    """A course that began later, with one week and one step."""
    later = CoursePage(title="Describing", slug="describing", starts_on=dt.date(2040, 1, 2))
    later = add_published(course_index, later)
    week = add_published(later, ModulePage(title="Nouns"))
    add_published(week, KINDS["quiz"].model(title="Ten nouns", minutes=7))
    return later


def rows(answer) -> list[str]:
    """The rows of a list: their HTML with single spaces."""
    body = answer.content.decode().partition('<table class="listing')[2].partition("</table>")[0]
    html = re.sub(r"\s+", " ", body.partition("<tbody>")[2])
    return re.sub(r"(?<=>)(?=[^ <])|(?<=[^ >])(?=<)", " ", html).split("<tr")[1:]


def words_of(html: str) -> str:
    html = re.sub(
        r"<(button|ul|svg|input|dialog).*?(</\1>|/>)|w-sr-only.*?</span>", " ", html, flags=re.DOTALL
    )
    return " ".join(re.sub(r"<[^>]*>|^[^<]*>", " ", html).split())


def titles(answer) -> list[str]:
    """The titles in a list, in its order."""
    return [
        words_of(cell)
        for cell in re.findall(r"data-listing-page-title.*?</td>", answer.content.decode(), re.DOTALL)
    ]


def found(answer, *names: str) -> list[str]:
    """Those of `names` that a list has, in its order."""
    listed = " | ".join(titles(answer))
    return sorted((name for name in names if name in listed), key=listed.index)


def test_steps_stand_in_the_order_of_the_course_with_what_one_looks_for(desk, week, closed_week, add_step):
    add_step(week, "What the door says", "lecture", minutes=11)
    add_step(closed_week, "Who is not here", "quiz", optional=True)
    week.add_child(instance=KINDS["activity"].model(title="Begun", live=False))
    answer = desk.get(STEPS)
    assert found(answer, "Begun", "What the door says", "Who is not here") == [
        "What the door says",
        "Begun",
        "Who is not here",
    ]
    first, begun, last = rows(answer)
    for words in ("icon-media", "Lecture", "1. Arriving", "Listening", "> 11 <", " live "):
        assert words in first
    assert "draft" in begun
    assert "opens" not in first + begun
    opens = closed_week.get_parent().specific.starts_on + dt.timedelta(days=30)
    assert f"opens {opens.day} {opens:%b}" in last
    assert "2. Later" in last
    assert "Yes" in last


def test_a_step_in_a_draft_says_that_nobody_sees_it(desk, course, week, add_step):
    add_step(week, "Notes")
    week.unpublish()
    assert "its week is a draft" in desk.get(STEPS).content.decode()
    course.unpublish()
    assert "its course is a draft" in desk.get(STEPS).content.decode()


def test_lists_are_filtered_by_course_kind_and_state(desk, week, add_step, another_course):
    names = ("Notes", "A question", "Ten nouns", "Begun")
    add_step(week, "Notes")
    add_step(week, "A question", "quiz", minutes=2)
    week.add_child(instance=KINDS["activity"].model(title="Begun", live=False, minutes=40))
    quiz = ContentType.objects.get_for_model(KINDS["quiz"].model).pk
    assert found(desk.get(STEPS, {"course": another_course.pk}), *names) == ["Ten nouns"]
    assert found(desk.get(STEPS, {"content_type": quiz}), *names) == ["A question", "Ten nouns"]
    assert found(desk.get(STEPS, {"live": "False"}), *names) == ["Begun"]
    both = {"content_type": quiz, "course": another_course.pk, "live": "True"}
    assert found(desk.get(STEPS, both), *names) == ["Ten nouns"]
    assert found(desk.get(STEPS, {"ordering": "-minutes"}), *names) == [
        "Begun",
        "Notes",
        "Ten nouns",
        "A question",
    ]
    for nonsense in (
        {"course": "0"},
        {"course": "x"},
        {"content_type": "999"},
        {"ordering": "path; drop"},
        {"p": "x"},
    ):
        assert desk.get(STEPS, nonsense).status_code == 200
    assert found(desk.get(WEEKS, {"course": another_course.pk}), "Arriving", "Nouns") == ["Nouns"]
    assert found(desk.get(COURSES), "Listening", "Describing") == ["Describing", "Listening"]


@pytest.fixture
def indexed():
    """`indexed(page, …)` puts pages into the index of the search, which tests do not keep."""
    return lambda *pages: [get_search_backend().add(page) for page in pages]


def test_lists_are_searched_and_then_sorted_by_what_the_index_knows(
    desk, week, add_step, another_course, indexed
):
    door, window = add_step(week, "Notes on a door"), add_step(week, "Notes on a window", minutes=2)
    indexed(door, window, another_course)
    names = ("Notes on a door", "Notes on a window", "Ten nouns")
    assert found(desk.get(STEPS, {"q": "window"}), *names) == ["Notes on a window"]
    for ordering in ("path", "-path", "minutes", "title", "-latest_revision_created_at"):
        answer = desk.get(STEPS, {"q": "notes", "ordering": ordering})
        assert set(found(answer, *names)) == {"Notes on a door", "Notes on a window"}
    course = week.get_parent()
    assert set(found(desk.get(STEPS, {"q": "notes", "course": course.pk}), *names)) == set(names[:2])
    assert found(desk.get(STEPS, {"q": "notes", "course": another_course.pk}), *names) == []
    assert desk.get(COURSES, {"q": "describing", "ordering": "starts_on"}).status_code == 200


def test_weeks_and_courses_say_their_days_and_what_is_in_them(desk, course, week, closed_week, add_step):
    add_step(week, "Notes", minutes=50)
    add_step(week, "More", minutes=40)
    add_step(week, "If you like", minutes=99, optional=True)
    html = desk.get(WEEKS).content.decode()
    assert "3 · 1 h 30 min" in html
    last = course.starts_on + dt.timedelta(days=6)
    assert f"{last.day} {last:%b}" in html
    html = desk.get(COURSES).content.decode()
    assert f"{course.starts_on.day} {course.starts_on:%B %Y}" in html
    assert "Amara Nwosu" in html


def test_below_a_page_stand_the_same_columns_and_searching_goes_all_the_way_down(
    desk, course_index, course, week, closed_week, add_step, indexed
):
    step = add_step(closed_week, "Notes on a door", "survey")
    indexed(step)
    below = reverse("wagtailadmin_explore", args=[closed_week.pk])
    html = desk.get(below).content.decode()
    assert "icon-form" in html
    assert "2. Later" not in html  # one is there
    below = reverse("wagtailadmin_explore", args=[course.pk])
    assert found(desk.get(below), "Later", "Arriving") == ["Arriving", "Later"]
    assert f'href="{STEPS}?course={course.pk}"' in desk.get(below).content.decode()
    for above in (course_index, course):
        below = reverse("wagtailadmin_explore", args=[above.pk])
        assert found(desk.get(below, {"q": "door"}), "Notes on a door") == ["Notes on a door"]
        assert desk.get(below, {"ordering": "ord"}).status_code == 200
    below = reverse("wagtailadmin_explore", args=[course_index.pk])
    assert "Amara Nwosu" in desk.get(below).content.decode()
    assert step.title in desk.get(f"{below}results/", {"q": "door"}).content.decode()


@pytest.mark.parametrize("list_of", ["flat", "below", "weeks"])
def test_a_long_list_takes_as_many_queries_as_a_short_one(desk, course, week, add_step, queries_of, list_of):
    """Session, person, rights, the list's own: page, count, one for each kind, weeks, courses …"""
    address = {"flat": STEPS, "below": reverse("wagtailadmin_explore", args=[week.pk]), "weeks": WEEKS}[
        list_of
    ]
    for kind in KINDS:
        add_step(week, f"A {kind}", kind)
    few = queries_of(desk, address)
    for kind in KINDS:
        add_step(week, f"Another {kind}", kind)
    course.refresh_from_db()
    new = course.add_child(instance=ModulePage(title="Another week", offset_days=7))
    new.add_child(instance=KINDS["reading"].model(title="Notes"))
    assert queries_of(desk, address) == few


def test_the_pages_of_one_type_are_listed_as_well(desk, week, add_step):
    for kind in KINDS:
        add_step(week, f"My {kind}", kind)
        model = KINDS[kind].model
        answer = desk.get(reverse("wagtailadmin_pages:type_use", args=["courses", model._meta.model_name]))
        assert found(answer, *(f"My {name}" for name in KINDS)) == [f"My {kind}"]
        assert "1. Arriving" in answer.content.decode()


def test_the_menu_leads_there_for_who_edits_pages(desk, client, person, course):
    assert STEPS in desk.get("/cms/").content.decode()
    visitor = person("nosy")
    group = Group.objects.create(name="Desk without pages")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    visitor.groups.add(group)
    client.force_login(visitor)
    assert STEPS not in client.get("/cms/").content.decode()
    for address in (COURSES, WEEKS, STEPS):
        assert client.get(address).url == "/cms/"


def test_who_edits_other_pages_finds_no_course(client, person, course, week, add_step):
    add_step(week, "Notes")
    rules = HomePage.objects.get().add_child(instance=EditorialPage(title="House rules"))
    group = Group.objects.create(name="Editors of the rules")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=rules, permission=Permission.objects.get(codename="change_page")
    )
    editor = person("editor")
    editor.groups.add(group)
    client.force_login(editor)
    for address in (COURSES, WEEKS, STEPS, f"{STEPS}?q=notes", f"{STEPS}?course={course.pk}"):
        answer = client.get(address)
        assert titles(answer) == []
        assert "Listening" not in answer.content.decode()


def test_a_new_page_is_chosen_by_icon_and_description_in_the_order_of_a_course(desk, week):
    html = desk.get(reverse("wagtailadmin_pages:add_subpage", args=[week.pk])).content.decode()
    models = [kind.model for kind in KINDS.values()]
    assert re.findall(r'href="/cms/pages/add/courses/(\w+)/', html) == [
        model._meta.model_name for model in models
    ]
    for model in models:
        assert f'href="#icon-{model.icon}"' in html
        assert str(model.page_description) in html


def test_a_new_page_elsewhere_is_chosen_as_ever(client, administrator):
    client.force_login(administrator)
    for page in (HomePage.objects.get(), HomePage.objects.get().get_parent()):
        assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[page.pk])).status_code in {200, 302}


def test_nothing_takes_more_pages_at_once_than_one_sees(desk, course, week, closed_week, monkeypatch):
    """Wagtail's button would take all pages of the site, whatever was filtered."""
    monkeypatch.setattr(IndexView, "paginate_by", 1)
    below = reverse("wagtailadmin_explore", args=[course.pk])
    uses = reverse("wagtailadmin_pages:type_use", args=["courses", "modulepage"])
    for address in (WEEKS, below, uses):
        html = desk.get(address).content.decode()
        assert "data-bulk-action-footer" in html
        assert "Page 1 of 2" in html
        assert "data-bulk-action-num-objects-in-listing" not in html


def test_what_wagtail_does_with_pages_it_does_with_every_kind(desk, week, add_step):
    steps = [add_step(week, f"A {kind}", kind) for kind in KINDS]
    for step in steps:
        step.title = "Better notes"
        publish(step)
        assert desk.get(reverse("wagtailadmin_pages:history", args=[step.pk])).status_code == 200
        versions = [step.pk, "earliest", "latest"]
        assert desk.get(reverse("wagtailadmin_pages:revisions_compare", args=versions)).status_code == 200
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    chosen = "&".join(f"id={step.pk}" for step in steps)
    assert desk.get(f"{many}?{chosen}&next=/cms/").status_code == 200
    assert desk.post(f"{many}?{chosen}&next=/cms/").status_code == 302
    assert not any(type(step).objects.get(pk=step.pk).live for step in steps)


def test_the_list_of_courses_has_an_icon_too():
    assert all(model.icon for model in (CourseIndexPage, CoursePage, ModulePage))
