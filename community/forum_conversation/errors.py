"""What is said to somebody whose words could not be taken."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(ValueError):
    """A text, title or parent that cannot be stored. `str()` says why and what would help."""

    def __init__(self, reason: str, **facts):
        self.reason, self.facts = reason, facts
        super().__init__(reason)

    def __str__(self) -> str:
        if self.reason == "long":
            over = self.facts["length"] - self.facts["limit"]
            return ngettext(
                "This is %(over)s character too long; %(limit)s is the most. Could it be two posts?",
                "This is %(over)s characters too long; %(limit)s is the most. Could it be two posts?",
                over,
            ) % {"over": f"{over:,}", "limit": f"{self.facts['limit']:,}"}
        return {
            "empty": _("There is nothing to read in it yet. One sentence is a good length."),
            "nul": _("There is a character in it that no text has. Please type it once more."),
            "subject": _("Give it a title, so that others can find it."),
            "parent": _(
                "The post that you answered is no longer here. Your words are; post them to the conversation."
            ),
            "category": _("Topics live in forums; this is a category."),
        }[self.reason]
