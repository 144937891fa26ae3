"""Rules that a start must not break."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from wagtail import urls as wagtail_urls

RESERVED_SLUGS = {
    "_util",
    "accounts",
    "cms",
    "display",
    "django-admin",
    "feeds",
    "files",
    "forum",
    "healthz",
    "mail",
    "me",
    "moderation",
    "p",
    "people",
    "readyz",
    "search",
    "sessions",
    "static",
}


@register("commonplace")
def every_root_address_is_reserved(app_configs, **kwargs):
    """Each first part of an address in urls.py is a slug that no page may take."""
    from modules.courses.models import CourseIndexPage

    from .urls import urlpatterns

    # At /courses/ stands a page, which can stand nowhere else: the list of courses.
    unreserved = sorted(roots(urlpatterns) - RESERVED_SLUGS - {CourseIndexPage.ADDRESS})
    return [
        Error(f"/{root}/ is an address of the site, but not in RESERVED_SLUGS.", id="mooc_site.E001")
        for root in unreserved
    ]


@register("commonplace")
def site_url_is_an_address(app_configs, **kwargs):
    """Letters, Wagtail's links and the cookies' safety are made from SITE_URL."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme in {"http", "https"} and address.hostname:
        return []
    return [
        Error(
            f"SITE_URL is not an address with http:// or https://: {settings.SITE_URL}", id="mooc_site.E002"
        )
    ]


def roots(patterns) -> set[str]:
    """The first parts of all addresses in `patterns`, but for Wagtail's own, which are pages."""
    found: set[str] = set()
    for pattern in patterns:
        if str(pattern.pattern) == wagtail_urls.serve_pattern:
            continue
        root = str(pattern.pattern).split("/")[0].strip("^$")
        if root:
            found.add(root)
        elif getattr(pattern, "urlconf_name", None) is not wagtail_urls:
            found |= roots(getattr(pattern, "url_patterns", []))
    return found
