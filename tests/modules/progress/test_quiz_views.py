"""A quiz as people meet it: the page, the form, and what comes back."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from modules.courses.models import QuizPage
from modules.progress.actions import join_course, leave_course
from modules.progress.answers.answer_quiz import answer_quiz
from modules.progress.answers.in_words import answers_in_words
from modules.progress.models import QuizSheet
from tests.modules.courses.conftest import sound  # noqa: F401 – a fixture

from .conftest import QUESTIONS, RIGHT

pytestmark = pytest.mark.django_db


def url_of(page) -> str:
    return reverse("answer_step", args=[page.pk])


def form(quiz, *said) -> dict:
    """The fields that somebody sends who answers in these words, one for each question."""
    fields = {}
    for question, answer in answers_in_words(quiz, said).items():
        if isinstance(answer, dict):
            fields |= {f"q-{question}-{item}": chosen for item, chosen in answer.items()}
        else:
            fields[f"q-{question}"] = answer
    return fields


def text_of(response) -> str:
    """What the page says, without its markup."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(page).split())


def questions_of(response) -> str:
    return response.content.decode().split('id="questions"')[1].split("</section>")[0]


@pytest.fixture
def signed_in(client, learner):
    client.force_login(learner)
    return client


@pytest.fixture
def checked(signed_in, quiz):
    """The page after a check of answers, some of which are wrong."""
    said = [
        "A catalogue",
        ["A last day", "Permission"],
        "irreversible",
        ["End it", "Say it", "Spend it", "Take it down"],
        {"Seeds": "Reversible"},
        "about a dozen",
    ]
    response = signed_in.post(url_of(quiz), form(quiz, *said))
    assert (response.status_code, response["Location"]) == (303, f"{quiz.url}#result")
    return signed_in.get(quiz.url)


def test_a_learner_finds_the_questions_and_no_answer(signed_in, quiz, sound):  # noqa: F811
    page = sound(signed_in.get(quiz.url))
    text = text_of(signed_in.get(quiz.url))
    assert "Only you see your answers, and there is no score. You can check as often as you like." in text
    assert "Which would pass the test? Choose one." in text
    assert "css/quiz.css" in page
    assert "It washes off" not in page
    assert "Clear my answers" not in page
    items = re.findall(r"Place of: ([^\"]+)", page)
    assert sorted(items) == sorted(RIGHT[3])
    assert items != RIGHT[3]


def test_each_answer_gets_a_note_and_the_whole_a_sentence(checked, sound):  # noqa: F811
    page, text = sound(checked), text_of(checked)
    assert "A catalogue Not this one" in text
    assert text.count("Also this") == 1
    assert "Nearly right: Nearly." in text
    assert "We can’t read “about a dozen” as a number." in text
    assert "Two nearly, two to look at. Question 5 has one left. Question 6 is still open." in text
    assert "Last checked: just now" in text
    shown = re.findall(r"<details class=\"more\">.*?</details>", page, re.DOTALL)
    assert ["chalk line" in part for part in shown] == [True, False, False]
    assert len(shown) == 3  # the one, the short text and the order
    items = re.findall(r"Place of: ([^\"]+)", page)
    assert items == ["End it", "Say it", "Spend it", "Take it down"]


def test_all_right_is_said_in_words_and_without_a_score(signed_in, quiz):
    signed_in.post(url_of(quiz), form(quiz, *RIGHT))
    text = text_of(signed_in.get(quiz.url))
    assert "All six as the lecture has it." in text
    assert "A chalk line Yes" in text
    assert "Show me" not in text
    assert "%" not in text


def test_a_check_takes_eight_statements_however_many_questions(
    signed_in, quiz, week, add_step, django_assert_max_num_queries
):
    # Session, person, quiz with its place; savepoint (BEGIN on a real request), sheet, its insert or update,
    # the check in the history, release (COMMIT).
    page = add_step(week, "Long", kind="quiz", questions=QUESTIONS * 6)
    long = QuizPage.objects.get(pk=page.pk)
    signed_in.get(quiz.url)
    for asked, said in ((quiz, RIGHT), (long, RIGHT * 6)):
        with django_assert_max_num_queries(8):
            assert signed_in.post(url_of(asked), form(asked, *said)).status_code == 303
        with django_assert_max_num_queries(8):
            signed_in.post(url_of(asked), form(asked, *said[:-1], "3"))
    assert [sheet.checks for sheet in QuizSheet.objects.all()] == [2, 2]


