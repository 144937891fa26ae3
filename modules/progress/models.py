"""Who takes part, what they opened, and what they finished.

Nothing here is ever recalculated away: a completion says when, how, by whom and under which rule, keeps
the title as it was, and is revoked instead of deleted. Page keys are set to null when a page goes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .answers.models import (  # noqa: F401 – what is asked in quizzes and surveys
    QuizCheck,
    QuizSheet,
    SurveyAnswer,
    SurveyReceipt,
    SurveySheet,
)


class How(models.TextChoices):
    """How a completion came to be."""

    TICK = "tick", _("ticked by the learner")
    RULE = "rule", _("all that the week asks for")
    # Later: evidence, waived, imported.


class Enrolment(models.Model):
    """A person in a course. `joined_at` never moves; leaving keeps the row and all that hangs on it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(
        "courses.CoursePage", null=True, on_delete=models.SET_NULL, related_name="enrolments"
    )
    course_title = models.CharField(max_length=255)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=models.Q(course__isnull=False),
                name="enrolment_once_per_course",
            ),
        ]
        indexes = [
            models.Index(
                fields=["course", "-id"], condition=models.Q(left_at__isnull=True), name="enrolment_by_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.course_title}"


class StepVisit(models.Model):
    """When a person first and last opened a step. Not how long they stayed: nobody is watched."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="step_visits")
    course = models.ForeignKey("courses.CoursePage", null=True, on_delete=models.SET_NULL, related_name="+")
    step = models.ForeignKey("courses.StepPage", null=True, on_delete=models.SET_NULL, related_name="visits")
    first_at = models.DateTimeField(default=timezone.now, editable=False)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step"],
                condition=models.Q(step__isnull=False),
                name="visit_once_per_step",
            ),
        ]
        indexes = [models.Index(fields=["person", "course", "-last_at"], name="visit_latest")]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.step_id}"


class Completion(models.Model):
    """What every record of completion keeps."""

    course = models.ForeignKey("courses.CoursePage", null=True, on_delete=models.SET_NULL, related_name="+")
    # As they were, for when the pages have been renamed, moved or deleted.
    course_title = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255)
    uid = models.CharField(max_length=64)
    completed_at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    rule_version = models.PositiveSmallIntegerField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} ({self.completed_at:%Y-%m-%d})"


class StepCompletion(Completion):
    """A step that a person finished. Unticking revokes the row; ticking again makes another."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="step_completions"
    )
    step = models.ForeignKey(
        "courses.StepPage", null=True, on_delete=models.SET_NULL, related_name="completions"
    )
    module = models.ForeignKey("courses.ModulePage", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step"],
                condition=models.Q(revoked_at__isnull=True, step__isnull=False),
                name="step_completed_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "course"], name="step_completion_person")]


class ModuleCompletion(Completion):
    """A week that a person finished. Once recorded it stays, whatever is added, moved or unticked later."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="module_completions"
    )
    module = models.ForeignKey(
        "courses.ModulePage", null=True, on_delete=models.SET_NULL, related_name="completions"
    )
    # [{"uid": …, "title": …}]: the required steps that were done when the week was recorded.
    basis = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module"],
                condition=models.Q(revoked_at__isnull=True, module__isnull=False),
                name="module_completed_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "course"], name="module_completion_person")]
