from django.apps import AppConfig


class MoocSiteConfig(AppConfig):
    name = "mooc_site"
    default = True

    def ready(self) -> None:
        from . import (
            checks,  # noqa: F401
            receivers,
        )

        receivers.connect()
