from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .receivers import after_migrating

        post_migrate.connect(after_migrating, sender=self, dispatch_uid="home.site_url")
