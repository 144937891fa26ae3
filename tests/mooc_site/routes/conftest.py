"""One site for all tests of this package, and everybody's browser."""

import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from .asking import Asker
from .house import build


@pytest.fixture(scope="package")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once; each question to it is rolled back (see Asker.ask)."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture(scope="package")
def asker(house):
    """Two thousand refusals would be two thousand warnings; what went wrong is in the answer."""
    logging.disable(logging.CRITICAL)
    yield Asker(house)
    logging.disable(logging.NOTSET)
