"""The site as in production, on a database of invented people, behind a proxy that speaks https."""

import os
from pathlib import Path

from . import ADDRESS, DATABASE

os.environ.setdefault("SECRET_KEY", "guards-invented-people-on-the-loopback-only-0123456789")
os.environ.setdefault("SITE_URL", ADDRESS)
os.environ.setdefault("DATABASE_URL", DATABASE)

from mooc_site.settings.production import *
from mooc_site.settings.production import TEMPLATES, VAR_DIR

STATIC_ROOT = VAR_DIR / "bench-static"
# The bare views (bench/bare) have plain templates, without any of the site's context or tags.
TEMPLATES = [
    *TEMPLATES,
    {
        "NAME": "bare",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "bare" / "templates"],
        "OPTIONS": {"builtins": ["django.templatetags.l10n", "django.templatetags.static"]},
    },
]
