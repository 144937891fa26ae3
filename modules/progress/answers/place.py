"""Where a quiz or survey stands, and who may answer it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Substr
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.clock import day_text
from community.accounts.models import User
from modules.courses.models import CoursePage, CourseRole, ModulePage, QuizPage, StepPage, SurveyPage
from modules.courses.tree import COURSE_DEPTH, STEP_LENGTH, WEEK_DEPTH

from ..models import Enrolment


class NotOnCourse(PermissionDenied):
    """Somebody who could answer once they have joined."""


@dataclass(frozen=True, slots=True)
class Place:
    """A quiz or survey, and how it stands between its course and one person."""

    page: QuizPage | SurveyPage
    course_id: int
    course_title: str
    is_live: bool  # with its week and its course
    opens_at: dt.datetime | None
    is_enrolled: bool
    leads: bool

    def kept_of_page(self) -> dict:
        """What every sheet of answers keeps of its page."""
        return {
            "course_id": self.course_id,
            "course_title": self.course_title,
            "step_id": self.page.pk,
            "title": self.page.title,
            "uid": self.page.uid,
        }


def place_of(person: User, page_id: int) -> Place:
    """The quiz or survey of this id, published or not, as `person` meets it. One query.

    Raises Http404 where there is none.
    """
    above = {depth: Substr(OuterRef("path"), 1, depth * STEP_LENGTH) for depth in (COURSE_DEPTH, WEEK_DEPTH)}
    course = CoursePage.objects.filter(path=above[COURSE_DEPTH])
    week = ModulePage.objects.filter(path=above[WEEK_DEPTH])
    in_course = {"course__path": above[COURSE_DEPTH], "person_id": person.pk}
    step = (
        StepPage.objects.filter(pk=page_id)
        .select_related("quizpage", "surveypage")
        .annotate(
            course_id=Subquery(course.values("pk")),
            course_title=Subquery(course.values("title")),
            course_is_live=Subquery(course.values("live")),
            week_is_live=Subquery(week.values("live")),
            opens_at=Subquery(week.values("opens_at")),
            is_enrolled=Exists(Enrolment.objects.filter(left_at=None, **in_course)),
            leads=Exists(CourseRole.objects.filter(**in_course)),
        )
        .first()
    )
    page = step and (getattr(step, "quizpage", None) or getattr(step, "surveypage", None))
    if page is None:
        raise Http404
    return Place(
        page=page,
        course_id=step.course_id,
        course_title=step.course_title or "",
        is_live=bool(step.live and step.week_is_live and step.course_is_live),
        opens_at=step.opens_at,
        is_enrolled=step.is_enrolled,
        leads=step.leads or person.is_superuser,
    )


def require_may_answer(place: Place) -> None:
    """Raise Http404 for a page that is not published, PermissionDenied in words for who may not answer now.

    Who leads the course sees what is asked, and answers nothing.
    """
    if not place.is_live:
        raise Http404
    if place.leads:
        raise PermissionDenied(_("You lead this course, so your own answers aren’t kept."))
    if not place.is_enrolled:
        raise NotOnCourse(_("You’re not on this course. Join it, and your answers can be kept."))
    require_open(place)


def require_open(place: Place) -> None:
    """Raise PermissionDenied, in words, before the week opens."""
    if place.opens_at is None:
        raise PermissionDenied(_("This week isn’t open yet. Its questions can be answered once it is."))
    if place.opens_at > timezone.now():
        raise PermissionDenied(
            _("This week opens on %(day)s. Its questions can be answered from then on.")
            % {"day": day_text(timezone.localtime(place.opens_at).date(), timezone.localdate())}
        )
