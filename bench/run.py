"""Measure the site, page by page, beside the same pages by hand: `make bench`."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import DATABASE, database, report, server
from .client import HTTPReader, Request, Unexpected, drive
from .generate import Places
from .proc import cpu_ns
from .visits import HEADERS, Cards, Visit, visits
from .words import missing

ROOT = Path(__file__).resolve().parents[1]
MANY = 16  # readers at once
LEAST_ROUNDS, ENOUGH = 5, 210  # no further round after so many seconds
MISSING = 0.1  # of a page's words may be missing in its bare view


@dataclass
class Series:
    """One address, measured in slices over the whole run."""

    name: str
    request: Callable[[int], Request]
    status: int
    readers: int = 1
    number: int = 0  # of the next request
    count: int = 30  # requests in a slice
    seconds: list[float] = field(default_factory=list)  # of each request
    elapsed: float = 0.0
    # For each slice: CPU milliseconds of a request, of all servers and of the database alone.
    slices: list[tuple[float, float]] = field(default_factory=list)

    def cpu_ms(self) -> tuple[float, float]:
        """Milliseconds of CPU for each request in the median slice: of all servers, of the database alone."""
        return statistics.median(all_ for all_, _db in self.slices), statistics.median(
            database for _all, database in self.slices
        )

    def latency_ms(self, hundredth: int) -> float:
        return statistics.quantiles(self.seconds, n=100)[hundredth - 1] * 1000


@dataclass
class Bench:
    """The server under measurement, with all that belongs to it."""

    port: int
    # Process ids: gunicorn's master, PostgreSQL's, and Redis where there is one.
    families: tuple[int, ...]
    # CPU nanoseconds that each uses in a second while nobody asks.
    idle: tuple[float, ...] = ()

    def measure(self, series: Series, *, keep: bool = True) -> None:
        """One slice. Without `keep` it only warms up and finds how many requests a slice shall have."""
        marks: list[tuple[int, ...]] = []
        load = drive(
            port=self.port,
            request=series.request,
            first=series.number,
            count=series.count,
            readers=series.readers,
            status=series.status,
            between=lambda: marks.append(self.used()),
        )
        series.number += series.readers + series.count
        if keep:
            used = [
                (cpu - idle * load.elapsed) / series.count / 1_000_000
                for cpu, idle in zip(_difference(*marks), self.idle, strict=True)
            ]
            series.slices.append((sum(used), used[1]))
            series.seconds += load.seconds
            series.elapsed += load.elapsed

    def rest(self, seconds: float) -> None:
        """See what the servers use while nobody asks."""
        before = self.used()
        time.sleep(seconds)
        self.idle = tuple(cpu / seconds for cpu in _difference(before, self.used()))

    def used(self) -> tuple[int, ...]:
        return tuple(cpu_ns(family) for family in self.families)


def _difference(before: tuple[int, ...], after: tuple[int, ...]) -> list[int]:
    return [later - earlier for earlier, later in zip(before, after, strict=True)]


def make_cards(people: list[int]) -> tuple[Cards, dict[int, str]]:
    """Sign people in, in this process; with the slugs of all topics."""
    from django.conf import settings
    from django.test import Client

    from community.accounts.models import User
    from community.forum_conversation.models import Topic

    keys = []
    for person in User.objects.in_bulk(people).values():
        client = Client()
        client.force_login(person)
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return Cards(keys, "b" * 32), dict(Topic.objects.values_list("pk", "slug"))


def count_queries(request: Callable[[int], Request]) -> int:
    """SQL statements of the page when everything that can be cached is: the larger of two requests."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(enforce_csrf_checks=True), []
    for number in range(4):
        what = request(16 * number)
        kind = what.headers.get("Content-Type", "application/octet-stream")
        with CaptureQueriesContext(connection) as queries:
            client.generic(what.method, what.path, what.body, content_type=kind, headers=what.headers)
        counts.append(len(queries))
    return max(counts[2:])


