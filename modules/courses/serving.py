"""How the pages of the site answer a request. Mixins for the page classes, before Wagtail's Page."""

from __future__ import annotations

from http import HTTPMethod

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

PREVIEW_MODES = [("light", _("Light")), ("dark", _("Dark"))]
# In a preview, forms and scripts send nothing: a click would act in the editor's own name.
PREVIEW_POLICY = {"form-action": [NONE], "connect-src": [NONE]}


class Served:
    """For every page class."""

    allowed_http_methods = (HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS)
    known_public = False  # set by routing.page_at, which has looked already

    def get_view_restrictions(self):
        """Who may see a page that an editor made private. No query where the router found that it is not."""
        return PageViewRestriction.objects.none() if self.known_public else super().get_view_restrictions()

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The page. It shows who reads it, so that no shared cache may keep it."""
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return response

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["is_preview"] = getattr(request, "is_preview", False)
        if context["is_preview"] and request.preview_mode in dict(PREVIEW_MODES):
            context["theme"] = request.preview_mode
        return context

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return PREVIEW_MODES

    @method_decorator(csp_replace(PREVIEW_POLICY))
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """What the editor shows beside the form: the page in one of the two themes."""
        return super().serve_preview(request, mode_name)


class CourseServing(Served):
    """For the page of a course."""

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from .overview import course_context

        context = super().get_context(request, *args, **kwargs)
        return context | course_context(self, is_preview=context["is_preview"])


class IndexServing(Served):
    """For the list of courses."""

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from .overview import index_context

        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class LessonServing(Served):
    """For weeks and steps: closed before their date, with a conversation beside them."""

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The page; before the week opens, for most people, a page that says when it does."""
        from .access import sees_closed
        from .lesson import closed_page, lesson_of
        from .signals import step_opened

        lesson = self._lesson = lesson_of(self)
        if not lesson.week.is_open and not sees_closed(self, request.user):
            return closed_page(lesson, request)
        response = super().serve(request, *args, **kwargs)
        if lesson.step and request.method == "GET" and request.user.is_authenticated:
            step_opened.send(sender=type(self), page=self, request=request)
        return response

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from .lesson import lesson_context

        context = super().get_context(request, *args, **kwargs)
        return context | lesson_context(self, request, is_preview=context["is_preview"])
