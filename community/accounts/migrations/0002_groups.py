"""The groups that rights are given to. Their names do not collide with Wagtail's Editors and Moderators."""

from django.db import migrations

# Visitors and Members stand for everybody and for everybody signed in; nobody needs to be put into them.
GROUPS = ["Visitors", "Members", "Instructors", "Mentors", "Community moderators"]


def make(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in GROUPS:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
