"""A real site: what must be said is said by the environment, and a missing word stops the start."""

from urllib.parse import urlsplit

from .base import *
from .base import SILENCED_SYSTEM_CHECKS, TASK_BACKENDS, env

SECRET_KEY = env.str("SECRET_KEY")
env.str("DATABASE_URL")  # read in base; here only so that nobody lands on a fresh SQLite file by accident
SITE_URL = env.str("SITE_URL").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname])
DEMO_ACCOUNTS_REFUSED = True

# A letter never keeps a reader waiting: the worker sends it.
TASK_QUEUE = env.str("TASK_QUEUE", default="database")
TASKS = {"default": {"BACKEND": TASK_BACKENDS[TASK_QUEUE]}}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)

# Wagtail's preview panel is a frame, so X_FRAME_OPTIONS says SAMEORIGIN and not DENY.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W019"]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = SITE_URL.startswith("https:")
CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")
