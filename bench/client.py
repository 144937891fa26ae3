"""A reader that asks one thing after another over a connection that stays open."""

from __future__ import annotations

import gzip
import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple


class Request(NamedTuple):
    """What is sent. `body` is a form, urlencoded, or empty."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class Answer(NamedTuple):
    """What came. `body` as it went over the line."""

    status: int
    location: str
    compressed: bool
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.compressed else self.body).decode()


class Unexpected(Exception):
    """An answer that is not the page that was to be measured."""


class HTTPReader:
    """One connection to the server at `port` of this machine."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, request: Request) -> Answer:
        begun = time.perf_counter()
        self.connection.request(request.method, request.path, request.body or None, request.headers)
        answer = self.connection.getresponse()
        body, seconds = answer.read(), time.perf_counter() - begun
        compressed = answer.getheader("Content-Encoding") == "gzip"
        return Answer(answer.status, answer.getheader("Location", ""), compressed, body, seconds)

    def close(self) -> None:
        self.connection.close()


@dataclass
class Load:
    """What a number of requests took. Seconds: each one, and all together on the clock."""

    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0


def drive(
    *,
    port: int,
    request: Callable[[int], Request],
    first: int,
    count: int,
    readers: int,
    status: int,
    between: Callable[[], None] = lambda: None,
) -> Load:
    """Send `request(first)`, `request(first + 1)` … to the number of `count`, by `readers` at once.

    Every reader has asked once before the clock begins; `between` is called at that moment and when all is
    answered. Raises Unexpected on an answer with another status.
    """
    numbers = range(first + readers, first + readers + count)

    def ask(reader: HTTPReader, number: int) -> float:
        answer = reader.ask(request(number))
        if answer.status != status:
            what = request(number)
            raise Unexpected(f"{what.method} {what.path}: {answer.status}, not {status}")
        return answer.seconds

    everybody = [HTTPReader(port) for _ in range(readers)]
    try:
        with ThreadPoolExecutor(readers) as pool:
            list(pool.map(ask, everybody, range(first, first + readers)))
            between()
            begun = time.perf_counter()
            shares = [numbers[one::readers] for one in range(readers)]
            seconds = pool.map(lambda reader, share: [ask(reader, n) for n in share], everybody, shares)
            load = Load([second for share in seconds for second in share])
            load.elapsed = time.perf_counter() - begun
            between()
        return load
    finally:
        for reader in everybody:
            reader.close()
