from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "modules.courses"
    label = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from community.accounts.desk_forms import keep_groups
        from community.discussions.doors import register_door
        from community.discussions.roles import register_roles
        from community.forum.access import close_forums

        from . import indexing, receivers  # noqa: F401
        from .access import closed_forum_ids, door_of_forum, roles_in_forum
        from .models import CourseSpace

        indexing.connect()
        close_forums(closed_forum_ids)
        keep_groups(lambda: CourseSpace.objects.values("group"))
        register_roles(roles_in_forum)
        register_door(door_of_forum)
