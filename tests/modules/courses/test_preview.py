"""Wagtail's previews: drafts of every kind of page, saved or not, also of weeks that are closed."""

import pytest
from django.urls import reverse

from modules.courses.models import KINDS, CourseIndexPage, ModulePage
from modules.progress.models import StepVisit

from .editors import course_form, step_form, week_form

pytestmark = pytest.mark.django_db


def preview_of_new(client, kind: type, parent, data: dict):
    """What the editor's preview of a page that was never saved shows."""
    url = reverse("wagtailadmin_pages:preview_on_add", args=["courses", kind._meta.model_name, parent.pk])
    sent = client.post(url, data)
    assert sent.json() == {"is_valid": True, "is_available": True}, sent.json()
    return client.get(url)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_step_that_was_never_saved(client, closed_week, instructor, sound, kind):
    """Also in a week that is not open. It sends nothing, and leaves no trace."""
    model = KINDS[kind].model
    client.force_login(instructor)
    answer = preview_of_new(client, model, closed_week, step_form(kind))
    html = sound(answer)
    assert "A new step" in html
    assert "Words of a draft." in html
    assert "/tick/" not in html
    assert 'id="reply"' not in html
    main = html.partition("<main")[2].partition("</main>")[0]
    assert 'method="post"' not in main
    assert "hx-post" not in main
    policy = answer.headers["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert not StepVisit.objects.exists()
    assert not model.objects.exists()


def test_a_week_that_was_never_saved(client, course, instructor, sound):
    client.force_login(instructor)
    html = sound(preview_of_new(client, ModulePage, course, week_form()))
    assert "A new week" in html
    assert "Words of a draft." in html
    assert "You can preview" in html
    assert "Does it show?" in html


def test_a_course_that_was_never_saved(client, course_index, instructor, sound):
    client.force_login(instructor)
    from modules.courses.models import CoursePage

    html = sound(preview_of_new(client, CoursePage, course_index, course_form()))
    assert "A new course" in html
    assert "Words of a draft." in html


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_saved_draft_of_a_step(client, week, instructor, sound, kind):
    page = week.add_child(
        instance=KINDS[kind].model(title="Draft", live=False, body=[("text", "<p>Words of a draft.</p>")])
    )
    page.save_revision()
    client.force_login(instructor)
    html = sound(client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))
    assert "Words of a draft." in html
    assert not StepVisit.objects.exists()


def test_a_draft_of_a_published_page_shows_the_draft(client, week, instructor, sound):
    week.body = [("text", "<p>The next words.</p>")]
    week.title = "Arriving, again"
    week.save_revision()
    client.force_login(instructor)
    html = sound(client.get(reverse("wagtailadmin_pages:view_draft", args=[week.pk])))
    assert "The next words." in html
    assert "The next words." not in client.get(week.url).content.decode()


def test_a_closed_week_and_its_steps(client, closed_week, add_step, instructor, sound):
    step = add_step(closed_week, "Hidden step", body=[("text", "<p>Secret body.</p>")])
    client.force_login(instructor)
    html = sound(client.get(reverse("wagtailadmin_pages:view_draft", args=[closed_week.pk])))
    assert "closed week" in html
    assert "Hidden step" in html
    assert "Secret body." in sound(client.get(reverse("wagtailadmin_pages:view_draft", args=[step.pk])))


def test_the_drafts_of_a_week_stand_in_its_preview(client, course, instructor, sound):
    draft = course.add_child(instance=ModulePage(title="Draft week", live=False))
    draft.save_revision()
    draft.add_child(instance=KINDS["reading"].model(title="Draft step", live=False)).save_revision()
    client.force_login(instructor)
    html = sound(client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])))
    assert "Draft week" in html
    assert "Draft step" in html


def test_the_landing_page_the_list_and_a_page_of_text(client, course, administrator, sound):
    from home.models import EditorialPage, HomePage

    home = HomePage.objects.get()
    rules = home.add_child(instance=EditorialPage(title="House rules", live=False))
    client.force_login(administrator)
    for page in (home, CourseIndexPage.objects.get(), rules):
        page.save_revision()
        sound(client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))


@pytest.mark.parametrize("who", ["visitor", "learner", "mentor"])
def test_nobody_else_gets_a_preview(client, closed_week, person, joined, mentor, who):
    if who != "visitor":
        client.force_login(mentor if who == "mentor" else joined(person()))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[closed_week.pk]))
    assert response.status_code in {302, 403}
    assert b"closed week" not in response.content
