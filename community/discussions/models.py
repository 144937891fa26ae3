"""What ties a conversation to the pages it stands beside."""

from django.db import models
from django.utils import timezone


class Place(models.Model):
    """A page and the topic beside it. A page has one topic; a topic may stand beside several pages.

    When the page goes, the tie goes and the conversation stays in its forum.
    """

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="place")
    topic = models.ForeignKey("forum_conversation.Topic", on_delete=models.PROTECT, related_name="places")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.page_id} – {self.topic_id}"
