"""The reader's own language and clock, for the time of one request."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

LANGUAGES = {code for code, _name in settings.LANGUAGES}


def reader_middleware(get_response: Callable[[HttpRequest], HttpResponse]):
    """Language: this device's cookie, else the person's setting, else the browser's. Time zone: the person's.

    A visitor without a session cookie costs no query and gets no session.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in LANGUAGES:
            language = getattr(person, "language", "") or translation.get_language_from_request(request)
        zone = getattr(person, "time_zone", "") or settings.TIME_ZONE
        try:
            zone = zoneinfo.ZoneInfo(zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone):
            response = get_response(request)
            if hasattr(response, "render") and callable(response.render) and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        if person is not None:
            response.headers.setdefault("Cache-Control", "private")
        return response

    return middleware
