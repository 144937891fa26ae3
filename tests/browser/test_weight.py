"""What the first visit to a week costs somebody: bytes, and seconds until there is something to read.

The server is that of production: its settings, gunicorn as deployed, files with hashes and compressed. The
browser is slowed down to 1.6 Mbit/s, 150 ms there and back, and a quarter of this machine's processor.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from community.accounts.models import User
from community.discussions.actions import publish_beside
from modules.courses.models import ModulePage

KIB = 1024
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4
LOADS, ROUNDS = 5, 3
COURSE = "/courses/listening-library/"
WEEKS = [f"{COURSE}{slug}/" for slug in ("arriving", "listening-first", "the-participatory-branch")]
PLAIN = "/static/fonts/OFL-Literata.txt"
PLAIN_SECONDS = 0.3  # what it takes where nothing else is going on


@dataclass
class Visit:
    """One cold load of a page: seconds to the first words, bytes over the line by kind, headers included."""

    painted: float
    weight: Counter
    files: Counter

    @property
    def total(self) -> int:
        return self.weight.total()

    def __str__(self) -> str:
        parts = [f"{kind} {self.weight[kind] / KIB:.1f} ({self.files[kind]})" for kind in sorted(self.weight)]
        return f"{self.total / KIB:.1f} KiB: {', '.join(parts)}"


@pytest.fixture(scope="module")
def site(site_states, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The address of a gunicorn that serves the demo as production would."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        site_states.lay("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    files = tmp_path_factory.mktemp("static")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.production",
        "STATIC_FILES": str(files),
        "SECRET_KEY": settings.SECRET_KEY,  # so that sessions made here count there
        "DATABASE_URL": database_url(),
        "SITE_URL": f"http://{bind}",
        "SECURE_SSL_REDIRECT": "false",
        "BIND": bind,
        "WEB_CONCURRENCY": "1",
    }
    here = {"cwd": settings.BASE_DIR, "env": environment}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], check=True, **here)
    command = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "warning", "mooc_site.wsgi"]
    server = subprocess.Popen([sys.executable, "-m", *command], **here)
    try:
        wait_for(f"http://{bind}/healthz", server)
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def database_url() -> str:
    """The browser tests' database, as an address."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def wait_for(address: str, server: subprocess.Popen) -> None:
    for _try in range(300):
        assert server.poll() is None, "gunicorn did not start"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("gunicorn does not answer")


@pytest.fixture
def visit(browser, site, sign_in) -> Callable[[str], Visit]:
    """visit(path): the learner's first visit there, with nothing kept from another."""

    def cold(path: str) -> Visit:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site)
        page = context.new_page()
        sign_in(page, "learner")
        wire = context.new_cdp_session(page)
        kinds, weight, files = {}, Counter(), Counter()

        def answered(event: dict) -> None:
            kinds[event["requestId"]] = event["type"]

        def finished(event: dict) -> None:
            kind = kinds.get(event["requestId"], "Other")
            weight[kind] += int(event["encodedDataLength"])
            files[kind] += 1

        wire.on("Network.responseReceived", answered)
        wire.on("Network.loadingFinished", finished)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", LINE)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(path, wait_until="networkidle")
        painted = page.wait_for_function(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        )
        seconds = painted.json_value() / 1000
        context.close()
        return Visit(seconds, weight, files)

    return cold


@pytest.fixture
def say(capsys) -> Callable[[str], None]:
    """Tell whoever runs the suite a figure, whether or not it is good."""

    def write(words: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{words}\n")

    return write


@pytest.fixture
def much_said(demo) -> None:
    """Beside the second week, a page full of posts, and many more behind it."""
    week, writer = ModulePage.objects.get(uid="w02"), User.objects.get(handle="learner")
    words = {"person": writer, "text": "We asked on the van as well, and the kettle helped. " * 4}
    for _thread in range(25):
        post = publish_beside(page=week, **words)
        publish_beside(page=week, **words, parent_id=post.pk)


def check_weight(week: Visit) -> None:
    assert week.weight["Font"] > 50 * KIB, "fonts were not counted"
    assert week.weight["Script"] <= 25 * KIB
    assert week.total <= 120 * KIB


@pytest.mark.parametrize("path", WEEKS)
def test_the_first_visit_to_a_week_is_light(path, visit, demo, say):
    week = visit(path)
    say(f"{path}, cold: {week}")
    check_weight(week)


def test_a_week_in_which_much_was_said_is_light_as_well(visit, much_said, say):
    week = visit(WEEKS[1])
    say(f"{WEEKS[1]} with much talk, cold: {week}")
    check_weight(week)


def test_the_first_words_of_a_week_come_within_nine_tenths_of_a_second(visit, demo, say):
    visit(WEEKS[1])  # the server's own first time is nobody's
    # A machine with other things to do is slower, never faster: a plain file says how slow it is just now,
    # and the best of a few rounds counts.
    for _round in range(ROUNDS):
        pairs = [(visit(WEEKS[1]).painted, visit(PLAIN).painted) for _load in range(LOADS)]
        week, plain = (statistics.median(column) for column in zip(*pairs, strict=True))
        limit = 0.9 * max(1, plain / PLAIN_SECONDS)
        say(f"first words of a week, cold: {week:.2f} s; of a plain file: {plain:.2f} s; limit {limit:.2f} s")
        if week <= limit:
            break
    assert week <= limit
