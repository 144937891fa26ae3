"""May this process be given visitors? Two addresses for machines, and one question before the start.

The addresses answer in plain text, before any other middleware: no session, no cookie, no redirect to https,
no question about the host name, because a probe asks by the address of a container.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

PROBES = {"/healthz", "/readyz"}


def answer_probes(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware, the first of all: answers the two addresses and leaves every other one alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            return resolve(request.path_info).func(request)
        return get_response(request)

    return middleware


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process can answer at all. Asks neither the database nor the cache."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when visitors can be served; 503 with a line for each thing that is in the way."""
    troubles = [trouble for check in (database_trouble, cache_trouble) if (trouble := check())]
    if troubles:
        log.warning("Not ready: %s", " ".join(troubles))
    words = "\n".join(troubles or ["ready"])
    return HttpResponse(f"{words}\n", content_type="text/plain", status=503 if troubles else 200)


def database_trouble() -> str:
    """What is wrong with the database, as a sentence; empty when it answers and is migrated."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = migrations_waiting()
    except DatabaseError:
        log.exception("The database does not answer")
        return "The database does not answer."
    return f"Migrations are waiting: {', '.join(waiting)}." if waiting else ""


def cache_trouble() -> str:
    """What is wrong with the cache, as a sentence; empty when it gives back what it was given."""
    key, value = f"readyz:{get_random_string(12)}", get_random_string(12)
    try:
        cache.set(key, value, timeout=10)
        kept = cache.get(key)
        cache.delete(key)
    except Exception:  # each cache backend raises its own kinds
        log.exception("The cache does not answer")
        return "The cache does not answer."
    return "" if kept == value else "The cache forgets what it is given."


_all_applied = False


def migrations_waiting() -> list[str]:
    """Names of migrations that this code has and the database has not, at most five.

    Once there are none, none can come while this process lives, and the question costs nothing any more.
    """
    global _all_applied
    if _all_applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _all_applied = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan[:5]]


def refuse_demo_accounts() -> None:
    """Raise RuntimeError, in words, where the demo's accounts could let strangers in.

    Only settings with DEMO_ACCOUNTS_REFUSED (production) ask. Closes its connection: workers are forked next.
    """
    if not settings.DEMO_ACCOUNTS_REFUSED:
        return
    try:
        count = get_user_model().objects.filter(is_demo=True).count()
    except DatabaseError as trouble:
        raise RuntimeError(
            "The database does not answer, or has not been migrated yet (manage.py migrate): "
            + str(trouble).partition("\n")[0]
        ) from trouble
    finally:
        connection.close()
    if count:
        raise RuntimeError(
            f"This database holds {count} demo accounts, and their password is public. "
            "The site does not start beside them: use a database without the demo."
        )
