from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "community.discussions"
    label = "discussions"
    default_auto_field = "django.db.models.BigAutoField"
