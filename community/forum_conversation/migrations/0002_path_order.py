"""On PostgreSQL the reading path is compared byte by byte, whatever the database's language."""

from django.db import migrations


def compare_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            'ALTER TABLE forum_conversation_post ALTER COLUMN path TYPE varchar(24) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("forum_conversation", "0001_initial")]
    operations = [migrations.RunPython(compare_bytes, migrations.RunPython.noop)]
