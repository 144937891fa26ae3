"""Where a person stands: in a course, over all courses, and what comes next.

Pages draw states from two things, each read as a whole: the outline of a course (modules.courses) and the
person's `Progress`. Nothing here is stored as a share or a percentage.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.models import User
from community.prepared import Prepared
from modules.courses.models import KINDS, CoursePage
from modules.courses.selectors import (
    CourseOutline,
    OutlineStep,
    OutlineWeek,
    between,
    bounds,
    course_outlines,
)

from .models import Enrolment, ModuleCompletion, StepCompletion, StepVisit


class WeekRecord(NamedTuple):
    """A finished week: when, and the uids of the required steps that were done then."""

    completed_at: dt.datetime
    basis: frozenset[str]


@dataclass(slots=True)
class Progress:
    """What a person did in one course or several. All keys are page ids.

    `done`: when a step was ticked. `started`: when it was last opened. `finished`: the weeks on record.
    """

    enrolment: Enrolment | None = None
    done: dict[int, dt.datetime] = field(default_factory=dict)
    started: dict[int, dt.datetime] = field(default_factory=dict)
    finished: dict[int, WeekRecord] = field(default_factory=dict)

    def finish(self, module_id: int, at: dt.datetime, basis: list[dict[str, str]]) -> None:
        """Put a week on record, as its ModuleCompletion says."""
        self.finished[module_id] = WeekRecord(at, frozenset(step["uid"] for step in basis))

    def step_state(self, step_id: int) -> str:
        """“done”, “now” (opened, not ticked) or “”."""
        if step_id in self.done:
            return "done"
        return "now" if step_id in self.started else ""

    def counts(self, week: OutlineWeek) -> tuple[int, int]:
        """How many of the required steps of `week` are done, and how many there are."""
        required = [step for step in week.steps if not step.optional]
        return sum(step.page_id in self.done for step in required), len(required)

    def new_since(self, week: OutlineWeek) -> list[OutlineStep]:
        """Required steps that came to a finished week later and are not done."""
        record = self.finished.get(week.page_id)
        if record is None:
            return []
        return [step for step in self.left(week) if step.uid not in record.basis]

    def left(self, week: OutlineWeek) -> list[OutlineStep]:
        """Required steps of `week` that are not done."""
        return [step for step in week.steps if not step.optional and step.page_id not in self.done]

    def is_finished(self, week: OutlineWeek) -> bool:
        """On record, or all that is required now is done."""
        done, required = self.counts(week)
        return week.page_id in self.finished or (required > 0 and done == required)

    def open_in(self, week: OutlineWeek) -> list[OutlineStep]:
        """What is left to do in `week`; of a finished one, what came to it since."""
        return self.new_since(week) if self.is_finished(week) else self.left(week)

    def weeks(self, outline: CourseOutline) -> tuple[int, int]:
        """How many weeks of a course are finished, and how many are under way (begun, or this week).

        A catch-up week is neither.
        """
        states = [self.week_state(week) for week in outline.weeks if not week.is_catch_up]
        return states.count("done"), states.count("part") + states.count("now")

    def week_state(self, week: OutlineWeek) -> str:
        """“next” (closed), “done”, “now” (this week), “part” (begun) or “open” (untouched).

        A catch-up week is “now” and then “done”, as there is nothing in it to finish.
        """
        if not week.is_open:
            return "next"
        if week.is_catch_up:
            return "now" if week.is_now else "done"
        if self.is_finished(week):
            return "done"
        if week.is_now:
            return "now"
        return "part" if self._begun(week) else "open"

    def fill(self, week: OutlineWeek) -> int:
        """How far a begun week's spine is filled: 10 to 90, in tens, by minutes of required steps."""
        required = [step for step in week.steps if not step.optional]
        # A step of no minutes still is a step.
        total = sum(step.minutes or 1 for step in required)
        done = sum(step.minutes or 1 for step in required if step.page_id in self.done)
        return min(90, max(10, round(done * 10 / total) * 10)) if total else 10

    def week_words(self, week: OutlineWeek) -> str:
        """The state of `week` in words, to stand after its title."""
        if week.is_catch_up:
            return catch_up_words(week)
        if not week.is_open:
            return _("opens later")
        words = self._words_of_open(week)
        if week.is_now and not self.is_finished(week):
            return _("this week, %(state)s") % {"state": words}
        return words

    def _words_of_open(self, week: OutlineWeek) -> str:
        new = len(self.new_since(week))
        if new:
            return ngettext("complete, %(count)d new since", "complete, %(count)d new since", new) % {
                "count": new
            }
        if self.is_finished(week):
            return _("finished")
        done, required = self.counts(week)
        if not required:
            return _("nothing required this week")
        if done:
            return ngettext(
                "%(done)d of %(count)d step done", "%(done)d of %(count)d steps done", required
            ) % {"done": done, "count": required}
        if self._begun(week):
            return ngettext("started, %(count)d step", "started, %(count)d steps", required) % {
                "count": required
            }
        return ngettext("open, %(count)d step", "open, %(count)d steps", required) % {"count": required}

    def _begun(self, week: OutlineWeek) -> bool:
        return any(step.page_id in self.done or step.page_id in self.started for step in week.steps)


