"""The field of a conversation that a page quotes: one chooses it, and its address is what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser

from community.discussions.quoted import Quoted, quotations

_names: ContextVar[dict[str, str]] = ContextVar("names of quoted conversations")


@contextmanager
def named_talk(addresses: Iterable[str], user) -> Iterator[None]:
    """Within it, the fields of these addresses say what stands there, as far as `user` may read it.

    Two queries at the most. Elsewhere, and for what somebody may not read, a field says the address.
    """
    found = quotations([address for address in addresses if address], user)
    token = _names.set({address: name_of(quoted) for address, quoted in found.items()})
    try:
        yield
    finally:
        _names.reset(token)


def name_of(quoted: Quoted) -> str:
    """“Noor Haddad: The door is heavier than it looks…”, or “Conversation: Tea” for a whole thread."""
    if quoted.post is None:
        return _("Conversation: %(subject)s") % {"subject": quoted.topic.subject}
    poster = quoted.post.poster
    name = poster.display_name if poster else _("Somebody who has left")
    return _("%(name)s: %(words)s") % {"name": name, "words": quoted.post.gist}


class TalkInput(BaseChooser):
    """Wagtail's chooser, with the address of a thread or post in the place of an id."""

    choose_one_text = gettext_lazy("Choose a conversation")
    choose_another_text = gettext_lazy("Choose another one")
    link_to_chosen_text = gettext_lazy("See it where it stands")
    chooser_modal_url_name = "talk_chooser:choose"
    icon = "comment"
    show_clear_link = False

    def get_value_data(self, value: str | None) -> dict | None:
        """What the field shows of an address; None without one."""
        if not value:
            return None
        return {"id": value, "edit_url": value, "title": _names.get({}).get(value, value)}

    def format_value(self, value: str | None) -> dict | None:
        """The state of the field within a block."""
        return self.get_value_data(value)


class TalkBlock(blocks.CharBlock):
    """The address of a thread or post, chosen from a list. In migrations it is a line of text."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.field.widget = TalkInput()

    def value_from_form(self, value: str | None) -> str:
        return value or ""

    def deconstruct(self) -> tuple[str, tuple, dict]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs
