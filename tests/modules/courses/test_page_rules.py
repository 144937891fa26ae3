"""What may lie where in the tree, and what instructors may do with it at the desk."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import EditorialPage, HomePage
from modules.courses.models import (
    KINDS,
    ActivityPage,
    CourseIndexPage,
    CoursePage,
    LecturePage,
    ModulePage,
    ReadingPage,
    StepPage,
)
from tests.conftest import publish

pytestmark = pytest.mark.django_db
STEPS = {kind.model for kind in KINDS.values()}


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (CourseIndexPage, {CoursePage}),
        (CoursePage, {ModulePage}),
        (ModulePage, STEPS),
        (LecturePage, set()),
        (ReadingPage, set()),
        (ActivityPage, set()),
        (EditorialPage, set()),
    ],
)
def test_what_may_lie_below_a_page(parent, children):
    assert set(parent.creatable_subpage_models()) == children


def test_there_is_one_landing_page_and_one_list_of_courses(course_index):
    home = HomePage.objects.get()
    assert not HomePage.can_create_at(Page.get_first_root_node())
    assert not CourseIndexPage.can_create_at(home)
    assert EditorialPage.can_create_at(home)
    assert not StepPage.is_creatable


def test_a_week_and_a_step_stay_in_their_course(course_index, course, week, add_week, add_step):
    step, second = add_step(week, "Notes"), add_week("Second", offset_days=7)
    other = publish(course_index.add_child(instance=CoursePage(title="Other", starts_on=course.starts_on)))
    elsewhere = publish(other.add_child(instance=ModulePage(title="Elsewhere")))
    assert step.can_move_to(second)
    assert not step.can_move_to(elsewhere)
    assert not week.can_move_to(other)


def test_moving_a_step_to_another_course_is_refused_at_the_desk(
    client, course_index, course, week, add_step, instructor
):
    step = add_step(week, "Notes")
    other = publish(course_index.add_child(instance=CoursePage(title="Other", starts_on=course.starts_on)))
    elsewhere = publish(other.add_child(instance=ModulePage(title="Elsewhere")))
    client.force_login(instructor)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[step.pk, elsewhere.pk]))
    step.refresh_from_db()
    assert step.is_child_of(week)


STEP = {
    "title": "A reading",
    "slug": "a-reading",
    "uid": "",
    "minutes": 12,
    "access": "here",
    "body": streamfield([("text", rich_text("<p>Words.</p>"))]),
    "comments": inline_formset([]),
}


def add_reading(client, week, **changes):
    url = reverse("wagtailadmin_pages:add", args=["courses", "readingpage", week.pk])
    return client.post(url, nested_form_data(STEP | changes))


def test_an_instructor_writes_and_publishes_a_step(client, week, instructor):
    client.force_login(instructor)
    add_reading(client, week, **{"action-publish": "1"})
    step = ReadingPage.objects.get(slug="a-reading")
    assert step.live
    assert step.uid == "a-reading"
    assert b"Words." in client.get(step.url).content


def test_an_instructor_makes_a_week_and_publishes_it(client, course, instructor):
    client.force_login(instructor)
    url = reverse("wagtailadmin_pages:add", args=["courses", "modulepage", course.pk])
    week = {
        "title": "First week",
        "slug": "first-week",
        "uid": "",
        "offset_days": 7,
        "length_days": 7,
        "cloth": "moss",
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    client.post(url, nested_form_data(week))
    made = ModulePage.objects.get(slug="first-week")
    assert made.live
    assert made.opens_at == course.midnight(7)
    assert made.discussion_forum() is not None


def test_somebody_without_the_group_has_no_desk(client, week, person):
    client.force_login(person())
    add_reading(client, week)
    assert not ReadingPage.objects.filter(slug="a-reading").exists()
    mentor = person("ruth")
    mentor.groups.add(Group.objects.get(name="Mentors"))
    client.force_login(mentor)
    add_reading(client, week)
    assert not ReadingPage.objects.filter(slug="a-reading").exists()


def test_a_uid_that_another_page_of_the_course_has_is_refused_in_words(
    client, week, add_week, add_step, instructor
):
    add_step(week, "Notes", uid="w1-notes")
    second = add_week("Second", offset_days=7)
    client.force_login(instructor)
    response = add_reading(client, second, uid="w1-notes")
    assert "“w1-notes” is the uid of another week or step of this course." in response.content.decode()
    assert not ReadingPage.objects.filter(slug="a-reading").exists()
    response = add_reading(client, second, uid="w2-notes")
    assert ReadingPage.objects.get(slug="a-reading").uid == "w2-notes"


def test_changing_to_a_taken_uid_is_refused_in_words(client, week, add_step, instructor):
    add_step(week, "Notes", uid="notes")
    step = add_step(week, "Other notes")
    client.force_login(instructor)
    url = reverse("wagtailadmin_pages:edit", args=[step.pk])
    response = client.post(url, nested_form_data(STEP | {"uid": "notes"}))
    assert "is the uid of another week or step" in response.content.decode()
    step.refresh_from_db()
    assert step.uid == "other-notes"
    assert step.title == "Other notes"
    step.uid = "notes"
    with pytest.raises(ValidationError, match="is the uid of another"):
        step.save()


def test_without_a_uid_a_free_one_is_made(week, add_week, add_step):
    first = add_step(week, "Notes")
    second = add_step(add_week("Second", offset_days=7), "Notes")
    third = add_step(add_week("Third", offset_days=14), "Notes", uid="")
    assert [first.uid, second.uid, third.uid] == ["notes", "notes-2", "notes-3"]


def test_a_very_long_uid_is_cut_so_that_its_number_fits(week, add_step):
    uids = [add_step(week, f"Notes {number}", uid="x" * 64).uid for number in range(2)]
    assert uids == ["x" * 64, "x" * 62 + "-2"]


def test_a_copied_course_keeps_its_uids(course, week, add_step):
    add_step(week, "Notes", uid="w1-notes")
    copy = course.copy(recursive=True, update_attrs={"slug": "next-run", "title": "Next run"})
    assert copy.uid == course.uid
    copied_week = copy.get_children().get().specific
    assert copied_week.uid == week.uid
    assert copied_week.get_children().get().specific.uid == "w1-notes"


def test_a_week_copied_in_its_course_gets_uids_of_its_own(course, week, add_step):
    add_step(week, "Notes", uid="w1-notes")
    copy = week.copy(recursive=True, update_attrs={"slug": "arriving-again"})
    step = copy.get_children().get().specific
    assert (copy.uid, step.uid) == (f"{week.uid}-2", "w1-notes-2")
    # Also when the copied revisions, which know the old uid, are published.
    publish(copy)
    step.get_latest_revision().publish()
    step.refresh_from_db()
    assert (copy.uid, step.uid) == (f"{week.uid}-2", "w1-notes-2")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("doi", "doi:10.1000/1", "A DOI begins with"),
        ("isbn", "978-0-306-40615-8", "is not a valid ISBN"),
        ("work_url", "javascript:alert(1)", "Enter a valid URL"),
        ("minutes", "100000", "less than or equal to 1440"),
        ("year", "20023", "less than or equal to 2199"),
    ],
)
def test_what_the_editor_says_to_wrong_values(client, week, instructor, field, value, words):
    client.force_login(instructor)
    response = add_reading(client, week, **{field: value})
    assert words in response.content.decode()
    assert not ReadingPage.objects.filter(slug="a-reading").exists()


def test_the_explorer_and_the_usage_of_a_course_answer(client, course, week, add_step, instructor):
    step = add_step(week, "Notes")
    client.force_login(instructor)
    for page in (course, week, step):
        for view in ("edit", "history", "usage", "workflow_history"):
            assert client.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk])).status_code == 200, view
    assert client.get(reverse("wagtailadmin_explore", args=[course.pk])).status_code == 200
