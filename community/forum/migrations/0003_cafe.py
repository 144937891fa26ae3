"""The café: a forum that is always there, read by everybody and written in by everybody signed in."""

from django.db import migrations

READER = ("can_see_forum", "can_read_forum")
WRITER = (*READER, "can_reply_to_topics", "can_start_new_topics")
MODERATOR = (*WRITER, "can_approve_posts", "can_lock_topics", "can_move_topics")


def make(apps, schema_editor):
    Forum = apps.get_model("forum", "Forum")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("forum_permission", "ForumPermission")
    Grant = apps.get_model("forum_permission", "GroupForumPermission")
    cafe = Forum.objects.create(
        key="cafe",
        name="The café",
        slug="the-café",
        description="Tea, introductions, anything that isn’t coursework",
        cloth="ochre",
        type=0,
        lft=1,
        rght=2,
        tree_id=1,
        level=0,
    )
    for group, rights in (("Visitors", READER), ("Members", WRITER), ("Community moderators", MODERATOR)):
        for right in rights:
            Grant.objects.create(
                forum=cafe,
                group=Group.objects.get(name=group),
                permission=Permission.objects.get_or_create(codename=right)[0],
            )


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0002_initial"),
        ("accounts", "0002_groups"),
        ("forum_permission", "0005_userforumpermission_authenticated_user"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
