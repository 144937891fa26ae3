"""Who gets what from Wagtail's admin (wagtail.txt), and what may not happen there."""

import json
from contextlib import nullcontext
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.template.response import SimpleTemplateResponse
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowPage,
)

from community.accounts.models import User

from .bodies import body
from .house import ADMINISTRATOR, INSTRUCTOR, ROLES, SECRETS, VISITOR
from .places import address
from .tables import lines, routes_by_name

pytestmark = pytest.mark.django_db

OUTSIDERS = [role for role in ROLES if role not in {INSTRUCTOR, ADMINISTRATOR}]
# What everybody gets, signed in or not: pictures and words of the admin's own frame.
PUBLIC = {"cms/jsi18n/", "cms/sprite/"}
# What instructors have nothing to do with.
OUTSIDE = (
    User,
    Group,
    GroupPagePermission,
    GroupCollectionPermission,
    Site,
    Collection,
    Redirect,
    Workflow,
    WorkflowPage,
    Task,
    UploadedFile,
)
REFUSED = {">/cms/login/", "door", "403", "404"}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nobody_else_gets_in(house, asker, role):
    routes = routes_by_name()
    wrong, asked = [], set()
    for line in lines("wagtail"):
        if line["route"] in asked:
            continue
        asked.add(line["route"])
        allowed = {"200", "405"} if line["route"] in PUBLIC else REFUSED
        route, thing = routes[line["route"]], vars(house).get(line["thing"])
        for method in ("GET", "POST"):
            data = body(route, thing, house) if method == "POST" else None
            answer = asker.ask(role, method, address(route, thing), data)
            if answer.word not in allowed or answer.left_trace:
                wrong.append(f"{method} {line.where}: {answer.word}")
    assert not wrong, "\n".join([f"As {role}:", *wrong])


@pytest.mark.parametrize("role", [role for role in ROLES if role != VISITOR])
def test_nobody_who_is_signed_in_is_sent_round_in_circles(asker, role):
    for start in ("/cms/", "/cms/users/", "/django-admin/"):
        way = [start]
        while (answer := asker.ask(role, "GET", way[-1])).response.status_code in {301, 302, 303, 307}:
            way.append(answer.response.headers["Location"])
            assert len(way) < 6, f"{role} is sent from {' to '.join(way)} …"


def test_the_instructor_gets_what_the_table_says_and_changes_nothing_outside_the_courses(house, asker):
    others = Outside(house)
    before = others.rows()
    changed = []

    def look(answer) -> None:
        if answer.word in REFUSED | {"405", ">/cms/"}:
            return
        now = others.rows()
        changed.extend(kind for kind, rows in before.items() if now[kind] != rows)

    may_read = {word for word, readers in SECRETS.items() if INSTRUCTOR in readers}
    wrong, has_read = ask_all(house, asker, INSTRUCTOR, may_read, look, changed)
    assert not wrong, "\n".join(wrong)
    missed = {"zwdraftstep", "zwlaterwords", "zwclosedweek", "zwclosedstep"} - has_read
    assert not missed, f"has not met {missed} anywhere: what hides that would hide a leak as well"


def test_the_administrator_gets_what_the_table_says(house, asker):
    wrong, has_read = ask_all(house, asker, ADMINISTRATOR, set(SECRETS) - {"zwworkplace"})
    assert not wrong, "\n".join(wrong)
    missed = {"zwdrafttitle", "zwmail"} - has_read
    assert not missed, f"has not met {missed} anywhere: what hides that would hide a leak as well"


def ask_all(house, asker, role, may_read, then=lambda answer: None, changed=()) -> tuple[list[str], set[str]]:
    """Ask for each line of the table, by GET and by POST: what is wrong, and the secrets that were read.

    Pages are drawn for the instructor, who may not see everything, and for the administrator where there is
    one that the instructor does not get.
    """
    routes = routes_by_name()
    wrong, has_read = [], set()
    for line in lines("wagtail"):
        route, thing = routes[line["route"]], vars(house).get(line["thing"])
        is_new = role == INSTRUCTOR or line[f"{INSTRUCTOR}:get"] != "200"
        for method in ("GET", "POST"):
            expected = line.expected(f"{role}:{method.lower()}")
            if expected == "-":
                continue
            data = body(route, thing, house) if method == "POST" else None
            with nullcontext() if method == "GET" and is_new else undrawn():
                answer = asker.ask(role, method, address(route, thing), data, then=then)
            where = f"{method} {line.where}"
            if answer.word != expected:
                wrong.append(f"{where}: {answer.word} instead of {expected} {answer.trouble}")
            if leaks := answer.read - may_read - {line["shows"]}:
                wrong.append(f"{where} shows {leaks}")
            if changed:
                wrong.append(f"{where} changes {changed}")
                changed.clear()
            has_read |= answer.read
    return wrong, has_read


def undrawn():
    """Rendering takes long; whether something is allowed has been decided before."""
    return patch.object(SimpleTemplateResponse, "rendered_content", "")


class Outside:
    """All that is no business of instructors, row by row; the SQL for it is made once."""

    def __init__(self, house):
        pages = Page.objects.exclude(path__startswith=house.courses.path)
        ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
        kinds = {
            "pages": pages,
            "revisions": Revision.page_revisions.filter(object_id__in=ids),
            "tasks of pages": TaskState.objects.filter(workflow_state__object_id__in=ids),
            "private pages": PageViewRestriction.objects.exclude(page__path__startswith=house.courses.path),
            "members of groups": User.groups.through.objects,
            "other people at work": EditingSession.objects.exclude(user=house.instructor),
            "rights": Group.permissions.through.objects,
        } | {model._meta.label: model.objects for model in OUTSIDE}
        self.questions = {
            kind: rows.order_by("pk").values_list().query.sql_with_params() for kind, rows in kinds.items()
        }

    def rows(self) -> dict[str, list]:
        with connection.cursor() as cursor:
            return {kind: cursor.execute(*sql).fetchall() for kind, sql in self.questions.items()}


class TestTheListsOfTheApi:
    def listed(self, asker, role: str, kind: str) -> set[int]:
        found: list[int] = []
        total = 1
        while len(found) < total:  # twenty at a time
            answer = asker.ask(role, "GET", f"/cms/api/main/{kind}/?limit=20&offset={len(found)}")
            listed = json.loads(answer.response.content)
            total = listed["meta"]["total_count"]
            found += [item["id"] for item in listed["items"]]
        return set(found)

    def test_show_an_instructor_the_pages_of_the_courses_and_no_other(self, house, asker):
        inside = Page.objects.filter(path__startswith=house.courses.path)
        listed = self.listed(asker, INSTRUCTOR, "pages")
        assert listed == {house.home.pk, *inside.values_list("pk", flat=True)}  # and the way there

    def test_show_an_instructor_all_pictures_and_documents(self, house, asker):
        for kind, shown in (("image", "images"), ("document", "documents")):
            there = {getattr(house, f"{which}{kind}").pk for which in ("", "closed_", "unused_")}
            assert self.listed(asker, INSTRUCTOR, shown) == there

    def test_show_an_administrator_all_pages_but_the_root(self, house, asker):
        assert self.listed(asker, ADMINISTRATOR, "pages") == set(
            Page.objects.exclude(depth=1).values_list("pk", flat=True)
        )
