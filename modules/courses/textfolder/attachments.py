"""Pictures, documents, films and sounds of a folder: judged before anything is written, kept once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.blocks import Block
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.utils.file import hash_filelike
from wagtailmedia.models import get_media_model

from modules.media.judging import judge_media

from .plaintext import tidy_line

PICTURE, DOCUMENT, FILM, SOUND = "picture", "document", "video", "audio"


def kind_of_chooser(chooser: Block | models.ForeignKey) -> str:
    """What a chooser's block, or a key to a file, is for."""
    if isinstance(chooser, models.ForeignKey):
        limited = dict(chooser.get_limit_choices_to() or {})
        model, kind = chooser.related_model, limited.get("type", "")
    else:
        model, kind = chooser.model_class, getattr(chooser, "media_type", "")
    if model is get_media_model():
        return kind
    return PICTURE if model is get_image_model() else DOCUMENT


class _Opener(NamedTuple):
    path: Path

    def open(self, mode: str = "rb"):
        return self.path.open(mode)


@dataclass(frozen=True)
class Attachment:
    """A file of the folder; `digest` is the SHA-1 by which Wagtail knows a file again."""

    path: Path
    kind: str
    digest: str

    @cached_property
    def file(self) -> _Opener:
        """As a stored document has it: `.file.open()`."""
        return _Opener(self.path)


def read_attachment(path: Path, kind: str) -> Attachment:
    """The file at `path`, to be shown as `kind`. Raises ValidationError with words for its author."""
    try:
        if kind == PICTURE:
            _judge_picture(path)
        elif kind == DOCUMENT:
            _judge_document(path)
        else:
            with path.open("rb") as file:
                judge_media(File(file, name=path.name), path.name, kind)
        with path.open("rb") as file:
            return Attachment(path, kind, hash_filelike(file))
    except OSError as error:
        raise ValidationError(_("This file cannot be read.")) from error


def _judge_picture(path: Path) -> None:
    field = WagtailImageField()
    # Asked first: what follows reads the whole file into memory.
    _judge_size(path, field.max_upload_size)
    try:
        with path.open("rb") as file:
            field.clean(File(file, name=path.name))
            file.seek(0)
            # The header is right by now; this finds out whether the rest is there.
            with Image.open(file) as image:
                image.load()
    except ValidationError:
        raise
    except Exception as error:  # the libraries below raise whatever a broken file leads them to
        raise ValidationError(_("This is not a picture, or the file is damaged.")) from error


def _judge_document(path: Path) -> None:
    known = settings.WAGTAILDOCS_EXTENSIONS
    if path.suffix.lower().removeprefix(".") not in known:
        raise ValidationError(_("A file to download is one of these: %(all)s.") % {"all": ", ".join(known)})
    _judge_size(path, settings.DOCUMENT_MAX_BYTES)


def _judge_size(path: Path, limit: int | None) -> None:
    if limit is not None and path.stat().st_size > limit:
        raise ValidationError(_("This file is larger than %(limit)s.") % {"limit": filesizeformat(limit)})


MODELS = {
    PICTURE: get_image_model,
    DOCUMENT: get_document_model,
    FILM: get_media_model,
    SOUND: get_media_model,
}


class Store:
    """Finds the site's copy of a file by its content, and makes one where there is none.

    `made` are the rows that were new; their files are removed again if the import fails.
    """

    def __init__(self, user=None):
        self.user = user
        self.made = []
        self._known: dict[tuple[str, str], int] = {}

    def id_of(self, attachment: Attachment, *, about: str = "") -> int:
        """The id of the site's file of this kind and content; `about` says what a new picture shows."""
        key = (attachment.kind, attachment.digest)
        if key not in self._known:
            self._known[key] = (self._find(attachment) or self._make(attachment, about)).pk
        return self._known[key]

    def _find(self, attachment: Attachment):
        same = MODELS[attachment.kind]().objects.filter(file_hash=attachment.digest)
        if attachment.kind in (FILM, SOUND):
            same = same.filter(type=attachment.kind)
        # The same name: a file is exported under it.
        same = same.filter(title=attachment.path.name[:255]).order_by("pk")
        return next((row for row in same if row.file.storage.exists(row.file.name)), None)

    def _make(self, attachment: Attachment, about: str):
        row = MODELS[attachment.kind]()(
            title=attachment.path.name[:255], file_hash=attachment.digest, uploaded_by_user=self.user
        )
        if attachment.kind == PICTURE:
            row.description = about[:255]
        elif attachment.kind != DOCUMENT:
            row.type = attachment.kind
        with attachment.path.open("rb") as file:
            row.file.save(attachment.path.name, File(file), save=False)
        self.made.append(row)
        if attachment.kind in (PICTURE, DOCUMENT):
            row.file_size = row.file.size
        row.save()
        return row


@contextmanager
def store(user=None) -> Iterator[Store]:
    """A store whose new files go again if the block raises; its rows go with the transaction around it."""
    found = Store(user)
    try:
        yield found
    except BaseException:
        for row in found.made:
            row.file.storage.delete(row.file.name)
        raise


class Stored(NamedTuple):
    """A file of the site that a page shows; `name` is that in the storage."""

    title: str
    digest: str
    name: str
    credit: str = ""


class StoredFiles:
    """The site's files by kind and id; all of a kind are read at once. Unknown ones are None."""

    def __init__(self, ids: Iterable[tuple[str, int]]):
        wanted: dict[type, set[int]] = {}
        for kind, pk in ids:
            wanted.setdefault(MODELS[kind](), set()).add(pk)
        self._found = {
            (model, pk): Stored(title, digest or name, name, *credit)
            for model, pks in wanted.items()
            for pk, title, digest, name, *credit in model.objects.filter(pk__in=pks).values_list(
                *_columns(model)
            )
        }

    def get(self, kind: str, pk: int) -> Stored | None:
        return self._found.get((MODELS[kind](), pk))

    def credit(self, pk: int | None) -> str:
        """Who made a picture; empty if nobody is named."""
        stored = self.get(PICTURE, pk) if pk else None
        return tidy_line(stored.credit) if stored else ""


def _columns(model: type) -> list[str]:
    columns = ["pk", "title", "file_hash", "file"]
    return [*columns, "credit"] if model is get_image_model() else columns
