"""Parts of a file, by the bytes that a player asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from django.utils.http import parse_http_date_safe

# Longer numbers than any file has bytes: what holds them is passed over, as the RFC lets us.
ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)
BLOCK = 64 * 1024  # bytes read at a time


class Unsatisfiable(Exception):
    """The bytes asked for lie behind the end of the file: 416."""


class ByteRange(NamedTuple):
    """From byte `start` up to but without byte `stop`, of `size` in all."""

    start: int
    stop: int
    size: int

    @property
    def length(self) -> int:
        return self.stop - self.start

    @property
    def content_range(self) -> str:
        """The value of the header: “bytes 0-499/1234”."""
        return f"bytes {self.start}-{self.stop - 1}/{self.size}"


def asked_range(header: str, size: int) -> ByteRange | None:
    """The one range of a Range header, cut to a file of `size` bytes; None where all of it is the answer.

    That is so for other units, for what is no range, and for several ranges: no player asks for those.
    Raises Unsatisfiable.
    """
    found = ONE_RANGE.fullmatch(header)
    first, last = found.groups() if found else ("", "")
    if not first and not last:
        return None
    if not first:  # the last so many bytes
        if not int(last):
            raise Unsatisfiable
        return ByteRange(max(0, size - int(last)), size, size) if size else None
    start, stop = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return ByteRange(start, stop, size)


def still_holds(condition: str, *, etag: str, modified: int, now: float) -> bool:
    """Is the file the one that an If-Range header means? `modified` and `now` are seconds since 1970.

    A date counts only where the file cannot have changed again within its second (RFC 9110, 8.8.2.2).
    """
    condition = condition.strip()
    if condition.startswith(('"', "W/")):
        return condition == etag  # a weak one never does
    return parse_http_date_safe(condition) == modified and modified < now - 1


class PartOfFile:
    """The bytes of a part of an open file, a block at a time; closed with the response that sends them."""

    def __init__(self, file: IO[bytes], part: ByteRange) -> None:
        self.file, self.part = file, part

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.part.start)
        left = self.part.length
        while left and (block := self.file.read(min(BLOCK, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()
