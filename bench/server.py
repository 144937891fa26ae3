"""The server that is measured: gunicorn as deploy/ starts it, on a free port of the loopback."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Server:
    pid: int  # of the master
    port: int


@contextlib.contextmanager
def running(database_url: str, *, workers: int = 2, log: Path) -> Iterator[Server]:
    """The site with `workers` workers until the end of the block. Raises SystemExit where it does not start.

    One thing differs from deploy/gunicorn.conf.py: workers are not renewed after some 2,000 requests, so that
    no page pays for it by chance.
    """
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--max-requests", "0"]
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": str(workers),
    }
    with log.open("w") as words:
        process = subprocess.Popen(
            [*command, "bench.wsgi"], cwd=ROOT, env=environment, stdout=words, stderr=words
        )
        try:
            _wait(process, port, log)
            yield Server(process.pid, port)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def collect_static(target: Path) -> None:
    """Collect and hash the static files in `target`, as bench.settings wants them, unless none is newer."""
    manifest = target / "staticfiles.json"
    sources = [ROOT / "requirements" / "base.txt", *ROOT.glob("static/**/*")]
    if manifest.exists() and all(path.stat().st_mtime < manifest.stat().st_mtime for path in sources):
        return
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _wait(process: subprocess.Popen, port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"The server did not start:\n{log.read_text()[-3000:]}")
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5),
        ):
            return
        time.sleep(0.1)
    raise SystemExit(f"The server did not answer within half a minute:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
