"""Every address that the site answers, as the URL resolver knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLResolver, get_resolver

# What the next Wagtail calls the same address (`make test-next`).
RENAMED = {
    "cms/pages/<pk>/revisions/compare/<revision_id_a>...<revision_id_b>/": (
        "cms/pages/<1>/revisions/compare/<2>...<3>/"
    ),
}


class Route(NamedTuple):
    """`name` is how the tables call it: `forum/<id:pk>/new/`; `pattern` what `resolve(url).route` gives."""

    name: str
    pattern: str


def all_routes() -> list[Route]:
    """The routes of the site in the order in which they are tried; one that is shadowed by its twin, once."""
    named = ((readable(pattern), pattern) for pattern in _walk(get_resolver()))
    return list(dict.fromkeys(Route(RENAMED.get(name, name), pattern) for name, pattern in named))


def _walk(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            for below in _walk(entry):
                yield _joined(str(entry.pattern), below)
        else:
            yield str(entry.pattern)


def _joined(above: str, below: str) -> str:
    """As django.urls.resolvers.URLResolver._join_route does it."""
    return above + below.removeprefix("^") if above else below


def readable(pattern: str) -> str:
    """A pattern with each group of a regular expression as `<name>`, or `<number>` where it has none.

    >>> readable(r"^people/(?P<handle>[a-z]+(-[a-z]+)*)/$")
    'people/<handle>/'
    """
    out: list[str] = []
    depth = number = 0
    name = ""
    for place, sign in enumerate(pattern):
        if sign in "()" and pattern[place - 1 : place] != "\\":
            depth += 1 if sign == "(" else -1
            if sign == "(" and depth == 1:
                number += 1
                named = pattern.startswith("(?P<", place)
                name = pattern[place + 4 : pattern.index(">", place)] if named else str(number)
            elif depth == 0:
                out.append(f"<{name}>")
        elif depth == 0:
            out.append(sign)
    return "".join(out).removeprefix("^").removesuffix("$").replace("\\", "")
