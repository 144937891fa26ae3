"""`manage.py messages`: bring the translations up to date with the words in the source."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

from mooc_site import messages


class Command(BaseCommand):
    help = "Collect the words to translate into django.po of each language, and compile each django.mo."
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        """Write both files of each language in LANGUAGES but the one the source is written in."""
        found = messages.collect()
        self.stdout.write(f"{len(found)} messages in the source.")
        for language, _name in settings.LANGUAGES:
            if language != settings.LANGUAGE_CODE:
                self.bring_up_to_date(language, found)

    def bring_up_to_date(self, language: str, found: messages.Catalog) -> None:
        """Merge `found` into the translations of one language and say what is left to translate."""
        po = Path(settings.LOCALE_PATHS[0], to_locale(language), "LC_MESSAGES", "django.po")
        catalog = messages.read(po, language=to_locale(language))
        messages.merge(catalog, found)
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(messages.po_bytes(catalog))
        po.with_suffix(".mo").write_bytes(messages.mo_bytes(catalog))
        left = messages.untranslated(catalog)
        self.stdout.write(f"{language}: {len(left)} to translate" + ("." if not left else ":"))
        for message in left:
            self.stdout.write(f"  {message.id if isinstance(message.id, str) else message.id[0]}")
