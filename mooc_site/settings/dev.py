"""`make run`: a newcomer's machine. Nothing to install but Python, nothing to configure."""

from .base import *
from .base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="dev-only-and-public-never-use-this-one-in-production")
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
# Letters are files that /mail/ shows as a page.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEV_MAILBOX = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