def test_the_page_costs_one_query_more_than_another_step(
    signed_in, quiz, week, add_step, django_assert_num_queries
):
    plain = add_step(week, "A reading")
    for page in (plain, quiz):
        signed_in.get(page.url)
    with django_assert_num_queries(14):  # see tests/modules/courses/test_queries.py
        signed_in.get(plain.url)
    for answers in ({}, form(quiz, *RIGHT)):
        signed_in.post(url_of(quiz), answers)
        with django_assert_num_queries(15):
            signed_in.get(quiz.url)


def test_clearing_leads_back_to_empty_questions(signed_in, quiz, checked):
    response = signed_in.post(reverse("clear_answers", args=[quiz.pk]), form(quiz, *RIGHT))
    assert (response.status_code, response["Location"]) == (303, f"{quiz.url}#questions")
    page = signed_in.get(quiz.url)
    assert "Your answers are cleared." in text_of(page)
    assert " checked" not in questions_of(page)
    assert signed_in.get(reverse("clear_answers", args=[quiz.pk])).status_code == 405


def test_after_the_last_try_the_right_answers_stand_there_and_nothing_can_be_changed(signed_in, quiz):
    QuizPage.objects.filter(pk=quiz.pk).update(tries=1)
    assert "You can check once." in text_of(signed_in.get(quiz.url))
    signed_in.post(url_of(quiz), form(quiz, "A catalogue", None, None, None, None, "15"))
    page = signed_in.get(quiz.url)
    assert "That was as often as it goes." in text_of(page)
    assert "The answer: A chalk line" in text_of(page)
    assert "Seeds – Reversible" in text_of(page)
    assert page.content.decode().count("<fieldset disabled>") == 6
    again = signed_in.post(url_of(quiz), form(quiz, *RIGHT))
    assert again.status_code == 403
    assert "You’ve checked this as often as it goes." in text_of(again)
    assert "A catalogue Not this one" in text_of(again)
    assert signed_in.post(reverse("clear_answers", args=[quiz.pk])).status_code == 403
    assert QuizSheet.objects.get().checks == 1


def test_a_limited_quiz_says_how_often_and_shows_no_answer_before_the_end(signed_in, quiz):
    QuizPage.objects.filter(pk=quiz.pk).update(tries=3)
    signed_in.post(url_of(quiz), form(quiz, "A catalogue", None, None, None, None, None))
    page = signed_in.get(quiz.url)
    assert "You can check two times." in text_of(page)
    assert "Show me" not in text_of(page)


def test_a_visitor_signs_in_joins_and_finds_what_they_put(client, quiz, person, course, sound):  # noqa: F811
    text = text_of(client.get(quiz.url))
    assert "Sign in and check" in text
    assert not client.cookies.get("sessionid")
    response = client.post(url_of(quiz), form(quiz, *RIGHT))
    assert response.status_code == 303
    assert response["Location"].startswith(reverse("account_login"))
    assert response["Location"].endswith(f"{quiz.url}%23questions")
    hanne = person("hanne")
    client.post(reverse("account_login"), {"login": hanne.email, "password": "four plain words here"})
    page = client.get(quiz.url)
    assert "Here is what you put." in text_of(page)
    assert 'value="reversible"' in sound(page)
    refused = client.post(url_of(quiz), form(quiz, *RIGHT))
    assert refused.status_code == 403
    assert "You’re not on this course. Join it" in text_of(refused)
    assert 'value="reversible"' in sound(refused)
    client.post(reverse("join_course", args=[course.pk]))
    page = client.get(quiz.url)
    assert 'value="reversible"' in page.content.decode()
    assert "All six" not in text_of(page)  # nothing is checked before they say so
    client.post(url_of(quiz), form(quiz, *RIGHT))
    assert "kept_answers" not in client.session
    assert QuizSheet.objects.get().person == hanne


def test_an_empty_form_of_a_visitor_leads_to_the_door_and_keeps_nothing(client, quiz):
    assert client.post(url_of(quiz)).status_code == 303
    assert "sessionid" not in client.cookies


def test_who_left_gets_403_in_words_and_their_answers_back(signed_in, learner, course, quiz):
    leave_course(person=learner, course=course)
    response = signed_in.post(url_of(quiz), form(quiz, *RIGHT))
    assert response.status_code == 403
    assert 'value="reversible"' in response.content.decode()


def test_who_leads_the_course_tries_it_and_leaves_no_trace(client, leader, quiz, course, sound):  # noqa: F811
    join_course(person=leader, course=course)
    client.force_login(leader)
    assert "checked and not kept" in text_of(client.get(quiz.url))
    response = client.post(url_of(quiz), form(quiz, *RIGHT))
    assert response.status_code == 200
    sound(response)
    assert "All six as the lecture has it." in text_of(response)
    assert "All six" not in text_of(client.get(quiz.url))
    assert not QuizSheet.objects.exists()


