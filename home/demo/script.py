"""The demo's script: the files of `community/`, read as one for each run of a course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
COMMUNITY = FOLDER / "community"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is not there on every machine


@dataclass
class Run:
    """A run of a course: its folder, its first day, and what happened in it.

    What the script says of the `running_week` (the day of the run on which it began) is spread over the time
    since then, so that the last word is minutes old. None for a run that is over.
    """

    folder: Path
    uid: str
    start: dt.date
    leaders: list[str]
    topics: list[dict] = field(default_factory=list)
    conversations: list[dict] = field(default_factory=list)
    wrap_ups: dict[str, list[dict]] = field(default_factory=dict)
    answers: dict[str, list[list]] = field(default_factory=dict)
    done: dict[str, list[str]] = field(default_factory=dict)
    running_week: int | None = None

    def posts(self) -> Iterator[tuple[dict, dict | None, dict]]:
        """All posts as (entry, the entry it answers, what begins its thread)."""
        waiting = [(topic, None, topic) for topic in self.topics]
        for talk in self.conversations:
            waiting += [(entry, None, talk) for entry in talk["replies"]]
        while waiting:
            entry, answered, thread = waiting.pop()
            yield entry, answered, thread
            # What answers a topic's first post answers the topic.
            parent = None if entry is thread else entry
            waiting += [(reply, parent, thread) for reply in entry.get("replies", [])]


def read(name: str) -> Any:
    """What a file of the community says."""
    return yaml.load((COMMUNITY / f"{name}.yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506 – safe


def people() -> list[dict]:
    """Everybody, in the order of the file."""
    return read("people")["people"]


def runs(today: dt.date) -> list[Run]:
    """Last year's course, and the one that is in its third week on `today`."""
    monday = today - dt.timedelta(days=today.weekday())
    ago = read("last-year")
    last = Run(
        folder=FOLDER / "last-year",
        uid="worth-mending",
        start=monday - dt.timedelta(weeks=55),
        leaders=["tomas"],
        topics=ago["topics"],
        conversations=ago["conversations"],
        wrap_ups=ago["wrap_ups"],
        answers=ago["answers"],
        done=ago["progress"],
    )
    now = Run(
        folder=FOLDER / "course",
        uid="listening-library",
        start=monday - dt.timedelta(weeks=2),
        leaders=[entry["handle"] for entry in people() if entry.get("role") in ("instructor", "mentor")],
        answers=read("answers"),
        wrap_ups=read("wrap-ups") | read("wrap-ups-2"),
        done={entry["handle"]: entry.get("done", []) for entry in people()},
        running_week=14,
    )
    for name in ("cafe", "week-1", "week-2", "week-3"):
        part = read(name) or {}
        now.topics += part.get("topics") or []
        now.conversations += part.get("conversations") or []
    return [last, now]


class Clock:
    """Days and times of a run's script as moments that have passed (UTC)."""

    def __init__(self, run: Run, *, opens: dt.datetime | None, now: dt.datetime):
        """`opens`: when the running week began, None for a run that is over."""
        self.start = dt.datetime.combine(run.start, dt.time(), tzinfo=dt.UTC)
        self.now = now
        self.opens = opens
        self.last = max((self._plain(entry) for entry, *_rest in run.posts()), default=now)

    def _plain(self, entry: dict) -> dt.datetime:
        hour, minute = map(int, str(entry["time"]).split(":"))
        return self.start + dt.timedelta(days=entry["day"], hours=hour, minutes=minute)

    def __call__(self, entry: dict) -> dt.datetime:
        """When `entry` (its day and time) happened."""
        return self._so_far(self._plain(entry))

    def on(self, day: int, hour: int) -> dt.datetime:
        """The hour of a day, or now if that lies ahead."""
        return min(self._so_far(self.start + dt.timedelta(days=day, hours=hour)), self.now)

    def _so_far(self, moment: dt.datetime) -> dt.datetime:
        if self.opens is None or moment <= self.opens:
            return moment
        share = (moment - self.opens) / max(self.last - self.opens, dt.timedelta(minutes=1))
        return self.opens + max(self.now - self.opens, dt.timedelta()) * share
