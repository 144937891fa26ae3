"""What people answered in quizzes and surveys.

Questions are known by the id of their block, options by a digest of their words (modules.courses.marking).
Keys to pages are set to null when a page goes; its title stays.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Sheet(models.Model):
    """What every sheet of answers keeps of the page that asked."""

    course = models.ForeignKey("courses.CoursePage", null=True, on_delete=models.SET_NULL, related_name="+")
    # As they were, for when the pages have been renamed, moved or deleted.
    course_title = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    uid = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class QuizSheet(Sheet):
    """A person's latest answers to a quiz, and what the last check said to each.

    `checks` never goes down, so that a limit on them holds; clearing the answers leaves it as it is.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quiz_sheets")
    step = models.ForeignKey(
        "courses.StepPage", null=True, on_delete=models.SET_NULL, related_name="quiz_sheets"
    )
    answers = models.JSONField(default=dict)  # by question, as modules.courses.marking keeps them
    outcomes = models.JSONField(default=dict)  # question: “right”, “near”, “not” or “unanswered”
    checks = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(default=timezone.now, editable=False)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step"],
                condition=Q(step__isnull=False),
                name="quiz_sheet_once_per_person",
            ),
        ]
        indexes = [models.Index(fields=["person", "course"], name="quiz_sheet_person")]


class QuizCheck(models.Model):
    """One time that somebody had their answers checked, and what was said to each question."""

    sheet = models.ForeignKey(QuizSheet, on_delete=models.CASCADE, related_name="history")
    number = models.PositiveIntegerField()  # from 1
    at = models.DateTimeField()
    outcomes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="quiz_check_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}, {self.number}"


class SurveySheet(Sheet):
    """One person's answers to a survey. Of an anonymous one it says neither who nor when.

    The key is random, and so is the order that it gives: nobody learns from it who answered before whom.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="survey_sheets"
    )
    step = models.ForeignKey(
        "courses.StepPage", null=True, on_delete=models.SET_NULL, related_name="survey_sheets"
    )
    first_at = models.DateTimeField(null=True, editable=False)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step"],
                condition=Q(step__isnull=False, person__isnull=False),
                name="survey_sheet_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, first_at__isnull=False, last_at__isnull=False)
                | Q(person__isnull=True, first_at__isnull=True, last_at__isnull=True),
                name="survey_sheet_named_or_not",
            ),
        ]


class SurveyAnswer(models.Model):
    """One answer on a sheet: a row for each option chosen, one for what was written.

    It keeps the words of the question and of the option as they were, for when they are no longer asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(SurveySheet, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=36)  # the id of its block
    kind = models.CharField(max_length=8)  # the type of its block
    asked = models.CharField(max_length=300)
    choice = models.CharField(max_length=12, blank=True)  # digest of an option; 1 to 5 on a scale
    words = models.TextField(blank=True)  # of the option, or what somebody wrote
    quotable = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question", "choice"], name="survey_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.asked}: {self.words or self.choice}"


class SurveyReceipt(models.Model):
    """That somebody answered an anonymous survey, so that they are asked once. Not when, and not what."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="survey_receipts"
    )
    step = models.ForeignKey(
        "courses.StepPage", null=True, on_delete=models.SET_NULL, related_name="survey_receipts"
    )
    title = models.CharField(max_length=255)
    form = models.UUIDField(null=True)  # which form was sent: sent twice, it is still the same

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step"],
                condition=Q(step__isnull=False),
                name="survey_receipt_once_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.title}"
