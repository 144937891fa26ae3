"""Middleware of the site as a whole."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse

ADMIN_PREFIXES = ("/cms/", "/django-admin/")


class PolicyMiddleware(CSPMiddleware):
    """Content-Security-Policy: strict for the site, one of its own for the two admins (inline scripts)."""

    def get_policy_parts(self, request, response, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(ADMIN_PREFIXES):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


def refuse_nul_bytes(get_response: Callable[[HttpRequest], HttpResponse]):
    """Answer 404 to an address with a NUL byte: PostgreSQL stores none, so nothing can be found there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            from .errors import not_found

            return not_found(request)
        return get_response(request)

    return middleware
