"""Rules that a start must not break."""

from django.core.checks import Error, register

RESERVED_SLUGS = {
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
    "static",
}


@register("commonplace")
def every_root_address_is_reserved(app_configs, **kwargs):
    """Each first part of an address in urls.py is a slug that no page may take."""
    from .urls import urlpatterns

    roots = {str(pattern.pattern).split("/")[0].strip("^$") for pattern in urlpatterns}
    return [
        Error(f"/{root}/ is an address of the site, but not in RESERVED_SLUGS.", id="mooc_site.E001")
        for root in sorted(roots - RESERVED_SLUGS - {""})
    ]
