"""What an import did."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass
class Report:
    """Titles or files, by what became of them, in the order of the course.

    `unpublished` pages were in the folder once and are no longer; `left` are pages of the course that no
    import made or that were changed on the site since they left the folder; `unused` are files.
    """

    course_title: str = ""
    address: str = ""
    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    rescheduled: int = 0

    def lines(self) -> list[str]:
        """The report in words: a line of counts, then a list for everything that is not as it was."""
        counts = [
            ngettext("%(count)d new", "%(count)d new", len(self.new)) % {"count": len(self.new)},
            ngettext("%(count)d updated", "%(count)d updated", len(self.updated))
            % {"count": len(self.updated)},
            ngettext("%(count)d unchanged", "%(count)d unchanged", len(self.unchanged))
            % {"count": len(self.unchanged)},
        ]
        lines = [
            _("“%(title)s” is at %(address)s.") % {"title": self.course_title, "address": self.address},
            ", ".join(counts) + ".",
        ]
        if self.rescheduled:
            words = ngettext(
                "%(count)d week opens on another day.",
                "%(count)d weeks open on another day.",
                self.rescheduled,
            )
            lines.append(words % {"count": self.rescheduled})
        parts = (
            (_("New:"), self.new),
            (_("Updated:"), self.updated),
            (_("Moved to another week:"), self.moved),
            (
                _("No longer in the folder, so not published any more (nothing was deleted):"),
                self.unpublished,
            ),
            (_("On the site, but not in the folder; left as they are:"), self.left),
            (_("Files added:"), self.files),
            (_("Files that no page uses:"), self.unused),
        )
        for heading, items in parts:
            if items:
                lines += ["", heading, *(f"  {item}" for item in items)]
        return lines
