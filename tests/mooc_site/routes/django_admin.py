"""Django's admin: what is registered there, and what is known of its addresses."""

from __future__ import annotations

from types import SimpleNamespace

from django.apps import apps

ROOT = "django-admin/"
OBJECT = "<path:object_id>/"
LISTS = ("", "add/")
OBJECTS = (OBJECT, f"{OBJECT}change/", f"{OBJECT}delete/", f"{OBJECT}history/")
# What administrators look after here, as it is in no other place.
MODELS = (
    "account.emailaddress",
    "auth.group",
    "django_tasks_database.dbtaskresult",
    "forum_permission.forumpermission",
    "forum_permission.groupforumpermission",
    "taggit.tag",
)
# Of these, nobody adds or deletes a row.
ONLY_TO_READ = {"django_tasks_database.dbtaskresult"}
# Every other address, and what an administrator gets (GET).
OTHERS = {
    "": "200",
    "<app_label>/": "200",
    "<url>": "404",
    "autocomplete/": "403",  # names a field, or there is nothing to look up
    "jsi18n/": "200",
    "login/": ">/django-admin/",
    "logout/": "405",
    "password_change/": "200",
    "password_change/done/": "200",
    "r/<path:content_type_id>/<path:object_id>/": ">/people/somebody/",
    "taggit/tag/merge-tags/": "200",
}


def model_routes() -> dict[str, str]:
    """The addresses of the registered models, with the model of each."""
    return {
        f"{ROOT}{label.replace('.', '/')}/{ending}": label for label in MODELS for ending in LISTS + OBJECTS
    }


def known_routes() -> set[str]:
    return set(model_routes()) | {f"{ROOT}{path}" for path in OTHERS}


def thing_of(label: str) -> SimpleNamespace:
    """The first row of a model, for its addresses."""
    row = apps.get_model(label).objects.first()
    assert row, f"there is no {label} in the house to look at"
    return SimpleNamespace(object_id=row.pk)
