"""What is kept of the answers to a survey, and what comes of them."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from modules.courses.models import SurveyPage
from modules.progress.actions import join_course
from modules.progress.answers import asking
from modules.progress.answers.answer_survey import answer_survey
from modules.progress.answers.errors import AnswersRefused
from modules.progress.answers.in_words import answers_in_words
from modules.progress.answers.results import results_of
from modules.progress.models import SurveyAnswer, SurveyReceipt, SurveySheet

from .conftest import ASKED

pytestmark = pytest.mark.django_db
SAID = [4, "At home", ["Before opening", "At night"], "Meetings."]


@pytest.fixture
def named(survey):
    survey.anonymous = False
    survey.save()
    return survey


@pytest.fixture
def class_of(person, course):
    """`class_of(5)`: so many people on the course."""

    def join(number: int) -> list:
        people = [person(f"reader{place}") for place in range(number)]
        for reader in people:
            join_course(person=reader, course=course)
        return people

    return join


def send(person, survey, *said, **kwargs) -> None:
    answer_survey(person=person, survey=survey, answers=answers_in_words(survey, said or SAID), **kwargs)


def test_an_anonymous_sheet_says_neither_who_nor_when(learner, survey, course):
    key = survey.questions[3].id
    send(learner, survey, quotable={key})
    sheet = SurveySheet.objects.get()
    assert (sheet.person, sheet.first_at, sheet.last_at) == (None, None, None)
    assert (sheet.course, sheet.step_id, sheet.title) == (course, survey.pk, "How is it going?")
    assert isinstance(sheet.pk, uuid.UUID)
    rows = {(row.asked, row.choice[:1], row.words, row.quotable) for row in sheet.answers.all()}
    assert ("The work fits my time.", "4", "", False) in rows
    assert ("What should we stop?", "", "Meetings.", True) in rows
    assert {words for _asked, _choice, words, _may in rows} == {
        "",
        "At home",
        "Before opening",
        "At night",
        "Meetings.",
    }
    receipt = SurveyReceipt.objects.get()
    assert (receipt.person, receipt.step_id) == (learner, survey.pk)
    # Nothing on the receipt leads to the sheet: no key, no time.
    fields = {field.name for field in SurveyReceipt._meta.get_fields()}
    assert fields == {"id", "person", "step", "title", "form"}


def test_an_anonymous_survey_is_answered_once_whatever_is_clicked(learner, survey):
    form = uuid.uuid4()
    for _click in range(3):
        send(learner, survey, form=form)
    for other in (uuid.uuid4(), None):
        with pytest.raises(AnswersRefused, match="You’ve answered this already") as refused:
            send(learner, survey, 1, None, None, None, form=other)
        assert refused.value.status == 409
    assert SurveySheet.objects.count() == 1
    assert SurveyAnswer.objects.get(kind="scale").choice == "4"


def test_the_order_of_the_keys_is_not_the_order_of_the_answers(class_of, survey):
    for number, reader in enumerate(class_of(12)):
        send(reader, survey, None, None, None, f"{number:02}")
    by_key = [answer.words for answer in SurveyAnswer.objects.order_by("pk")]
    assert sorted(by_key) != by_key
    assert [row.words for row in SurveyAnswer.objects.order_by("sheet")] != sorted(by_key)


def test_named_answers_can_be_changed_by_their_author(learner, class_of, named):
    (other,) = class_of(1)
    send(other, named)
    send(learner, named)
    sheet = SurveySheet.objects.get(person=learner)
    send(learner, named, 2, None, ["At lunch"], None)
    changed = SurveySheet.objects.get(person=learner)
    assert (changed.pk, changed.first_at) == (sheet.pk, sheet.first_at)
    assert changed.last_at > sheet.last_at
    assert {row.words or row.choice for row in changed.answers.all()} == {"2", "At lunch"}
    assert SurveySheet.objects.get(person=other).answers.count() == 5
    assert not SurveyReceipt.objects.exists()


def test_the_database_holds_a_sheet_to_be_named_or_not(learner, survey):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveySheet.objects.create(person=learner, title="x", uid="x")


def test_a_survey_that_changed_meanwhile_stores_nothing(learner, survey):
    seen = asking.version(survey)
    answers = answers_in_words(survey, SAID)
    survey.questions[0].value["hint"] = "Roughly."  # which asks the same
    survey.save()
    assert asking.version(survey) == seen
    survey.anonymous = False
    survey.save()
    with pytest.raises(AnswersRefused, match="The questions have changed") as refused:
        answer_survey(person=learner, survey=survey, answers=answers, version=seen)
    assert refused.value.status == 409
    assert not SurveySheet.objects.exists()


def test_what_is_forged_empty_or_endless_is_refused_in_words(learner, survey):
    scale, one, many, own = (block.id for block in survey.questions)
    home = answers_in_words(survey, SAID)[one]
    forged = {scale: "6", one: "0" * 12, many: [home], own: "x" * 4001}
    with pytest.raises(AnswersRefused) as refused:
        answer_survey(person=learner, survey=survey, answers=forged)
    assert refused.value.problems == {
        scale: "Choose from the answers that stand here.",
        one: "Choose from the answers that stand here.",
        many: "Choose from the answers that stand here.",
        own: "4000 characters at most. These are 4001.",
    }
    for empty in ({}, {own: " \x00"}, {"no-such-question": "1"}):
        with pytest.raises(AnswersRefused, match="Nothing is answered yet"):
            answer_survey(person=learner, survey=survey, answers=empty)
    assert not SurveyReceipt.objects.exists()
    answer_survey(person=learner, survey=survey, answers={own: "Meet\x00ings"})
    assert SurveyAnswer.objects.get().words == "Meetings"


def test_who_may_not_answer_a_survey(person, learner, leader, survey, closed_week, add_step):
    with pytest.raises(PermissionDenied, match="not on this course"):
        send(person("hanne"), survey)
    with pytest.raises(PermissionDenied, match="You lead this course"):
        send(leader, survey)
    page = add_step(closed_week, "Later", kind="survey", questions=ASKED)
    with pytest.raises(PermissionDenied, match="This week opens on"):
        send(learner, SurveyPage.objects.get(pk=page.pk))
    survey.unpublish()
    with pytest.raises(Http404):
        send(learner, survey)


@pytest.mark.parametrize("anonymous", [True, False])
def test_once_answered_a_survey_stays_named_or_anonymous(learner, survey, anonymous):
    survey.anonymous = anonymous
    survey.full_clean()
    survey.save()
    send(learner, survey)
    survey.results = "open"
    survey.full_clean()
    survey.anonymous = not anonymous
    with pytest.raises(ValidationError, match="make a new survey") as refused:
        survey.full_clean()
    assert list(refused.value.message_dict) == ["anonymous"]


def test_answers_are_counted_question_by_question(class_of, survey, course):
    people = class_of(14)
    for number, reader in enumerate(people[:12]):
        send(
            reader, survey, number % 5 + 1, "At home" if number < 11 else None, ["At lunch", "At night"], None
        )
    results = results_of(survey, course, for_leaders=False)
    assert (results.people, results.on_course) == (12, 14)
    (scale,) = results.scales
    assert ([row.count for row in scale.rows], scale.people, scale.is_enough) == ([3, 3, 2, 2, 2], 12, True)
    assert [bar.name for bar in scale.bars] == ["sc1", "sc2", "sc3", "sc4", "sc5"]
    assert (scale.bars[0].start, scale.bars[0].length) == ("0.15%", "24.70%")
    where, when, _stop = results.others
    assert [(row.words, row.count, row.bar.length) for row in where.rows] == [
        ("At the desk", 0, "0.00%"),
        ("At home", 11, "100.00%"),
    ]
    assert [(row.count, row.bar.length) for row in when.rows] == [
        (0, "0.00%"),
        (12, "100.00%"),
        (12, "100.00%"),
    ]
    assert when.people == 12


def test_below_ten_answers_to_a_question_there_is_no_share(class_of, survey, course):
    for number, reader in enumerate(class_of(10)):
        send(reader, survey, 3, "At home" if number < 9 else None, None, None)
    results = results_of(survey, course, for_leaders=True)
    assert (results.scales[0].is_enough, results.others[0].is_enough) == (True, False)


def test_what_is_no_longer_asked_stays_counted_under_its_old_words(class_of, survey, course):
    people = class_of(11)
    for reader in people[:10]:
        send(reader, survey)
    del survey.questions[0]
    survey.questions[0].value["options"][1] = "At my home"
    survey.save()
    send(people[10], survey, "At my home", None, None)
    results = results_of(survey, course, for_leaders=True)
    where = results.others[0]
    assert [(row.words, row.count, row.is_gone) for row in where.rows] == [
        ("At the desk", 0, False),
        ("At my home", 1, False),
        ("At home", 10, True),
    ]
    (scale,) = results.scales
    assert (scale.question, scale.is_gone, scale.people) == ("The work fits my time.", True, 10)


def test_a_change_of_named_answers_keeps_those_to_what_is_no_longer_asked(learner, named, course):
    send(learner, named)
    del named.questions[0]
    named.save()
    send(learner, named, "At the desk", None, None)
    results = results_of(named, course, for_leaders=True)
    assert results.scales[0].people == 1
    assert SurveyAnswer.objects.count() == 2


def test_only_leaders_read_what_may_not_be_quoted_and_only_they_see_names(class_of, named, course):
    own = named.questions[3].id
    for number, reader in enumerate(class_of(3)):
        send(reader, named, None, None, None, f"Words {number}", quotable={own} if number else ())
    ((*_rest, stop), (*_others, seen)) = (
        results_of(named, course, for_leaders=leads).others for leads in (True, False)
    )
    assert {(text.words, text.name, text.is_quotable) for text in stop.written} == {
        ("Words 0", "Reader0", False),
        ("Words 1", "Reader1", True),
        ("Words 2", "Reader2", True),
    }
    assert {(text.words, text.name) for text in seen.written} == {("Words 1", ""), ("Words 2", "")}
    assert seen.people == 3


@pytest.mark.parametrize("number", [1, 12])
def test_results_take_five_queries_however_many_answered(
    class_of, survey, course, django_assert_num_queries, number
):
    for reader in class_of(number):
        send(reader, survey, quotable={survey.questions[3].id})
    # Counts, people of each question, what they wrote; sheets, people on the course.
    with django_assert_num_queries(5):
        results = results_of(survey, course, for_leaders=True)
    assert len(results.others[-1].written) == number


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("anonymous", [True, False])
def test_answers_sent_at_once_make_one_sheet(learner, survey, at_once, anonymous):
    survey.anonymous = anonymous
    survey.save()
    form = uuid.uuid4()
    assert at_once(*[lambda: send(learner, survey, form=form)] * 8) == []
    assert (SurveySheet.objects.count(), SurveyAnswer.objects.count()) == (1, 5)
