"""What a browser test needs: a site that answers, a page in a real Chromium, a person signed in, axe.

    def test_something(page_at, sign_in, demo):
        page = page_at(width=360, theme="dark")
        sign_in(page, "learner")
        page.goto("/me/")
        assert not axe_violations(page)   # from tests.browser.axe

Each test begins with the same database: migrated and otherwise empty, or, with the fixture `demo`, the
demo's. Do not ask for `db` here: the server would not see what is written inside a test's transaction.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from .hands import HANDS, Hand, Keyboard, Mouse
from .states import States, states

HERE = Path(__file__).parent
SHOTS = HERE / "shots"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
WHY_NOT = "not run: no Chromium"
PARTS = {"stylesheet", "script", "font", "image", "media", "manifest"}


def chromium() -> str:
    """The path of a Chromium on this machine (CHROMIUM says which), or nothing."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else CHROMIUMS
    return next((path for name in names if (path := shutil.which(name))), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db"):
            raise pytest.UsageError(
                f"{item.nodeid}: browser tests have a database of their own; leave out `db`."
            )
        if not chromium() and not REQUIRED:
            item.add_marker(pytest.mark.skip(reason=WHY_NOT))


def pytest_terminal_summary(terminalreporter) -> None:
    """Name each test that was left out, and say what would let it run."""
    left_out = [r for r in terminalreporter.stats.get("skipped", []) if WHY_NOT in str(r.longrepr)]
    if left_out:
        terminalreporter.section(f"{len(left_out)} browser tests NOT RUN: no Chromium", sep="!", red=True)
        for report in left_out:
            terminalreporter.write_line(f"NOT RUN  {report.nodeid}")
        terminalreporter.write_line(
            "On Debian: apt install chromium. One that is elsewhere: CHROMIUM=/path/to/it."
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.when == "call":
        item.failed_at_call = report.failed
    return report


# The site ---------------------------------------------------------------------------------------------
class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        """Say nothing: pytest shows what matters."""


@pytest.fixture(scope="package")
def site_states(django_test_environment, django_db_blocker) -> Iterator[States]:
    with django_db_blocker.unblock():
        kept = states()
        yield kept
        kept.end()


@pytest.fixture(scope="package")
def address(site_states) -> Iterator[str]:
    """Where the site answers, without a slash at the end: the real handler with all its middleware."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(WSGIHandler())
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _fresh(request, site_states, django_db_blocker, monkeypatch) -> Iterator[None]:
    """The database as it should be, nothing remembered from the test before."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread
    with django_db_blocker.unblock():
        site_states.lay("demo" if "demo" in request.fixturenames else "empty")
        cache.clear()
        yield


@pytest.fixture
def demo() -> None:
    """Ask for it to have the demo's course, people and conversations."""


# The browser ------------------------------------------------------------------------------------------
@pytest.fixture(scope="package")
def running_browser() -> Iterator[Callable[[], Browser]]:
    if not chromium():
        pytest.fail("BROWSER_TESTS=required, and there is no Chromium on this machine.")
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing is fetched from elsewhere
    ]
    browsers: list[Browser] = []
    with sync_playwright() as playwright:

        def running() -> Browser:
            if not browsers or not browsers[-1].is_connected():
                browsers.append(playwright.chromium.launch(executable_path=chromium(), args=arguments))
            return browsers[-1]

        yield running
        for browser in browsers:
            browser.close()


@pytest.fixture
def browser(running_browser) -> Browser:
    """One for all tests; where it has died, another. So one test fails, not all that follow."""
    return running_browser()


@pytest.fixture
def allowed() -> list[str]:
    """What may be asked of other hosts, by how its address begins: nothing, until `elsewhere` says so."""
    return []


@pytest.fixture
def elsewhere(allowed) -> Callable[[Page, str], None]:
    """elsewhere(page, "https://example.org/"): from now on what begins so may be asked; a stub answers."""

    def answer(page: Page, start: str) -> None:
        allowed.append(start)
        stub = "<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>"
        page.route(f"{start}**", lambda route: route.fulfill(body=stub, content_type="text/html"))

    return answer


@pytest.fixture
def page_at(request, browser, address, allowed) -> Iterator[Callable[..., Page]]:
    """page_at(width=1440, theme="light", javascript=True, …): a page in a browser window of its own.

    The test fails at its end if a script failed, the console showed an error, something was forbidden by the
    Content-Security-Policy, asked of another host or not there.
    A test that fails leaves a picture of each page in tests/browser/shots/.
    """
    pages: list[Page] = []
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # What could not be loaded is noted by its answer: a page that is itself a 404 is none of it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            wrong.append(f"{message.location.get('url')}: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:", "about:", *allowed)):
            wrong.append(f"asked of another host: {request.url}")

    def note_answer(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type in PARTS:
            wrong.append(f"{response.status}: {response.url}")

    def open_page(
        width: int = 1440,
        theme: str = "light",
        javascript: bool = True,
        language: str = "en-GB",
        height: int = 900,
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            java_script_enabled=javascript,
            locale=language,
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", note)
        page.on("request", note_request)
        page.on("response", note_answer)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        pages.append(page)
        return page

    yield open_page
    if getattr(request.node, "failed_at_call", False):
        SHOTS.mkdir(exist_ok=True)
        for number, page in enumerate(pages if browser.is_connected() else (), start=1):
            name = re.sub(r"[^A-Za-z0-9]+", "-", request.node.nodeid.split("tests/browser/")[-1]).strip("-")
            page.screenshot(path=SHOTS / f"{name}-{number}.png", full_page=True)
    for page in pages:
        page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def sign_in(address) -> Callable[[Page, str], None]:
    """sign_in(page, handle): give that browser the session of a person, without the sign-in page."""

    def give_session(page: Page, handle: str) -> None:
        client = Client()
        client.force_login(get_user_model().objects.get(handle=handle))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])

    return give_session


@pytest.fixture(params=HANDS)
def hand(request, page_at, sign_in) -> Hand:
    """hand() is a visitor at a browser of their own, hand("learner") somebody who is signed in there."""

    def at_browser(handle: str = "", *, scripts: bool = request.param != "without JavaScript") -> Mouse:
        page = page_at(javascript=scripts)
        if handle:
            sign_in(page, handle)
        return (Keyboard if request.param == "by keyboard" else Mouse)(page, scripts=scripts)

    return at_browser
