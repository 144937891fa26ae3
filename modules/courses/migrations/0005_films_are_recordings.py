from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_old_forms")]

    operations = [
        migrations.RemoveField(model_name="lecturepage", name="transcript"),
        migrations.RemoveField(model_name="lecturepage", name="video_url"),
    ]
