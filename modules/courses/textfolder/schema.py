"""Which key of a file fills which field of a page. The limits of a value are the field's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from ..models import ActivityPage, CoursePage, LecturePage, ModulePage, ReadingPage

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Key:
    """`name` as written in the file (“work.year” lies inside “work”), `field` of the page.

    A `many` is a list in the file and has one line for each item in the field.
    """

    name: str
    field: str
    required: bool = False
    many: bool = False


COURSE_KEYS = (
    Key("uid", "uid", required=True),
    Key("title", "title", required=True),
    Key("slug", "slug"),
    Key("cloth", "cloth"),
    Key("lede", "lede"),
    Key("time_zone", "time_zone"),
    Key("hours_per_week", "hours_per_week"),
    Key("visitors_read_conversations", "visitors_read_conversations"),
)
WEEK_KEYS = (
    Key("uid", "uid", required=True),
    Key("title", "title", required=True),
    Key("slug", "slug"),
    Key("offset_days", "offset_days", required=True),
    Key("length_days", "length_days"),
    Key("cloth", "cloth"),
    Key("hint", "hint"),
    Key("lede", "lede"),
    Key("outcomes", "outcomes", many=True),
    Key("question", "question"),
)
STEP_KEYS = (
    Key("uid", "uid", required=True),
    Key("title", "title", required=True),
    Key("slug", "slug"),
    Key("minutes", "minutes", required=True),
    Key("quiet", "needs_quiet"),
    Key("skim", "skimmable"),
    Key("audio", "has_audio"),
    Key("optional", "optional"),
    Key("summary", "summary"),
)
LECTURE_KEYS = (*STEP_KEYS, Key("video", "video_url"))
READING_KEYS = (
    *STEP_KEYS,
    Key("work.author", "work_authors", many=True),
    Key("work.title", "work_title", required=True),
    Key("work.container_title", "container_title"),
    Key("work.volume", "volume"),
    Key("work.issue", "issue"),
    Key("work.pages", "pages"),
    Key("work.year", "year"),
    Key("work.publisher", "publisher"),
    Key("work.doi", "doi"),
    Key("work.isbn", "isbn"),
    Key("work.url", "work_url"),
    Key("work.access", "access", required=True),
)
ACTIVITY_KEYS = (*STEP_KEYS, Key("prompt", "prompt"))


class Sheet(NamedTuple):
    """What the head of a file may hold. `name` is what a message calls such a file."""

    name: str
    keys: tuple[Key, ...]
    # Keys that fill no field.
    others: tuple[str, ...] = ("kind",)

    @property
    def known(self) -> list[str]:
        """Every key, those that hold others included, in the alphabet's order."""
        names = {key.name for key in self.keys}
        return sorted(names | {name.partition(".")[0] for name in names} | set(self.others))


SHEETS: dict[type, Sheet] = {
    CoursePage: Sheet(_("a course"), COURSE_KEYS, ("format",)),
    ModulePage: Sheet(_("a week"), WEEK_KEYS, ()),
    LecturePage: Sheet(_("a lecture"), LECTURE_KEYS),
    ReadingPage: Sheet(_("a reading"), READING_KEYS),
    ActivityPage: Sheet(_("an activity"), ACTIVITY_KEYS),
}
