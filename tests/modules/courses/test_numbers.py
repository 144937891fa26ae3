"""Numbers as people write them, and as they are written back (more of them: test_marking.py)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.courses.numbers import plain_number, read_number, readings, write_number


@pytest.mark.parametrize(
    "text",
    [
        "1500", "1 500", "1\u00a0500", "1\u2009500", "1\u202f500", "1'500", "1’500", "+1500", "1500.",
        "1500,0", "1.500,0", "1,500.0", "1 500,0", "1.5e3", "1,5E3", "15e+2", "150000e-2",
        "\u0661\u0665\u0660\u0660", "\u0967\u096b\u0966\u0966", "\uff11\uff15\uff10\uff10",
        "\u0661\u066c\u0665\u0660\u0660", "~1500", "≈ 1500", "€1500", "€ 1.500,00", "1500 €",
        "1 500 people", "1500%", "  1500\n",
    ],
)  # fmt: skip
def test_fifteen_hundred_is_read_however_it_is_written(text):
    assert readings(text) == {Decimal(1500)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("٫5", "0.5"),
        ("0,500", "0.5"),  # no thousands begin with a nought
        ("1234.567", "1234.567"),
        ("1,23456", "1.23456"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("– 3/4", "-0.75"),
        ("+0,25", "0.25"),
        ("2 3/4", "2.75"),
        ("⅛", "0.125"),
        ("5e-1", "0.5"),
        ("5 euros", "5"),
    ],
)
def test_commas_signs_and_fractions_are_read(text, number):
    assert readings(text) == {Decimal(number)}


@pytest.mark.parametrize(
    "text",
    ["", "-", "e3", "1,2,3", "1.234,5.6", "12,34,567", "1 50", "15 00", "1  500", "1/2/3", "0x10", "1_000",
     "1e999", "²", "five", "3-4", "3 4 5", "1,500.000,5", "९" * 81],
)  # fmt: skip
def test_what_is_no_number_is_none(text):
    assert readings(text) == set()


@pytest.mark.parametrize("text", ["1,500", "1.500", "-12,345", "999.999", "١٫٥٠٠"])
def test_one_mark_before_three_digits_is_read_in_both_ways_and_refused_of_an_author(text):
    assert len(readings(text)) == 2
    with pytest.raises(ValueError, match="can be read in two ways"):
        read_number(text)


def test_an_author_is_told_how_to_write_it():
    with pytest.raises(ValueError, match=r"^“1,500” can be read in two ways\. Write 1500 or 1\.5\.$"):
        read_number("1,500")
    with pytest.raises(ValueError, match=r"Write -1234 or -1\.2340\.$"):
        read_number("-1.234")
    with pytest.raises(ValueError, match=r"^“many” is not a number\.$"):
        read_number("many")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_what_is_written_is_read_as_the_same_number_and_in_one_way(number):
    plain = plain_number(number)
    assert Decimal(plain) == number
    assert not plain.endswith((".", "0")) or "." not in plain
    assert read_number(write_number(plain)) == plain