def catch_up_words(week: OutlineWeek) -> str:
    """The state of a catch-up week, the same for everybody."""
    if not week.is_open:
        return _("opens later, to catch up")
    return _("this week, to catch up") if week.is_now else _("to catch up")


def progress_of(person: User, course: CoursePage) -> Progress | None:
    """The progress of somebody on `course`; None for everybody else. One query, two more for who is on it."""
    if not person.is_authenticated:
        return None
    enrolment = _enrolment_on.first(person.pk, course.pk)
    if enrolment is None:
        return None
    progress = progress_in(person, course)
    progress.enrolment = enrolment
    return progress


def progress_in(person: User, *courses: CoursePage) -> Progress:
    """What `person` did in the steps and weeks that lie in `courses` now: two queries, whatever their number.

    A step counts where it lies, not where it lay: a tick survives the step's move to another course.
    """
    progress = Progress()
    if not courses:
        return progress
    paths = bounds(course.path for course in courses)
    for step_id, at, is_tick in _ticks_and_visits(len(courses)).rows(person.pk, *paths):
        (progress.done if is_tick else progress.started)[step_id] = at
    for module_id, at, basis in _finished_weeks(len(courses)).rows(person.pk, *paths):
        progress.finish(module_id, at, basis)
    return progress


_enrolment_on = Prepared(
    lambda person, course: Enrolment.objects.filter(person=person, course=course, left_at=None), int, int
)


@functools.lru_cache(maxsize=64)
def _ticks_and_visits(courses: int) -> Prepared:
    def build(person: int, *paths: str) -> QuerySet:
        ticks = StepCompletion.objects.filter(between("step__path", paths), person=person, revoked_at=None)
        visits = StepVisit.objects.filter(between("step__path", paths), person=person)
        return ticks.values_list("step_id", "completed_at", Value(True)).union(
            visits.values_list("step_id", "last_at", Value(False)), all=True
        )

    return Prepared(build, int, *[str] * 2 * courses)


