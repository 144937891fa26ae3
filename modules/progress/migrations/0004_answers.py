"""Answers to quizzes and surveys."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

BIG = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
RANDOM = models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)
SET_NULL = django.db.models.deletion.SET_NULL
PROTECT = django.db.models.deletion.PROTECT
OF_A_PAGE = [
    ("course_title", models.CharField(max_length=255)),
    ("title", models.CharField(max_length=255)),
    ("uid", models.CharField(max_length=64)),
]


def course():
    return models.ForeignKey(null=True, on_delete=SET_NULL, related_name="+", to="courses.coursepage")


def step(name):
    return models.ForeignKey(null=True, on_delete=SET_NULL, related_name=name, to="courses.steppage")


def person(name, **kwargs):
    return models.ForeignKey(
        on_delete=PROTECT, related_name=name, to=settings.AUTH_USER_MODEL, **kwargs
    )


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0005_films_are_recordings"),
        ("progress", "0003_people_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuizSheet",
            fields=[
                ("id", BIG),
                *OF_A_PAGE,
                ("answers", models.JSONField(default=dict)),
                ("outcomes", models.JSONField(default=dict)),
                ("checks", models.PositiveIntegerField(default=0)),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("course", course()),
                ("person", person("quiz_sheets")),
                ("step", step("quiz_sheets")),
            ],
            options={
                "indexes": [models.Index(fields=["person", "course"], name="quiz_sheet_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", False)),
                        fields=("person", "step"),
                        name="quiz_sheet_once_per_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuizCheck",
            fields=[
                ("id", BIG),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("outcomes", models.JSONField()),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="history",
                        to="progress.quizsheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "number"), name="quiz_check_numbered"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveySheet",
            fields=[
                *OF_A_PAGE,
                ("id", RANDOM),
                ("first_at", models.DateTimeField(editable=False, null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("course", course()),
                ("person", person("survey_sheets", null=True)),
                ("step", step("survey_sheets")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("step__isnull", False)),
                        fields=("person", "step"),
                        name="survey_sheet_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_at__isnull", False),
                                ("last_at__isnull", False),
                                ("person__isnull", False),
                            ),
                            models.Q(
                                ("first_at__isnull", True),
                                ("last_at__isnull", True),
                                ("person__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="survey_sheet_named_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                ("id", RANDOM),
                ("question", models.CharField(max_length=36)),
                ("kind", models.CharField(max_length=8)),
                ("asked", models.CharField(max_length=300)),
                ("choice", models.CharField(blank=True, max_length=12)),
                ("words", models.TextField(blank=True)),
                ("quotable", models.BooleanField(default=False)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="progress.surveysheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "question", "choice"), name="survey_answer_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyReceipt",
            fields=[
                ("id", BIG),
                ("title", models.CharField(max_length=255)),
                ("form", models.UUIDField(null=True)),
                ("person", person("survey_receipts")),
                ("step", step("survey_receipts")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", False)),
                        fields=("person", "step"),
                        name="survey_receipt_once_per_person",
                    ),
                ],
            },
        ),
    ]
