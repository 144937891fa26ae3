"""`make lighthouse`: Lighthouse 12 on its mobile profile over home, course, week, reading and topic.

Needs npm (the judge is pinned beside this file) and a Chromium. The site runs as in production on a database
and files of its own. Ends with 1 where a page has less than 100 for accessibility, best practices or SEO, or
less than 95 for performance (the best of three runs: a shared machine only ever makes a page look slower).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COURSE = "/courses/listening-library/"
PAGES = {
    "home": "/",
    "course": COURSE,
    "week": f"{COURSE}the-participatory-branch/",
    "reading": f"{COURSE}listening-first/taylor-question-negotiation/",
    "lecture": f"{COURSE}arriving/what-the-door-says/",
    "topic": "",  # found on the forum's page
}
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def main(*names: str) -> int:
    """Judge every page, or those named, and print a table of the scores; 1 if one is too low."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not shutil.which("npm") or not chromium:
        print("This needs npm and a Chromium.", file=sys.stderr)
        return 2
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as folder:
        server, address = start(Path(folder))
        try:
            pages = PAGES | {"topic": a_topic(address)}
            scores = {
                name: judge(f"{address}{path}", chromium, Path(folder))
                for name, path in pages.items()
                if name in names or not names
            }
        finally:
            server.terminate()
            server.wait(20)
    print(f"{'page':10}" + "".join(f"{name:>16}" for name in WANTED))
    for name, found in scores.items():
        print(f"{name:10}" + "".join(f"{found[part]:16}" for part in WANTED))
    return int(any(found[part] < least for found in scores.values() for part, least in WANTED.items()))


def start(folder: Path) -> tuple[subprocess.Popen, str]:
    """The site with its demo, served by gunicorn as deployed: the process, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.production",
        "STATIC_FILES": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "SECRET_KEY": "guards-invented-people-on-the-loopback-only-0123456789",
        "SITE_URL": f"http://{bind}",
        "SECURE_SSL_REDIRECT": "false",
        "BIND": bind,
        "WEB_CONCURRENCY": "2",
    }
    here = {"cwd": ROOT, "env": environment}
    for command in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True, **here)
    command = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "warning", "mooc_site.wsgi"]
    server = subprocess.Popen([sys.executable, "-m", *command], **here)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://{bind}/healthz", timeout=2).close()
            return server, f"http://{bind}"
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise SystemExit("The server did not answer.")


def a_topic(address: str) -> str:
    """The address of the café's longest thread."""
    forum = urllib.request.urlopen(f"{address}/forum/", timeout=20).read().decode()
    cafe = next(part for part in forum.split('href="') if part.startswith("/forum/") and "caf" in part[:60])
    page = urllib.request.urlopen(f"{address}{cafe.partition(chr(34))[0]}", timeout=20).read().decode()
    return next(part.partition('"')[0] for part in page.split('href="') if "own-time" in part[:80])


def judge(url: str, chromium: str, folder: Path) -> dict[str, int]:
    """The best of some runs for each category, from 0 to 100."""
    best = dict.fromkeys(WANTED, 0)
    for run in range(RUNS):
        report = folder / f"report-{run}.json"
        # Twice: the first visit fills the caches of the server, as somebody's always has.
        urllib.request.urlopen(url, timeout=30).close()
        done = subprocess.run(
            [
                HERE / "node_modules/.bin/lighthouse",
                url,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(WANTED)}",
                "--chrome-flags=--headless=new --no-sandbox",
            ],
            env=os.environ | {"CHROME_PATH": chromium},
        )
        if done.returncode:
            continue  # Chromium lost its trace
        found = json.loads(report.read_text())
        for part in WANTED:
            best[part] = max(best[part], round(100 * found["categories"][part]["score"]))
        complain(url, found)
        if all(best[part] >= least for part, least in WANTED.items()):
            break
    return best


def complain(url: str, report: dict) -> None:
    """Name what a run found wanting."""
    for part, least in WANTED.items():
        category = report["categories"][part]
        if 100 * category["score"] >= least:
            continue
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] not in (None, 1):
                items = (audit.get("details") or {}).get("items", [])
                where = [item["node"]["snippet"] for item in items if "node" in item][:5]
                print(f"{url} {part}: {audit['title']} {audit.get('displayValue', '')}", *where)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
