"""Join, leave, open a step, tick it, untick it.

Everything that a person does in one course is done in turn: each action but `record_visit` holds the row
of the person's enrolment. The unique constraints stand behind that, for whoever does not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page

from community.accounts.models import User
from community.prepared import Prepared
from modules.courses.models import CoursePage, CourseRole, CourseSpace, StepPage
from modules.courses.selectors import between, bounds
from modules.courses.spaces import open_space
from modules.courses.tree import WEEK_DEPTH, course_path, week_path

from .models import Enrolment, How, ModuleCompletion, StepCompletion, StepVisit
from .permissions import require_enrolled, require_open, require_published
from .selectors import Progress

# Version 1: a week is complete when each of its published steps that is not optional has been ticked. A
# week that requires nothing is never complete.
RULE_VERSION = 1
# A visit is written down at most this often, however often a page is opened again.
VISIT_EVERY = dt.timedelta(minutes=5)


class TickedStep(NamedTuple):
    """What `Progress` asks of a step (see OutlineStep)."""

    page_id: int
    uid: str
    optional: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class TickedWeek:
    """What `Progress` and the shelf ask of a week (see OutlineWeek), all but its address."""

    page_id: int
    number: int
    title: str
    cloth: str
    is_open: bool
    is_now: bool
    is_catch_up: bool
    steps: list[TickedStep]


@dataclass(frozen=True, slots=True)
class TickResult:
    """What a tick or untick left behind.

    `completion` is the step's record, None where the step is not ticked now. `module_completion` is set only
    by the tick that finished the week. `done` of `required` steps of the week are ticked now; the others take
    `minutes`. `was_opened`: the person has been on the step's own page. `progress`: all they did in `week`.
    """

    completion: StepCompletion | None
    module_completion: ModuleCompletion | None
    done: int
    required: int
    minutes: int
    was_opened: bool
    week: TickedWeek
    progress: Progress


@transaction.atomic
def join_course(*, person: User, course: CoursePage, at: dt.datetime | None = None) -> Enrolment:
    """Put `person` on `course` and into its access group; joining again keeps the first `joined_at`.

    Raises Http404 for a course that is not published.
    """
    require_published(course)
    enrolment, _created = Enrolment.objects.select_for_update().get_or_create(
        person=person,
        course=course,
        defaults={"course_title": course.title, "joined_at": at or timezone.now()},
    )
    if enrolment.left_at is not None:
        enrolment.left_at = None
        enrolment.save(update_fields=["left_at"])
    space = CourseSpace.objects.filter(course=course).first() or open_space(course)
    person.groups.add(space.group_id)
    return enrolment


@transaction.atomic
def leave_course(*, person: User, course: CoursePage) -> Enrolment | None:
    """Take `person` off `course` and out of its access group; every record is kept.

    Who leads the course stays in its group. Leaving twice, or without having joined, changes nothing.
    """
    enrolment = Enrolment.objects.select_for_update().filter(person=person, course=course).first()
    if enrolment is None:
        return None
    if enrolment.left_at is None:
        enrolment.left_at = timezone.now()
        enrolment.save(update_fields=["left_at"])
    space = CourseSpace.objects.filter(course=course).first()
    if space and not CourseRole.objects.filter(course=course, person=person).exists():
        person.groups.remove(space.group_id)
    return enrolment


def record_visit(*, person: User, step: StepPage, course: CoursePage, at: dt.datetime | None = None) -> None:
    """Note that `person` opened `step`, if they are on `course`: one query, and one more to write it down."""
    at = at or timezone.now()
    visit = StepVisit.objects.filter(person=person, step_id=step.pk)
    known = (
        Enrolment.objects.filter(person=person, course=course, left_at=None)
        .annotate(last_visit=Subquery(visit.values("last_at")[:1]))
        .values_list("last_visit", flat=True)
    )
    for last_at in known:
        if last_at is None:
            # Two tabs may open a step for the first time together: the second one finds it noted.
            StepVisit.objects.bulk_create(
                [StepVisit(person=person, course=course, step_id=step.pk, first_at=at, last_at=at)],
                ignore_conflicts=True,
            )
        elif at - last_at >= VISIT_EVERY:
            visit.filter(last_at__lt=at).update(last_at=at)


def tick_step(*, person: User, step: StepPage, at: dt.datetime | None = None) -> TickResult:
    """Record that `person` finished `step`, and the week with it if that was the last required one.

    Ticking what is ticked already changes nothing and answers the same. Raises Http404 where step, week or
    course is not published; PermissionDenied for somebody not on the course, or before the week opens.
    """
    at = at or timezone.now()
    try:
        return _tick(person, step, at)
    except IntegrityError:
        # The page went, or an import wrote the same record, between our reading and our writing.
        return _tick(person, step, at)


@transaction.atomic
def _tick(person: User, step: StepPage, at: dt.datetime) -> TickResult:
    place = _place(person, step)
    require_open(place.week.opens_at)
    course = place.enrolment.course
    done = place.done()
    if step.pk in done:
        completion = StepCompletion.objects.get(person=person, step_id=step.pk, revoked_at=None)
    else:
        completion = StepCompletion.objects.create(
            person=person,
            course=course,
            course_title=course.title,
            module_id=place.week.pk,
            step_id=step.pk,
            **_record(place.step, person, at, How.TICK),
        )
        done[step.pk] = at
    required = place.required()
    module_completion = None
    if required and done.keys() >= {page.pk for page in required} and place.week.recorded_at is None:
        module_completion = ModuleCompletion.objects.create(
            person=person,
            course=course,
            course_title=course.title,
            module_id=place.week.pk,
            basis=[{"uid": page.uid, "title": page.title} for page in required],
            **_record(place.week, person, at, How.RULE),
        )
    return place.result(done, completion, module_completion)


@transaction.atomic
def untick_step(*, person: User, step: StepPage) -> TickResult:
    """Revoke the record that `person` finished `step`; the record of a finished week stays.

    Unticking what is not ticked changes nothing. Raises Http404 where step, week or course is not published,
    PermissionDenied for somebody not on the course.
    """
    place = _place(person, step)
    StepCompletion.objects.filter(person=person, step_id=step.pk, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by=person
    )
    done = place.done()
    done.pop(step.pk, None)
    return place.result(done)


class _Row(NamedTuple):
    """A published week or step, read together: what the other has not is None."""

    pk: int
    title: str
    path: str
    uid: str
    optional: bool | None
    minutes: int | None
    ticked_at: dt.datetime | None
    opened_at: dt.datetime | None
    cloth: str | None
    opens_at: dt.datetime | None
    ends_after: int | None  # days of the course
    is_catch_up: bool | None
    recorded_at: dt.datetime | None
    basis: list[dict[str, str]] | None
    number: int  # of the week


class _Place(NamedTuple):
    """Where somebody ticks. The enrolment is locked until the transaction ends."""

    enrolment: Enrolment
    week: _Row
    step: _Row
    steps: list[_Row]

    def required(self) -> list[_Row]:
        """None in a catch-up week, whatever its steps say."""
        return [page for page in self.steps if not page.optional and not self.week.is_catch_up]

    def done(self) -> dict[int, dt.datetime]:
        """When which of the steps was ticked."""
        return {page.pk: page.ticked_at for page in self.steps if page.ticked_at}

    def result(
        self,
        done: dict[int, dt.datetime],
        completion: StepCompletion | None = None,
        module_completion: ModuleCompletion | None = None,
    ) -> TickResult:
        """What to answer once the steps of these ids are ticked."""
        left = [page for page in self.required() if page.pk not in done]
        progress = Progress(
            done=done, started={page.pk: page.opened_at for page in self.steps if page.opened_at}
        )
        if module_completion:
            progress.finish(self.week.pk, module_completion.completed_at, module_completion.basis)
        elif self.week.recorded_at:
            progress.finish(self.week.pk, self.week.recorded_at, self.week.basis)
        return TickResult(
            completion=completion,
            module_completion=module_completion,
            done=len(self.required()) - len(left),
            required=len(self.required()),
            minutes=sum(page.minutes for page in left),
            was_opened=self.step.opened_at is not None,
            week=self._ticked_week(),
            progress=progress,
        )

    def _ticked_week(self) -> TickedWeek:
        week, now = self.week, timezone.now()
        is_open = week.opens_at is not None and week.opens_at <= now
        return TickedWeek(
            page_id=week.pk,
            number=week.number,
            title=week.title,
            cloth=week.cloth,
            is_open=is_open,
            is_now=is_open and now < self.enrolment.course.midnight(week.ends_after),
            is_catch_up=week.is_catch_up,
            steps=[
                TickedStep(page.pk, page.uid, page.optional or week.is_catch_up, page.minutes)
                for page in self.steps
            ],
        )


def _place(person: User, step: StepPage) -> _Place:
    """The step in its week and course, in two queries. Raises as `untick_step`."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course")
        .only(
            "left_at",
            *("course__live", "course__path", "course__title", "course__starts_on", "course__time_zone"),
        )
        .filter(person=person, course__path=course_path(step.path))
        .first()
    )
    # Read after the lock, so that nobody else’s tick of this person’s is missed.
    week_at, course_at = week_path(step.path), course_path(step.path)
    pages = _week_and_steps.rows(person.pk, *bounds([week_at]), *bounds([course_at]))
    week, this, steps = None, None, []
    for row in map(_Row._make, pages):
        if row.path == week_at:
            week = row
        else:
            steps.append(row)
            this = row if row.pk == step.pk else this
    course = enrolment.course if enrolment else CoursePage.objects.filter(path=course_path(step.path)).first()
    if not (course and course.live and week and this):
        raise Http404
    require_enrolled(enrolment)
    return _Place(enrolment, week, this, steps)


