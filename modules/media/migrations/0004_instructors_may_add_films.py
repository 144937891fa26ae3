"""Instructors add and change films and sounds, as they do pictures and documents."""

from django.db import migrations

# Wagtailmedia asks for rights on its own model, whatever ours is called; it knows no right to choose.
CODENAMES = ("add_media", "change_media")


def grant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    kind, _created = ContentType.objects.get_or_create(app_label="wagtailmedia", model="media")
    for codename in CODENAMES:
        permission, _created = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )
        GroupCollectionPermission.objects.get_or_create(
            group=Group.objects.get(name="Instructors"),
            collection=Collection.objects.get(depth=1),
            permission=permission,
        )


def revoke(apps, schema_editor):
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    GroupCollectionPermission.objects.filter(
        group__name="Instructors",
        permission__content_type__app_label="wagtailmedia",
        permission__codename__in=CODENAMES,
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0003_coursemedia"),
        ("accounts", "0002_groups"),
        ("wagtailmedia", "0005_alter_media_options"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, revoke)]
