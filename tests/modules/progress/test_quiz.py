"""What is kept of the answers to a quiz."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import Http404

from modules.courses.models import QuizPage
from modules.progress.actions import join_course, leave_course
from modules.progress.answers.answer_quiz import answer_quiz
from modules.progress.answers.clear_quiz import clear_quiz
from modules.progress.answers.errors import AnswersRefused
from modules.progress.answers.in_words import answers_in_words
from modules.progress.models import QuizCheck, QuizSheet

from .conftest import QUESTIONS, RIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture
def right(quiz):
    return answers_in_words(quiz, RIGHT)


def test_answers_are_kept_with_what_was_said_to_each(learner, course, quiz, right):
    said = [*RIGHT[:2], "chalk", ["End it", "Say it", "Spend it", "Take it down"], {"Seeds": "Small"}, None]
    answers = answers_in_words(quiz, said)
    sheet = answer_quiz(person=learner, quiz=quiz, answers=answers)
    kept = QuizSheet.objects.get()
    assert kept == sheet
    assert (kept.person, kept.course, kept.step_id, kept.title) == (
        learner,
        course,
        quiz.pk,
        "Check yourself",
    )
    assert kept.answers == answers
    ids = [block.id for block in quiz.questions]
    assert [kept.outcomes[key] for key in ids] == [
        "right",
        "right",
        "not",
        "near",
        "unanswered",
        "unanswered",
    ]
    answer_quiz(person=learner, quiz=quiz, answers=right)
    kept.refresh_from_db()
    assert set(kept.outcomes.values()) == {"right"}
    assert (kept.checks, kept.first_at < kept.last_at) == (2, True)
    assert [(check.number, check.outcomes[ids[2]]) for check in QuizCheck.objects.order_by("number")] == [
        (1, "not"),
        (2, "right"),
    ]


def test_the_same_answers_sent_twice_are_one_check(learner, quiz, right):
    for _click in range(3):
        assert answer_quiz(person=learner, quiz=quiz, answers=right).checks == 1
    assert QuizCheck.objects.count() == 1


def test_the_same_answers_to_a_corrected_quiz_are_another_check(learner, quiz, right):
    answer_quiz(person=learner, quiz=quiz, answers=right)
    quiz.questions[0].value["options"][0]["right"] = True
    quiz.questions[0].value["options"][1]["right"] = False
    quiz.save()
    sheet = answer_quiz(person=learner, quiz=quiz, answers=right)
    assert (sheet.checks, sheet.outcomes[quiz.questions[0].id]) == (2, "not")


def test_a_quiz_that_was_edited_keeps_what_is_still_the_same(learner, quiz, right):
    edited = QuizPage.objects.get(pk=quiz.pk)
    edited.questions[1].value["options"][0]["text"] = "A first day"
    del edited.questions[2]
    edited.save()
    sheet = answer_quiz(person=learner, quiz=quiz, answers=right | {"no-such-question": "15"})
    assert sheet.answers[quiz.questions[1].id] == right[quiz.questions[1].id][1:]
    assert sheet.answers.keys() == {block.id for block in edited.questions}


def test_after_the_last_try_the_answers_stay(learner, quiz, right):
    quiz.tries = 2
    quiz.save()
    first, *_rest = right
    answer_quiz(person=learner, quiz=quiz, answers={first: right[first]})
    clear_quiz(person=learner, quiz=quiz)  # which is no way round the limit
    answer_quiz(person=learner, quiz=quiz, answers={first: right[first]})
    with pytest.raises(AnswersRefused, match="as often as it goes") as refused:
        answer_quiz(person=learner, quiz=quiz, answers=right)
    assert refused.value.status == 403
    with pytest.raises(AnswersRefused):
        clear_quiz(person=learner, quiz=quiz)
    assert QuizSheet.objects.get().answers == {first: right[first]}
    # The last click, once more, is still the last click.
    assert answer_quiz(person=learner, quiz=quiz, answers={first: right[first]}).checks == 2


def test_clearing_empties_the_sheet_and_keeps_the_record(learner, quiz, right):
    clear_quiz(person=learner, quiz=quiz)
    answer_quiz(person=learner, quiz=quiz, answers=right)
    clear_quiz(person=learner, quiz=quiz)
    sheet = QuizSheet.objects.get()
    assert (sheet.answers, sheet.outcomes, sheet.checks) == ({}, {}, 1)
    assert QuizCheck.objects.count() == 1


def test_only_who_is_on_the_course_answers_and_who_leads_it_does_not(
    person, learner, leader, course, quiz, right
):
    def refused(who, words: str) -> None:
        with pytest.raises(PermissionDenied, match=words):
            answer_quiz(person=who, quiz=quiz, answers=right)

    refused(person("hanne"), "You’re not on this course")
    leave_course(person=learner, course=course)
    refused(learner, "You’re not on this course")
    join_course(person=leader, course=course)
    refused(leader, "You lead this course")
    refused(person("ada", is_superuser=True), "You lead this course")
    assert not QuizSheet.objects.exists()


def test_before_the_week_opens_nothing_is_kept(learner, closed_week, add_step):
    page = add_step(closed_week, "Later", kind="quiz", questions=QUESTIONS)
    quiz = QuizPage.objects.get(pk=page.pk)
    with pytest.raises(PermissionDenied, match="This week opens on"):
        answer_quiz(person=learner, quiz=quiz, answers=answers_in_words(quiz, RIGHT))


@pytest.mark.parametrize("what", ["quiz", "week", "course"])
def test_a_page_that_is_not_published_takes_no_answers(learner, course, week, quiz, right, what):
    {"quiz": quiz, "week": week, "course": course}[what].unpublish()
    with pytest.raises(Http404):
        answer_quiz(person=learner, quiz=quiz, answers=right)


def test_nothing_and_too_much_are_refused_in_words(learner, quiz, right):
    short, number = quiz.questions[2].id, quiz.questions[5].id
    for empty in ({}, {short: " \x00 "}, {number: ["15"], short: None}):
        with pytest.raises(AnswersRefused, match="Nothing is answered yet"):
            answer_quiz(person=learner, quiz=quiz, answers=empty)
    with pytest.raises(AnswersRefused) as refused:
        answer_quiz(person=learner, quiz=quiz, answers=right | {short: "a" * 10_000, number: "1" * 61})
    assert refused.value.problems == {
        short: "300 characters at most. These are 10000.",
        number: "60 characters at most. These are 61.",
    }
    assert not QuizSheet.objects.exists()
    sheet = answer_quiz(person=learner, quiz=quiz, answers={short: "rever\x00sible"})
    assert sheet.answers == {short: "reversible"}


def test_answers_outlive_their_page_and_hold_their_person(learner, course, quiz, right):
    answer_quiz(person=learner, quiz=quiz, answers=right)
    quiz.delete()
    course.delete()
    sheet = QuizSheet.objects.get()
    assert (sheet.step, sheet.course, sheet.title, sheet.course_title) == (
        None,
        None,
        "Check yourself",
        "Listening",
    )
    learner.enrolments.all().delete()
    with pytest.raises(ProtectedError):
        learner.delete()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_first_answers_sent_at_once_make_one_sheet(learner, quiz, right, at_once):
    raised = at_once(*[lambda: answer_quiz(person=learner, quiz=quiz, answers=right)] * 8)
    assert raised == []
    assert (QuizSheet.objects.get().checks, QuizCheck.objects.count()) == (1, 1)
