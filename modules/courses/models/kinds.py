"""The kinds of step."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from .session import SessionPage
from .step import ActivityPage, LecturePage, QuizPage, ReadingPage, StepPage, SurveyPage, WrapUpPage


class Kind(NamedTuple):
    """How a kind of step speaks: in text folders, in an outline, in a list, and above its conversation."""

    name: str
    model: type[StepPage]
    verb: str
    label: str
    talk: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("lecture", LecturePage, _("Lecture"), _("Lecture"), _("About this lecture")),
        Kind("reading", ReadingPage, _("Read"), _("Reading"), _("About this reading")),
        Kind("activity", ActivityPage, _("Activity"), _("Activity"), _("How did it go?")),
        Kind("session", SessionPage, _("Live"), _("Live session"), _("About this session")),
        Kind("quiz", QuizPage, _("Self-check"), _("Self-check"), _("About these questions")),
        Kind("survey", SurveyPage, _("Survey"), _("Survey"), _("About this survey")),
        Kind("wrap-up", WrapUpPage, _("Wrap-up"), _("Wrap-up"), _("About this look back")),
    )
}
_BY_MODEL = {kind.model._meta.model_name: kind for kind in KINDS.values()}


def kind_of(content_type_id: int) -> Kind:
    """The kind of a step from its content type id. Raises KeyError for a page that is no step."""
    return _BY_MODEL[ContentType.objects.get_for_id(content_type_id).model]
