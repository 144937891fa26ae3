"""Middleware of the site as a whole."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

ADMIN_PREFIXES = ("/cms/", "/django-admin/")


class PolicyMiddleware(CSPMiddleware):
    """Content-Security-Policy: strict for the site, one of its own for the two admins (inline scripts)."""

    def get_policy_parts(self, request, response, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(ADMIN_PREFIXES):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class CompressPages(GZipMiddleware):
    """Compress pages; files are small already, or keep their length and ETag all the same.

    Compression and a secret on one page invite guessing the secret from lengths (BREACH, breachattack.com):
    the only one on ours is the CSRF token, which Django masks anew in each answer, and each compressed answer
    has a length of its own (the random bytes of Django's middleware).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_text = response.get("Content-Type", "").startswith(("text/", "application/json"))
        if response.streaming or not is_text:
            return response
        return super().process_response(request, response)


def refuse_nul_bytes(get_response: Callable[[HttpRequest], HttpResponse]):
    """Answer 404 to an address with a NUL byte, and read no cookie with one: PostgreSQL stores none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            from .errors import not_found

            return not_found(request)
        if any("\x00" in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
        return get_response(request)

    return middleware


def refuse_big_bodies(get_response: Callable[[HttpRequest], HttpResponse]):
    """Answer 413 to a body that is larger than any form of the site; only the two admins take files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        too_big = length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if too_big and not request.path_info.startswith(ADMIN_PREFIXES):
            from .errors import bad_request

            return bad_request(request, RequestDataTooBig())
        return get_response(request)

    return middleware