@functools.lru_cache(maxsize=64)
def _finished_weeks(courses: int) -> Prepared:
    def build(person: int, *paths: str) -> QuerySet:
        weeks = ModuleCompletion.objects.filter(
            between("module__path", paths), person=person, revoked_at=None
        )
        return weeks.values_list("module_id", "completed_at", "basis")

    return Prepared(build, int, *[str] * 2 * courses)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where to go next: `step`, number `number` of `total` in `week`, opened at `opened_at` or never."""

    outline: CourseOutline
    week: OutlineWeek
    step: OutlineStep
    opened_at: dt.datetime | None

    @property
    def number(self) -> int:
        return self.week.steps.index(self.step) + 1

    @property
    def total(self) -> int:
        return len(self.week.steps)


def onward(outlines: Iterable[CourseOutline], progress: Progress) -> Onward | None:
    """The next step in these courses; None when nothing that is open is left to do. No query.

    The step opened last and not ticked; else the first required one that is not done in this week, then in
    earlier unfinished weeks, then among what finished weeks got since; else an optional one, opened in a
    finished week. A live session that is optional is no work that waits: it has its hour.
    """
    opened, fresh, extra = [], [], []
    for outline in outlines:
        for week in outline.weeks:
            if not week.is_open:
                continue
            for step in week.steps:
                is_begun = progress.step_state(step.page_id) == "now"
                if is_begun and not (step.optional and step.kind is KINDS["session"]):
                    later = step.optional and progress.is_finished(week)
                    found = Onward(outline, week, step, progress.started[step.page_id])
                    (extra if later else opened).append(found)
            left = progress.open_in(week)
            if left:
                rank = (progress.is_finished(week), not week.is_now)
                fresh.append((rank, Onward(outline, week, left[0], None)))
    if fresh and not opened:
        return min(fresh, key=lambda ranked: ranked[0])[1]
    return max(opened or extra, key=lambda one: one.opened_at, default=None)


@dataclass(frozen=True, slots=True)
class Left:
    """Required steps that are open, in the order of the course; `start` is the one to begin with, if any."""

    all: list[Onward]
    start: Onward | None

    SHOWN = 10

    @property
    def minutes(self) -> int:
        """What they take together."""
        return sum(one.step.minutes for one in self.all)

    @property
    def others(self) -> list[Onward]:
        """All but the one to begin with."""
        return [one for one in self.all if one is not self.start]

    @property
    def shown(self) -> list[Onward]:
        """The first of the others: with the one to begin with, ten at the most."""
        return self.others[: self.SHOWN - 1]

    @property
    def more(self) -> list[Onward]:
        """The rest."""
        return self.others[self.SHOWN - 1 :]


def left_before(outline: CourseOutline, progress: Progress, week: OutlineWeek) -> Left:
    """What is open from the weeks before `week`; one begins where one stopped last, else at the first."""
    earlier = [other for other in outline.weeks if other.path < week.path and other.is_open]
    found = [
        Onward(outline, other, step, progress.started.get(step.page_id))
        for other in earlier
        for step in progress.open_in(other)
    ]
    begun = [one for one in found if one.opened_at]
    start = max(begun, key=lambda one: one.opened_at) if begun else next(iter(found), None)
    return Left(found, start)


def next_opening(outlines: Iterable[CourseOutline]) -> tuple[CourseOutline, OutlineWeek] | None:
    """The week of these courses that opens next, with its course."""
    closed = [(outline, week) for outline in outlines for week in outline.weeks if not week.is_open]
    closed = [(outline, week) for outline, week in closed if week.opens_at]
    return min(closed, key=lambda pair: pair[1].opens_at) if closed else None


def short_steps(
    outlines: Iterable[CourseOutline], progress: Progress, *, minutes: int, but: Onward | None, limit: int = 2
) -> list[OutlineStep]:
    """Steps of open, unfinished weeks that take `minutes` at most and are not done, latest week first."""
    weeks = [week for outline in outlines for week in outline.weeks if week.is_open]
    weeks = [week for week in weeks if not progress.is_finished(week)]
    weeks.sort(key=lambda week: week.opens_at, reverse=True)
    found = [step for week in weeks for step in progress.left(week) if step.minutes <= minutes]
    return [step for step in found if but is None or step.page_id != but.step.page_id][:limit]


@dataclass(frozen=True, slots=True)
class MyCourse:
    """A course that a person is on, and its outline."""

    enrolment: Enrolment
    outline: CourseOutline
    progress: Progress

    @property
    def course(self) -> CoursePage:
        return self.outline.course

    @property
    def this_week(self) -> OutlineWeek | None:
        """The week that is on now, if any."""
        return self.outline.week_now

    @property
    def opening(self) -> OutlineWeek | None:
        """The week that opens next, if any."""
        found = next_opening([self.outline])
        return found[1] if found else None

    @property
    def is_finished(self) -> bool:
        """The last week is over, all that is required is done, and something was."""
        asking = [week for week in self.outline.weeks if self.progress.counts(week)[1]]
        today = timezone.now().astimezone(self.course.zone()).date()
        return (
            bool(asking)
            and self.outline.ends_on < today
            and all(self.progress.is_finished(week) for week in asking)
            and not any(self.progress.new_since(week) for week in asking)
        )


@dataclass(frozen=True, slots=True)
class MyLearning:
    """All that a person takes part in: running courses, finished ones, and enrolments that rest on record."""

    progress: Progress
    running: list[MyCourse]
    finished: list[MyCourse]
    resting: list[Enrolment]

    def onward(self) -> Onward | None:
        """The next step over all courses that are not finished."""
        return onward([mine.outline for mine in self.running], self.progress)


def my_learning_of(person: User) -> MyLearning:
    """Everything *My learning* shows of courses, in five queries, whatever their number.

    The latest course joined comes first. A course that was left, unpublished or deleted rests on record.
    """
    enrolments = list(
        Enrolment.objects.filter(person=person)
        .select_related("course")
        .defer("course__body")
        .order_by("-joined_at", "-pk")
    )
    active = [one for one in enrolments if one.left_at is None and one.course and one.course.live]
    outlines = course_outlines([one.course for one in active])
    progress = progress_in(person, *[one.course for one in active])
    mine = [MyCourse(one, outlines[one.course_id], progress) for one in active]
    return MyLearning(
        progress=progress,
        running=[one for one in mine if not one.is_finished],
        finished=[one for one in mine if one.is_finished],
        resting=[one for one in enrolments if one not in active],
    )


def carry_on(person: User) -> Onward | None:
    """Where `person` goes next, over all courses; None when nothing that is open is left to do."""
    return my_learning_of(person).onward()


def courses_to_join(person: User) -> QuerySet[CoursePage]:
    """Published courses that anybody may see and `person` never joined, the latest start first."""
    mine = Enrolment.objects.filter(person=person, course__isnull=False).values("course_id")
    return CoursePage.objects.live().public().exclude(pk__in=mine).order_by("-starts_on", "pk")
