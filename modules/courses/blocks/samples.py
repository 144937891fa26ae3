"""What blocks show in the editor's picker, where nothing is stored: pictures, files and a post made up here.

A picture without an id is drawn from static/img/sample.svg (`pictures.picture`).
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils import timezone

from community.accounts.models import User
from community.discussions.quoted import Quoted
from community.forum_conversation.models import Post, Topic


def picture():
    return apps.get_model("media", "CourseImage")(title="", width=1320, height=825)


def figure(number: int = 0) -> dict[str, Any]:
    """The value of a figure; `number` chooses its words."""
    captions = ["The stop across the road.", "The door.", "The last hundred steps.", "The desk, at last."]
    return {
        "image": picture(),
        "alt": "Hills, a road and a small house",
        "caption": captions[number],
        "credit": "" if number else "Hanne Vik",
    }


def document():
    return apps.get_model("media", "CourseDocument")(file="documents/door-card.pdf", file_size=84_000)


def sound() -> dict[str, Any]:
    return {
        "title": "Morning in Auckland",
        "file": apps.get_model("media", "CourseMedia")(type="audio", file="media/morning.mp3"),
        "chapters": "0:00 Before the doors\n1:05 The pause",
        "transcript": "<p>You hear a trolley, and somebody who hums.</p>",
    }


def slide() -> dict[str, Any]:
    return {
        "image": picture(),
        "alt": "Hills, a road and a small house",
        "title": "The last hundred steps",
        "words": "<p>This is the only picture you’ll get from me today.</p>",
    }


def quoted() -> Quoted:
    author = User(pk=1, handle="hanne", display_name="Hanne Vik")
    topic = Topic(pk=1, slug="stops", subject="What did you stop doing?")
    html = "<p>I’d add diesel to that column. Turning a bus round is not free.</p>"
    return Quoted(topic, Post(pk=1, topic=topic, poster=author, html=html, created=timezone.now()))
