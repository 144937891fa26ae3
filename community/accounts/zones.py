"""The time zones that a form offers."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache
from itertools import groupby

from django.utils import timezone

# The regions of the IANA database that name places; the rest are old aliases.
REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Every name of the IANA database on this machine, old ones too. Reading its folders takes a while."""
    return frozenset(zoneinfo.available_timezones())


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """“UTC” and every place of the database, sorted."""
    return ("UTC", *sorted(zone for zone in known() if zone.split("/")[0] in REGIONS))


def choices() -> list:
    """Options for a select, by region, each with its time of day now: “Ho Chi Minh (now 16:10)”."""
    now = timezone.now()

    def option(zone: str) -> tuple[str, str]:
        place = zone.split("/", 1)[-1].replace("_", " ").replace("/", ", ")
        return zone, f"{place} ({now.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M})"

    return [
        option("UTC"),
        *((region, [option(zone) for zone in zones]) for region, zones in groupby(names()[1:], _region)),
    ]


def _region(zone: str) -> str:
    return zone.split("/")[0]
