"""A new address must be in a table before it can be in the site."""

from wagtail.admin.api.views import PagesAdminAPIViewSet

from .desk import bulk_actions
from .django_admin import known_routes
from .tables import lines, routes_by_name


def test_every_route_is_in_a_table():
    known = {line["route"] for name in ("site", "wagtail") for line in lines(name)} | known_routes()
    there = set(routes_by_name())
    unknown, gone = sorted(there - known), sorted(known - there)
    folder = "tests/mooc_site/routes"
    assert not unknown, (
        f"Nobody has said who may use these addresses: {unknown}. Write a line for each into "
        f"{folder}/site.txt (Wagtail’s admin: wagtail.txt; Django’s: django_admin.py): what does each role "
        f"get there, with a thing of {folder}/house.py that only some may see?"
    )
    assert not gone, f"These addresses are no more. Take their lines out of {folder}: {gone}"


def test_every_action_on_many_things_is_in_the_table():
    listed = {line["thing"] for line in lines("wagtail") if line["route"].startswith("cms/bulk/")}
    assert listed == {
        f"{action}_{model_name}{where}"
        for _app_label, model_name, action in bulk_actions()
        for where in (("_inside", "_outside") if model_name == "page" else ("",))
    }


def test_every_action_of_the_api_is_in_the_table():
    listed = {line["thing"] for line in lines("wagtail") if "<str:action_name>" in line["route"]}
    assert listed == {
        f"{action}{where}" for action in PagesAdminAPIViewSet.actions for where in ("_inside", "_outside")
    }
