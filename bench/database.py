"""The database that is measured: filled once, and copied, so that every run begins with the same rows."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from .generate import Places, this_monday

ROOT = Path(__file__).resolve().parents[1]


def fingerprint(*, seed: int, posts: int) -> str:
    """What a filled database depends on: the numbers, the week, the migrations and the generator."""
    parts = hashlib.sha256(f"{seed} {posts} {this_monday()}".encode())
    sources = [ROOT / "bench" / name for name in ("course.py", "generate.py", "texts.py", "threads.py")]
    floors = ("community", "home", "modules", "mooc_site")
    migrations = (path for floor in floors for path in ROOT.glob(f"{floor}/**/migrations/*.py"))
    for path in [*sources, *sorted(migrations)]:
        parts.update(path.read_bytes())
    return parts.hexdigest()[:16]


def filled(url: str, *, seed: int, posts: int) -> Places:
    """See to it that the database at `url` is filled; where its pages are.

    A comment on the database says what it was filled with. One that was filled with something else is
    dropped and made anew; one without such a comment is not ours, and is left alone: raises SystemExit.
    """
    name, mark = urlsplit(url).path.lstrip("/"), fingerprint(seed=seed, posts=posts)
    with server(url) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if row:
            known = _ours(row[0])
            if known is None:
                raise SystemExit(
                    f"The database “{name}” is there and was not filled by the bench. Name another."
                )
            if known.get("fingerprint") == mark:
                return Places(**known["places"])
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        _mark(connection, name, {"bench": "filling"})
    command = [sys.executable, "-m", "bench.generate", "--seed", str(seed), "--posts", str(posts), "--json"]
    done = subprocess.run(command, cwd=ROOT, env=_environment(url), check=True, stdout=subprocess.PIPE)
    places = json.loads(done.stdout)
    with server(url) as connection:
        _mark(connection, name, {"bench": "filled", "fingerprint": mark, "places": places})
    return Places(**places)


def copy(url: str) -> str:
    """Copy the filled database at `url` for one run; the address of the copy. An older copy goes."""
    name = urlsplit(url).path.lstrip("/")
    parts = urlsplit(url)._replace(path=f"/{name}_run")
    drop(urlunsplit(parts))
    with server(url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(f"{name}_run"), sql.Identifier(name)
            )
        )
        # What the copy has written is on its disk before the clock begins, not while it runs.
        connection.execute("CHECKPOINT")
    return urlunsplit(parts)


def drop(url: str) -> None:
    """Drop a copy, with whoever is still connected to it."""
    name = urlsplit(url).path.lstrip("/")
    if not name.endswith("_run"):
        raise ValueError(name)
    with server(url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def server(url: str) -> psycopg.Connection:
    """A connection to the server's own database. Raises SystemExit, in words, where there is none."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        raise SystemExit("The bench needs PostgreSQL: DATABASE_URL=postgres://user@host/name make bench")
    try:
        return psycopg.connect(
            urlunsplit(parts._replace(scheme="postgresql", path="/postgres")),
            autocommit=True,
            connect_timeout=5,
        )
    except psycopg.OperationalError as trouble:
        raise SystemExit(f"PostgreSQL does not answer: {trouble}") from trouble


def postmaster(url: str) -> int:
    """The process id of the server at `url`. Raises SystemExit where it runs on another machine."""
    from .proc import read

    with server(url) as connection:
        backend = read(connection.info.backend_pid)
        if backend is None or not backend.name.startswith("postgres"):
            raise SystemExit("The bench counts the CPU time of PostgreSQL, which must run on this machine.")
        return backend.parent


def redis_pid(url: str) -> int:
    """The process id of the Redis server at `url`, which must run on this machine."""
    import redis

    return redis.from_url(url).info("server")["process_id"]


def check_counters(url: str) -> None:
    """Whether what was written during a run is counted right, by the site and by the bare view alike.

    Raises SystemExit otherwise: a view that forgets a counter would be no yardstick.
    """
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(scheme="postgresql"))) as connection:
        wrong = {what: connection.execute(query).fetchone()[0] for what, query in COUNTERS.items()}
    if any(wrong.values()):
        raise SystemExit(f"After the run these stored counters are wrong: {wrong}")


COUNTERS = {
    "topics": """
        SELECT count(*) FROM forum_conversation_topic t, LATERAL (
            SELECT count(*) FILTER (WHERE state = 1) AS posts,
                   max(ordinal) FILTER (WHERE root_id IS NULL) AS roots,
                   max(id) FILTER (WHERE state = 1) AS last
            FROM forum_conversation_post WHERE topic_id = t.id) n
        WHERE (t.posts_count, t.next_ordinal, t.last_post_id) IS DISTINCT FROM (n.posts, n.roots + 1, n.last)
    """,
    "forums": """
        SELECT count(*) FROM forum_forum f, LATERAL (
            SELECT coalesce(sum(posts_count), 0) AS posts, count(*) AS topics
            FROM forum_conversation_topic WHERE forum_id = f.id) n
        WHERE (f.direct_posts_count, f.direct_topics_count) IS DISTINCT FROM (n.posts, n.topics)
    """,
    "branches": """
        SELECT count(*) FROM forum_conversation_post p JOIN (
            SELECT root_id, count(*) FILTER (WHERE state = 1) AS posts, max(ordinal) AS last
            FROM forum_conversation_post WHERE root_id IS NOT NULL GROUP BY root_id) n ON n.root_id = p.id
        WHERE (p.branch_count, p.next_ordinal) IS DISTINCT FROM (n.posts, n.last + 1)
    """,
    "replies": """
        SELECT count(*) FROM forum_conversation_post p JOIN (
            SELECT parent_id, count(*) FILTER (WHERE state = 1) AS posts
            FROM forum_conversation_post WHERE parent_id IS NOT NULL GROUP BY parent_id) n
            ON n.parent_id = p.id
        WHERE p.replies_count IS DISTINCT FROM n.posts
    """,
}


def _ours(comment: str | None) -> dict | None:
    try:
        known = json.loads(comment or "")
    except ValueError:
        return None
    return known if isinstance(known, dict) and "bench" in known else None


def _mark(connection: psycopg.Connection, name: str, words: dict) -> None:
    connection.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(json.dumps(words)))
    )


def _environment(url: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
