"""The browser tests' own database, and the states it can be put back into in a moment.

A server in this process answers from it, so it cannot be wrapped in a transaction like that of other tests.
Instead a finished state is kept aside as a whole database, and laid back before each test.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from modules.courses.models import LecturePage
from tests.database import keep, remove, take_kept


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def load_demo() -> None:
    """The demo, with its slides in the sizes that the first reader of a lecture would wait for."""
    call_command("load_demo", "--once", verbosity=0)
    for lecture in LecturePage.objects.filter(uid__in=["w1-lecture", "w3-lecture", "w3-lecture-ladder"]):
        assert Client().get(lecture.url).status_code == 200


class States:
    """`empty` (migrated, nothing else) and `demo` (see load_demo), each made when first asked for."""

    def __init__(self) -> None:
        self.kept: set[str] = set()
        self.before = connection.settings_dict["NAME"]
        self.suffix = os.environ.get("PYTEST_XDIST_WORKER", "")

    def lay(self, state: str) -> None:
        """Put the database into `state`, whatever the last test made of it."""
        connection.close()
        if state not in self.kept:
            if state == "empty":
                self.begin()
            else:
                self.lay("empty")
                load_demo()
            connection.close()
            self.keep(state)
            self.kept.add(state)
        self.restore(state)

    def begin(self) -> None:
        """Make the database. Raises what the database server raises."""
        raise NotImplementedError

    def keep(self, state: str) -> None:
        raise NotImplementedError

    def restore(self, state: str) -> None:
        raise NotImplementedError

    def end(self) -> None:
        """Remove everything, and give the connection back to the database it came from."""
        raise NotImplementedError


class SqliteStates(States):
    def path(self, state: str = "") -> Path:
        name = "-".join(filter(None, ("browser", os.environ.get("TEST_DATABASE_NAME"), self.suffix, state)))
        return settings.VAR_DIR / f"{name}.sqlite3"

    def begin(self) -> None:
        connection.settings_dict["NAME"] = self.path()
        if not take_kept(self.path()):
            remove(self.path())
            migrate()
            keep()

    def keep(self, state: str) -> None:
        remove(self.path(state))
        copy(self.path(), self.path(state))

    def restore(self, state: str) -> None:
        copy(self.path(state), self.path())

    def end(self) -> None:
        connection.close()
        for state in ("", *self.kept):
            remove(self.path(state))
        connection.settings_dict["NAME"] = self.before


def copy(source: Path, target: Path) -> None:
    """Copy an SQLite database into another, also while a late request still has that one open."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target, timeout=20)) as there:
        here.backup(there)


class PostgresStates(States):
    def name(self, state: str = "") -> str:
        return "_".join(filter(None, ("browser", self.before, self.suffix, state)))

    def sql(self, *statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def begin(self) -> None:
        self.sql(f'DROP DATABASE IF EXISTS "{self.name()}" WITH (FORCE)', f'CREATE DATABASE "{self.name()}"')
        connection.settings_dict["NAME"] = self.name()
        migrate()

    def keep(self, state: str) -> None:
        self.replace(self.name(state), template=self.name())

    def restore(self, state: str) -> None:
        self.replace(self.name(), template=self.name(state))

    def replace(self, name: str, *, template: str) -> None:
        self.sql(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'",
            f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        )

    def end(self) -> None:
        names = [self.name(state) for state in ("", *self.kept)]
        self.sql(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names))
        connection.settings_dict["NAME"] = self.before


def states() -> States:
    """The kind that the configured database needs."""
    kinds: dict[str, Callable[[], States]] = {"sqlite": SqliteStates, "postgresql": PostgresStates}
    return kinds[connection.vendor]()
