"""What a film or a sound recording has to be, so that browsers of the last three years play it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

FILMS = {"mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm"}
SOUNDS = {
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
}
TYPES = {"video": FILMS, "audio": SOUNDS}


def judge_media(file, name: str, kind: str) -> None:
    """Raise ValidationError unless `file` is a “video” or “audio” (`kind`) as named, and not too large."""
    known = TYPES.get(kind)
    if known is None:
        raise ValidationError(_("Say whether this is a film or a sound recording."))
    extension = name.rpartition(".")[2].lower()
    if extension not in known:
        words = (
            _("A film is one of these: %(all)s.")
            if kind == "video"
            else _("A recording is one of these: %(all)s.")
        )
        raise ValidationError(words % {"all": ", ".join(sorted(known))})
    if file.size > settings.MEDIA_MAX_BYTES:
        words = _("This file is larger than %(limit)s. Put it where films are kept, and give its address.")
        raise ValidationError(words % {"limit": filesizeformat(settings.MEDIA_MAX_BYTES)})
    file.seek(0)
    head = file.read(64)
    file.seek(0)
    if container_of(head) != known[extension].rpartition("/")[2]:
        raise ValidationError(_("This is not what its name says, or the file is damaged."))


# What begins like an MP4 file and is none: pictures, and films of QuickTime, which half of the browsers play.
OTHER_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"qt  "}


def container_of(head: bytes) -> str:
    """The container that a file of these first bytes is, as its media type ends; empty for others.

    ISO/IEC 14496-12 (ftyp), EBML (RFC 8794) with a document of type “webm”, Ogg (RFC 3533), RIFF, ID3v2, and
    MPEG audio frames of layer II or III.
    """
    if head[4:8] == b"ftyp":
        return "" if head[8:12] in OTHER_BRANDS else "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head else ""
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 in {0xE2, 0xE4}):
        return "mpeg"
    return ""
