"""A course of twelve weeks in its sixth, with the people on it and what they have ticked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.db.models import Model

from community.accounts.models import CLOTHS, User
from home.models import HomePage
from modules.courses.models import KINDS, CourseIndexPage, CoursePage, CourseRole, ModulePage, StepPage
from modules.courses.spaces import open_space, open_week_forum
from modules.progress.actions import RULE_VERSION
from modules.progress.models import Enrolment, How, ModuleCompletion, StepCompletion, StepVisit

from . import texts

WEEKS, STEPS = 12, 5
OPEN_WEEKS = 7  # the seventh opened at the moment of filling
KIND_ORDER = ("lecture", "reading", "activity", "reading", "activity")


@dataclass
class Course:
    """The pages, as they lie in the tree, and who leads the course."""

    page: CoursePage
    weeks: list[ModulePage]
    steps: list[list[StepPage]]
    leaders: list[User]


def add_course(random: Random, at: dt.datetime, leaders: list[User]) -> Course:
    """Publish the course, its weeks and steps, with the forums that come with them; show it at the door."""
    page = CourseIndexPage.objects.get().add_child(
        instance=CoursePage(
            title="Listening at the desk",
            slug="listening-at-the-desk",
            lede="Twelve weeks on hearing what people come for.",
            starts_on=at.date() - dt.timedelta(days=7 * (OPEN_WEEKS - 1)),
            hours_per_week=3,
            visitors_read_conversations=True,
            body=_body(random, 250),
        )
    )
    open_space(page)
    roles = [CourseRole.Role.INSTRUCTOR, *[CourseRole.Role.MENTOR] * (len(leaders) - 1)]
    CourseRole.objects.bulk_create(
        CourseRole(course=page, person=person, role=role, sort_order=n, about="At the desk for twenty years.")
        for n, (person, role) in enumerate(zip(leaders, roles, strict=True))
    )
    weeks, steps = [], []
    for number in range(WEEKS):
        week = page.add_child(
            instance=ModulePage(
                title=random.choice(texts.TITLES),
                slug=f"week-{number + 1}",
                offset_days=7 * number,
                cloth=CLOTHS[number % len(CLOTHS)],
                hint=random.choice(texts.SENTENCES)[:160],
                lede=" ".join(random.sample(texts.SENTENCES, 2)),
                outcomes="\n".join(random.sample(texts.SENTENCES, 3)),
                question="What did you hear this week that nobody had asked about?",
                body=_body(random, 300),
            )
        )
        open_week_forum(week)
        weeks.append(week)
        steps.append([_add_step(random, week, kind, n) for n, kind in enumerate(KIND_ORDER)])
    HomePage.objects.update(featured_course=page)
    return Course(page, weeks, steps, leaders)


def _add_step(random: Random, week: ModulePage, kind: str, number: int) -> StepPage:
    return week.add_child(
        instance=KINDS[kind].model(
            title=f"{random.choice(texts.TITLES)} ({number + 1})",
            slug=f"step-{number + 1}",
            uid=f"{week.slug}-step-{number + 1}",
            summary=random.choice(texts.SENTENCES)[:300],
            minutes=random.choice((5, 10, 15, 25, 40)),
            optional=number == STEPS - 1,
            body=_body(random, 800),
        )
    )


def _body(random: Random, words: int) -> list[tuple]:
    return [
        ("text", texts.prose(random, words // 2)),
        ("heading", {"text": random.choice(texts.TITLES), "level": "2"}),
        ("text", texts.prose(random, words // 2)),
        ("quote", {"text": random.choice(texts.SENTENCES), "source": "From the notebook at the desk"}),
    ]


def take_part(random: Random, course: Course, people: list[User], at: dt.datetime, regulars: int) -> None:
    """Put `people` on the course, somewhere between its first and its seventh week.

    The first `regulars` have finished four weeks, are in the middle of the fifth and have opened the first
    step of the sixth: for them a page has every state to show.
    """
    group = course.page.space.group
    members = User.groups.through
    members.objects.bulk_create(
        [members(user_id=person.pk, group_id=group.pk) for person in [*course.leaders, *people]],
        batch_size=1000,
    )
    enrolments, visits, ticks, finished = [], [], [], []
    for n, person in enumerate(people):
        enrolments.append(
            Enrolment(
                person=person,
                course=course.page,
                course_title=course.page.title,
                joined_at=course.weeks[0].opens_at + dt.timedelta(minutes=n),
            )
        )
        done = 4 * STEPS + 2 if n < regulars else random.randrange(OPEN_WEEKS * STEPS)
        for number in range(done + 1):
            week, step = course.weeks[number // STEPS], course.steps[number // STEPS][number % STEPS]
            moment = min(week.opens_at + dt.timedelta(hours=random.randrange(160)), at)
            mine = {"person": person, "course": course.page}
            visits.append(StepVisit(step_id=step.pk, first_at=moment, last_at=moment, **mine))
            if number < done:
                record = mine | {
                    "course_title": course.page.title,
                    "completed_at": moment,
                    "by": person,
                    "rule_version": RULE_VERSION,
                }
                ticks.append(_tick(week, step, record))
                if number % STEPS == STEPS - 1:
                    finished.append(_finished(week, course.steps[number // STEPS], record))
        if n < regulars:
            first = course.steps[5][0]
            visits.append(StepVisit(step_id=first.pk, first_at=at, last_at=at, **mine))
    for rows in (enrolments, visits, ticks, finished):
        _store(rows)


def _tick(week: ModulePage, step: StepPage, record: dict) -> StepCompletion:
    return StepCompletion(
        step_id=step.pk, module_id=week.pk, title=step.title, uid=step.uid, how=How.TICK, **record
    )


def _finished(week: ModulePage, steps: list[StepPage], record: dict) -> ModuleCompletion:
    basis = [{"uid": step.uid, "title": step.title} for step in steps if not step.optional]
    return ModuleCompletion(
        module_id=week.pk, title=week.title, uid=week.uid, how=How.RULE, basis=basis, **record
    )


def _store(rows: list[Model]) -> None:
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=1000)