def test_a_preview_sends_nothing(client, person, quiz):
    client.force_login(person("ada", is_staff=True, is_superuser=True))
    quiz.save_revision()
    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[quiz.pk]))
    assert "This is a preview" in text_of(page)
    assert "action=" not in questions_of(page)
    assert "csrfmiddlewaretoken" not in questions_of(page)


def test_answers_to_what_has_changed_are_left_out_and_named(signed_in, quiz):
    fields = form(quiz, *RIGHT)
    first, order = quiz.questions[0], quiz.questions[3]
    first.value["options"][1]["text"] = "A line of chalk"
    order.value["items"][0] = "Tell it"
    quiz.save()
    response = signed_in.post(url_of(quiz), fields)
    assert response.status_code == 303
    (message,) = get_messages(response.wsgi_request)
    assert str(message) == "Questions 1 and 4 have changed while you were answering. Look at them again."
    sheet = QuizSheet.objects.get()
    assert first.id not in sheet.answers
    assert len(sheet.answers[order.id]) == 3


@pytest.mark.parametrize(
    "forged",
    [
        {"q-{0}": "0" * 12, "q-{3}-{item}": "99", "q-{4}-{item}": "nothing"},
        {"q-{0}": ["a", "b"], "q-{1}": "\x00", "q-{3}-": "1"},
    ],
)
def test_forged_options_and_items_are_no_answers(signed_in, quiz, forged):
    ids = [block.id for block in quiz.questions]
    fields = {name.format(*ids, item="0" * 12): value for name, value in forged.items()}
    response = signed_in.post(url_of(quiz), fields)
    assert response.status_code == 422
    assert "Nothing is answered yet" in text_of(response)
    # An option of one question is none of another.
    swapped = {f"q-{ids[0]}": form(quiz, *RIGHT)[f"q-{ids[1]}"]}
    assert signed_in.post(url_of(quiz), swapped).status_code == 422
    assert not QuizSheet.objects.exists()


def test_ten_thousand_characters_come_back_with_what_to_do(signed_in, quiz, sound):  # noqa: F811
    long = "a" * 10_000
    for client in (signed_in, Client()):
        response = client.post(url_of(quiz), form(quiz, "A catalogue", None, long, None, None, None))
        assert response.status_code == 422
        assert "300 characters at most. These are 10000." in text_of(response)
        assert long in sound(response)
    assert not QuizSheet.objects.exists()


def test_a_closed_week_gives_back_what_was_typed(signed_in, closed_week, add_step):
    page = add_step(closed_week, "Later", kind="quiz", questions=QUESTIONS)
    quiz = QuizPage.objects.get(pk=page.pk)
    response = signed_in.post(url_of(quiz), form(quiz, *RIGHT))
    assert response.status_code == 403
    assert "This week opens on" in text_of(response)
    assert "reversible" in text_of(response)
    assert "Which would pass the test?" not in text_of(response)


def test_a_page_that_is_gone_gives_back_what_was_typed(signed_in, quiz):
    quiz.unpublish()
    response = signed_in.post(url_of(quiz), form(quiz, *RIGHT))
    assert (response.status_code, "reversible" in text_of(response)) == (404, True)
    assert signed_in.post(url_of(quiz)).status_code == 404
    assert signed_in.get(url_of(quiz)).status_code == 404
    quiz.delete()
    assert signed_in.post(url_of(quiz), form(quiz, *RIGHT)).status_code == 404


def test_a_link_leads_to_the_page_and_other_pages_have_no_answers(signed_in, client, week, add_step, quiz):
    response = signed_in.get(url_of(quiz))
    assert (response.status_code, response["Location"]) == (302, quiz.url)
    reading = add_step(week, "A reading")
    for page in (reading, week):
        assert signed_in.post(url_of(page)).status_code == 404
        assert signed_in.post(reverse("clear_answers", args=[page.pk])).status_code == 404


def test_a_form_from_another_site_gets_403(learner, quiz):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(url_of(quiz), form(quiz, *RIGHT)).status_code == 403
    assert not QuizSheet.objects.exists()


def test_nobody_sees_the_answers_of_somebody_else(client, person, learner, course, quiz):
    answer_quiz(person=learner, quiz=quiz, answers=answers_in_words(quiz, RIGHT))
    other = person("other")
    join_course(person=other, course=course)
    client.force_login(other)
    assert "reversible" not in text_of(client.get(quiz.url))
