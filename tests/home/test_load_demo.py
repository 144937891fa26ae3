"""The demo, loaded once and renewed once."""

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
from home.demo.load import PASSWORD
from modules.courses.models import CoursePage, ModulePage
from modules.progress.models import Enrolment, ModuleCompletion, StepVisit
from tests.community.counters import assert_counters_right

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["2026-11-16 00:10", "2028-02-29 23:50"])
def test_the_demo_is_in_its_third_week_alive_and_renewed_without_touching_others(client, day, person, cafe):
    mine = start_topic(forum=cafe, person=person("stranger"), subject="Mine", text="Not of the demo")
    with time_machine.travel(dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC), tick=False):
        call_command("load_demo")
        check_demo(client)
        call_command("load_demo", "--once")
        with pytest.raises(CommandError, match="--renew"):
            call_command("load_demo")
        if day.startswith("2028"):
            return
    with time_machine.travel(dt.datetime(2026, 12, 25, 12, tzinfo=dt.UTC), tick=False):
        call_command("load_demo", "--renew")
        check_demo(client)
    assert Topic.objects.get(pk=mine.pk).first_post.content == "Not of the demo"
    assert Forum.objects.filter(level=0, type=Forum.FORUM_CAT).count() == 1


def check_demo(client) -> None:
    now = timezone.now()
    course = CoursePage.objects.get()
    weeks = list(ModulePage.objects.child_of(course).order_by("path"))
    assert [week.opens_at <= now for week in weeks] == [True] * 3 + [False] * 9
    assert now - weeks[2].opens_at < dt.timedelta(days=7)
    posts = Post.objects.exclude(poster__handle="stranger")
    assert 55 <= posts.count() <= 75
    assert max(post.depth for post in posts) >= 5
    assert all(post.created <= now for post in posts)
    assert not Post.objects.filter(created__lt=F("parent__created")).exists()
    assert_counters_right()
    people = User.objects.filter(is_demo=True)
    assert people.count() >= 13
    finished = {person: ModuleCompletion.objects.filter(person=person).count() for person in people}
    assert {0, 1, 2, 3} <= set(finished.values())
    assert Enrolment.objects.filter(left_at__isnull=False).exists()
    assert StepVisit.objects.exists()
    assert Report.objects.filter(outcome="").count() == 1
    for handle in ("learner", "instructor", "moderator", "admin"):
        client.logout()
        response = client.post("/accounts/login/", {"login": handle, "password": PASSWORD})
        assert response.status_code == 302, handle
        assert client.get("/me/").status_code == 200


def test_the_demo_is_not_loaded_where_its_accounts_are_refused(settings):
    settings.DEMO_ACCOUNTS_REFUSED = True
    with pytest.raises(CommandError, match="public"):
        call_command("load_demo")
    assert not User.objects.filter(is_demo=True).exists()
