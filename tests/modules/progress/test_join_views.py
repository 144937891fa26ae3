from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from modules.progress.models import Enrolment

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def join_url(course) -> str:
    return reverse("join_course", args=[course.pk])


def leave_url(course) -> str:
    return reverse("leave_course", args=[course.pk])


def test_the_addresses_are_those_that_were_agreed(course):
    assert join_url(course) == f"/me/courses/{course.pk}/join/"
    assert leave_url(course) == f"/me/courses/{course.pk}/leave/"


def test_joining_leads_to_the_course_and_says_so(client, person, course):
    client.force_login(person("noor"))
    response = client.post(join_url(course))
    assert (response.status_code, response["Location"]) == (303, course.url)
    assert "You’re on “Listening”" in str(next(iter(get_messages(response.wsgi_request))))
    assert Enrolment.objects.get().left_at is None


def test_a_double_click_joins_once(client, person, course):
    client.force_login(person("noor"))
    assert {client.post(join_url(course)).status_code for _click in range(2)} == {303}
    assert Enrolment.objects.count() == 1


def test_a_visitor_who_joins_is_led_through_sign_in_back_to_the_course(client, course):
    response = client.post(join_url(course))
    assert response["Location"] == f"{reverse('account_login')}?next={course.url}"
    assert client.post(join_url(course), headers=HTMX)["HX-Redirect"].startswith(reverse("account_login"))
    assert not Enrolment.objects.exists()


def test_a_link_to_join_gets_405_and_a_page_in_words(client, course):
    response = client.get(join_url(course))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "This takes a button" in response.content.decode()


def test_a_course_that_is_not_published_gets_404(client, person, course):
    course.unpublish()
    client.force_login(person("noor"))
    assert client.post(join_url(course)).status_code == 404


def test_a_page_that_is_no_course_gets_404(client, person, week):
    client.force_login(person("noor"))
    assert client.post(join_url(week)).status_code == 404
    assert client.post(f"/me/courses/{'9' * 30}/join/").status_code == 404


def test_a_course_kept_private_by_an_editor_cannot_be_joined_from_outside(client, person, course):
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.GROUPS)
    client.force_login(person("noor"))
    assert client.post(join_url(course)).status_code == 404
    assert not Enrolment.objects.exists()


def test_leaving_asks_first(client, learner, course):
    client.force_login(learner)
    response = client.get(leave_url(course))
    assert response.status_code == 200
    assert "Leave “Listening”?" in response.content.decode()
    assert Enrolment.objects.get().left_at is None


def test_leaving_leads_to_the_course_and_says_that_all_is_kept(client, learner, course):
    client.force_login(learner)
    response = client.post(leave_url(course))
    assert (response.status_code, response["Location"]) == (303, course.url)
    assert "is kept" in str(next(iter(get_messages(response.wsgi_request))))
    assert Enrolment.objects.get().left_at is not None
    assert client.post(leave_url(course)).status_code == 303


def test_a_course_that_was_unpublished_can_still_be_left(client, learner, course):
    course.unpublish()
    client.force_login(learner)
    assert client.get(leave_url(course)).status_code == 200
    assert client.post(leave_url(course))["Location"] == reverse("my_learning")
    assert Enrolment.objects.get().left_at is not None


def test_who_never_joined_has_nothing_to_leave(client, person, course):
    client.force_login(person("noor"))
    assert client.post(leave_url(course)).status_code == 404


def test_a_visitor_who_leaves_is_led_through_sign_in_to_the_question(client, course):
    assert (
        client.post(leave_url(course))["Location"] == f"{reverse('account_login')}?next={leave_url(course)}"
    )


@pytest.mark.parametrize("url", [join_url, leave_url])
def test_a_form_from_another_site_gets_403(learner, course, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(url(course)).status_code == 403
    assert Enrolment.objects.get().left_at is None


def test_no_other_method_is_answered(client, learner, course):
    client.force_login(learner)
    assert client.put(join_url(course)).status_code == 405
    assert client.delete(leave_url(course)).status_code == 405
