"""What people type, looked at as text."""

from __future__ import annotations

import unicodedata

# They turn the direction of what stands after them, also beyond the name or title in which they stand.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Letters and symbols to Unicode, and nothing to the eye.
_BLANK = set("\u115f\u1160\u2800\u3164\uffa0")


def one_line(text: str) -> str:
    """A name or title: on one line, with single spaces, in the direction of its letters."""
    return " ".join(text.translate(_DIRECTION).split())


def can_be_seen(text: str) -> bool:
    """True where something of `text` is ink: more than spaces, control and format characters."""
    return any(
        unicodedata.category(letter) not in {"Cc", "Cf", "Zs", "Zl", "Zp"} and letter not in _BLANK
        for letter in text
    )
