"""From a line of a table (a route and the name of a thing in the house) to an address."""

from __future__ import annotations

import re
from types import SimpleNamespace

from django.urls import resolve
from wagtail.models import Page

from .collector import Route

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
# What a thing says for an argument of this name. For all others it is its id.
SAID = {
    "app_label": lambda thing: thing._meta.app_label,
    "content_type_app_name": lambda thing: thing._meta.app_label,
    "content_type_model_name": lambda thing: thing._meta.model_name,
    "destination_id": lambda thing: thing.get_parent().pk,
    "handle": lambda thing: thing.handle,
    "key": lambda thing: thing.key,
    "model_name": lambda thing: thing._meta.model_name,
    "path": lambda thing: thing.file.name,
    "revision_id": lambda thing: thing.latest_revision_id,
    "slug": lambda thing: thing.slug,
    "extension": lambda thing: "ris",
    "filter_spec": lambda thing: "width-1",
    "task_id": lambda thing: (
        thing.current_workflow_task_state.task_id if isinstance(thing, Page) else thing.pk
    ),
    "task_state_id": lambda thing: thing.current_workflow_task_state.pk,
    "workflow_state_id": lambda thing: thing.current_workflow_state.pk,
}


def address(route: Route, thing: object | None) -> str:
    """The address of `thing` on this route, with the query that it brings (`thing.query`), if any.

    A SimpleNamespace says its arguments itself, by their names.
    """

    def argument(match: re.Match) -> str:
        name = match[1]
        if isinstance(thing, SimpleNamespace) and hasattr(thing, name):
            return str(getattr(thing, name))
        if name == "1" and isinstance(thing, Page):
            return thing.url_path.removeprefix("/home/")
        return str(SAID[name](thing) if name in SAID else thing.pk)

    path = f"/{ARGUMENT.sub(argument, route.name)}"
    found = resolve(path).route
    assert found == route.pattern, f"{path} leads to {found}, not to {route.name}"
    query = getattr(thing, "query", "")
    return f"{path}?{query}" if query else path
