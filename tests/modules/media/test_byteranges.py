"""Which bytes a Range header asks for, and whether an If-Range header still means this file."""

import io

import pytest
from django.utils.http import http_date
from hypothesis import given
from hypothesis import strategies as st

from modules.media.byteranges import BLOCK, ByteRange, PartOfFile, Unsatisfiable, asked_range, still_holds


@pytest.mark.parametrize(
    ("header", "start", "stop"),
    [
        ("bytes=0-", 0, 1000),
        ("bytes=0-0", 0, 1),
        ("bytes=0-499", 0, 500),
        ("bytes=500-999", 500, 1000),
        ("bytes=500-1000", 500, 1000),
        ("bytes=500-99999999", 500, 1000),
        ("bytes=999-", 999, 1000),
        ("bytes=-1", 999, 1000),
        ("bytes=-500", 500, 1000),
        ("bytes=-1000", 0, 1000),
        ("bytes=-5000", 0, 1000),
        ("BYTES = 0 - 9 ", 0, 10),
    ],
)
def test_one_range_is_cut_to_the_file(header, start, stop):
    assert asked_range(header, 1000) == (start, stop, 1000)


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=5000-6000", "bytes=-0"])
def test_bytes_behind_the_end_cannot_be_had(header):
    with pytest.raises(Unsatisfiable):
        asked_range(header, 1000)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5",
        "bytes=5-3",
        "bytes=--5",
        "bytes=-5-",
        "bytes=0x10-0x20",
        "bytes=1.5-2",
        "bytes=٣-٥",
        "bytes=0-9,20-29",
        "bytes=0-,-5",
        "items=0-9",
        "seconds=1-2",
        "none",
        "bytes=" + "9" * 5000 + "-",
    ],
)
def test_what_is_not_one_range_of_bytes_gets_the_whole_file(header):
    assert asked_range(header, 1000) is None


def test_an_empty_file_has_no_first_byte_and_is_all_of_its_last_ones():
    with pytest.raises(Unsatisfiable):
        asked_range("bytes=0-", 0)
    assert asked_range("bytes=-5", 0) is None


@given(st.text(max_size=40), st.integers(0, 2**40))
def test_whatever_is_asked_lies_in_the_file(words, size):
    for header in (words, f"bytes={words}"):
        try:
            part = asked_range(header, size)
        except Unsatisfiable:
            continue
        assert part is None or 0 <= part.start < part.stop <= size


@pytest.mark.parametrize("ends", [10, BLOCK, 3 * BLOCK + 17])
def test_a_part_is_read_block_by_block_and_no_further(ends):
    content = bytes(range(256)) * (BLOCK // 64)
    file = io.BytesIO(content)
    blocks = list(PartOfFile(file, ByteRange(3, ends, len(content))))
    assert b"".join(blocks) == content[3:ends]
    assert max(map(len, blocks)) <= BLOCK
    assert file.tell() == ends


def test_a_file_that_was_cut_meanwhile_ends_the_answer():
    assert list(PartOfFile(io.BytesIO(b"short"), ByteRange(2, 500, 500))) == [b"ort"]


class TestIfRange:
    def holds(self, condition: str, *, modified: int = 1_790_000_000, now: float = 1_790_000_060) -> bool:
        return still_holds(condition, etag='"abc"', modified=modified, now=now)

    def test_the_same_tag_holds_and_another_does_not(self):
        assert self.holds('"abc"')
        assert not self.holds('"other"')

    def test_a_weak_tag_never_holds(self):
        assert not self.holds('W/"abc"')

    def test_the_very_date_holds_and_no_other(self):
        assert self.holds(http_date(1_790_000_000))
        assert not self.holds(http_date(1_790_000_001))
        assert not self.holds(http_date(1_789_999_999))

    def test_a_date_of_this_second_does_not_hold(self):
        assert not self.holds(http_date(1_790_000_000), now=1_790_000_000.5)

    @pytest.mark.parametrize("condition", ["", "yesterday", "abc", '"abc', "\x00", "*"])
    def test_nonsense_does_not_hold(self, condition):
        assert not self.holds(condition)
