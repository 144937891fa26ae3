"""Who may tick what. Each function returns nothing, or raises."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.clock import day_text
from modules.courses.models import CoursePage

from .models import Enrolment


def require_published(course: CoursePage) -> None:
    """Raise Http404 unless the course is published: nobody learns what exists."""
    if not course.live:
        raise Http404


def require_enrolled(enrolment: Enrolment | None) -> None:
    """Raise PermissionDenied, in words, for somebody who is not on the course (any more)."""
    if enrolment is None or enrolment.left_at is not None:
        raise PermissionDenied(
            _("You’re not on this course. Join it first; what you ticked before is still there.")
        )


def require_open(opens_at: dt.datetime | None) -> None:
    """Raise PermissionDenied, in words, before a week opens for everyone, whoever may look in earlier."""
    if opens_at is None:
        raise PermissionDenied(_("This week isn’t open yet. Its steps can be ticked once it is."))
    if opens_at > timezone.now():
        raise PermissionDenied(
            _("This week opens on %(day)s. Its steps can be ticked from then on.")
            % {"day": day_text(timezone.localtime(opens_at).date(), timezone.localdate())}
        )
