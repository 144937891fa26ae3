from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "modules.progress"
    label = "progress"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
