"""Which key of a file fills which field of a page. The limits of a value are the field's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from ..models import (
    ActivityPage,
    CoursePage,
    LecturePage,
    ModulePage,
    QuizPage,
    ReadingPage,
    SessionPage,
    SurveyPage,
    WrapUpPage,
)

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


PAGE_KEYS = (
    Key("uid", "uid", required=True),
    Key("title", "title", required=True),
    Key("slug", "slug"),
)
SEARCH_KEYS = (Key("search_title", "seo_title"), Key("search_description", "search_description"))
COURSE_KEYS = (
    *PAGE_KEYS,
    Key("cloth", "cloth"),
    Key("lede", "lede"),
    Key("time_zone", "time_zone"),
    Key("hours_per_week", "hours_per_week"),
    Key("visitors_read_conversations", "visitors_read_conversations"),
    *SEARCH_KEYS,
)
WEEK_KEYS = (
    *PAGE_KEYS,
    Key("offset_days", "offset_days", required=True),
    Key("length_days", "length_days"),
    Key("catch_up", "is_catch_up"),
    Key("cloth", "cloth"),
    Key("hint", "hint"),
    Key("lede", "lede"),
    Key("outcomes", "outcomes", many=True),
    Key("question", "question"),
    *SEARCH_KEYS,
)
STEP_KEYS = (
    *PAGE_KEYS,
    Key("minutes", "minutes", required=True),
    Key("quiet", "needs_quiet"),
    Key("skim", "skimmable"),
    Key("audio", "has_audio"),
    Key("optional", "optional"),
    Key("summary", "summary"),
)
LECTURE_KEYS = (*STEP_KEYS, Key("slides_file", "slides_file"), *SEARCH_KEYS)
READING_KEYS = (
    *STEP_KEYS,
    Key("read_aloud", "read_aloud"),
    Key("work.kind", "work_kind"),
    Key("work.author", "work_authors", many=True),
    Key("work.title", "work_title"),
    Key("work.container_title", "container_title"),
    Key("work.editor", "work_editors", many=True),
    Key("work.volume", "volume"),
    Key("work.issue", "issue"),
    Key("work.pages", "pages"),
    Key("work.year", "year"),
    Key("work.publisher", "publisher"),
    Key("work.edition", "edition"),
    Key("work.doi", "doi"),
    Key("work.isbn", "isbn"),
    Key("work.url", "work_url"),
    Key("work.file", "work_file"),
    Key("work.access", "access", required=True),
    *SEARCH_KEYS,
)
ACTIVITY_KEYS = (*STEP_KEYS, Key("prompt", "prompt"), *SEARCH_KEYS)
SESSION_KEYS = (
    *STEP_KEYS,
    Key("day", "day", required=True),
    Key("starts", "starts", required=True),
    Key("ends", "ends", required=True),
    Key("time_zone", "session_zone"),
    Key("place", "venue"),
    Key("link", "link"),
    Key("bring", "bring"),
    *SEARCH_KEYS,
)
QUIZ_KEYS = (*STEP_KEYS, Key("tries", "tries"), *SEARCH_KEYS)
SURVEY_KEYS = (*STEP_KEYS, Key("anonymous", "anonymous"), Key("results", "results"), *SEARCH_KEYS)
WRAP_UP_KEYS = (*STEP_KEYS, *SEARCH_KEYS)


class Sheet(NamedTuple):
    """What the file of a page may hold. `name` is what a message calls such a file.

    `streams` are the fields that its text fills, in the order in which they are written.
    """

    name: str
    keys: tuple[Key, ...]
    streams: tuple[str, ...] = ("body",)
    # Keys that fill no field.
    others: tuple[str, ...] = ("kind",)

    @property
    def known(self) -> list[str]:
        """Every key, those that hold others included, in the alphabet's order."""
        names = {key.name for key in self.keys}
        return sorted(names | {name.partition(".")[0] for name in names} | set(self.others))


SHEETS: dict[type, Sheet] = {
    CoursePage: Sheet(_("a course"), COURSE_KEYS, others=("format", "starts_on")),
    ModulePage: Sheet(_("a week"), WEEK_KEYS, others=()),
    LecturePage: Sheet(_("a lecture"), LECTURE_KEYS, ("recording", "body", "slides")),
    ReadingPage: Sheet(_("a reading"), READING_KEYS),
    ActivityPage: Sheet(_("an activity"), ACTIVITY_KEYS),
    SessionPage: Sheet(_("a live session"), SESSION_KEYS, ("body", "recording")),
    QuizPage: Sheet(_("a self-check"), QUIZ_KEYS, ("body", "questions")),
    SurveyPage: Sheet(_("a survey"), SURVEY_KEYS, ("body", "questions")),
    WrapUpPage: Sheet(_("a wrap-up"), WRAP_UP_KEYS),
}


@cache
def streams_of(model: type) -> dict[str, StreamBlock]:
    """The stream of each field that a text fills, by the field's name."""
    names = SHEETS[model].streams if model in SHEETS else ("body",)
    return {name: model._meta.get_field(name).stream_block for name in names}
