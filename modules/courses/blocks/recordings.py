"""Films, sound and slides: of a lecture, of a session, and within a body."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import webvtt
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from . import samples
from .text import Struct, rich_text, twins

CHAPTER = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\s+(\S.*)")
MAX_CAPTION_BYTES = 1024 * 1024
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Chapter(NamedTuple):
    """`at` is in seconds from the beginning, `clock` the same as one reads it."""

    at: int
    clock: str
    title: str


def read_chapters(text: str) -> list[Chapter]:
    """Chapters written a line each, “1:05 The pause”. Raises ValidationError, naming the line."""
    chapters: list[Chapter] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = CHAPTER.fullmatch(line)
        hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3]) if found else (0, 0, 60)
        if seconds > 59 or (hours and minutes > 59):
            words = _("“%(line)s”: write the time and the title, like “1:05 The pause”.")
            raise ValidationError(words % {"line": line[:80]})
        at = hours * 3600 + minutes * 60 + seconds
        if chapters and at <= chapters[-1].at:
            raise ValidationError(_("“%(line)s” does not come after the one above it.") % {"line": line[:80]})
        chapters.append(Chapter(at, line.split()[0], found.group(4)))
    return chapters


class ChaptersBlock(blocks.TextBlock):
    """Chapters, a line each."""

    def clean(self, value):
        value = super().clean(value)
        read_chapters(value or "")
        return value


def judge_captions(document) -> None:
    """Raise ValidationError unless `document` is a WebVTT file that players can read."""
    try:
        with document.file.open("rb") as file:
            raw = file.read(MAX_CAPTION_BYTES + 1)
    except OSError as error:
        raise ValidationError(_("The file of these captions is gone.")) from error
    judge_caption_bytes(raw)


def judge_caption_bytes(raw: bytes) -> None:
    """The same for what stands in a file."""
    if len(raw) > MAX_CAPTION_BYTES:
        raise ValidationError(_("Captions are never larger than 1 MB."))
    try:
        text = raw.decode("utf-8-sig")
        cues = list(webvtt.WebVTT.from_string(text, strict=True))
    except UnicodeDecodeError as error:
        raise ValidationError(_("Captions are written in UTF-8. Save the file so.")) from error
    except Exception as error:  # whatever the parser is led to by a broken file
        words = _("These captions cannot be read: %(error)s. They are a WebVTT file (.vtt).")
        raise ValidationError(words % {"error": str(error)[:120] or "?"}) from error
    if not cues:
        raise ValidationError(_("There is no caption in this file."))
    last = -1.0
    for cue in cues:
        if cue.end_in_seconds < cue.start_in_seconds or cue.start_in_seconds < last:
            words = _(
                "The caption at %(time)s does not come after the one before it, or ends before it begins."
            )
            raise ValidationError(words % {"time": cue.start})
        last = cue.start_in_seconds


class CaptionsBlock(Struct):
    language = blocks.CharBlock(
        max_length=20,
        default="en",
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Its code: en, es, ar, pt-BR."),
    )
    file = DocumentChooserBlock(
        label=gettext_lazy("Captions"), help_text=gettext_lazy("A WebVTT file (.vtt).")
    )

    def faults(self, value):
        if not LANGUAGE.fullmatch(value["language"]):
            yield "language", _("This is not the code of a language, like “en” or “pt-BR”.")
        if value["file"]:
            try:
                judge_captions(value["file"])
            except ValidationError as error:
                yield "file", " ".join(error.messages)

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Captions")


class Player(NamedTuple):
    """A host whose player may be shown on our pages, after a click.

    `embed` is the address of the player there, `page` that of the film's own page: both want a number of
    seconds at their end, from which on it plays.
    """

    name: str
    embed: str
    page: str


VIMEO = re.compile(r"/(?:.*/)?([0-9]+)(?:/([0-9a-f]+))?/?")


def player_of(address: str) -> Player | None:
    """The player for the address of a film elsewhere; None where there is only a link to be had."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    found = None
    if host in ("youtube.com", "youtube-nocookie.com"):
        found = parse_qs(parts.query).get("v", [parts.path.rpartition("/")[2]])[0]
    elif host == "youtu.be":
        found = parts.path.strip("/")
    elif host in ("vimeo.com", "player.vimeo.com") and (film := VIMEO.fullmatch(parts.path)):
        number, key = film.groups()
        key = key or parse_qs(parts.query).get("h", [""])[0]  # of a film that is not listed
        if key and not key.isalnum():
            return None
        embed = f"https://player.vimeo.com/video/{number}?{f'h={key}&' if key else ''}dnt=1&autoplay=1#t="
        return Player("Vimeo", embed, f"https://vimeo.com/{number}{f'/{key}' if key else ''}#t=")
    if found and re.fullmatch(r"[\w-]{11}", found, re.ASCII):
        embed = f"https://www.youtube-nocookie.com/embed/{found}?autoplay=1&start="
        return Player("YouTube", embed, f"https://www.youtube.com/watch?v={found}&t=")
    return None


