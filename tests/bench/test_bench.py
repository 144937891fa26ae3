"""The bench measures what it says, on a community whose numbers are right."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from bench import proc, report
from bench.generate import Places, fill
from bench.words import missing
from community.accounts.models import User
from community.forum_conversation.actions import publish_post
from community.forum_conversation.models import Post, Topic
from community.forum_conversation.selectors import thread_page
from modules.progress.models import StepCompletion
from tests.community.counters import assert_counters_right

AT = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)


def small_community() -> Places:
    return fill(seed=7, posts=300, topics=24, people=40, readers=8, at=AT)


def digest() -> str:
    """What people wrote, where and when, without any ids."""
    rows = Post.objects.order_by("created", "pk").values_list(
        "topic__subject", "topic__forum__name", "path", "poster__handle", "content", "created", "state"
    )
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


@pytest.mark.django_db
def test_a_seed_makes_one_community_whose_counters_are_right_and_which_goes_on_as_any_other():
    with transaction.atomic():
        small_community()
        first = digest()
        transaction.set_rollback(True)
    places = small_community()
    assert digest() == first
    assert Post.objects.count() == 300
    assert_counters_right()

    twenty = Topic.objects.get(pk=places.topic)
    assert [row.depth for row in thread_page(twenty).rows] == [0] * 20
    beside = Topic.objects.get(places__page__slug="week-6", posts_count=55)
    assert len(thread_page(beside).rows) == 55

    writer = User.objects.get(pk=places.people[0])
    for parent in (None, beside.posts.exclude(root=None).last().pk):
        publish_post(topic_id=beside.pk, person=writer, text="One more.", parent_id=parent)
    assert_counters_right()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the bare views speak PostgreSQL's SQL")
@pytest.mark.django_db
@override_settings(ROOT_URLCONF="bench.bare.urls")
def test_the_bare_views_write_what_the_site_writes():
    places = small_community()
    client, person = Client(), User.objects.get(pk=places.people[0])
    client.force_login(person)
    topic_id, post_id = places.busy[0]
    for number, parent in enumerate(("", post_id)):
        key = f"00000000-0000-0000-0000-00000000000{number}"
        fields = {"text": "By *hand*.", "parent": parent, "key": key, "next": "/"}
        assert client.post(f"/bare/forum/topic/{topic_id}/reply/", fields).status_code == 303
    assert Post.objects.filter(html="<p>By <em>hand</em>.</p>\n", poster=person).count() == 2
    assert_counters_right()

    step, ticked = places.steps[2], StepCompletion.objects.filter(person=person, revoked_at=None)
    client.post(f"/bare/me/steps/{step}/tick/")
    assert ticked.filter(step=step).exists()
    client.post(f"/bare/me/steps/{step}/untick/")
    assert not ticked.filter(step=step).exists()


def test_a_line_of_stat_is_read_whatever_the_process_is_called():
    line = "42 (a) b (c) S 7 42 42 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 100 0 0"
    assert proc.parse_stat(line) == proc.Process(42, "a) b (c", 7, 30 * proc.TICK, 70 * proc.TICK)


def test_a_family_is_a_process_and_all_below_it(tmp_path):
    for pid, parent, ticks, nanoseconds in ((1, 0, 5, 0), (2, 1, 3, 31_000_000), (3, 2, 1, 0), (9, 0, 99, 0)):
        task = tmp_path / str(pid) / "task" / str(pid)
        task.mkdir(parents=True)
        (task / "schedstat").write_text(f"{nanoseconds} 0 1\n")
        stat = f"{pid} (python) S {parent} 0 0 0 0 0 0 0 0 0 {ticks} 0 2 0 20 0"
        (tmp_path / str(pid) / "stat").write_text(stat)
    (tmp_path / "loadavg").write_text("0.00")

    assert sorted(process.pid for process in proc.families(1, proc=tmp_path)) == [1, 2, 3]
    ended = 3 * 2 * proc.TICK
    # The finer figure of the second process counts: 31 ms, where the ticks say 30.
    assert proc.cpu_ns(1, proc=tmp_path) == (5 + 1) * proc.TICK + 31_000_000 + ended
    with pytest.raises(ProcessLookupError):
        proc.cpu_ns(4, proc=tmp_path)


@pytest.mark.skipif(not proc.PROC.joinpath("self/stat").exists(), reason="no /proc on this system")
def test_what_an_ended_child_used_stays_counted():
    work = "import time\nwhile time.process_time() < 0.1: pass"
    keeper = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])\ninput()",
        ],
        stdin=subprocess.PIPE,
    )
    try:
        for _ in range(200):
            used = proc.cpu_ns(keeper.pid)
            if len(proc.families(keeper.pid)) == 1 and used > 100_000_000:
                break
            keeper.poll()
        assert used > 100_000_000
    finally:
        keeper.communicate(b"\n")


ROW = report.Row("topic", True, 1, 8.0, 4.5, 6, 9.0, 12.0, 100.0, 32_000)


def test_the_record_has_exactly_the_agreed_shape(tmp_path):
    outcome = report.Report("abc", 50_000, 0.4, [ROW], [(2.0, 1.0)])
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n{report.BEGIN}\nold\n{report.END}\nAfter.\n")
    report.publish(outcome, latest=tmp_path / "latest.json", page=page)

    record = json.loads((tmp_path / "latest.json").read_text())
    assert list(record) == ["commit", "posts", "empty_view_ms", "pages"]
    assert list(record["pages"][0]) == [
        *(
            "name",
            "signed_in",
            "concurrency",
            "cpu_ms",
            "bare_ms",
            "queries",
            "p50_ms",
            "p99_ms",
            "rps",
            "bytes",
        )
    ]
    text = page.read_text()
    assert text.startswith("Before.")
    assert text.endswith("After.\n")
    assert "| topic" in text
    assert "old" not in text


def test_a_slow_page_a_slow_yardstick_and_a_query_too_many_are_said():
    def said(**changes) -> list[str]:
        return report.broken_rules(report.Report("abc", 50_000, 0.4, [replace(ROW, **changes)], [(2.0, 1.0)]))

    assert said() == []
    assert "times its bare view" in said(cpu_ms=9.1)[0]
    assert "the yardstick has become slow" in said(cpu_ms=40.0, bare_ms=30.0)[0]
    assert "11 SQL statements, not 10" in said(queries=11)[0]


def test_the_words_that_a_bare_view_leaves_out_are_found():
    part, gone = missing("<h1>One two</h1><script>three</script><p>four five", "<p>two<p>five four")
    assert (part, gone) == (0.25, {"One": 1})
