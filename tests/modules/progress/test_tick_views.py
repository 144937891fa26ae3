from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from modules.courses.models import ModulePage
from modules.progress.actions import leave_course, tick_step
from modules.progress.models import ModuleCompletion, StepCompletion

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def tick_url(step) -> str:
    return reverse("tick_step", args=[step.pk])


def untick_url(step) -> str:
    return reverse("untick_step", args=[step.pk])


@pytest.fixture
def signed_in(client, learner):
    client.force_login(learner)
    return client


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_addresses_are_those_that_were_agreed(steps):
    assert tick_url(steps[0]) == f"/me/steps/{steps[0].pk}/tick/"
    assert untick_url(steps[0]) == f"/me/steps/{steps[0].pk}/untick/"


def test_a_plain_tick_leads_back_to_the_step_and_says_how_far_one_is(signed_in, steps):
    response = signed_in.post(tick_url(steps[0]))
    assert (response.status_code, response["Location"]) == (303, steps[0].url)
    assert said(response) == "Marked as done. That’s 1 of 2."
    assert StepCompletion.objects.count() == 1


def test_the_last_tick_says_that_the_week_is_finished(signed_in, learner, steps):
    tick_step(person=learner, step=steps[0])
    response = signed_in.post(tick_url(steps[1]))
    assert said(response) == "Marked as done. That’s all 2, and the week is finished."
    assert ModuleCompletion.objects.count() == 1


def test_an_optional_tick_says_that_it_is_kept(signed_in, steps):
    assert "optional" in said(signed_in.post(tick_url(steps[2])))


def test_a_tick_leads_back_to_where_the_button_stood(signed_in, week, steps):
    response = signed_in.post(tick_url(steps[0]), {"next": f"{week.url}#here"})
    assert response["Location"] == f"{week.url}#here"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "javascript:alert(1)", "https:///example.org", "\x00"],
)
def test_a_tick_never_leads_to_another_site(signed_in, steps, elsewhere):
    response = signed_in.post(tick_url(steps[0]), {"next": elsewhere})
    assert response["Location"] == steps[0].url


def test_the_message_can_be_undone_without_a_script(signed_in, week, steps):
    response = signed_in.post(tick_url(steps[0]), {"next": week.url})
    (message,) = get_messages(response.wsgi_request)
    assert message.extra_tags == f"{untick_url(steps[0])}?next={quote(week.url, safe='')}"
    undone = signed_in.post(message.extra_tags)
    assert undone["Location"] == week.url
    assert not StepCompletion.objects.filter(revoked_at=None).exists()


def test_a_double_click_answers_the_same_and_makes_one_row(signed_in, learner, steps):
    tick_step(person=learner, step=steps[0])
    first = signed_in.post(tick_url(steps[1]))
    again = signed_in.post(tick_url(steps[1]))
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert {str(message) for message in get_messages(again.wsgi_request)} == {
        "Marked as done. That’s all 2, and the week is finished."
    }
    assert StepCompletion.objects.count() == 2


