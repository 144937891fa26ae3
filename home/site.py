"""Where this site answers, as Wagtail knows it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def follow_site_url(*, using: str = "default") -> None:
    """Write host name and port of SITE_URL into Wagtail's default site: full addresses are made from it."""
    address = urlsplit(settings.SITE_URL)
    hostname, port = address.hostname, address.port or PORTS[address.scheme]
    site = Site.objects.using(using).filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (hostname, port):
        site.hostname, site.port = hostname, port
        # Saved, not updated: Wagtail keeps addresses in the cache until a site is saved.
        site.save(using=using, update_fields=["hostname", "port"])
