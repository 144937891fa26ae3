"""Fields of the page editors that Wagtail has no widget for."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput

from community.accounts import zones


class OneLine(AdminAutoHeightTextInput):
    """A line that is longer than the screen is wide: it wraps, and stays one line."""

    def value_from_datadict(self, data, files, name) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.split()) if value else value


@lru_cache(maxsize=1)
def _places() -> list:
    """The options for a time zone, by region. Without the time of day there: 400 zones take 40 ms to read."""
    regions = groupby(zones.names()[1:], lambda zone: zone.partition("/")[0])
    return [
        ("UTC", "UTC"),
        *((region, [(zone, _place(zone)) for zone in names]) for region, names in regions),
    ]


def _place(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


class ZoneSelect(forms.Select):
    """A time zone, by region. `empty` is what no choice is called, if it is one."""

    def __init__(self, attrs=None, *, empty=None) -> None:
        super().__init__(attrs, choices=lambda: ([("", empty)] if empty else []) + _places())

    def optgroups(self, name, value, attrs=None) -> list:
        """With an old name (“US/Eastern”) that a course has brought along: saving does not change it."""
        groups = super().optgroups(name, value, attrs)
        chosen = value[0] if value else ""
        if chosen and not any(option["selected"] for _group, options, _index in groups for option in options):
            groups.append((None, [self.create_option(name, chosen, chosen, True, len(groups))], len(groups)))
        return groups
