"""Telling a moderator, and what a moderator does."""

from __future__ import annotations

import re

import pytest

from community.forum_conversation.actions import publish_post, set_state, start_topic
from community.forum_conversation.models import Post, Topic
from community.moderation.models import Report
from tests.community.counters import assert_counters_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(cafe, person) -> Post:
    topic = start_topic(forum=cafe, person=person("yusuf"), subject="Own time?", text="How?")
    return publish_post(topic_id=topic.pk, person=person("rude"), text="What a silly question.")


def report(client, post, **fields):
    return client.post(f"/p/{post.pk}/report/", {"reason": "unkind", "note": "That hurt."} | fields)


def test_a_member_reports_and_a_moderator_hides_and_brings_back(client, post, person, moderator):
    client.force_login(person())
    assert report(client, post).status_code == 302
    client.force_login(moderator)
    html = client.get("/moderation/").content.decode()
    assert "That hurt." in html
    assert "What a silly question." in html
    response = client.post(f"/p/{post.pk}/hide/", {"from": "reports"})
    assert response.url == "/moderation/"
    post.refresh_from_db()
    assert (post.state, post.state_by) == (Post.State.HIDDEN, moderator)
    assert "That hurt." not in client.get("/moderation/").content.decode()
    assert "That hurt." in client.get("/moderation/?show=decided").content.decode()
    client.post(f"/p/{post.pk}/restore/")
    post.refresh_from_db()
    assert post.state == Post.State.PUBLISHED
    assert_counters_right()


def test_a_report_that_is_found_wanting_is_closed_and_the_post_stays(client, post, person, moderator):
    client.force_login(person())
    report(client, post)
    client.force_login(moderator)
    client.post(f"/p/{post.pk}/restore/", {"from": "reports"})
    assert Report.objects.get().outcome == Report.Outcome.KEPT
    post.refresh_from_db()
    assert (post.state, post.state_by) == (Post.State.PUBLISHED, None)


def test_reporting_twice_makes_one_report_with_both_words(client, post, person):
    client.force_login(person())
    report(client, post)
    report(client, post, note="And again.")
    report(client, post, note="And again.")
    report(client, post, note="x" * 1000)
    assert Report.objects.get().note == "That hurt.\nAnd again.\n" + "x" * 1000


def test_after_a_decision_the_same_person_can_report_again(client, post, person, moderator):
    noor = person()
    client.force_login(noor)
    report(client, post)
    client.force_login(moderator)
    client.post(f"/p/{post.pk}/restore/")
    client.force_login(noor)
    report(client, post)
    assert Report.objects.count() == 2


def test_visitors_sign_in_first_and_members_do_not_moderate(client, post, person):
    assert report(client, post).url.startswith("/accounts/login/")
    assert client.get("/moderation/").url.startswith("/accounts/login/")
    assert client.post(f"/p/{post.pk}/hide/").status_code == 403
    client.force_login(person())
    assert client.get("/moderation/").status_code == 403
    for verb in ("hide", "restore"):
        assert client.post(f"/p/{post.pk}/{verb}/").status_code == 403
    for verb in ("lock", "move"):
        assert client.post(f"/forum/topic/{post.topic_id}/{verb}/").status_code == 403
    post.refresh_from_db()
    assert post.state == Post.State.PUBLISHED


def test_a_report_sent_after_the_session_ended_waits_where_signing_in_leads(client, post, person):
    person()
    door = report(client, post, note='That hurt & "more".').url
    assert door == f"/accounts/login/?next=/p/{post.pk}/more/"
    signed_in = client.post(door, {"login": "noor", "password": "four plain words here"}, follow=True)
    assert signed_in.redirect_chain[-1][0] == f"/p/{post.pk}/more/"
    html = signed_in.content.decode()
    assert "no moderator has this yet" in html
    assert "That hurt &amp; &quot;more&quot;.</textarea>" in html
    assert re.search(r'value="unkind"[^>]* checked', html)
    assert not Report.objects.exists()
    report(client, post, note="That hurt.")
    assert Report.objects.get().note == "That hurt."
    assert "no moderator has this yet" not in client.get(f"/p/{post.pk}/more/").content.decode()


