"""Forms of the page editors."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ..belonging import UidForm


class WeekForm(UidForm):
    """The form of a week. A new one begins where the course's last one ends.

    A week whose steps are required is made no catch-up week: their own form would refuse them afterwards.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.parent_page is not None and "offset_days" in self.fields:
            weeks = type(self.instance).objects.child_of(self.parent_page).order_by("path")
            last = weeks.values_list("offset_days", "length_days").last()
            if last:
                self.instance.offset_days = self.initial["offset_days"] = sum(last)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("is_catch_up") and self.instance.path:
            steps = apps.get_model("courses", "StepPage").objects.child_of(self.instance)
            required = list(steps.filter(optional=False).order_by("path").values_list("title", flat=True))
            if required:
                words = _("In a catch-up week everything is optional. These steps are not yet: %(titles)s.")
                titles = get_text_list([f"“{title}”" for title in required], _("and"))
                self.add_error("is_catch_up", ValidationError(words % {"titles": titles}))
        return cleaned
