"""`manage.py import_course PATH`: make or update a course from a folder of text."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from modules.courses.textfolder import ImportRefused, import_course
from modules.courses.textfolder.dates import parse_day


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _("Makes or updates a course from a folder of text, and publishes it.")

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", type=Path, help=_("the folder with course.md in it"))
        parser.add_argument(
            "--start",
            help=_("first day of the course, as 2027-03-01; needed the first time, kept after that"),
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help=_("overwrite pages that were edited on the site since they were imported"),
        )

    def handle(self, *, path, start, force, **options) -> None:
        try:
            day = parse_day(start) if start else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        try:
            report = import_course(Path(path), start=day, force=force)
        except ImportRefused as refused:
            raise CommandError("\n".join(refused.lines())) from refused
        self.stdout.write("\n".join(report.lines()))
