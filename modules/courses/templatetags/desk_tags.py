"""What Wagtail's templates do not know of page types: their icons, and their order."""

from __future__ import annotations

from django import template
from django.apps import apps
from wagtail.models import Page

register = template.Library()

PageType = tuple[str, str, str, str]  # name, app label, model name, description


@register.filter
def as_said_by(page_types: list[PageType], parent: Page) -> list[PageType]:
    """Wagtail's page types for a new page, in the order in which the page above it names them."""
    order = [model._meta.label_lower for model in parent.specific_class.clean_subpage_models()]
    return sorted(page_types, key=lambda page_type: order.index(f"{page_type[1]}.{page_type[2]}"))


@register.simple_tag
def page_icon(app_label: str, model_name: str) -> str:
    """The name of the icon of a page type: what its class says."""
    return getattr(apps.get_model(app_label, model_name), "icon", "doc-empty-inverse")
