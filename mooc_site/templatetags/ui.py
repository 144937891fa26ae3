"""Small parts that templates share. A built-in library: no {% load %} is needed."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from community.accounts.clock import when_html
from community.accounts.models import cloth, initials

from ..frame import frame_part
from .icons import ICONS

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: int = 16, classes: str = "") -> SafeString:
    """An icon of mooc_site/templatetags/icons.py, `size` pixels wide. Words beside it say what it means."""
    attributes = f' class="{conditional_escape(classes)}"' if classes else ""
    return SafeString(
        f'<svg width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"{attributes}>'
        f"{ICONS[name]}</svg>"
    )


@register.simple_tag
def avatar(person, size: str = "") -> SafeString:
    """The square with a person's initials. `person` may be None (gone); `size` "s" is the small one."""
    if person is None:
        return _square("–", "slate", size)
    return _square(initials(person.display_name), cloth(person.pk), size)


@lru_cache(maxsize=4096)
def _square(letters: str, cloth_name: str, size: str) -> SafeString:
    classes = f"av {size}".strip()
    return SafeString(
        f'<span class="{classes}" data-cloth="{cloth_name}" aria-hidden="true">'
        f"{conditional_escape(letters)}</span>"
    )


@register.simple_tag(takes_context=True)
def frame(context, name: str) -> SafeString:
    """A part of the frame of every page: "root", "head", "top" or "bottom"."""
    return frame_part(name, context, avatar)


@register.simple_tag
def when(moment) -> SafeString:
    """A <time> element in the reader's words: “41 minutes ago”, “Tuesday, 19:05”, “9 November, 19:05”."""
    return when_html(moment, timezone.now()) if moment else SafeString("")


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict:
    """A form's field with label, hint and errors, tied together for those who cannot see them.

    `label` and `hint` replace the field's own words.
    """
    hint = hint or bound.help_text
    widget = bound.field.widget
    kind = "input"
    if isinstance(widget, CheckboxInput):
        kind = "checkbox"
    elif isinstance(widget, RadioSelect):
        kind = "radio"
    said = [f"{bound.auto_id}_hint"] if hint else []
    said += [f"{bound.auto_id}_error"] if bound.errors else []
    # False takes away what a form of another's making says (allauth puts the label there once more).
    attributes = {"aria-describedby": " ".join(said) or False, "placeholder": False}
    if kind == "input":
        attributes["class"] = f"input {widget.attrs.get('class', '')}".strip()
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "described_by": attributes["aria-describedby"],
        "control": bound.as_widget(attrs=attributes) if kind != "radio" else "",
    }


@register.inclusion_tag("components/pages.html")
def pages(
    current: int, total: int, address: str, parameter: str = "page", fragment: str = "", **query
) -> dict:
    """Numbered links to the pages of a list: 1 … 4 5 6 … 9.

    `address` is the list's own, with or without a query; `query` is what each link says besides the number.
    Page 1 is the address without a number.
    """

    def link(number: int) -> str:
        said = {**query, parameter: number} if number > 1 else query
        joint = "&" if "?" in address else "?"
        return address + (joint + urlencode(said) if said else "") + (f"#{fragment}" if fragment else "")

    return {
        "current": current,
        "items": [
            {"number": number, "url": link(number)} if number else None for number in window(current, total)
        ],
        "previous": link(current - 1) if current > 1 else "",
        "next": link(current + 1) if current < total else "",
    }


def window(current: int, total: int) -> list[int]:
    """The page numbers to show: both ends, the current one and its neighbours. 0 stands for a gap."""
    if total < 2:
        return []
    near = {1, total, *range(max(1, current - 1), min(total, current + 1) + 1)}
    if current <= 2:
        near |= set(range(1, min(total, 3) + 1))
    if current >= total - 1:
        near |= set(range(max(1, total - 2), total + 1))
    shown: list[int] = []
    for number in sorted(near):
        if shown and number - shown[-1] == 2:
            shown.append(number - 1)
        elif shown and number - shown[-1] > 2:
            shown.append(0)
        shown.append(number)
    return shown
