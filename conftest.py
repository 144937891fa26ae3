"""Where every test run begins: a fresh database in a moment (see tests/database.py)."""

import pytest

from tests.database import keep, take_kept


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_modify_db_settings) -> bool:
    """Whether the test database is there already: as a copy of the kept one, or by --reuse-db."""
    if request.config.getvalue("create_db"):
        return False
    return take_kept() or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker) -> None:
    """Set up as ever; what took long to migrate is kept for the next run."""
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            keep()
