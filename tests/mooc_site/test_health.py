"""The two addresses for machines, and the question before the start."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from mooc_site import health

STRICT = {"ALLOWED_HOSTS": ["learn.example.org"], "SECURE_SSL_REDIRECT": True}


@pytest.fixture(autouse=True)
def _as_just_started(monkeypatch):
    monkeypatch.setattr(health, "_all_applied", False)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "words"), [("/healthz", "alive"), ("/readyz", "ready")])
def test_a_probe_is_answered_by_any_name_without_https_session_or_cookie(path, words):
    with override_settings(**STRICT):
        answer = Client().get(path, headers={"host": "10.1.2.3:8000"})
    assert answer.status_code == 200
    assert answer.content.decode() == f"{words}\n"
    assert answer.headers["Content-Type"] == "text/plain"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_every_other_address_still_asks_for_the_right_name_and_https():
    with override_settings(**STRICT):
        assert Client().get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400
        assert Client().get("/", headers={"host": "learn.example.org"}).status_code == 301


def test_being_alive_takes_no_database():
    """pytest-django refuses any query of a test that does not ask for the database."""
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_probe_cannot_be_posted_to(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_readiness_costs_one_query_once_the_migrations_are_known(client, django_assert_num_queries):
    assert client.get("/readyz").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_silent_database_is_not_ready(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content.decode() == "The database does not answer.\n"


@pytest.mark.django_db
def test_a_waiting_migration_is_not_ready_and_is_named(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'home' AND name = '0003_fuller_bodies'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content.decode() == "Migrations are waiting: home.0003_fuller_bodies.\n"


@pytest.mark.django_db
def test_a_silent_cache_is_not_ready(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionError("gone")

    monkeypatch.setattr(cache, "set", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content.decode() == "The cache does not answer.\n"


@pytest.mark.django_db
def test_a_forgetful_cache_is_not_ready(client):
    forgetful = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with override_settings(CACHES=forgetful):
        answer = client.get("/readyz")
    assert answer.content.decode() == "The cache forgets what it is given.\n"


@pytest.fixture
def before_a_start(db, monkeypatch):
    """Settings as in production; the connection stays open, for this test's transaction lives in it."""
    with monkeypatch.context() as patch, override_settings(DEMO_ACCOUNTS_REFUSED=True):
        patch.setattr(connection, "close", lambda: None)
        yield patch


@pytest.fixture
def demo_account(db):
    return get_user_model().objects.create_user("someone@example.org", "commonplace-demo", is_demo=True)


def test_production_does_not_start_beside_a_demo_account(demo_account, before_a_start):
    with pytest.raises(RuntimeError, match="1 demo accounts, and their password is public"):
        health.refuse_demo_accounts()


def test_elsewhere_demo_accounts_are_welcome(demo_account):
    assert settings.DEMO_ACCOUNTS_REFUSED is False
    health.refuse_demo_accounts()


def test_production_starts_where_there_is_no_demo_account(before_a_start):
    health.refuse_demo_accounts()


def test_production_says_in_words_that_the_database_is_missing(before_a_start):
    def refuse(*args, **kwargs):
        raise DatabaseError("gone")

    before_a_start.setattr(connection, "cursor", refuse)
    with pytest.raises(RuntimeError, match=r"has not been migrated yet .*: gone"):
        health.refuse_demo_accounts()
