"""Which page stands at an address, in one query instead of one (and more) for each level of the tree."""

from __future__ import annotations

import functools

from django.core.cache import cache
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from community.prepared import Prepared

from .models import KINDS, CoursePage, ModulePage, StepPage
from .tree import COURSE_DEPTH, STEP_DEPTH, WEEK_DEPTH

SITE = "site"
SITE_SECONDS = 60  # where processes have no cache in common, a change takes this long


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, which takes the page that is found here (see Page.route_for_request)."""
    site = known_site(request)
    page = page_at(site, path) if site else None
    request._wagtail_route_for_request = RouteResult(page) if page else None
    return serve(request, path)


def known_site(request: HttpRequest) -> Site | None:
    """Wagtail's record of this site with its root page, kept until one is saved; None before there is one.

    There is one site, so that the host name of the request does not matter.
    """
    site = cache.get(SITE)
    if site is None:
        site = Site.find_for_request(request)
        if site:
            cache.set(SITE, site, SITE_SECONDS)
    request._wagtail_site = site
    return site


def forget_site(**kwargs) -> None:
    """A receiver: look the site up again."""
    cache.delete(SITE)


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
    slugs = [root.slug, *names]
    page = _way_to(depth, len(slugs)).first(*slugs, *addresses)
    page = page or _way_to(None, len(slugs)).first(*slugs, *addresses)
    if page is None or page.is_hidden:
        return None
    specific = _specific(page)
    specific.known_public = not page.is_private
    return specific


@functools.cache
def _way_to(depth: int | None, parts: int) -> Prepared:
    """The search for a page that stands at `depth` (or at any), at the end of a way of so many `parts`."""
    pages = Page.objects.all() if depth is None else _pages_at(depth)
    return Prepared(lambda *names: _at_address(pages, names[:parts], names[parts:]), *[str] * 2 * parts)


def _at_address(pages: QuerySet, slugs: tuple[str, ...], addresses: tuple[str, ...]) -> QuerySet:
    """Those of `pages` at the end of a way, given by the slugs and the addresses of all pages on it.

    Slugs are indexed, the addresses made of them are not.
    """
    way = Page.objects.filter(slug__in=slugs, url_path__in=addresses)
    private = PageViewRestriction.objects.filter(
        Q(page__url_path__in=addresses) | Q(page__aliases__url_path__in=addresses)
    )
    return pages.filter(slug=slugs[-1], url_path=addresses[-1]).annotate(
        is_hidden=Exists(way.filter(live=False)), is_private=Exists(private)
    )


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
