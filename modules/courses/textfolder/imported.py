"""Saying of a page that it is as an import left it."""

from __future__ import annotations

from wagtail.models import Page

from ..models import CoursePage, ModulePage, StepPage
from . import fingerprint


def mark_as_imported(page: Page, course: CoursePage) -> None:
    """Let the next import of `course` write over `page` as if nobody had touched it. The caller saves it."""
    weeks, steps = ModulePage.objects.child_of(course), StepPage.objects.descendant_of(course)
    uids = {pk: uid for some in (weeks, steps) for pk, uid in some.values_list("pk", "uid")}
    uids[course.pk] = course.uid
    parent = page.get_parent().specific
    page.import_digest = fingerprint.of_page(page, parent_uid=parent.uid, uids=uids)
