"""Sending a reply: plain, as htmx, anonymous, forbidden, missing, repeated, and with hostile words."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.discussions.models import Place
from community.forum import access
from community.forum_conversation.actions import lock_topic, start_topic
from community.forum_conversation.models import Post, Topic
from tests.community.counters import assert_counters_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cafe, person) -> Topic:
    return start_topic(forum=cafe, person=person("yusuf"), subject="Own time?", text="How do you do it?")


def send(client, topic, text="After ten, with toast.", **fields):
    address = topic.get_absolute_url()
    return client.post(f"/forum/topic/{topic.pk}/reply/", {"text": text, "next": address} | fields)


def test_a_reply_is_published_and_its_author_led_to_it(client, topic, person):
    client.force_login(person())
    response = send(client, topic)
    post = Post.objects.latest("pk")
    assert response.status_code == 303
    assert response.url == f"{topic.get_absolute_url()}#p{post.pk}"
    assert post.content == "After ten, with toast."


def test_a_reply_on_a_later_page_leads_to_that_page(client, topic, person):
    client.force_login(person())
    for number in range(22):
        response = send(client, topic, f"Reply {number}")
    assert "?page=2#p" in response.url


def test_a_double_click_makes_one_post(client, topic, person):
    client.force_login(person())
    key = str(uuid.uuid4())
    assert send(client, topic, key=key).url == send(client, topic, key=key).url
    assert Post.objects.count() == 2


def test_other_words_from_the_same_form_are_another_post(client, topic, cafe, person):
    client.force_login(person())
    key = str(uuid.uuid4())
    send(client, topic, key=key)
    send(client, topic, "And on reflection, without.", key=key)
    said = Post.objects.order_by("pk").values_list("content", flat=True)
    assert list(said)[1:] == ["After ten, with toast.", "And on reflection, without."]
    client.post(f"/forum/{cafe.pk}/new/", {"subject": "Toast", "text": "After ten, with toast.", "key": key})
    assert Topic.objects.filter(subject="Toast").exists()
    assert_counters_right()


def test_publishing_takes_fourteen_queries_at_the_most_at_any_depth(
    client, topic, person, django_assert_max_num_queries
):
    # session, user | savepoint, topic, rights, key, parent, branch rows, insert, branch, topic, forum,
    # release | and where it stands: the root's number. 14 with everything; 10 at the top level.
    client.force_login(person())
    send(client, topic)
    with django_assert_max_num_queries(10):
        send(client, topic)
    parent = Post.objects.latest("pk")
    for _depth in range(8):
        with django_assert_max_num_queries(14):
            send(client, topic, parent=parent.pk)
        parent = Post.objects.latest("pk")
    assert parent.depth == 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to read"),
        ("   ", "nothing to read"),
        ("<script>x</script>", "nothing to read"),
        ("x" * 20_500, "500 characters too long"),
        ("a \x00 b", "character in it that no text has"),
    ],
)
def test_a_text_that_cannot_be_taken_comes_back_with_the_reason(client, topic, person, text, words):
    client.force_login(person())
    response = send(client, topic, text)
    assert response.status_code == 422
    html = response.content.decode()
    assert words in html
    assert "Your words are below" in html
    if text.startswith("x"):
        assert text in html
    assert Post.objects.count() == 1


@pytest.mark.parametrize("parent", ["999999", "-1", "x", "1e9", "9" * 30, "٣"])
def test_an_unknown_parent_is_said_in_words(client, topic, person, parent):
    client.force_login(person())
    response = send(client, topic, parent=parent)
    assert response.status_code == 422
    assert "no longer here" in response.content.decode()
    assert "After ten, with toast." in response.content.decode()
    assert_counters_right()


def test_a_reply_across_topics_is_refused(client, topic, cafe, person):
    noor = person()
    other = start_topic(forum=cafe, person=noor, subject="Other", text="Words")
    client.force_login(noor)
    send(client, other)
    foreign = Post.objects.latest("pk")
    assert send(client, topic, parent=foreign.pk).status_code == 422
    assert Topic.objects.get(pk=topic.pk).posts_count == 1


def test_a_preview_shows_what_it_will_look_like_and_posts_nothing(client, topic, person):
    client.force_login(person())
    response = send(client, topic, "So *much* <script>x</script>", preview="1")
    html = response.content.decode()
    assert response.status_code == 200
    assert "So <em>much</em>" in html
    assert "<script>x" not in html
    assert "So *much*" in html  # still in the form
    part = client.post(
        f"/forum/topic/{topic.pk}/reply/", {"text": "*x*", "preview": "1"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<em>x</em>" in part
    assert "<html" not in part
    assert Post.objects.count() == 1


def test_a_closed_topic_gives_the_words_back(client, topic, person):
    lock_topic(topic_id=topic.pk, locked=True)
    client.force_login(person())
    response = send(client, topic, "Too late but kept")
    assert response.status_code == 403
    assert "closed to new replies" in response.content.decode()
    assert "Too late but kept" in response.content.decode()


def test_a_room_that_one_may_not_read_takes_no_replies(client, private_forum, moderator, person):
    topic = start_topic(forum=private_forum, person=moderator, subject="Back", text="room")
    client.force_login(person())
    response = send(client, topic)
    assert response.status_code == 404
    assert "After ten, with toast." in response.content.decode()
    assert "Back" not in response.content.decode().replace("Back to the conversation", "")
    assert Post.objects.count() == 1


def test_a_missing_topic_and_a_wrong_method_are_said_so(client, topic, person):
    client.force_login(person())
    assert client.post("/forum/topic/999999/reply/", {"text": "x"}).status_code == 404
    assert client.get(f"/forum/topic/{topic.pk}/reply/").status_code == 405


def test_who_is_signed_out_finds_the_text_again_after_signing_in(client, topic, person):
    person()
    response = send(client, topic, "Half a reply")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")
    assert Post.objects.count() == 1
    assert "Half a reply" in client.get(response.url).content.decode()
    signed_in = client.post(response.url, {"login": "noor@example.org", "password": "four plain words here"})
    assert signed_in.status_code == 302
    html = client.get(signed_in.url.split("#")[0]).content.decode()
    assert "Half a reply</textarea>" in html
    assert "Here is what you wrote" in html
    send(client, topic, "Half a reply")
    assert "Half a reply</textarea>" not in client.get(topic.get_absolute_url()).content.decode()
    assert Post.objects.count() == 2


def test_a_forged_next_leads_nowhere_else(client, topic, person):
    client.force_login(person())
    for forged in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        response = send(client, topic, next=forged)
        assert response.url.startswith("/forum/")


def test_an_expired_token_keeps_the_words_and_asks_once_more(topic, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person())
    address, fields = f"/forum/topic/{topic.pk}/reply/", {"text": "Written in another tab"}
    response = client.post(address, fields, headers={"Origin": "http://testserver"})
    assert response.status_code == 403
    assert "Written in another tab" in response.content.decode()
    foreign = client.post(address, fields, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert "Written in another tab" not in foreign.content.decode()
    assert Post.objects.count() == 1


def test_a_body_of_ten_megabytes_is_refused_in_words(client, topic, person):
    client.force_login(person())
    response = send(client, topic, "x" * 10_000_000)
    assert response.status_code == 413
    file = SimpleUploadedFile("big.bin", b"x" * 10_000_000)
    response = send(client, topic, file=file)
    assert response.status_code == 413
    assert "too long for us to read" in response.content.decode()
    assert Post.objects.count() == 1


# Beside a page ----------------------------------------------------------------------------------------
def test_the_first_reply_beside_a_page_makes_its_conversation(client, week, joined, person):
    client.force_login(joined(person()))
    response = client.post(f"/forum/beside/{week.pk}/", {"text": "First", "next": week.url})
    place = Place.objects.get(page=week)
    assert response.url == f"{week.url}#p{place.topic.last_post_id}"
    assert place.topic.beside_page
    assert place.topic.poster.is_system
    assert place.topic.forum == week.week_forum.forum
    assert client.get(place.topic.get_absolute_url()).status_code == 200


def test_reading_a_page_makes_no_conversation(client, week, joined, person):
    client.force_login(joined(person()))
    assert client.get(week.url).status_code == 200
    assert not Place.objects.exists()


def test_who_has_not_joined_reads_why_and_keeps_the_words(client, week, person):
    client.force_login(person())
    response = client.post(f"/forum/beside/{week.pk}/", {"text": "From outside"})
    assert response.status_code == 403
    assert "From outside" in response.content.decode()
    assert not Place.objects.exists()


def test_a_closed_week_takes_no_replies_and_does_not_say_what_is_in_it(client, closed_week, joined, person):
    client.force_login(joined(person()))
    response = client.post(f"/forum/beside/{closed_week.pk}/", {"text": "Early"})
    assert response.status_code == 404
    assert "Early" in response.content.decode()
    assert closed_week.title not in response.content.decode()
    assert not Topic.objects.exists()


@pytest.mark.parametrize("which", ["missing", "home", "course"])
def test_a_page_without_a_conversation_takes_no_replies(client, course, person, which):
    from home.models import HomePage

    client.force_login(person())
    pk = {"missing": 999_999, "home": HomePage.objects.get().pk, "course": course.pk}[which]
    assert client.post(f"/forum/beside/{pk}/", {"text": "x"}).status_code == 404


def test_a_bad_first_reply_makes_no_empty_conversation(client, week, joined, person):
    client.force_login(joined(person()))
    assert client.post(f"/forum/beside/{week.pk}/", {"text": " "}).status_code == 422
    assert not Topic.objects.exists()


# New topics -------------------------------------------------------------------------------------------
def test_a_member_starts_a_topic(client, cafe, person):
    client.force_login(person())
    response = client.post(f"/forum/{cafe.pk}/new/", {"subject": "Toast", "text": "At ten."})
    topic = Topic.objects.get()
    assert response.url == topic.get_absolute_url()
    assert (topic.subject, topic.first_post.content, topic.posts_count) == ("Toast", "At ten.", 1)
    assert_counters_right()


@pytest.mark.parametrize(
    ("subject", "text"),
    [("", "Words"), ("Title", ""), ("x" * 300, "Words"), ("a\x00b", "Words"), ("\u200b", "Words")],
)
def test_a_topic_that_cannot_be_taken_comes_back_with_both_title_and_words(
    client, cafe, person, subject, text
):
    client.force_login(person())
    response = client.post(f"/forum/{cafe.pk}/new/", {"subject": subject, "text": text})
    assert response.status_code == 422
    assert not Topic.objects.exists()
    assert text in response.content.decode()


def test_a_topic_sent_twice_arrives_once(client, cafe, person):
    client.force_login(person())
    fields = {"subject": "Toast", "text": "At ten.", "key": str(uuid.uuid4())}
    assert (
        client.post(f"/forum/{cafe.pk}/new/", fields).url == client.post(f"/forum/{cafe.pk}/new/", fields).url
    )
    assert Topic.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_six_clicks_at_once_make_one_topic(cafe, person, at_once):
    noor, key, made = person(), uuid.uuid4(), []
    words = {"forum": cafe, "person": noor, "subject": "Toast", "text": "At ten.", "key": key}
    assert at_once(*[lambda: made.append(start_topic(**words).pk)] * 6) == []
    assert len(set(made)) == 1
    assert Topic.objects.count() == 1
    assert_counters_right()


def test_who_may_no_longer_start_a_topic_keeps_title_and_words(client, private_forum, cafe, person):
    noor = person()
    client.force_login(noor)
    fields = {"subject": "Toast", "text": "At ten."}
    assert client.get(f"/forum/{private_forum.pk}/new/").status_code == 404
    response = client.post(f"/forum/{private_forum.pk}/new/", fields)
    assert response.status_code == 404
    assert "Toast" in response.content.decode()
    assert "At ten." in response.content.decode()
    access.grant(private_forum, access.VISITORS, access.READER)
    response = client.post(f"/forum/{private_forum.pk}/new/", fields)
    assert response.status_code == 403
    assert "At ten." in response.content.decode()
    assert not Topic.objects.exists()


def test_signed_out_words_that_are_too_long_come_back_whole(client, topic):
    response = send(client, topic, "word " * 5_000)
    assert response.status_code == 422
    assert "too long" in response.content.decode()
    assert ("word " * 5_000).strip() in response.content.decode()


def test_a_visitor_who_starts_a_topic_signs_in_first(client, cafe):
    assert client.get(f"/forum/{cafe.pk}/new/").url.startswith("/accounts/login/")
    response = client.post(f"/forum/{cafe.pk}/new/", {"subject": "Toast", "text": "At ten."})
    assert response.url.startswith("/accounts/login/")
    assert not Topic.objects.exists()


def test_a_new_topic_form_carries_a_key(client, cafe, person):
    client.force_login(person())
    html = client.get(f"/forum/{cafe.pk}/new/").content.decode()
    assert 'name="key" value=""' not in html
