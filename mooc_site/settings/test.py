"""The test suite: fast hashing, mail in memory, a database file of its own."""

import os

from .base import *
from .base import DATABASES, VAR_DIR

SECRET_KEY = "test-only-key-that-guards-nothing-at-all-0123456789"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Wagtail's index of pages for its own search: a test that searches it fills it.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
MEDIA_ROOT = VAR_DIR / "test-media"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _name = os.environ.get("TEST_DATABASE_NAME", "test")
    DATABASES["default"]["NAME"] = VAR_DIR / f"{_name}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"{_name}.sqlite3"}
