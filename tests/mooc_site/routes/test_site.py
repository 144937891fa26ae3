"""Who gets what from the site's own addresses (site.txt)."""

import pytest

from .bodies import body
from .house import ROLES, SECRETS
from .places import address
from .tables import lines, routes_by_name

pytestmark = pytest.mark.django_db

# What nobody meets here: drafts, which only the desk shows, and what people keep to themselves.
NOT_HERE = {
    "zwdraftcourse",
    "zwdraftstep",
    "zwdraftabout",
    "zwdrafttitle",
    "zwlaterwords",
    "zwlaterabout",
    "zwmail",
    "zwworkplace",
}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(house, asker, role):
    routes = routes_by_name()
    may_read = {word for word, readers in SECRETS.items() if role in readers} - NOT_HERE
    wrong, has_read = [], set()
    for line in lines("site"):
        thing, method, expected = vars(house).get(line["thing"]), line["method"], line.expected(role)
        route = routes[line["route"]]
        data = body(route, thing, house) if method == "POST" else None
        answer = asker.ask(role, method, address(route, thing), data)
        where = f"{method} {line.where}"
        if answer.word != expected:
            wrong.append(f"{where}: {answer.word} instead of {expected} {answer.trouble}")
        if answer.read - may_read:
            wrong.append(f"{where} shows {answer.read - may_read}")
        if answer.left_trace and answer.word == "200":
            wrong.append(f"{where} leaves a session with a visitor who only looked")
        has_read |= answer.read
    assert not wrong, "\n".join([f"As {role}:", *wrong])
    missed = may_read - has_read
    assert not missed, f"{role} has not met {missed} anywhere: what hides that would hide a leak as well"