class ChapterLink(NamedTuple):
    """A chapter with the way to it: `href` works without a script, and is empty where there is no way."""

    at: int
    clock: str
    title: str
    href: str
    embed: str


class RecordingValue(blocks.StructValue):
    """A film or a sound recording."""

    @cached_property
    def chapter_list(self) -> list[Chapter]:
        """The chapters; none, where a line of them cannot be read."""
        try:
            return read_chapters(self.get("chapters") or "")
        except ValidationError:
            return []

    @cached_property
    def player(self) -> Player | None:
        """The player elsewhere, for the address of a film."""
        return player_of(self.get("address") or "")

    @property
    def embed(self) -> str:
        """The address of that player, from the beginning; empty if there is none."""
        return f"{self.player.embed}0" if self.player else ""

    @property
    def chapter_links(self) -> list[ChapterLink]:
        """The chapters, each with the way to it: a media fragment (W3C, 2012) of a file of ours."""
        if file := self.get("file"):
            start, embed = f"{file.url}#t=", ""
        else:
            start, embed = (self.player.page, self.player.embed) if self.player else ("", "")
        return [
            ChapterLink(*chapter, start and f"{start}{chapter.at}", embed and f"{embed}{chapter.at}")
            for chapter in self.chapter_list
        ]

    @property
    def spoken(self) -> list[tuple[str, str, Any]]:
        """The captions whose file is there: the code of the language, its own name, the file."""
        return [
            (captions["language"], language_name(captions["language"]), captions["file"])
            for captions in self.get("captions") or []
            if captions["file"]
        ]


def language_name(code: str) -> str:
    """The name of a language in that language, “Español”; the code itself where nobody here knows it."""
    for known in (code.lower(), code.lower().partition("-")[0]):
        try:
            return get_language_info(known)["name_local"].capitalize()
        except KeyError:
            continue
    return code


