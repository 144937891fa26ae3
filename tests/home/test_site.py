"""Wagtail's own record of where the site answers."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Page, Site

from home.models import HomePage
from home.site import follow_site_url
from mooc_site.checks import site_url_is_an_address

pytestmark = pytest.mark.django_db


def test_a_new_site_answers_where_site_url_says(settings):
    assert Site.objects.get().root_url == settings.SITE_URL
    assert HomePage.objects.get().full_url == f"{settings.SITE_URL}/"


@pytest.mark.parametrize(
    ("address", "hostname", "port"),
    [
        ("https://learn.example.org", "learn.example.org", 443),
        ("http://learn.example.org", "learn.example.org", 80),
        ("http://127.0.0.1:8001", "127.0.0.1", 8001),
    ],
)
def test_the_record_follows_site_url_when_the_database_is_migrated(
    settings, course_index, address, hostname, port
):
    settings.SITE_URL = address
    course_index.full_url  # noqa: B018 – Wagtail keeps what it found in the cache
    call_command("migrate", verbosity=0)
    site = Site.objects.get()
    assert (site.hostname, site.port) == (hostname, port)
    assert Page.objects.get(pk=course_index.pk).full_url == f"{address}/courses/"


def test_a_record_that_is_right_is_not_written_again(django_assert_num_queries):
    with django_assert_num_queries(1):
        follow_site_url()


def test_without_a_site_nothing_is_made():
    Site.objects.all().delete()
    follow_site_url()
    assert not Site.objects.exists()
    cache.clear()


@pytest.mark.parametrize("address", ["learn.example.org", "ftp://learn.example.org", "https://"])
def test_an_address_that_is_none_stops_the_start(settings, address):
    assert site_url_is_an_address(None) == []
    settings.SITE_URL = address
    assert [error.id for error in site_url_is_an_address(None)] == ["mooc_site.E002"]
