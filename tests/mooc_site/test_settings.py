"""The four settings files, each in a process of its own with an environment that the test writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from mooc_site.static import HashedStaticFilesStorage

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "mooc_site.settings.production",
    "SECRET_KEY": "7tFq0uXr3mWzN8bLs5kVd2yHc9gJp4aQe6oRi1uTnYxD-f_GhKjMvB",
    "SITE_URL": "https://learn.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
}


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python at the top of the project with `environment` and nothing else of this process's."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def values(*names: str, **environment: str) -> dict:
    """The settings of those names, as JSON carries them."""
    ask = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names!r}}}, default=str))"
    )
    run = python("-c", ask, **environment)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_deployment_checks_of_production_have_nothing_to_say():
    run = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "DATABASE_URL"])
def test_production_does_not_start_without_what_must_be_said(name):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    run = python("manage.py", "check", **environment)
    assert run.returncode != 0
    assert f"Set the {name} environment variable" in run.stderr


def test_production_leaves_tasks_to_the_worker_and_refuses_the_demo():
    found = values("TASKS", "TASK_QUEUE", "DEMO_ACCOUNTS_REFUSED", "DEBUG", "ALLOWED_HOSTS", **PRODUCTION)
    assert found == {
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        "TASK_QUEUE": "database",
        "DEMO_ACCOUNTS_REFUSED": True,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["learn.example.org"],
    }


def test_production_tells_browsers_to_send_cookies_over_https_only():
    found = values("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", **PRODUCTION)
    assert all(found.values()), found


def test_development_needs_nothing_from_the_environment():
    run = python("manage.py", "check")
    assert run.returncode == 0, run.stderr


def test_sqlite_keeps_its_options_whatever_the_url_says():
    url = "sqlite:////somewhere/else.sqlite3?timeout=3"
    database = values("DATABASES", DJANGO_SETTINGS_MODULE="mooc_site.settings.dev", DATABASE_URL=url)[
        "DATABASES"
    ]["default"]
    assert database["NAME"] == "/somewhere/else.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_a_kept_connection_to_postgresql_is_asked_for_its_health():
    database = values("DATABASES", **PRODUCTION)["DATABASES"]["default"]
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["connect_timeout"] == 5


def test_redis_is_used_when_it_is_named():
    cache = values("CACHES", **PRODUCTION, REDIS_URL="redis://127.0.0.1:6379/0")["CACHES"]["default"]
    assert cache["BACKEND"].endswith("RedisCache")
    assert cache["LOCATION"] == "redis://127.0.0.1:6379/0"


def test_static_files_point_at_each_other_by_hashed_names(tmp_path: Path):
    storage = HashedStaticFilesStorage(location=tmp_path)
    files = {
        "css/page.css": '@import url("part.css") layer(parts);\n@font-face{src:url(../fonts/a.woff2)}',
        "css/part.css": "b { color: red }",
        "fonts/a.woff2": "not really a font",
        "js/page.js": 'import { add } from "./sum.js";\nadd(1, 2);',
        "js/sum.js": "export function add(a, b) { return a + b; }",
    }
    for name, content in files.items():
        storage.save(name, ContentFile(content))
    for _name, _hashed, processed in storage.post_process({name: (storage, name) for name in files}):
        assert not isinstance(processed, Exception)

    def served(name: str) -> tuple[str, str]:
        hashed = storage.stored_name(name)
        assert hashed != name
        return hashed, (tmp_path / hashed).read_text()

    assert served("css/part.css")[0].removeprefix("css/") in served("css/page.css")[1]
    assert served("fonts/a.woff2")[0].removeprefix("fonts/") in served("css/page.css")[1]
    assert served("js/sum.js")[0].removeprefix("js/") in served("js/page.js")[1]
    assert storage.manifest_strict
