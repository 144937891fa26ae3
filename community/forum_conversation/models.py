"""Topics and posts: machina's abstract models, with a reply tree that reads in the order it is shown."""

from __future__ import annotations

from html import unescape

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _
from machina.apps.forum_conversation.abstract_models import AbstractPost, AbstractTopic


class Topic(AbstractTopic):
    """One conversation, in a forum and perhaps beside pages as well.

    `posts_count`, `last_post` and `last_post_on` count published posts. `next_ordinal` is the number that
    the next top-level post gets. Not taken over from machina: `subscribers`, `views_count`, `approved`.
    """

    # The first column of the index below.
    forum = models.ForeignKey("forum.Forum", related_name="topics", on_delete=models.PROTECT, db_index=False)
    poster = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="topics"
    )
    # True for a conversation that belongs to pages: it has no opening post.
    beside_page = models.BooleanField(default=False)
    next_ordinal = models.PositiveIntegerField(default=1, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    # machina indexes each of these alone; the reads need them together (Meta.indexes).
    slug = models.CharField(max_length=255, editable=False)
    type = models.PositiveSmallIntegerField(
        choices=AbstractTopic.TYPE_CHOICES, default=AbstractTopic.TOPIC_POST
    )
    status = models.PositiveSmallIntegerField(
        choices=AbstractTopic.STATUS_CHOICES, default=AbstractTopic.TOPIC_UNLOCKED
    )
    updated = None
    subscribers = None
    views_count = None
    approved = None

    objects = models.Manager()
    approved_objects = None

    class Meta(AbstractTopic.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["forum", "-type", "-last_post_on", "-id"], name="topic_in_forum"),
        ]

    def __str__(self) -> str:
        return self.subject

    def clean(self) -> None:
        models.Model.clean(self)

    def save(self, *args, **kwargs) -> None:
        """Store the row. Forum and counters move only through the actions."""
        self.slug = slugify(self.subject, allow_unicode=True)[:255] or "topic"
        models.Model.save(self, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return models.Model.delete(self, *args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.pk, self.slug])


class Post(AbstractPost):
    """What one person said, once.

    The tree: `parent` is what was answered, at any depth. `root` is the top-level post above (null for a
    top-level post), `depth` the distance to it. `ordinal` numbers top-level posts within the topic and
    replies within their root, in order of arrival, so that a page of either is a range over an index.
    `path` is the order of reading: four base-36 digits a level, no longer than `tree.MAX_LEVELS` levels;
    deeper replies follow flat, in order of arrival.
    """

    class State(models.IntegerChoices):
        PUBLISHED = 1, _("published")
        HELD = 2, _("held")
        HIDDEN = 3, _("hidden")
        DELETED = 4, _("deleted")

    # Each of these three is the first column of an index or constraint below.
    topic = models.ForeignKey(
        "forum_conversation.Topic", related_name="posts", on_delete=models.PROTECT, db_index=False
    )
    poster = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="posts",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
    )
    content = models.TextField()
    html = models.TextField(editable=False)
    renderer_version = models.PositiveSmallIntegerField(editable=False)
    _content_rendered = None

    parent = models.ForeignKey(
        "self", null=True, blank=True, related_name="replies", on_delete=models.PROTECT
    )
    root = models.ForeignKey(
        "self", null=True, blank=True, related_name="branch", on_delete=models.PROTECT, db_index=False
    )
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    ordinal = models.PositiveIntegerField(editable=False)
    path = models.CharField(max_length=24, editable=False)
    next_ordinal = models.PositiveIntegerField(default=1, editable=False)  # of a root: its next reply
    next_child = models.PositiveIntegerField(default=1, editable=False)  # the next path segment below
    replies_count = models.PositiveIntegerField(default=0, editable=False)  # direct, published
    branch_count = models.PositiveIntegerField(default=0, editable=False)  # of a root: all below, published

    state = models.PositiveSmallIntegerField(choices=State.choices, default=State.PUBLISHED)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    state_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.UUIDField(null=True, blank=True, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    updated = None
    updated_by = None
    updates_count = None
    update_reason = None
    subject = None
    username = None
    anonymous_key = None
    enable_signature = None
    approved = None

    objects = models.Manager()
    approved_objects = None

    class Meta(AbstractPost.Meta):
        abstract = False
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "ordinal"], condition=models.Q(root__isnull=True), name="post_root_ordinal"
            ),
            models.UniqueConstraint(
                fields=["root", "ordinal"], condition=models.Q(root__isnull=False), name="post_reply_ordinal"
            ),
            models.UniqueConstraint(fields=["topic", "path"], name="post_path"),
            models.UniqueConstraint(
                fields=["poster", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="post_sent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(root__isnull=True, parent__isnull=True, depth=0)
                | models.Q(root__isnull=False, parent__isnull=False, depth__gt=0),
                name="post_tree",
            ),
        ]
        indexes = [
            models.Index(fields=["poster", "-id"], name="post_by_person"),
            models.Index(
                fields=["state_by"], condition=models.Q(state_by__isnull=False), name="post_state_by"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def clean(self) -> None:
        models.Model.clean(self)

    def save(self, *args, **kwargs) -> None:
        """Store the row. Counters move only through the actions."""
        models.Model.save(self, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return models.Model.delete(self, *args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.pk])

    @property
    def gist(self) -> str:
        """The first words of it, without markup; a template escapes them."""
        return Truncator(unescape(strip_tags(self.html))).words(36)


# machina's module comes last: it registers its own classes only where ours have not taken the name.
from machina.apps.forum_conversation import models as _machina_models  # noqa: E402, F401
