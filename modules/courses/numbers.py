"""Numbers as people write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

MINUS = dict.fromkeys(map(ord, "−–‒"), "-")
SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
PLAIN = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?")
FRACTION = re.compile(r"([+-]?)\s*(?:(\d{1,15})\s+)?(\d{1,15})/(\d{1,15})")
# An “e” is the beginning of a unit, like “euros”, unless the digits of a power of ten follow.
PERCENT_OR_UNIT = re.compile(r"(?<=[\d.,])\s*(?:[^\d\s.,/eE+-]|[eE](?![\d+-]))[^\d]{0,40}$|^[€$£¥]\s*")
LONGEST = 80


def readings(text: str) -> set[Decimal]:
    """What numbers `text` may mean: none for no number, two where a comma or point can be read in two ways.

    “1,5” and “1.5” are one and a half, “1 500” and “1’500” fifteen hundred, “1,500” either; “3/4”, “1 ½”,
    “12 %”, “€ 7”, “~7”, “.5”, “1.5e3” and digits of any script are read too.
    """
    if len(text) > LONGEST:
        return set()
    plain = "".join(map(_digit, text.strip().lstrip("~≈").translate(MINUS))).strip()
    plain = plain.replace("٫", ",").replace("٬", " ")
    plain = SPACES.sub("", PERCENT_OR_UNIT.sub("", plain).strip())
    fraction = FRACTION.fullmatch(plain)
    if fraction:
        sign, whole, over, under = fraction.groups()
        if not int(under):
            return set()
        number = int(whole or 0) + Decimal(over) / Decimal(under)
        return {-number if sign == "-" else number}
    return {Decimal(form) for form in _forms(plain) if PLAIN.fullmatch(form)}


def _digit(char: str) -> str:
    """A digit as one of ours, “½” as “ 1/2”. “²” makes another number of the digits before it: not read."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char) != "No":
        return char
    fraction = unicodedata.normalize("NFKC", char).replace("⁄", "/")
    return f" {fraction}" if "/" in fraction else "/"


def _forms(plain: str) -> set[str]:
    """`plain` with a point before the decimals and no other marks, in every way that it can be read."""
    marks = re.findall(r"[.,]", plain)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            return set()
        groups = "." if decimal == "," else ","
        whole = plain.rpartition(decimal)[0]
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{groups}\d{{3}})+", whole):
            return set()
        return {plain.replace(groups, "").replace(decimal, ".")}
    if not marks:
        return {plain}
    mark = marks[0]
    grouped = re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+", plain)
    found = {plain.replace(mark, "")} if grouped else set()
    if len(marks) == 1:
        found.add(plain.replace(mark, "."))
    return found


def read_number(text: str) -> str:
    """The one number that `text` means, as “12.5”. Raises ValueError with words for who wrote it."""
    found = sorted(readings(text), key=abs)
    if not found:
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text[:40]})
    if len(found) > 1:
        words = _("“%(text)s” can be read in two ways. Write %(large)s or %(small)s.")
        small, large = (write_number(plain_number(number)) for number in found)
        raise ValueError(words % {"text": text[:40], "small": small, "large": large})
    return plain_number(found[0])


def plain_number(number: Decimal) -> str:
    """A number as one writes it: “12.5”, not “12.500000” or “1E+1”."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def write_number(text: str) -> str:
    """A plain number so that it is read in one way: “1.234” could be a thousand, “1.2340” cannot."""
    return f"{text}0" if len(readings(text)) > 1 else text