class VideoBlock(Struct):
    """A film: a file of ours, or the address of one elsewhere, of which nothing is loaded before a click."""

    title = blocks.CharBlock(
        max_length=160, label=gettext_lazy("Title"), help_text=gettext_lazy("What it is, and who speaks.")
    )
    file = VideoChooserBlock(
        required=False, label=gettext_lazy("Film"), help_text=gettext_lazy("Stored here, for good.")
    )
    address = blocks.URLBlock(
        required=False,
        label=gettext_lazy("or its address"),
        help_text=gettext_lazy(
            "A page at YouTube, Vimeo or elsewhere. It is loaded only when somebody asks for it."
        ),
    )
    poster = ImageChooserBlock(
        required=False,
        label=gettext_lazy("Still picture"),
        help_text=gettext_lazy("Shown until it plays. As wide and high as the film."),
    )
    captions = blocks.ListBlock(
        CaptionsBlock(),
        default=[],
        max_num=12,
        label=gettext_lazy("Captions"),
        help_text=gettext_lazy("One for each language. A film with words in it needs those of its own."),
    )
    chapters = ChaptersBlock(
        required=False,
        max_length=4000,
        label=gettext_lazy("Chapters"),
        help_text=gettext_lazy("A line each: the time, and the title. 1:05 The pause"),
    )
    audio = AudioChooserBlock(
        required=False,
        label=gettext_lazy("Sound alone"),
        help_text=gettext_lazy("For a walk, or for a line that is slow."),
    )
    transcript = rich_text(
        required=False,
        max_length=200_000,
        label=gettext_lazy("Transcript"),
        help_text=gettext_lazy(
            "What is said and what is to be seen, for who cannot hear or see it, or has no time."
        ),
    )

    def faults(self, value):
        if not value["file"] and not value["address"]:
            yield "file", _("Choose a film, or give the address of one.")
        if value["file"] and value["address"]:
            yield "address", _("A film has either a file or an address.")
        languages = twins(captions["language"] for captions in value["captions"])
        if languages:
            yield "captions", _("There are two captions in “%(language)s”.") % {"language": languages}
        if value["captions"] and not value["file"]:
            yield "captions", _("Captions are for a film that is stored here.")

    class Meta:
        icon = "media"
        label = gettext_lazy("Film")
        description = gettext_lazy("A film with captions, chapters and transcript")
        template = "modules/blocks/video.html"
        styles = ("css/player.css",)
        scripts = ("js/player.js",)
        value_class = RecordingValue
        preview_value = {
            "title": "At the door",
            "address": "https://vimeo.com/22439234",
            "chapters": "0:00 Outside\n1:05 The pause",
            "transcript": "<p>A door opens. Nobody is behind it.</p>",
        }


class AudioBlock(Struct):
    """A sound recording with its transcript."""

    title = blocks.CharBlock(
        max_length=160, label=gettext_lazy("Title"), help_text=gettext_lazy("What it is, and who speaks.")
    )
    file = AudioChooserBlock(
        label=gettext_lazy("Recording"), help_text=gettext_lazy("Stored here, for good.")
    )
    chapters = ChaptersBlock(
        required=False,
        max_length=4000,
        label=gettext_lazy("Chapters"),
        help_text=gettext_lazy("A line each: the time, and the title. 1:05 The pause"),
    )
    transcript = rich_text(
        max_length=200_000,
        label=gettext_lazy("Transcript"),
        help_text=gettext_lazy("Everything that is said, for who cannot hear it."),
    )

    class Meta:
        icon = "media"
        label = gettext_lazy("Sound")
        description = gettext_lazy("A sound recording with its transcript")
        template = "modules/blocks/audio.html"
        styles = ("css/player.css",)
        scripts = ("js/player.js",)
        value_class = RecordingValue

    def get_preview_value(self):
        return self.normalize(samples.sound())


class RecordingBlock(blocks.StreamBlock):
    """The recording that a lecture or session is about: one film, or one sound."""

    film = VideoBlock()
    sound = AudioBlock()

    class Meta:
        max_num = 1
        required = False


class SlideBlock(Struct):
    image = ImageChooserBlock(label=gettext_lazy("Picture"))
    alt = blocks.CharBlock(
        max_length=600,
        label=gettext_lazy("What the slide shows"),
        help_text=gettext_lazy("Read aloud in place of the picture, with the words that stand on it."),
    )
    title = blocks.CharBlock(
        required=False,
        max_length=160,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Stands below the picture, and in the transcript."),
    )
    words = rich_text(
        required=False,
        label=gettext_lazy("What is said over it"),
        help_text=gettext_lazy("It becomes the transcript of the lecture."),
    )

    class Meta:
        icon = "image"
        label = gettext_lazy("Slide")
        description = gettext_lazy("A picture with what is said over it")
        template = "modules/blocks/slide.html"
        styles = ("css/deck.css",)
        scripts = ("js/deck.js",)

    def get_preview_value(self):
        return self.normalize(samples.slide())


class SlidesBlock(blocks.StreamBlock):
    """The slides of a lecture, in order, with what is said over each."""

    slide = SlideBlock()

    class Meta:
        max_num = 120
        required = False
