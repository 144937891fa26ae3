"""Telling a moderator, and what a moderator decides."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from community.accounts.models import User
from community.forum_conversation.actions import set_state
from community.forum_conversation.models import Post

from .models import Report

NOTES_TOGETHER = 10_000  # characters; what one person adds to one report beyond that is no news


def report_post(*, post: Post, reporter: User, reason: str, note: str = "") -> Report:
    """Store a report. One person's second report of a post adds its words to the open one."""
    try:
        with transaction.atomic():
            return Report.objects.create(post=post, reporter=reporter, reason=reason, note=note)
    except IntegrityError:
        open_one = Report.objects.get(post=post, reporter=reporter, outcome="")
        if note and note not in open_one.note and len(open_one.note) < NOTES_TOGETHER:
            added = Value(f"\n{note}" if open_one.note else note)
            Report.objects.filter(pk=open_one.pk).update(note=Concat("note", added, output_field=TextField()))
        return open_one


@transaction.atomic
def hide_post(*, post: Post, by: User) -> None:
    """Hide a post, keep its place and its replies, and close what was reported about it."""
    set_state(post=post, state=Post.State.HIDDEN, by=by)
    _close(post=post, by=by, outcome=Report.Outcome.HIDDEN)


@transaction.atomic
def restore_post(*, post: Post, by: User) -> None:
    """Bring a hidden post back, or leave a reported one where it is; close what was reported about it."""
    set_state(post=post, state=Post.State.PUBLISHED, by=by)
    _close(post=post, by=by, outcome=Report.Outcome.KEPT)


def _close(*, post: Post, by: User, outcome: str) -> None:
    Report.objects.filter(post=post, outcome="").update(
        outcome=outcome, decided_by=by, decided_at=timezone.now()
    )
