"""The landing page and pages of text, with courses and without."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from community.discussions.actions import publish_beside
from home.models import EditorialPage, HomePage
from home.selectors import course_to_show
from modules.courses.models import CoursePage
from modules.progress.actions import join_course
from tests.conftest import publish
from tests.modules.courses.conftest import sound  # noqa: F401 – a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePage.objects.get()


def add_course(course_index, title: str, days: int) -> CoursePage:
    """A published course that starts in `days` days."""
    starts_on = timezone.localdate() + dt.timedelta(days=days)
    return publish(course_index.add_child(instance=CoursePage(title=title, starts_on=starts_on)))


def test_a_new_site_looks_finished_and_says_how_to_begin(client, home, person, sound):  # noqa: F811
    html = sound(client.get("/"))
    assert "Commonplace" in html
    assert "The shelf is empty" in html
    assert 'href="/cms/"' not in html
    amara = person("amara")
    amara.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(amara)
    assert 'href="/cms/"' in sound(client.get("/"))


def test_the_course_that_an_editor_chose_is_shown(home, course_index):
    chosen = add_course(course_index, "Chosen", -400)
    add_course(course_index, "Running", -3)
    home.featured_course = chosen
    assert course_to_show(home) == chosen


def test_without_a_choice_the_latest_running_course_is_shown(home, course_index):
    assert course_to_show(home) is None
    future = add_course(course_index, "Future", 30)
    assert course_to_show(home) == future
    add_course(course_index, "Further", 60)
    assert course_to_show(home) == future
    add_course(course_index, "Old", -400)
    running = add_course(course_index, "Running", -3)
    assert course_to_show(home) == running


def test_an_unpublished_or_private_choice_is_passed_over(home, course_index):
    chosen, other = add_course(course_index, "Chosen", -3), add_course(course_index, "Other", -4)
    home.featured_course = chosen
    PageViewRestriction.objects.create(page=chosen, restriction_type=PageViewRestriction.LOGIN)
    assert course_to_show(home) == other
    PageViewRestriction.objects.all().delete()
    chosen.unpublish()
    assert course_to_show(home) == other


def test_a_visitor_sees_the_course_and_this_week(client, course, week, add_step, closed_week, sound):  # noqa: F811
    week.length_days, week.hint = 14, "The door, the first minutes"
    publish(week)
    add_step(week, "Notes", minutes=18)
    add_step(week, "Further", minutes=30, optional=True)
    add_step(closed_week, "Hidden step")
    html = sound(client.get("/"))
    assert course.title in html
    assert "Week 1, now" in html
    assert "The door, the first minutes" in html
    assert f'href="{week.url}notes/"' in html
    assert "optional" in html
    assert "Hidden step" not in html
    assert f'href="{course.url}#join"' in html
    assert "Join free" in html


def test_somebody_on_the_course_carries_on_from_here(client, course, week, add_step, person, sound):  # noqa: F811
    step = add_step(week, "Notes")
    noor = person()
    join_course(person=noor, course=course)
    client.force_login(noor)
    html = sound(client.get("/"))
    assert "Carry on in week 1" in html
    assert f'href="{step.url}"' in html
    assert "Join free" not in html


def test_only_conversations_that_one_may_read_are_shown(client, course, week, add_step, person, sound):  # noqa: F811
    noor = person(display_name="Noor Haddad")
    join_course(person=noor, course=course)
    publish_beside(page=add_step(week, "Between ourselves"), person=noor, text="Tea *&* toast, at last.")
    assert "Between ourselves" not in client.get("/").content.decode().split("</ol>")[-1]
    assert "People are talking about" not in client.get("/").content.decode()
    client.force_login(noor)
    html = sound(client.get("/"))
    assert "People are talking about" in html
    assert "Between ourselves" in html
    assert "Tea &amp; toast, at last." in html
    course.visitors_read_conversations = True
    publish(course)
    client.logout()
    assert "People are talking about" in client.get("/").content.decode()


def test_a_visitor_gets_no_session(client, course, week):
    from django.contrib.sessions.models import Session

    assert "sessionid" not in client.get("/").cookies
    assert not Session.objects.exists()


def test_a_page_of_text(client, home, sound):  # noqa: F811
    rules = publish(
        home.add_child(
            instance=EditorialPage(
                title="House rules",
                lede="Four of them.",
                body=[
                    ("heading", {"text": "Be kind", "level": "2"}),
                    ("text", "<p>Always.</p>"),
                ],
            )
        )
    )
    html = sound(client.get(rules.url))
    assert rules.url == "/house-rules/"
    assert "Four of them." in html
    assert "<h2>Be kind</h2>" in html
    rules.unpublish()
    assert client.get("/house-rules/").status_code == 404
