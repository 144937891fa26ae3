"""Three doors into one process, so that the site and what it is compared with share all conditions.

`/empty/` is a Django view that says “ok”, without any middleware. `/bare/…` are the views of bench.bare, with
session, user and CSRF. Everything else is the site, with all its middleware.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings

from bench.bare import BARE, EMPTY

site = get_wsgi_application()
with override_settings(MIDDLEWARE=BARE):
    bare = WSGIHandler()
with override_settings(MIDDLEWARE=EMPTY):
    empty = WSGIHandler()

DOORS = {"bare": bare, "empty": empty}


def application(environ, start_response):
    """Any request, by the first part of its address."""
    door = DOORS.get(environ["PATH_INFO"].split("/", 2)[1], site)
    return door(environ, start_response)
