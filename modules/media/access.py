"""Who may have a file: whoever may read a published page that uses it, now; and who works at the desk.

Which pages use a file is what Wagtail's reference index says of their published content.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.users.models import UserProfile

from modules.courses.models import CourseRole
from modules.courses.tree import STEP_LENGTH

from .models import CourseDocument, CourseImage, CourseMedia, CourseRendition


class Reach(enum.Enum):
    """How far a file goes at this moment."""

    EVERYONE = "everyone"
    PERSON = "this person, and not everyone"
    CLOSED = "nobody yet: the pages that use it are closed"
    NOBODY = "nobody who is not at the desk"


@dataclass(slots=True)
class StoredFile:
    """A file that the site knows. `model` and `pk` are what pages refer to; None for the desk's own files.

    `media_type` is “video” or “audio” for films and sounds.
    """

    file: FieldFile
    model: type | None = None
    pk: int | None = None
    media_type: str = ""
    # Of a file in a private collection: where that lies in the tree of collections.
    private_in: str = ""

    @property
    def is_document(self) -> bool:
        return self.model is CourseDocument


def find_file(name: str) -> StoredFile | None:
    """The picture, rendition, film, sound, document or desk portrait stored under `name`; at most one query.

    Only names that the database has are ever looked for in the storage, whatever dots and slashes they have.
    """
    folder = name.partition("/")[0]
    if folder == "avatar_images":
        profile = UserProfile.objects.filter(avatar=name).first()
        return profile and StoredFile(profile.avatar)
    if folder not in FOLDERS:
        return None
    model, field, collection_path = FOLDERS[folder]
    found = _stored_as(model, field, name, collection_path)
    if found is None:
        return None
    stored = StoredFile(getattr(found, field), type(found), found.pk, private_in=found.private_in)
    if isinstance(found, CourseRendition):
        stored.model, stored.pk = CourseImage, found.image_id
    elif isinstance(found, CourseMedia) and field == "file":
        stored.media_type = found.type
    return stored


# By folder: whose files lie there, in which field, and where their collection is.
FOLDERS = {
    "images": (CourseRendition, "file", "image__collection__path"),
    "original_images": (CourseImage, "file", "collection__path"),
    "documents": (CourseDocument, "file", "collection__path"),
    "media": (CourseMedia, "file", "collection__path"),
    "media_thumbnails": (CourseMedia, "thumbnail", "collection__path"),
}


def _stored_as(model, field: str, name: str, collection_path: str):
    """The row of `model` whose `field` is the file `name`, with `private_in`."""
    private = CollectionViewRestriction.objects.annotate(
        inside=ExpressionWrapper(OuterRef(collection_path), output_field=CharField())
    ).filter(inside__startswith=F("collection__path"))
    return (
        model.objects.filter(**{field: name})
        .annotate(private_in=Case(When(Exists(private), then=F(collection_path)), default=Value("")))
        .first()
    )


def reach_of(stored: StoredFile, request: HttpRequest) -> Reach:
    """How far the file goes for who asks. Three queries at the most where nothing is private."""
    uses = _uses(stored, request.user) if stored.model else []
    if stored.private_in and not _collection_accepts(stored, request):
        uses = []
    if not stored.private_in and any(not use.is_closed and not use.private_at for use in uses):
        return Reach.EVERYONE
    if any((use.is_led or not use.is_closed) and _accepts(use, request) for use in uses):
        return Reach.PERSON
    if _works_at_desk(request.user):
        return Reach.PERSON
    return Reach.CLOSED if any(_accepts(use, request) for use in uses) else Reach.NOBODY


@dataclass(slots=True)
class _Use:
    """A published page that uses the file."""

    is_closed: bool
    is_led: bool
    private_at: list[int]  # the pages above it (or itself) that an editor made private


def _uses(stored: StoredFile, user) -> list[_Use]:
    """The published pages that use a file, none of them below an unpublished one. Two queries."""
    pages = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(stored.model),
        to_object_id=str(stored.pk),
    ).annotate(page_id=Cast("object_id", IntegerField()))
    paths = list(
        Page.objects.filter(pk__in=pages.values("page_id"), live=True).values_list("path", flat=True)
    )
    ways = [_way(path) for path in paths]
    is_led = (
        Exists(CourseRole.objects.filter(course_id=OuterRef("pk"), person_id=user.pk))
        if user.is_authenticated
        else Value(False)
    )
    rows = {
        row["path"]: row
        for row in Page.objects.filter(path__in={step for way in ways for step in way})
        .annotate(
            is_private=Exists(
                PageViewRestriction.objects.filter(
                    Q(page_id=OuterRef("pk")) | Q(page__aliases=OuterRef("pk")),
                )
            ),
            is_led=is_led,
        )
        .values(
            "pk", "path", "live", "alias_of_id", "is_private", "is_led", "modulepage", "modulepage__opens_at"
        )
    }
    now = timezone.now()
    uses = []
    for way in ways:
        above = [rows[path] for path in way if path in rows]
        if len(above) < len(way) or not all(row["live"] for row in above):
            continue
        weeks = [row["modulepage__opens_at"] for row in above if row["modulepage"]]
        uses.append(
            _Use(
                is_closed=any(opens_at is None or opens_at > now for opens_at in weeks),
                is_led=any(row["is_led"] for row in above),
                private_at=[row["alias_of_id"] or row["pk"] for row in above if row["is_private"]],
            )
        )
    return uses


def _way(path: str) -> list[str]:
    """The paths from the first level below the root to the page itself."""
    return [path[:end] for end in range(2 * STEP_LENGTH, len(path) + 1, STEP_LENGTH)]


def _accepts(use: _Use, request: HttpRequest) -> bool:
    """May this person pass the restrictions of private pages? A query only where there are some."""
    if not use.private_at:
        return True
    restrictions = PageViewRestriction.objects.filter(page_id__in=use.private_at)
    return all(restriction.accept_request(request) for restriction in restrictions)


def _collection_accepts(stored: StoredFile, request: HttpRequest) -> bool:
    """The same for the private collections around the file."""
    restrictions = CollectionViewRestriction.objects.annotate(
        inside=Value(stored.private_in, output_field=CharField())
    ).filter(inside__startswith=F("collection__path"))
    return all(restriction.accept_request(request) for restriction in restrictions)


def _works_at_desk(user) -> bool:
    """May `user` enter the Wagtail admin? One query, where has_perm makes two."""
    if not user.is_authenticated or not user.is_active:
        return False
    return (
        user.is_superuser
        or Permission.objects.filter(
            Q(group__user=user) | Q(user=user),
            content_type__app_label="wagtailadmin",
            codename="access_admin",
        ).exists()
    )
