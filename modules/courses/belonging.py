"""What holds for weeks and steps as parts of a course: a uid of their own, and no way out of it."""

from __future__ import annotations

from anyascii import anyascii
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from .tree import course_path

TAKEN = _("“%(uid)s” is the uid of another week or step of this course. Give this one another.")
MAX_LENGTH = 64


def uid_is_taken(uid: str, *, path: str, page_id: int | None = None) -> bool:
    """Has another page than `page_id`, in the course that a page at `path` belongs to, this uid?"""
    course = course_path(path)
    return any(
        apps.get_model("courses", model)
        .objects.filter(uid=uid, path__gt=course, path__lt=f"{course}ZZZZ")
        .exclude(pk=page_id)
        .exists()
        for model in ("ModulePage", "StepPage")
    )


def uid_from(slug: str) -> str:
    """A uid made of an address: in the letters of the English alphabet, whatever its script."""
    return slugify(anyascii(slug))[:MAX_LENGTH].strip("-_") or "page"


def free_uid(wish: str, *, path: str) -> str:
    """`wish`, or the first of `wish-2`, `wish-3` … that nobody in the course has."""
    uid, number = wish[:MAX_LENGTH], 1
    while uid_is_taken(uid, path=path):
        number += 1
        ending = f"-{number}"
        uid = f"{wish[: MAX_LENGTH - len(ending)]}{ending}"
    return uid


class UidForm(WagtailAdminPageForm):
    """The editor's form of a week or step: says what is wrong with its place before the page is stored."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.path:
            self.instance.parent_to_be = self.parent_page

    def clean(self) -> dict:
        cleaned = super().clean()
        uid = cleaned.get("uid")
        path = self.instance.path or (self.parent_page.path if self.parent_page else "")
        if uid and path and uid_is_taken(uid, path=path, page_id=self.instance.pk):
            self.add_error("uid", ValidationError(TAKEN, code="uid_taken", params={"uid": uid}))
        return cleaned


class PartOfCourse:
    """For weeks and steps, before Wagtail's Page."""

    base_form_class = UidForm
    exclude_fields_in_copy = ["import_digest"]  # no import made the copy
    search_auto_update = False  # indexing.py sees to it
    parent_to_be: Page | None = None  # of a page that is not in the tree yet

    def page_above(self) -> Page | None:
        """The page below which this one lies or is to lie, as its own class; None while nobody has said."""
        above = self.get_parent() if self.path else self.parent_to_be
        return above.specific if above else None

    def can_move_to(self, parent) -> bool:
        """Not into another course: conversations and records lie in this one. Copying is the way there."""
        return course_path(parent.path) == course_path(self.path) and super().can_move_to(parent)

    def clean(self) -> None:
        """Raises ValidationError on a uid that another week or step of the course has."""
        super().clean()
        if self.uid and self.path and uid_is_taken(self.uid, path=self.path, page_id=self.pk):
            raise ValidationError({"uid": ValidationError(TAKEN, code="uid_taken", params={"uid": self.uid})})

    def save(self, *args, **kwargs):
        """Store the page. A new one without a uid, or copied within its course, gets a free one.

        A copy in another course keeps its uid: that is what ties the runs of a course together.
        """
        if self._state.adding and not self.slug:
            self.minimal_clean()  # makes the slug
        if self._state.adding or not self.uid:
            self.uid = free_uid(self.uid or uid_from(self.slug), path=self.path)
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        """A revision as a page. That of a copy says the uid of its model: one that is taken yields."""
        page = super().with_content_json(content)
        if page.uid != self.uid and uid_is_taken(page.uid, path=self.path, page_id=self.pk):
            page.uid = self.uid
        return page
