"""What members tell moderators."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """One person's word about one post. Open until a moderator decides; the decision stays with it."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", _("It is unkind to somebody")
        PRIVATE = "private", _("It tells something private")
        SPAM = "spam", _("It is advertising")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        HIDDEN = "hidden", _("post hidden")
        KEPT = "kept", _("post kept")

    post = models.ForeignKey("forum_conversation.Post", on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.TextField(_("what a moderator should know"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("moderate", "Can read reports and hide posts")]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=models.Q(outcome=""),
                name="report_open_once_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=models.Q(outcome=""), name="report_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} (#{self.post_id})"