def inspect(port: int, visit: Visit) -> int:
    """Look at the page and its bare view once; the bytes of the page as sent. Raises Unexpected."""
    reader = HTTPReader(port)
    site, bare = reader.ask(visit.site(0)), reader.ask(visit.bare(0))
    reader.close()
    for door, answer in (("site", site), ("bare", bare)):
        what, often = visit.holds
        body = answer.text
        if answer.status != visit.status or (what and body.count(what) != often):
            found = f"{answer.status}, “{what}” {body.count(what)} times"
            raise Unexpected(f"{visit.name} ({door}): {found}")
    if visit.status == 200:
        part, gone = missing(site.text, bare.text)
        if part > MISSING:
            raise Unexpected(f"{visit.name}: the bare view leaves out {part:.0%} of the page’s words: {gone}")
    return len(site.body)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__.split(":")[0])
    parser.add_argument("--seed", type=int, default=1, help="of the invented community (1)")
    parser.add_argument("--posts", type=int, default=50_000, help="that it has written (50000)")
    parser.add_argument(
        "--only", help="measure the pages of these names, separated by commas; keep no record"
    )
    parser.add_argument("--quick", action="store_true", help="fewer and shorter slices; keep no record")
    options = parser.parse_args()
    url = os.environ.get("DATABASE_URL", DATABASE)
    begun = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - begun:5.0f} s  {words}", file=sys.stderr, flush=True)

    say(f"A community of {options.posts:,} posts")
    places = database.filled(url, seed=options.seed, posts=options.posts)
    run_url = database.copy(url)
    os.environ |= {
        "DATABASE_URL": run_url,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LOG_LEVEL": "ERROR",
    }
    import django
    from django.conf import settings

    server.collect_static(settings.STATIC_ROOT)  # before anything asks for the names of the files
    django.setup()
    try:
        only = set(options.only.split(",")) if options.only else None
        outcome = measure(places, run_url, posts=options.posts, quick=options.quick, only=only, say=say)
        database.check_counters(run_url)
    except Unexpected as trouble:
        sys.exit(f"Not what was to be measured: {trouble}")
    finally:
        database.drop(run_url)
    print(f"\nThe empty view: {outcome.empty_view_ms:.3f} ms of CPU.\n{outcome.as_table()}\n")
    if not options.quick and not options.only:
        report.publish(outcome)
    troubles = report.broken_rules(outcome)
    for trouble in troubles:
        print(f"Broken: {trouble}")
    sys.exit(1 if troubles else 0)


def in_turn(everything: list[Series], empty: Series) -> list[Series]:
    """One round. The empty view is so quick that a moment's noise would show: it comes four times."""
    quarter = len(everything) // 4 + 1
    parts = [everything[first : first + quarter] for first in range(0, len(everything), quarter)]
    return [series for part in parts for series in (empty, *part)]


def measure(
    places: Places,
    url: str,
    *,
    posts: int,
    quick: bool,
    only: set[str] | None,
    say: Callable[[str], None],
) -> report.Report:
    """Measure everything on the filled database at `url`, in rounds: a noisy moment hits all alike."""
    from django.conf import settings
    from django.db import connections

    cards, slugs = make_cards(places.people)
    listed = [visit for visit in visits(places, cards, slugs) if not only or visit.name in only]
    queries = {visit: count_queries(visit.site) for visit in listed}
    connections.close_all()
    log = settings.VAR_DIR / "bench-server.log"
    rounds, slice_seconds = (3, 0.15) if quick else (12, 0.3)
    with server.running(url, log=log) as running:
        roots = [running.pid, database.postmaster(url)]
        if settings.REDIS_URL:
            roots.append(database.redis_pid(settings.REDIS_URL))
        bench = Bench(running.port, tuple(roots))
        empty = Series("empty", lambda n: Request("GET", "/empty/", HEADERS), 200)
        pairs = [
            (
                visit,
                Series(visit.name, visit.site, visit.status, readers),
                Series(f"bare {visit.name}", visit.bare, visit.status, readers),
            )
            for readers in (1, MANY)
            for visit in listed
            if visit.signed_in or readers == 1
        ]
        sizes = {visit: inspect(running.port, visit) for visit in listed}
        everything = in_turn([series for _visit, site, bare in pairs for series in (site, bare)], empty)
        say(f"Warming up {2 * len(pairs) + 1} addresses")
        for series in everything:
            before = time.perf_counter()
            bench.measure(series, keep=False)
            each = (time.perf_counter() - before) / (series.count + series.readers)
            series.count = max(20, min(600, int(slice_seconds / each)))
        first_round = time.monotonic()
        for number in range(rounds):
            if number >= LEAST_ROUNDS and time.monotonic() - first_round > ENOUGH:
                say("The machine is busy: that must do")
                break
            say(f"Round {number + 1} of {rounds}")
            bench.rest(1)
            # The site first, then the bare view; in the next round the other way about.
            for series in everything if number % 2 else reversed(everything):
                bench.measure(series)
    rows = [
        report.Row(
            name=visit.name,
            signed_in=visit.signed_in,
            concurrency=site.readers,
            cpu_ms=round(site.cpu_ms()[0], 3),
            bare_ms=round(bare.cpu_ms()[0], 3),
            queries=queries[visit],
            p50_ms=round(site.latency_ms(50), 2),
            p99_ms=round(site.latency_ms(99), 2),
            rps=round(len(site.seconds) / site.elapsed, 1),
            bytes=sizes[visit],
        )
        for visit, site, bare in pairs
    ]
    of_database = [(round(site.cpu_ms()[1], 3), round(bare.cpu_ms()[1], 3)) for _visit, site, bare in pairs]
    return report.Report(report.commit(), posts, round(empty.cpu_ms()[0], 3), rows, of_database)


if __name__ == "__main__":
    main()
