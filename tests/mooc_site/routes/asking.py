"""Ask the site for an address in somebody's name, and say its answer in a word."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from .house import ROLES, SECRETS, VISITOR

SIGN_IN = "/accounts/login/"


class Answer(NamedTuple):
    """`word` is “200”, “404” …; “door” for the way to sign-in; “>/p/#/” for another way (`#`: a number)."""

    word: str
    response: HttpResponse
    read: set[str]  # the words of house.SECRETS that stand in it, but for those of the address itself
    left_trace: bool  # a session was made, for a visitor
    trouble: str  # the traceback behind a 500


class Asker(RequestFactory):
    """Everybody's browser. Whatever a question changes is taken back when it is answered.

    Not Django's test client: that keeps a copy of every template's context, which takes longer than the page.
    """

    def __init__(self, house: SimpleNamespace):
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.trouble = ""
        self.signed_in: dict[str, str] = {}
        for role in ROLES:
            client = Client()
            if person := getattr(house, role):
                client.force_login(person)
            self.signed_in[role] = client.cookies.output(header="", attrs=[])
        got_request_exception.connect(self._keep_trouble)

    def _keep_trouble(self, **kwargs) -> None:
        self.trouble = traceback.format_exc()

    def request(self, **request) -> HttpResponse:
        return self.handler(self._base_environ(**request))

    def ask(
        self,
        role: str,
        method: str,
        address: str,
        data: dict | None = None,
        *,
        then: Callable[[Answer], None] = lambda answer: None,
    ) -> Answer:
        """The answer to a GET or POST of `address` by the person of this role.

        `then` is called with it before what the question changed is taken back.
        """
        self.trouble = ""
        self.cookies = SimpleCookie(self.signed_in[role])
        counts = role == VISITOR and method == "GET"
        with transaction.atomic():
            before = counts and Session.objects.count()
            response = (self.post if method == "POST" else self.get)(address, data)
            content = b"".join(response) if response.streaming else response.content
            left_trace = counts and ("sessionid" in response.cookies or Session.objects.count() != before)
            read = {word for word in SECRETS if word.encode() in content and word not in address}
            answer = Answer(word_for(response), response, read, left_trace, self.trouble)
            then(answer)
            transaction.set_rollback(True)
        if method == "POST":
            cache.clear()  # of what has just been taken back
        return answer


def word_for(response: HttpResponse) -> str:
    """See Answer."""
    if not 300 <= response.status_code < 400 or "Location" not in response.headers:
        return str(response.status_code)
    parts = urlsplit(response.headers["Location"])
    if parts.netloc not in {"", "testserver", urlsplit(settings.SITE_URL).netloc}:
        return f">{parts.scheme}://{parts.netloc}"
    if parts.path == SIGN_IN:
        return "door"
    return f">{without_numbers(unquote(parts.path))}"


def without_numbers(path: str) -> str:
    """`/p/12/` as `/p/#/`; a person's number in the way to a new password is written to the base 36."""
    return re.sub(r"\d+", "#", re.sub(r"/key/[0-9a-z]+-", "/key/#-", path))
