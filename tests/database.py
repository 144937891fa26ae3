"""Migrating a database from nothing takes a dozen seconds, so a migrated one is kept (SQLite only).

It carries a fingerprint of every migration: a changed one makes a new database. A run works on a copy, so
that nothing that tests leave behind is there in the next. `--create-db` makes it anew.
"""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection


def take_kept(target: Path | None = None) -> bool:
    """Lay a copy of the kept database where the test database (or `target`) will be. False if none fits."""
    kept = _kept_path()
    if connection.vendor != "sqlite" or not kept.exists():
        return False
    target = target or Path(connection.settings_dict["TEST"]["NAME"])
    remove(target)
    shutil.copyfile(kept, target)
    return True


def keep() -> None:
    """Keep a copy of the database that is connected, which has just been migrated; older ones go."""
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    kept = _kept_path()
    growing = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(growing)) as copy:
        connection.connection.backup(copy)
    for older in kept.parent.glob("kept-*.sqlite3"):
        older.unlink(missing_ok=True)
    growing.replace(kept)


def remove(path: Path) -> None:
    """Remove an SQLite database with its side files, where there is one."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _kept_path() -> Path:
    fingerprint = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            fingerprint.update(file.read_bytes())
    return settings.VAR_DIR / f"kept-{fingerprint.hexdigest()[:16]}.sqlite3"
