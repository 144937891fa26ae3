"""`manage.py run_due`: do what is due. Called every minute by cron, systemd or the `due` container."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

log = logging.getLogger("commonplace.due")

LOCK_NUMBER = 7_236_101  # any number that no other advisory lock of this database uses


def publish_scheduled_pages() -> None:
    """Publish and unpublish the pages whose hour has come."""
    call_command("publish_scheduled", verbosity=0)


def forget_expired_sessions() -> None:
    """Delete the rows of sessions that nobody can use any more."""
    call_command("clearsessions")


def forget_finished_tasks() -> None:
    """Delete what the queue remembers of tasks that ended a day ago: letters, and the links in them."""
    if settings.TASK_QUEUE == "database":
        call_command("prune_db_task_results", queue_name="*", min_age_days=1, verbosity=0)


# Each may be run at any time and any number of times: a minute that was missed is made up for in the next.
JOBS: list[Callable[[], None]] = [publish_scheduled_pages, forget_expired_sessions, forget_finished_tasks]


@contextmanager
def only_one_at_a_time() -> Iterator[bool]:
    """Yield True while this process holds the lock, False when another one does. Never waits.

    PostgreSQL: a lock of the database, so that it holds between machines. It hangs on a transaction of a
    connection of its own: a session's lock would not survive PgBouncer. SQLite: a lock on a file beside the
    database.
    """
    if connection.vendor == "postgresql":
        guard = connection.copy()
        try:
            guard.set_autocommit(False)
            with guard.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK_NUMBER])
                yield cursor.fetchone()[0]
        finally:
            guard.close()
        return
    with Path(f"{connection.settings_dict['NAME']}.due").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class Command(BaseCommand):
    help = "Do what is due: publish scheduled pages, forget what has expired. For a timer, every minute."

    def handle(self, *args, **options) -> None:
        """Run every job, also after one has failed. Raises CommandError, with their names, if any did."""
        with only_one_at_a_time() as alone:
            if not alone:
                log.info("An earlier run is still busy; this one does nothing.")
                return
            failed = [job.__name__ for job in JOBS if not self.run(job)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the next run tries again.")

    def run(self, job: Callable[[], None]) -> bool:
        """Whether `job` came to its end. What it raised is in the log."""
        start = time.monotonic()
        try:
            job()
        except Exception:
            log.exception("%s failed", job.__name__)
            return False
        log.info("%s done in %.2f s", job.__name__, time.monotonic() - start)
        return True
