"""Which page stands at an address, in one query instead of one (and more) for each level of the tree."""

from __future__ import annotations

from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from .models import KINDS, CoursePage, ModulePage, StepPage
from .tree import COURSE_DEPTH, STEP_DEPTH, WEEK_DEPTH


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, which takes the page that is found here (see Page.route_for_request)."""
    site = Site.find_for_request(request)
    page = page_at(site, path) if site else None
    request._wagtail_route_for_request = RouteResult(page) if page else None
    return serve(request, path)


def page_at(site: Site, path: str) -> Page | None:
    """The published page at `path` (`courses/spring/week-1/`) of a site, as its own class, or None.

    A page below an unpublished one is not published either. One query for courses, weeks and steps, two for
    other pages. Whether the page or one above it is private is noted on the page for `Served`.
    """
    root = site.root_page
    names = [name for name in path.split("/") if name]
    depth = root.depth + len(names)
    if depth > STEP_DEPTH:
        return None
    addresses = [root.url_path]
    for name in names:
        addresses.append(f"{addresses[-1]}{name}/")
    # Slugs are indexed, the addresses made of them are not.
    way = Page.objects.filter(slug__in={root.slug, *names}, url_path__in=addresses)
    private = PageViewRestriction.objects.filter(
        Q(page__url_path__in=addresses) | Q(page__aliases__url_path__in=addresses)
    )

    def at_address(pages: QuerySet) -> Page | None:
        return (
            pages.filter(slug=names[-1] if names else root.slug, url_path=addresses[-1])
            .annotate(is_hidden=Exists(way.filter(live=False)), is_private=Exists(private))
            .first()
        )

    page = at_address(_pages_at(depth)) or at_address(Page.objects.all())
    if page is None or page.is_hidden:
        return None
    specific = _specific(page)
    specific.known_public = not page.is_private
    return specific


def _pages_at(depth: int) -> QuerySet:
    """The pages that stand at this depth, with the columns of their own class."""
    if depth == COURSE_DEPTH:
        return CoursePage.objects.all()
    if depth == WEEK_DEPTH:
        return ModulePage.objects.all()
    if depth == STEP_DEPTH:
        return StepPage.objects.select_related(*(kind.model._meta.model_name for kind in KINDS.values()))
    return Page.objects.all()


def _specific(page: Page) -> Page:
    if isinstance(page, StepPage):
        kinds = (getattr(page, kind.model._meta.model_name, None) for kind in KINDS.values())
        return next(filter(None, kinds), None) or page.specific
    return page.specific
