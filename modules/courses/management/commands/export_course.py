"""`manage.py export_course SLUG PATH`: write a course as a folder of text."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from modules.courses.models import CoursePage
from modules.courses.textfolder.export import ExportFailed, export_course


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Writes a course with its pictures and files into a folder of text, which can be imported again."
        )

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help=_("the course’s part of its address"))
        parser.add_argument("path", type=Path, help=_("the folder to make"))

    def handle(self, *, slug, path, **options) -> None:
        course = CoursePage.objects.filter(slug=slug).first()
        if course is None:
            slugs = ", ".join(CoursePage.objects.order_by("slug").values_list("slug", flat=True)[:50])
            words = _("No course has the address “%(slug)s”. There are: %(all)s.")
            raise CommandError(words % {"slug": slug, "all": slugs or "–"})
        try:
            exported = export_course(course, Path(path))
        except ExportFailed as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            words = _("“%(path)s” cannot be written: %(error)s.")
            raise CommandError(words % {"path": path, "error": error.strerror or error}) from error
        self.stdout.write("\n".join(exported.lines()))
