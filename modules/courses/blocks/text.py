"""Rich text, and what every struct of ours has in common."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]
NOTE_TEXT = ["bold", "italic", "link", "document-link"]


class Struct(blocks.StructBlock):
    """A struct that judges its children together once each of them is right."""

    def value_from_datadict(self, data, files, prefix):
        """What the editor sent. Browsers end lines with CR and LF: no reason to see an edit."""
        value = super().value_from_datadict(data, files, prefix)
        for name, child in self.child_blocks.items():
            if isinstance(child, blocks.TextBlock) and isinstance(value[name], str):
                value[name] = value[name].replace("\r\n", "\n")
        return value

    def clean(self, value):
        cleaned = super().clean(value)
        errors = dict(self.faults(cleaned))
        if errors:
            raise blocks.StructBlockValidationError(
                block_errors={name: ValidationError(words) for name, words in errors.items()}
            )
        return cleaned

    def faults(self, value) -> Iterable[tuple[str, str]]:
        """Pairs of a child's name and what is wrong with it, in words."""
        return ()


def rich_text(**kwargs) -> blocks.RichTextBlock:
    """Paragraphs and lists. A limit counts the characters that are read, not the markup."""
    return blocks.RichTextBlock(features=RICH_TEXT, **({"label": _("Text"), "max_length": 10_000} | kwargs))


def twins(texts: Iterable[str]) -> str:
    """The first of `texts` that says the same as one before it, whatever case and spaces; empty if none."""
    seen = set()
    for text in texts:
        said = " ".join(text.split()).casefold()
        if said in seen:
            return text
        seen.add(said)
    return ""
