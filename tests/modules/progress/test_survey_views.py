"""A survey as people meet it: the page, the form, and what comes back."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from modules.courses.models import SurveyPage
from modules.progress.actions import join_course, leave_course
from modules.progress.answers import asking
from modules.progress.answers.answer_survey import answer_survey
from modules.progress.answers.in_words import answers_in_words
from modules.progress.models import SurveyAnswer, SurveyReceipt, SurveySheet
from tests.modules.courses.conftest import sound  # noqa: F401 – a fixture

from .test_quiz_views import questions_of, text_of, url_of

pytestmark = pytest.mark.django_db
SAID = [4, "At home", ["Before opening", "At night"], "Meetings."]


def form(survey, *said, quote: bool = False) -> dict:
    """The fields that somebody sends who answers in these words."""
    fields = {f"q-{key}": answer for key, answer in answers_in_words(survey, said or SAID).items()}
    if quote:
        fields[f"quote-{survey.questions[3].id}"] = "on"
    return fields | {"version": asking.version(survey), "form": str(uuid.uuid4())}


def make_named(survey) -> SurveyPage:
    survey.anonymous = False
    survey.save()
    return survey


@pytest.fixture
def signed_in(client, learner):
    client.force_login(learner)
    return client


@pytest.fixture
def answered(person, course, survey):
    """`answered(12)`: so many others have answered, every second one to be quoted."""

    def answer(number: int) -> None:
        for place in range(number):
            reader = person(f"reader{place}")
            join_course(person=reader, course=course)
            answers = answers_in_words(survey, [place % 5 + 1, "At home", ["At lunch"], f"Words {place}."])
            answer_survey(
                person=reader, survey=survey, answers=answers, quotable=answers if place % 2 == 0 else ()
            )

    return answer


def test_an_anonymous_survey_says_so_before_and_after(signed_in, survey, sound):  # noqa: F811
    before = signed_in.get(survey.url)
    assert "Answers are counted without names. Once sent, they can’t be changed." in text_of(before)
    assert "The work fits my time. Not at all A little Somewhat Mostly Very much" in text_of(before)
    assert asking.version(survey) in sound(before)
    sent = signed_in.post(url_of(survey), form(survey))
    assert (sent.status_code, sent["Location"]) == (303, f"{survey.url}#answered")
    after = signed_in.get(survey.url)
    assert "Your answers are in. Thank you. They carry no name" in text_of(after)
    assert "<form" not in questions_of(after)
    assert "Meetings." not in text_of(after)
    sound(after)


def test_a_double_click_is_one_sheet_and_a_second_form_none(signed_in, survey):
    fields = form(survey)
    for _click in range(2):
        assert signed_in.post(url_of(survey), fields).status_code == 303
    again = signed_in.post(url_of(survey), form(survey, 1, None, None, None))
    assert again.status_code == 409
    assert "You’ve answered this already." in text_of(again)
    assert SurveySheet.objects.count() == 1


def test_named_answers_come_back_in_the_form_and_can_be_changed(signed_in, survey, sound):  # noqa: F811
    make_named(survey)
    assert "Your name goes with your answers" in text_of(signed_in.get(survey.url))
    signed_in.post(url_of(survey), form(survey, quote=True))
    page = signed_in.get(survey.url)
    assert "Your answers are in. Last sent: just now" in text_of(page)
    assert ">Meetings.</textarea>" in sound(page)
    assert questions_of(page).count(" checked") == 5  # scale, one, two of many, may be quoted
    assert "Send the changes" in text_of(page)
    signed_in.post(url_of(survey), form(survey, None, None, None, "Nothing."))
    assert [row.words for row in SurveyAnswer.objects.all()] == ["Nothing."]
    assert SurveyAnswer.objects.get().quotable is False


def test_a_survey_edited_meanwhile_keeps_what_still_fits_in_the_form(signed_in, survey, sound):  # noqa: F811
    fields = form(survey, quote=True)
    survey.questions[1].value["options"][1] = "At my home"
    survey.save()
    response = signed_in.post(url_of(survey), fields)
    assert response.status_code == 409
    assert "The questions have changed since you opened this page, so nothing was sent." in text_of(response)
    page = sound(response)
    assert ">Meetings.</textarea>" in page
    assert questions_of(response).count(" checked") == 4  # all but the option that has another name now
    assert asking.version(survey) in page
    assert not SurveyReceipt.objects.exists()


@pytest.mark.parametrize("version", ["", "0" * 16, "\x00"])
def test_a_form_without_its_version_is_not_sent(signed_in, survey, version):
    assert signed_in.post(url_of(survey), form(survey) | {"version": version}).status_code == 409
    assert not SurveySheet.objects.exists()


def test_forged_and_endless_answers_come_back_with_what_to_do(signed_in, survey, sound):  # noqa: F811
    scale, one, _many, own = (block.id for block in survey.questions)
    forged = {f"q-{scale}": "9", f"q-{one}": "x\x00", f"q-{own}": "w" * 10_000, "form": "no uuid"}
    response = signed_in.post(url_of(survey), form(survey) | forged)
    assert response.status_code == 422
    assert text_of(response).count("Choose from the answers that stand here.") == 2
    assert "4000 characters at most. These are 10000." in text_of(response)
    assert "w" * 10_000 in sound(response)
    empty = signed_in.post(url_of(survey), {"version": asking.version(survey)})
    assert (empty.status_code, "Nothing is answered yet" in text_of(empty)) == (422, True)
    assert not SurveySheet.objects.exists()


def test_a_visitor_signs_in_joins_and_finds_what_they_put(client, survey, person, course):
    assert "Sign in and send" in text_of(client.get(survey.url))
    response = client.post(url_of(survey), form(survey, quote=True))
    assert response["Location"].startswith(reverse("account_login"))
    hanne = person("hanne")
    client.post(reverse("account_login"), {"login": hanne.email, "password": "four plain words here"})
    refused = client.post(url_of(survey), form(survey, quote=True))
    assert refused.status_code == 403
    client.post(reverse("join_course", args=[course.pk]))
    page = client.get(survey.url)
    assert "Here is what you put." in text_of(page)
    assert questions_of(page).count(" checked") == 5
    client.post(url_of(survey), form(survey, quote=True))
    assert "kept_answers" not in client.session
    assert SurveyReceipt.objects.get().person == hanne


def test_who_left_gets_403_and_their_words_back(signed_in, learner, course, survey):
    leave_course(person=learner, course=course)
    response = signed_in.post(url_of(survey), form(survey))
    assert (response.status_code, "Meetings." in text_of(response)) == (403, True)


def test_a_page_that_is_gone_or_closed_gives_back_what_was_written(signed_in, survey, week, sound):  # noqa: F811
    week.offset_days = 30
    week.save()
    closed = signed_in.post(url_of(survey), form(survey))
    assert (closed.status_code, "Meetings." in text_of(closed)) == (403, True)
    survey.unpublish()
    gone = signed_in.post(url_of(survey), form(survey))
    assert (gone.status_code, "Meetings." in text_of(gone)) == (404, True)
    sound(gone)
    assert signed_in.post(reverse("clear_answers", args=[survey.pk])).status_code == 404


def test_results_wait_for_their_opening_and_for_ten_answers(signed_in, survey, answered, sound):  # noqa: F811
    answered(9)
    assert "What people said" not in text_of(signed_in.get(survey.url))
    SurveyPage.objects.filter(pk=survey.pk).update(results="open")
    page = signed_in.get(survey.url)
    assert "What people said 9 of 10 so far" in text_of(page)
    assert "A share is shown only when 10 people or more have answered the question." in text_of(page)
    assert "The work fits my time. 9 answers so far" in text_of(page)
    assert "Words 0." not in text_of(page)
    assert '<rect class="sc1" x=' not in page.content.decode()
    signed_in.post(url_of(survey), form(survey, 5, "At the desk", ["At night"], "Words of mine."))
    page = signed_in.get(survey.url)
    assert "The work fits my time. 2 2 2 2 2" in text_of(page)
    assert '<rect class="sc1" x="0.15%" width="19.70%" height="22"/>' in sound(page)
    assert "At home 9" in text_of(page)
    assert "10 people wrote something. These 5 may be quoted." in text_of(page)
    assert "Words 0." in text_of(page)
    assert "Words 1." not in text_of(page)


def test_results_are_for_people_of_the_course(client, person, survey, answered):
    SurveyPage.objects.filter(pk=survey.pk).update(results="open")
    answered(10)
    assert "What people said" not in text_of(client.get(survey.url))
    client.force_login(person("hanne"))
    assert "What people said" not in text_of(client.get(survey.url))


def test_who_leads_the_course_sees_everything_and_answers_nothing(client, leader, survey, answered, sound):  # noqa: F811
    answered(3)
    client.force_login(leader)
    page = client.get(survey.url)
    assert "Only you who lead the course see this." in text_of(page)
    assert "Words 1." in text_of(page)
    assert "Reader" not in text_of(page)
    assert ">Send<" not in sound(page)
    refused = client.post(url_of(survey), form(survey))
    assert (refused.status_code, "You lead this course" in text_of(refused)) == (403, True)
    assert SurveySheet.objects.count() == 3


def test_names_stand_beside_named_answers_for_leaders_only(client, signed_in, leader, survey, answered):
    make_named(survey)
    SurveyPage.objects.filter(pk=survey.pk).update(results="open")
    answered(10)
    assert "Reader" not in text_of(signed_in.get(survey.url))
    client.force_login(leader)
    assert "Reader1" in text_of(client.get(survey.url))


@pytest.mark.parametrize("number", [10, 20])
def test_the_page_with_its_results_costs_the_same_however_many_answered(
    signed_in, survey, answered, django_assert_num_queries, number
):
    SurveyPage.objects.filter(pk=survey.pk).update(results="open")
    answered(number)
    signed_in.get(survey.url)
    # Another step's 14, whether one has answered, and five for the results.
    with django_assert_num_queries(20):
        signed_in.get(survey.url)


def test_a_preview_sends_nothing(client, person, survey):
    client.force_login(person("ada", is_staff=True, is_superuser=True))
    survey.save_revision()
    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[survey.pk]))
    assert "This is a preview" in text_of(page)
    assert "action=" not in questions_of(page)
    assert "What people said" not in text_of(page)


def test_a_link_leads_to_the_page(signed_in, survey):
    response = signed_in.get(url_of(survey))
    assert (response.status_code, response["Location"]) == (302, survey.url)