def test_what_is_kept_of_a_report_belongs_to_its_post_and_is_no_longer_than_a_report(client, post, person):
    report(client, post, reason="nonsense", note="x" * 5000 + "\x01")
    kept = client.session["kept_report"]
    assert (kept["reason"], kept["note"]) == ("other", "x" * 1000)
    client.force_login(person())
    other = publish_post(topic_id=post.topic_id, person=person("amara"), text="Another post.")
    assert "no moderator has this yet" not in client.get(f"/p/{other.pk}/more/").content.decode()


def test_a_report_without_a_word_leaves_a_visitor_no_session(client, post):
    assert report(client, post, reason="", note="").status_code == 302
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    "fields", [{"reason": ""}, {"reason": "nonsense"}, {"note": "x" * 1001}, {"note": "a\x00b"}]
)
def test_a_report_that_cannot_be_taken_says_why(client, post, person, fields):
    client.force_login(person())
    assert report(client, post, **fields).status_code == 422
    assert not Report.objects.exists()


def test_a_post_that_was_hidden_meanwhile_needs_no_report(client, post, person, moderator):
    set_state(post=post, state=Post.State.HIDDEN, by=moderator)
    client.force_login(person())
    response = client.get(report(client, post).url)
    assert "It is hidden already" in response.content.decode()
    assert not Report.objects.exists()


def test_posts_that_are_not_there_cannot_be_reported(client, private_forum, person, moderator):
    topic = start_topic(forum=private_forum, person=moderator, subject="Back", text="room")
    client.force_login(person())
    assert client.post("/p/999999/report/", {"reason": "spam"}).status_code == 404
    assert report(client, topic.first_post).status_code == 404


def test_reports_from_rooms_that_a_moderator_cannot_moderate_are_not_shown(
    client, person, closed_week, course, moderator
):
    from community.moderation.actions import report_post
    from modules.courses.models import CourseRole

    amara = person("amara")
    CourseRole.objects.create(course=course, person=amara, role="instructor")
    topic = start_topic(
        forum=closed_week.week_forum.forum, person=amara, subject="Early", text="Closed words"
    )
    report_post(post=topic.first_post, reporter=amara, reason="other")
    client.force_login(moderator)
    assert "Closed words" not in client.get("/moderation/").content.decode()


def test_a_moderator_locks_opens_and_moves_a_topic(client, post, moderator):
    from community.forum.actions import create_forum

    other = create_forum(name="Quiet room")
    client.force_login(moderator)
    client.post(f"/forum/topic/{post.topic_id}/lock/", {"locked": "1"})
    assert Topic.objects.get().is_locked
    client.post(f"/forum/topic/{post.topic_id}/lock/", {"locked": "0"})
    assert not Topic.objects.get().is_locked
    client.post(f"/forum/topic/{post.topic_id}/move/", {"forum": other.pk})
    assert Topic.objects.get().forum == other
    assert_counters_right()


@pytest.mark.parametrize("forum", ["", "x", "999999", "9" * 40])
def test_a_topic_is_moved_to_a_forum_or_not_at_all(client, post, moderator, forum):
    client.force_login(moderator)
    assert client.post(f"/forum/topic/{post.topic_id}/move/", {"forum": forum}).status_code == 404


@pytest.mark.parametrize("size", [2, 40])
def test_the_list_of_reports_takes_the_same_queries_however_long(
    client, post, person, moderator, django_assert_max_num_queries, size
):
    from community.moderation.actions import report_post

    for number in range(size):
        report_post(post=post, reporter=person(f"reporter{number}"), reason="spam", note=str(number))
    client.force_login(moderator)
    client.get("/moderation/")
    with django_assert_max_num_queries(6):  # session, user, two of permissions, reports, footer
        html = client.get("/moderation/").content.decode()
    assert html.count("<article") == min(size, 20)
