"""The pictures of a folder: judged before anything is written, kept once however often they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.utils.file import hash_filelike


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the folder; `digest` is the SHA-1 by which Wagtail knows a file again."""

    path: Path
    digest: str


def read_picture(path: Path) -> Picture:
    """The picture at `path`. Raises ValidationError with words for whoever made the course."""
    field = WagtailImageField()
    limit = field.max_upload_size
    try:
        # Asked first: what follows reads the whole file into memory.
        if limit is not None and path.stat().st_size > limit:
            words = _("This picture is larger than %(limit)s.") % {"limit": filesizeformat(limit)}
            raise ValidationError(words)
        with path.open("rb") as file:
            field.clean(File(file, name=path.name))
            file.seek(0)
            # The header is right by now; this finds out whether the rest is there.
            with Image.open(file) as image:
                image.load()
            return Picture(path, hash_filelike(file))
    except ValidationError:
        raise
    except Exception as error:  # the libraries below raise whatever a broken file leads them to
        raise ValidationError(_("This is not a picture, or the file is damaged.")) from error


class PictureStore:
    """Finds the site's copy of a picture by its content, and makes one where there is none.

    `made` are the images that were new; their files are removed again if the import fails.
    """

    def __init__(self, user=None):
        self.user = user
        self.made = []
        self._known: dict[str, int] = {}

    def id_of(self, picture: Picture, *, alt: str) -> int:
        """The id of the site's image with this content."""
        if picture.digest not in self._known:
            image = self._find(picture) or self._make(picture, alt)
            self._known[picture.digest] = image.pk
        return self._known[picture.digest]

    def _find(self, picture: Picture):
        same = get_image_model().objects.filter(file_hash=picture.digest).order_by("pk")
        return next((image for image in same if image.file.storage.exists(image.file.name)), None)

    def _make(self, picture: Picture, alt: str):
        image = get_image_model()(
            title=picture.path.name[:255],
            description=alt[:255],
            file_hash=picture.digest,
            uploaded_by_user=self.user,
        )
        with picture.path.open("rb") as file:
            image.file.save(picture.path.name, File(file), save=False)
        self.made.append(image)
        image.file_size = image.file.size
        image.save()
        return image


@contextmanager
def picture_store(user=None) -> Iterator[PictureStore]:
    """A store whose new files go again if the block raises; its rows go with the transaction around it."""
    store = PictureStore(user)
    try:
        yield store
    except BaseException:
        for image in store.made:
            image.file.storage.delete(image.file.name)
        raise


def digests_of(ids: Iterable[int]) -> dict[int, str]:
    """The content digest of each of these images; one query."""
    return dict(get_image_model().objects.filter(pk__in=ids).values_list("pk", "file_hash"))