def _rows_of_week(
    person_id: int, week_at: str, week_end: str, course_at: str, course_end: str
) -> QuerySet[tuple]:
    """The published week and its steps as `_Row` has them, with what this person did there."""
    ticks = StepCompletion.objects.filter(person=person_id, step=OuterRef("pk"), revoked_at=None)
    visits = StepVisit.objects.filter(person=person_id, step=OuterRef("pk"))
    records = ModuleCompletion.objects.filter(person=person_id, module=OuterRef("pk"), revoked_at=None)
    weeks = Page.objects.filter(
        between("path", [course_at, course_end]), depth=WEEK_DEPTH, live=True, path__lte=week_at
    )
    return (
        Page.objects.filter(Q(path=week_at) | between("path", [week_at, week_end]), live=True)
        .order_by("path")
        .values_list(
            "pk",
            "title",
            "path",
            Coalesce("steppage__uid", "modulepage__uid"),
            "steppage__optional",
            "steppage__minutes",
            Subquery(ticks.values("completed_at")),
            Subquery(visits.values("last_at")),
            "modulepage__cloth",
            "modulepage__opens_at",
            F("modulepage__offset_days") + F("modulepage__length_days"),
            "modulepage__is_catch_up",
            Subquery(records.values("completed_at")),
            Subquery(records.values("basis")),
            Subquery(weeks.order_by().values("depth").annotate(number=Count("pk")).values("number")),
        )
    )


_week_and_steps = Prepared(_rows_of_week, int, *[str] * 4)


def _record(page: _Row, person: User, at: dt.datetime, how: How) -> dict:
    """What every record of completion keeps of the page as it was."""
    return {
        "title": page.title,
        "uid": page.uid,
        "completed_at": at,
        "how": how,
        "by": person,
        "rule_version": RULE_VERSION,
    }
