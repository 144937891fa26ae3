"""The forum as people read it."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session

from community.forum import access
from community.forum.actions import create_forum
from community.forum_conversation.actions import publish_post, set_state, start_topic
from community.forum_conversation.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cafe, person):
    return start_topic(forum=cafe, person=person("yusuf"), subject="Own time?", text="How do you *do* it?")


def fill(topic, person, roots: int, replies: int = 0) -> None:
    people = [person(f"filler{number}") for number in range(5)]
    for number in range(roots):
        root = publish_post(topic_id=topic.pk, person=people[number % 5], text=f"Root {number}")
        for reply in range(replies):
            publish_post(
                topic_id=topic.pk,
                person=people[(number + reply) % 5],
                text=f"Reply {reply}",
                parent_id=root.pk,
            )


def test_a_visitor_reads_forum_room_and_topic_without_getting_a_session(client, topic):
    for address in ("/forum/", topic.forum.get_absolute_url(), topic.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert "sessionid" not in response.cookies
    assert not Session.objects.exists()
    assert "<em>do</em>" in response.content.decode()


def test_a_room_that_one_may_not_read_is_not_found(client, private_forum, moderator):
    topic = start_topic(forum=private_forum, person=moderator, subject="Back", text="room")
    for address in (private_forum.get_absolute_url(), topic.get_absolute_url(), f"/p/{topic.first_post_id}/"):
        assert client.get(address).status_code == 404
    assert "Back room" not in client.get("/forum/").content.decode()


def test_a_topics_old_address_leads_to_the_new_one(client, topic):
    response = client.get(f"/forum/topic/{topic.pk}-an-older-title/")
    assert response.status_code == 302
    assert response.url == topic.get_absolute_url()


def test_twenty_top_level_posts_stand_on_a_page(client, topic, person):
    fill(topic, person, 45)
    first, last = (client.get(topic.get_absolute_url(), {"page": page}).content.decode() for page in (1, 3))
    assert len(re.findall(r'<article class="post"', first)) == 20
    assert len(re.findall(r'<article class="post"', last)) == 6  # 46 with the opening post
    assert 'aria-current="page">3<' in last


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "", "9" * 40, "%00", "1e3", "٣"])
def test_a_page_number_that_is_none_shows_a_page_all_the_same(client, topic, page):
    assert client.get(f"{topic.get_absolute_url()}?page={page}").status_code == 200


def test_a_long_branch_shows_its_first_replies_and_leads_to_the_rest(client, topic, person):
    fill(topic, person, 1, replies=65)
    root = Post.objects.get(content="Root 0")
    html = client.get(topic.get_absolute_url()).content.decode()
    assert html.count("Reply ") >= 10
    assert "Show 55 more replies" in html
    second = client.get(topic.get_absolute_url(), {"branch": root.pk, "page": 2}).content.decode()
    assert "Reply 64" in second
    assert "Reply 12<" not in second


def test_a_permalink_finds_its_post_on_any_page_and_in_any_branch(client, topic, person):
    fill(topic, person, 25, replies=1)
    fill(topic, lambda handle: person(handle + "b"), 1, replies=60)
    for post in Post.objects.filter(topic=topic).order_by("?")[:12]:
        response = client.get(f"/p/{post.pk}/", follow=True)
        address = response.redirect_chain[-1][0]
        assert address.endswith(f"#p{post.pk}")
        assert f'id="p{post.pk}"' in response.content.decode(), address


def test_replies_are_lists_inside_the_post_they_answer(client, topic, person):
    noor = person()
    parent = publish_post(topic_id=topic.pk, person=noor, text="0")
    for depth in range(1, 8):
        parent = publish_post(topic_id=topic.pk, person=noor, text=str(depth), parent_id=parent.pk)
    html = client.get(topic.get_absolute_url()).content.decode()
    thread = html[html.index('<ol role="list" class="thread">') :]
    assert thread.count('class="replies"') == 5
    assert thread.count("In reply to Noor") == 2  # the two below the fifth level
    body = thread[: thread.index("<form")]
    assert body.count("<ol") == body.count("</ol>")
    assert body.count("<li") == body.count("</li>")


def test_a_hidden_post_keeps_its_place_only_where_it_was_answered(client, topic, person, moderator):
    noor = person()
    answered = publish_post(topic_id=topic.pk, person=noor, text="Answered words")
    publish_post(topic_id=topic.pk, person=noor, text="The answer", parent_id=answered.pk)
    alone = publish_post(topic_id=topic.pk, person=noor, text="Lonely words")
    for post in (answered, alone):
        set_state(post=post, state=Post.State.HIDDEN, by=moderator)
    html = client.get(topic.get_absolute_url()).content.decode()
    assert "Answered words" not in html
    assert "Lonely words" not in html
    assert "Hidden for now" in html
    assert "The answer" in html
    assert client.get(f"/p/{alone.pk}/").status_code == 404
    client.force_login(moderator)
    assert "Answered words" in client.get(topic.get_absolute_url()).content.decode()


def test_where_somebody_works_is_shown_as_far_as_they_said(client, topic, person):
    for visibility in ("private", "members", "public"):
        noor = person(f"n-{visibility}", affiliation=f"Works {visibility}", affiliation_visibility=visibility)
        publish_post(topic_id=topic.pk, person=noor, text="Hello")
    html = client.get(topic.get_absolute_url()).content.decode()
    assert [f"Works {v}" in html for v in ("private", "members", "public")] == [False, False, True]
    client.force_login(noor)
    html = client.get(topic.get_absolute_url()).content.decode()
    assert [f"Works {v}" in html for v in ("private", "members", "public")] == [False, True, True]


def test_a_hostile_name_and_title_are_only_words(client, cafe, person):
    evil = person(
        "evil",
        display_name="<script>alert(1)</script>\"'",
        affiliation="<b>x",
        affiliation_visibility="public",
    )
    topic = start_topic(forum=cafe, person=evil, subject="<img src=x onerror=alert(1)>", text="hi")
    for address in (
        topic.get_absolute_url(),
        cafe.get_absolute_url(),
        "/forum/",
        f"/p/{topic.first_post_id}/more/",
    ):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>x" not in html


@pytest.mark.parametrize(
    "cursor", ["0001-01-01T00:00:00%2B14:00~1", "9999-12-31T23:59:59-14:00~1", "2026-01-01~1", "~", "x~y"]
)
def test_a_cursor_beyond_the_calendar_is_not_found(client, cafe, cursor):
    assert client.get(f"{cafe.get_absolute_url()}?before={cursor}").status_code == 404


def test_a_head_request_and_the_keeping_of_pages(client, topic, person):
    for address in ("/forum/", topic.get_absolute_url(), topic.forum.get_absolute_url()):
        assert client.head(address).status_code == 200
        assert "Cache-Control" not in client.get(address).headers
    client.force_login(person())
    assert client.get("/forum/").headers["Cache-Control"] == "private"


def test_a_cookie_with_a_nul_byte_is_no_cookie(client):
    client.cookies["sessionid"] = "aaaaaaaaaaaa"
    response = client.get("/forum/", headers={"cookie": 'sessionid="aaaaaaaaaaaa\\000bbbbbbbb"; theme=dark'})
    assert response.status_code == 200


def test_topics_go_on_by_cursor_and_a_broken_cursor_is_not_found(client, cafe, person):
    yusuf = person("yusuf")
    for number in range(35):
        start_topic(forum=cafe, person=yusuf, subject=f"Topic {number}", text="Words")
    html = client.get(cafe.get_absolute_url()).content.decode()
    assert html.count('<li class="topic">') == 30
    older = re.search(r'href="(\?before=[^"]+)"', html)[1]
    assert client.get(cafe.get_absolute_url() + older).content.decode().count('<li class="topic">') == 5
    for broken in ("x", "2026-11-22T10:00:00~1", "~", "2026-11-22T10:00:00+00:00~x", "\x00"):
        assert client.get(cafe.get_absolute_url(), {"before": broken}).status_code == 404


@pytest.mark.parametrize("size", [3, 30])
def test_a_topic_page_takes_ten_queries_at_the_most_however_long(
    client, topic, person, django_assert_max_num_queries, size
):
    # session, user, topic with forum, rights, posts, labels: 6 signed in, 4 for a visitor.
    fill(topic, person, size, replies=2)
    client.get("/forum/")  # the footer's pages are in the cache from then on
    with django_assert_max_num_queries(4):
        client.get(topic.get_absolute_url())
    client.force_login(person())
    client.get(topic.get_absolute_url())
    with django_assert_max_num_queries(6):
        client.get(topic.get_absolute_url())


def test_in_a_category_the_latest_room_comes_first_and_rooms_of_no_category_last(client, cafe):
    weeks = create_forum(name="Weeks", category=True)
    for number in (1, 2, 3):
        access.grant(create_forum(name=f"Week {number}", parent=weeks), access.VISITORS, access.READER)
    html = client.get("/forum/").content.decode()
    places = [html.index(name) for name in ("Weeks", "Week 3", "Week 2", "Week 1", cafe.name)]
    assert places == sorted(places)
    assert re.findall(r'class="lab"[^>]*>(\w+)<', html)[:3] == ["3", "2", "1"]


@pytest.mark.parametrize("size", [2, 25])
def test_the_forum_index_takes_eight_queries_at_the_most_however_many_rooms(
    client, person, topic, django_assert_max_num_queries, size
):
    # session, user, forums with their last posts: 3 signed in, 1 for a visitor.
    for number in range(size):
        forum = create_forum(name=f"Room {number}")
        access.grant(forum, access.VISITORS, access.READER)
        start_topic(forum=forum, person=topic.poster, subject="Words", text="Words")
    client.get("/forum/")  # the footer's pages are in the cache from then on
    with django_assert_max_num_queries(1):
        client.get("/forum/")
    client.force_login(person())
    client.get("/forum/")
    with django_assert_max_num_queries(3):
        client.get("/forum/")
