"""When weeks open."""

from __future__ import annotations

from .models import CoursePage, ModulePage


def reschedule(course: CoursePage) -> int:
    """Bring `opens_at` of all weeks of `course` into line with its start and zone; how many have changed."""
    changed = 0
    for week in ModulePage.objects.child_of(course).only("pk", "offset_days", "opens_at"):
        opens_at = course.midnight(week.offset_days)
        if week.opens_at != opens_at:
            changed += ModulePage.objects.filter(pk=week.pk).update(opens_at=opens_at)
    return changed
