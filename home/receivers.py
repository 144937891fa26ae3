"""Keeps Wagtail's record of this site true."""

from .site import follow_site_url


def after_migrating(using: str, **kwargs) -> None:
    follow_site_url(using=using)