def test_htmx_gets_the_part_that_has_changed(signed_in, steps):
    response = signed_in.post(tick_url(steps[0]), {"next": steps[0].url}, headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert f'action="{untick_url(steps[0])}" hx-post="{untick_url(steps[0])}"' in html
    assert "Marked as done. That’s 1 of 2." in html
    assert "csrfmiddlewaretoken" in html
    html = signed_in.post(untick_url(steps[0]), headers=HTMX).content.decode()
    assert f'action="{tick_url(steps[0])}"' in html


def spine_of(response) -> str:
    """The spine of the week one is in, on a page or in an answer to htmx."""
    (spine,) = re.findall(r'<li id="week-spine".*?</li>', response.content.decode())
    return spine.replace(' hx-swap-oob="true"', "")


@pytest.mark.parametrize("offset_days", [0, 7])
def test_htmx_gets_the_weeks_spine_as_the_page_shows_it_from_then_on(
    signed_in, add_week, add_step, offset_days
):
    add_week("A draft", offset_days=0).unpublish()
    add_week("Before", offset_days=0)
    week = add_week("Listening & asking", offset_days=offset_days)  # over, or on now
    steps = [
        add_step(week, "Notes", minutes=10),
        add_step(week, "A reading", minutes=30),
        add_step(week, "A walk", optional=True),
    ]
    seen = [spine_of(signed_in.get(week.url))]

    def click(url) -> None:
        answer = spine_of(signed_in.post(url, {"next": week.url}, headers=HTMX))
        assert answer == spine_of(signed_in.get(week.url))
        seen.append(answer)

    for step in (steps[2], *steps[:2]):
        click(tick_url(step))
    assert 'data-state="done"' in seen[-1]
    assert "</span>2</b>" in seen[-1]
    click(untick_url(steps[0]))
    steps.append(add_step(week, "Came later"))
    click(tick_url(steps[0]))
    assert "complete, 1 new since" in seen[-1]
    for step in steps[:3]:
        click(untick_url(step))


def test_the_spine_of_a_week_that_closed_again_is_that_of_a_closed_one(signed_in, learner, week, steps):
    tick_step(person=learner, step=steps[0])
    ModulePage.objects.update(opens_at=timezone.now() + dt.timedelta(days=3))
    answer = spine_of(signed_in.post(untick_url(steps[0]), headers=HTMX))
    assert 'data-state="next"' in answer
    assert "opens later" in answer


def test_unticking_leads_back_and_says_so(signed_in, learner, steps):
    tick_step(person=learner, step=steps[0])
    response = signed_in.post(untick_url(steps[0]))
    assert (response.status_code, response["Location"]) == (303, steps[0].url)
    assert "The tick is off" in said(response)
    again = signed_in.post(untick_url(steps[0]))
    assert again.status_code == 303


@pytest.mark.parametrize("url", [tick_url, untick_url])
def test_a_visitor_is_led_through_sign_in_back_to_the_step(client, steps, url):
    response = client.post(url(steps[0]))
    assert response.status_code == 303
    assert response["Location"] == f"{reverse('account_login')}?next={steps[0].url}"
    response = client.post(url(steps[0]), headers=HTMX)
    assert response["HX-Redirect"].startswith(reverse("account_login"))
    assert not StepCompletion.objects.exists()


@pytest.mark.parametrize("url", [tick_url, untick_url])
def test_a_link_to_it_gets_405_and_a_page_in_words(signed_in, steps, url):
    response = signed_in.get(url(steps[0]))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "This takes a button" in response.content.decode()
    assert not StepCompletion.objects.exists()


@pytest.mark.parametrize("url", [tick_url, untick_url])
def test_somebody_not_on_the_course_gets_403_in_words(client, person, steps, url):
    client.force_login(person("hanne"))
    response = client.post(url(steps[0]))
    assert response.status_code == 403
    assert "You’re not on this course" in response.content.decode()


def test_who_left_gets_403_in_words(signed_in, learner, course, steps):
    leave_course(person=learner, course=course)
    assert signed_in.post(tick_url(steps[0])).status_code == 403


def test_a_closed_week_gets_403_and_its_day(signed_in, closed_week, add_step):
    response = signed_in.post(tick_url(add_step(closed_week)))
    assert response.status_code == 403
    assert "This week opens on" in response.content.decode()


@pytest.mark.parametrize("name", ["tick_step", "untick_step"])
def test_a_step_that_was_deleted_gets_404(signed_in, name):
    url = reverse(name, args=[999_999])
    assert signed_in.post(url).status_code == 404
    assert signed_in.post(url.replace("999999", "9" * 30)).status_code == 404


def test_a_page_that_is_no_step_gets_404(signed_in, course, week):
    assert signed_in.post(tick_url(course)).status_code == 404
    assert signed_in.post(tick_url(week)).status_code == 404


def test_an_unpublished_step_gets_404(signed_in, client, steps):
    steps[0].unpublish()
    assert signed_in.post(tick_url(steps[0])).status_code == 404
    assert Client().post(tick_url(steps[0])).status_code == 404


def test_a_step_of_an_unpublished_week_gets_404(signed_in, week, steps):
    week.unpublish()
    assert signed_in.post(tick_url(steps[0])).status_code == 404


def test_a_form_from_another_site_gets_403(learner, steps):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(tick_url(steps[0])).status_code == 403
    assert not StepCompletion.objects.exists()


def test_ticking_takes_eight_statements_however_long_the_week(
    signed_in, week, steps, add_step, django_assert_max_num_queries
):
    # Session, person, step; savepoint (BEGIN on a real request), enrolment with course, week with steps,
    # insert, release (COMMIT). The tick that finishes the week has one insert more.
    signed_in.get("/healthz")
    back = {"next": week.url}
    with django_assert_max_num_queries(8):
        signed_in.post(tick_url(steps[0]), back)
    more = [add_step(week, f"More {number}") for number in range(6)]
    with django_assert_max_num_queries(8):
        signed_in.post(tick_url(steps[1]), back)
    with django_assert_max_num_queries(8):
        signed_in.post(tick_url(more[0]), back, headers=HTMX)
    for step in more[1:-1]:
        signed_in.post(tick_url(step), back)
    with django_assert_max_num_queries(9):
        signed_in.post(tick_url(more[-1]), back)
    assert ModuleCompletion.objects.count() == 1
    with django_assert_max_num_queries(8):
        signed_in.post(untick_url(more[-1]), back)
