"""The tree of forums: machina's abstract model with what must hold here."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from machina.apps.forum.abstract_models import AbstractForum
from mptt.models import TreeForeignKey


class Forum(AbstractForum):
    """A forum (topics in it), or a category (forums in it). Who may do what stands in `access`.

    machina's counters are kept by `F()` on their own columns in forum_conversation's actions, never by
    saving a row that somebody else may have moved. Its image, link and display columns are not taken over.
    """

    parent = TreeForeignKey(
        "self",
        null=True,
        blank=True,
        related_name="children",
        on_delete=models.PROTECT,
        verbose_name=_("Parent"),
    )
    description = models.CharField(_("description"), max_length=255, blank=True)
    _description_rendered = None
    cloth = models.CharField(max_length=12, blank=True)
    # A name by which code finds a forum that it made ("cafe"); empty for all others.
    key = models.SlugField(max_length=40, blank=True, editable=False)
    image = None
    link = None
    link_redirects = None
    link_redirects_count = None
    display_sub_forum_list = None

    class Meta(AbstractForum.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="forum_key_unique"),
        ]

    def clean(self) -> None:
        """A category holds forums only, and no category lies in another."""
        models.Model.clean(self)
        from django.core.exceptions import ValidationError

        if self.is_category and self.parent and self.parent.is_category:
            raise ValidationError(_("A category cannot lie in another category."))

    def save(self, *args, **kwargs) -> None:
        """Store the row and its place in the tree; never its counters' neighbours."""
        self.slug = slugify(self.name, allow_unicode=True) or "forum"
        super(AbstractForum, self).save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.pk, self.slug])

    @property
    def label(self) -> str:
        """The Locke key: the first letter and the next vowel (John Locke, 1686)."""
        return locke_key(self.name)


def locke_key(words: str) -> str:
    """`Co` for “Commonplace”: first letter and next vowel of the first word that is no article."""
    skip = {"the", "a", "an", "la", "el", "los", "las"}
    parts = [part for part in words.split() if part[:1].isalpha()]
    word = next((part for part in parts if part.lower() not in skip), parts[0] if parts else "–")
    vowel = next((letter for letter in word[1:].lower() if letter in "aeiouáéíóúy"), word[1:2].lower())
    return word[0].upper() + vowel


# machina's module comes last: it registers its own classes only where ours have not taken the name.
from machina.apps.forum import models as _machina_models  # noqa: E402, F401
