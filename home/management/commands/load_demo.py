"""`manage.py load_demo`: the demo course and its people."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo.load import PASSWORD, is_loaded, load
from home.demo.unload import unload


class Command(BaseCommand):
    help = "Load the demo course, its invented people and what they wrote."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do nothing where the demo is already")
        parser.add_argument("--renew", action="store_true", help="take the demo away first and begin anew")

    def handle(self, *args, once: bool, renew: bool, **options) -> None:
        if settings.DEMO_ACCOUNTS_REFUSED:
            raise CommandError("The demo's password is public. It is not loaded beside production settings.")
        if is_loaded():
            if once:
                return
            if not renew:
                raise CommandError("The demo is here already. Say --renew to begin it anew.")
            unload()
        load()
        self.stdout.write(
            f"The demo is loaded: accounts learner, instructor, moderator, admin; password {PASSWORD}."
        )
