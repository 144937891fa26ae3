"""`manage.py run_due`: every minute, alone, and again after a failure."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mooc_site.management.commands import run_due

pytestmark = pytest.mark.django_db


def test_a_page_whose_hour_has_come_is_published():
    from wagtail.models import Page

    from home.models import EditorialPage, HomePage

    page = HomePage.objects.get().add_child(
        instance=EditorialPage(title="House rules", slug="rules", live=False)
    )
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    call_command("run_due")
    assert not Page.objects.get(pk=page.pk).live

    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("run_due")
    assert Page.objects.get(pk=page.pk).live


def test_expired_sessions_go_and_others_stay():
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
    call_command("run_due")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}, TASK_QUEUE="database")
def test_letters_that_were_sent_or_failed_a_day_ago_are_forgotten_with_the_links_in_them():
    def task(status: str, hours: int | None, queue: str = "default") -> None:
        ended = timezone.now() - timedelta(hours=hours) if hours else None
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {"body": "/accounts/password/reset/key/…"}},
            status=status,
            finished_at=ended,
            task_path=f"{status}.{hours}",
            queue_name=queue,
            backend_name="default",
            priority=0,
            run_after=timezone.now(),
        )

    for status in ("SUCCESSFUL", "FAILED"):
        task(status, 23)
        task(status, 25)
    task("SUCCESSFUL", 26, queue="slow")
    task("READY", None)
    call_command("run_due")
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == {
        "SUCCESSFUL.23",
        "FAILED.23",
        "READY.None",
    }


def test_what_an_earlier_queue_remembers_is_left_alone_where_tasks_run_at_once():
    with patch.object(run_due, "call_command") as called:
        run_due.forget_finished_tasks()
    called.assert_not_called()


def test_a_second_run_at_the_same_time_does_nothing(monkeypatch):
    ran = []
    monkeypatch.setattr(run_due, "JOBS", [lambda: ran.append(1)])
    with run_due.only_one_at_a_time() as alone:
        assert alone
        call_command("run_due")
        assert ran == []
    call_command("run_due")
    assert ran == [1]


def test_a_job_that_fails_holds_up_no_other_and_is_named(monkeypatch, caplog):
    ran = []

    def broken() -> None:
        raise ValueError("no")

    monkeypatch.setattr(run_due, "JOBS", [broken, lambda: ran.append(1)])
    with pytest.raises(CommandError, match=r"Failed: broken\."):
        call_command("run_due")
    assert ran == [1]
    assert "broken failed" in caplog.text
