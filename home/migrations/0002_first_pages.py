"""The landing page, the list of courses, and what instructors and moderators may do."""

from django.db import migrations


def permission(apps, app_label, model, codename, name):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _created = ContentType.objects.get_or_create(app_label=app_label, model=model)
    return Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )[0]


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    Collection = apps.get_model("wagtailcore", "Collection")
    HomePage = apps.get_model("home", "HomePage")
    CourseIndexPage = apps.get_model("courses", "CourseIndexPage")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    locale = Locale.objects.first() or Locale.objects.create(language_code="en")

    def page(model, app_label, **fields):
        kind, _created = ContentType.objects.get_or_create(app_label=app_label, model=model._meta.model_name)
        return model.objects.create(
            content_type=kind, locale=locale, live=True, draft_title=fields["title"], **fields
        )

    home = page(
        HomePage, "home",
        title="Commonplace", slug="home", path="00010001", depth=2, numchild=1, url_path="/home/",
    )
    courses = page(
        CourseIndexPage, "courses",
        title="Courses", slug="courses", path="000100010001", depth=3, numchild=0, url_path="/home/courses/",
        show_in_menus=True,
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.create(
        hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True, site_name="Commonplace"
    )

    instructors = Group.objects.get(name="Instructors")
    instructors.permissions.add(permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"))
    for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
        GroupPagePermission.objects.create(
            group=instructors,
            page_id=courses.pk,
            permission=permission(apps, "wagtailcore", "page", codename, f"Can {codename.replace('_', ' ')}"),
        )
    root = Collection.objects.filter(depth=1).first() or Collection.objects.create(
        name="Root", path="0001", depth=1, numchild=0
    )
    # Wagtail asks for the rights on its own models, whatever ours are called.
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for verb in ("add", "change", "choose"):
            GroupCollectionPermission.objects.create(
                group=instructors,
                collection=root,
                permission=permission(apps, app_label, model, f"{verb}_{model}", f"Can {verb} {model}"),
            )
    moderators = Group.objects.get(name="Community moderators")
    moderators.permissions.add(
        permission(apps, "moderation", "report", "moderate", "Can read reports and hide posts")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("courses", "0002_initial"),
        ("media", "0001_initial"),
        ("moderation", "0001_initial"),
        ("accounts", "0002_groups"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
