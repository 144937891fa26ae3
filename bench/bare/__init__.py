"""The same pages, by hand: what they cost without the site.

Each view knows the session, the user and CSRF like any page of a Django site, asks the database for the same
rows in SQL of its own, and fills a plain template with the same words. None of it uses the site's code, but
for the function that renders Markdown.
"""

URLS = "bench.bare.urls"

# Each list is the MIDDLEWARE of a handler of its own, see bench/wsgi.py.
EMPTY = ["bench.bare.own_addresses"]
BARE = [
    "bench.bare.own_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def own_addresses(get_response):
    """Middleware: look addresses up here and not in the site's own list."""

    def middleware(request):
        request.urlconf = URLS
        return get_response(request)

    return middleware
