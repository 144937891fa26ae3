"""What is asked for: each page of the site and the bare view beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from . import ADDRESS
from .client import Request
from .generate import Places

# What somebody writes: some emphasis, a quotation, a list, a link; a hundred words.
TEXT = """> We moved the returns trolley two metres and the queue at the desk simply went away.

I would start *smaller* than that, with one shelf and **one person** who cares about it. Ours is a school
library, so the bell decides how long a conversation may be, and whatever we plan has to survive that.

- the sign by the lift says what is forbidden
- nothing in the building says what is welcome
- somebody wrote “more chairs” on nine cards, in nine different hands

There is more at https://www.example.org/notes/ and in `notes.txt`. Would you share the form that you used,
or is it only for your own house?
"""


@dataclass(frozen=True)
class Visit:
    """A page of the site, asked for by somebody. `site` and `bare` make the request of a given number."""

    name: str
    signed_in: bool
    site: Callable[[int], Request]
    bare: Callable[[int], Request]
    status: int = 200
    # What must stand how often in the page, and in the bare one.
    holds: tuple[str, int] = ("", 1)


@dataclass(frozen=True)
class Cards:
    """The session keys of some people, by which the server knows them; the same token guards their forms."""

    keys: list[str]
    token: str

    def headers(self, number: int) -> dict[str, str]:
        """What the browser of person `number` sends."""
        key = self.keys[number % len(self.keys)]
        return HEADERS | {"Cookie": f"sessionid={key}; csrftoken={self.token}"}


HEADERS = {
    "Host": urlsplit(ADDRESS).netloc,
    "X-Forwarded-Proto": "https",
    "Origin": ADDRESS,
    "Accept-Encoding": "gzip",
    "Accept-Language": "en",
    "User-Agent": "commonplace-bench",
}


def visits(places: Places, cards: Cards, topic_slugs: dict[int, str]) -> list[Visit]:
    """All that is measured, in the order of the report."""
    topic = f"/forum/topic/{places.topic}-{topic_slugs[places.topic]}/"
    bare_topic = f"/bare/forum/topic/{places.topic}/"
    posts = '<article class="post'

    def read(name: str, site: str, bare: str, signed_in: bool, **more) -> Visit:
        def request(path: str) -> Callable[[int], Request]:
            return lambda n: Request("GET", path, cards.headers(n % 16) if signed_in else HEADERS)

        return Visit(name, signed_in, request(site), request(bare), **more)

    def send(path: str, number: int, **fields: str) -> Request:
        body = urlencode(fields | {"csrfmiddlewaretoken": cards.token}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return Request("POST", path, cards.headers(number) | kind, body)

    def reply(door: str) -> Callable[[int], Request]:
        def request(number: int) -> Request:
            # Every second one answers a post; the others answer the topic.
            topic_id, post_id = places.busy[number // 2 % len(places.busy)]
            return send(
                f"{door}/forum/topic/{topic_id}/reply/",
                number,
                text=TEXT,
                parent=str(post_id) if number % 2 else "",
                key=str(uuid4()),
                next=f"/forum/topic/{topic_id}-{topic_slugs[topic_id]}/",
            )

        return request

    def tick(door: str) -> Callable[[int], Request]:
        # Half of the people for the site, the others for the bare view: each step is ticked by one of both.
        half = len(places.people) // 2
        first = half if door else 0

        def request(number: int) -> Request:
            # Everybody ticks a step, then everybody unticks it; then comes the next step of the week.
            person, turn = first + number % half, number // half
            step = places.steps[turn // 2 % len(places.steps)]
            verb = "untick" if turn % 2 else "tick"
            return send(f"{door}/me/steps/{step}/{verb}/", person, next=places.week)

        return request

    return [
        *(
            read(name, site, bare, signed_in, holds=holds)
            for name, site, bare, holds in (
                ("home", "/", "/bare/", ("<h1", 1)),
                ("week", places.week, f"/bare{places.week}", (posts, 55)),
                ("topic", topic, bare_topic, (posts, 20)),
                ("forum_index", "/forum/", "/bare/forum/", ("<h1", 1)),
            )
            for signed_in in (True, False)
        ),
        Visit("reply", True, reply(""), reply("/bare"), status=303),
        Visit("tick", True, tick(""), tick("/bare"), status=303),
        read("my_learning", "/me/", "/bare/me/", True, holds=("<h1", 1)),
    ]
