"""What people send."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyForm(forms.Form):
    """A reply. The text is judged by the action that publishes it, so that every door says the same."""

    text = forms.CharField(required=False, strip=False)
    parent = forms.IntegerField(required=False, min_value=1)
    key = forms.UUIDField(required=False)
    next = forms.CharField(required=False, max_length=500)

    def clean_key(self) -> uuid.UUID | None:
        return self.cleaned_data["key"]

    @property
    def words(self) -> str:
        """The text as it was typed, also where the form is not valid."""
        return self.data.get("text", "")

    @property
    def parent_id(self) -> int | None:
        """The post answered; None for a reply to all; 0, which no post has, for what is no number."""
        if not self.is_bound:
            return None
        return 0 if "parent" in self.errors else self.cleaned_data.get("parent")

    @property
    def sent_key(self) -> uuid.UUID | None:
        return self.cleaned_data.get("key") if self.is_bound else None


class TopicForm(ReplyForm):
    """A new topic of a forum."""

    subject = forms.CharField(label=_("Title"), required=False, max_length=255)
