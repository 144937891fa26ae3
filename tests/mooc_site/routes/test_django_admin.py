"""Django's admin is for administrators (django_admin.py)."""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType

from .asking import without_numbers
from .django_admin import OBJECT, ONLY_TO_READ, OTHERS, ROOT, model_routes, thing_of
from .house import ADMINISTRATOR, ROLES
from .places import address
from .tables import routes_by_name

pytestmark = pytest.mark.django_db

REFUSED = {">/django-admin/login/"}
# The login is the one door, or says no; the logout leads to the admin's first page, which asks again.
REFUSED_AT = {f"{ROOT}login/": {"door", "403"}, f"{ROOT}logout/": {">/django-admin/"}}


def thing(name: str, house) -> SimpleNamespace | None:
    """What the address is about."""
    if label := model_routes().get(name):
        return thing_of(label) if OBJECT in name else None
    kind = ContentType.objects.get_for_model(house.somebody).pk
    return SimpleNamespace(
        app_label="auth", url="nothing/", content_type_id=kind, object_id=house.somebody.pk
    )


@pytest.mark.parametrize("role", [role for role in ROLES if role != ADMINISTRATOR])
def test_nobody_else_gets_in(house, asker, role):
    wrong = []
    for name, route in routes_by_name().items():
        if not name.startswith(ROOT):
            continue
        for method in ("GET", "POST"):
            answer = asker.ask(role, method, address(route, thing(name, house)))
            if answer.word not in REFUSED_AT.get(name, REFUSED) or answer.left_trace:
                wrong.append(f"{method} {name}: {answer.word}")
    assert not wrong, "\n".join([f"As {role}:", *wrong])


def test_the_administrator_sees_every_list_and_form(house, asker):
    routes, wrong = routes_by_name(), []
    for name, label in model_routes().items():
        where = address(routes[name], thing(name, house))
        expected = "200"
        if name.endswith(OBJECT):
            expected = without_numbers(f">{where}change/")
        elif label in ONLY_TO_READ and name.endswith(("add/", "delete/")):
            expected = "403"
        answer = asker.ask(ADMINISTRATOR, "GET", where)
        if answer.word != expected:
            wrong.append(f"{name}: {answer.word} instead of {expected} {answer.trouble}")
    for path, expected in OTHERS.items():
        name = f"{ROOT}{path}"
        answer = asker.ask(ADMINISTRATOR, "GET", address(routes[name], thing(name, house)))
        if answer.word != expected:
            wrong.append(f"{name}: {answer.word} instead of {expected} {answer.trouble}")
    assert not wrong, "\n".join(wrong)


def test_the_administrator_can_search_every_list(house, asker):
    lists = [name for name in model_routes() if OBJECT not in name and not name.endswith("add/")]
    answers = {name: asker.ask(ADMINISTRATOR, "GET", f"/{name}?q=tea") for name in lists}
    wrong = {name: answer.trouble[-300:] for name, answer in answers.items() if answer.word != "200"}
    assert not wrong, wrong
