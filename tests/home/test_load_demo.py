"""The demo, loaded once and taken away again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from community.accounts.models import User
from community.forum.models import Forum
from community.forum_conversation.actions import start_topic
from community.forum_conversation.models import Post, Topic
from community.moderation.models import Report
from home.demo import script
from home.demo.load import PASSWORD
from home.management.commands import load_demo
from modules.courses import pictures
from modules.courses.models import KINDS, CoursePage, CourseRole, ModulePage, StepPage
from modules.courses.selectors import course_outline
from modules.progress.models import Enrolment, ModuleCompletion, StepVisit
from tests.community.counters import assert_counters_right

NOW = dt.datetime(2028, 2, 29, 23, 50, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_the_demo_is_alive_and_goes_without_touching_others(client, person, cafe, monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", -1)  # no time to make pictures in their sizes
    mine = start_topic(forum=cafe, person=person("stranger"), subject="Mine", text="Not of the demo")
    with time_machine.travel(NOW, tick=False):
        call_command("load_demo")
        check_courses()
        check_talk()
        check_people()
        check_pages(client)
        call_command("load_demo", "--once")
        with pytest.raises(CommandError, match="--renew"):
            call_command("load_demo")
    loaded_again = []
    monkeypatch.setattr(load_demo, "load", lambda: loaded_again.append(True))
    call_command("load_demo", "--renew")
    assert loaded_again == [True]
    assert not User.objects.filter(is_demo=True).exists()
    assert not CoursePage.objects.exists()
    assert not Forum.objects.filter(level=0, type=Forum.FORUM_CAT).exists()
    assert list(Topic.objects.all()) == [mine]
    assert Topic.objects.get(pk=mine.pk).first_post.content == "Not of the demo"
    assert_counters_right()


def check_courses() -> None:
    now = timezone.now()
    running = CoursePage.objects.get(uid="listening-library")
    last = CoursePage.objects.get(uid="worth-mending")
    weeks = list(ModulePage.objects.child_of(running).order_by("path"))
    assert [week.opens_at <= now for week in weeks] == [True] * 3 + [False] * 9
    assert now - weeks[2].opens_at < dt.timedelta(days=7)
    for week in course_outline(running).weeks:
        assert len(week.steps) >= 5, week.title
        assert len({step.kind.name for step in week.steps}) >= 4, week.title
    assert {step.kind.name for week in course_outline(last).weeks for step in week.steps} == set(KINDS)
    assert ModulePage.objects.child_of(last).filter(is_catch_up=True).exists()
    ended = course_outline(last).ends_on
    assert dt.timedelta(days=200) < now.date() - ended < dt.timedelta(days=400)
    for lecture in StepPage.objects.type(KINDS["lecture"].model).specific():
        assert len(lecture.slides) >= 5, lecture.title
    films = [step for step in KINDS["lecture"].model.objects.all() if step.recording]
    assert len(films) == 2
    assert all(len(film.recording[0].value["captions"]) == 2 for film in films)
    quoting = [block for page in KINDS["wrap-up"].model.objects.all() for block in page.body]
    assert len([block for block in quoting if block.block_type == "thread"]) == 16


def check_talk() -> None:
    now = timezone.now()
    posts = Post.objects.exclude(poster__handle="stranger")
    assert 400 <= posts.count() <= 500
    assert max(Topic.objects.values_list("posts_count", flat=True)) == 60
    assert max(post.depth for post in posts) >= 5
    assert all(post.created <= now for post in posts)
    assert now - max(post.created for post in posts) < dt.timedelta(minutes=10)
    assert not Post.objects.filter(created__lt=F("parent__created")).exists()
    assert_counters_right()
    assert Report.objects.filter(outcome="").count() == 3


def check_people() -> None:
    people = User.objects.filter(is_demo=True)
    assert people.count() == 40
    running = CoursePage.objects.get(uid="listening-library")
    roles = list(CourseRole.objects.filter(course=running).values_list("role", flat=True))
    assert (roles.count("instructor"), roles.count("mentor")) == (2, 3)
    assert people.filter(groups__name="Community moderators").count() == 2
    finished = {
        person: ModuleCompletion.objects.filter(person=person, course=running).count() for person in people
    }
    assert {0, 1, 2, 3} <= set(finished.values())
    assert Enrolment.objects.filter(left_at__isnull=False).exists()
    assert StepVisit.objects.exists()


def check_pages(client) -> None:
    for handle in ("instructor", "moderator", "admin", "learner"):
        client.logout()
        response = client.post("/accounts/login/", {"login": handle, "password": PASSWORD})
        assert response.status_code == 302, handle
        assert client.get("/me/").status_code == 200
    running = CoursePage.objects.get(uid="listening-library")
    for week in course_outline(running).weeks[:3]:
        for address in (week.url, *(step.url for step in week.steps)):
            assert client.get(address).status_code == 200, address


def test_the_script_names_only_people_and_pages_that_there_are():
    people = {entry["handle"] for entry in script.people()}
    assert len(people) == 40
    for run in script.runs(dt.date(2026, 11, 22)):
        uids = {
            line.removeprefix("uid:").strip()
            for path in run.folder.rglob("*.md")
            for line in path.read_text(encoding="utf-8").splitlines()[:12]
            if line.startswith("uid:")
        }
        keys = set()
        for entry, _answered, thread in run.posts():
            assert entry["by"] in people
            assert {thread.get("page", thread.get("forum"))} <= uids | {"cafe"}
            keys.add(entry.get("key"))
            assert entry.get("reported", {"by": "noor"})["by"] in people
        for uid, quotes in run.wrap_ups.items():
            assert uid in uids
            assert {quote["post"] for quote in quotes} <= keys
        assert set(run.answers) <= uids
        assert set(run.done) <= people
        assert {uid for done in run.done.values() for uid in done} <= uids


@pytest.mark.django_db
def test_the_demo_is_not_loaded_where_its_accounts_are_refused(settings):
    settings.DEMO_ACCOUNTS_REFUSED = True
    with pytest.raises(CommandError, match="public"):
        call_command("load_demo")
    assert not User.objects.filter(is_demo=True).exists()
