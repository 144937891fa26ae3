"""Keeps the frame's cache true, and the clock of the desk."""

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail.users.models import UserProfile

from .context import FOOTER_KEY, rights_key
from .desk_clock import move_clock, set_clock


def forget_the_footer(sender, **kwargs) -> None:
    cache.delete(FOOTER_KEY)


def forget_rights(sender, instance, action: str, reverse: bool, pk_set, **kwargs) -> None:
    """People whose groups have changed see the doors of their new ones on the next page."""
    if not action.startswith("post_"):
        return
    people = [instance]
    if reverse:
        people = get_user_model().objects.filter(pk__in=pk_set or ())
    cache.delete_many([rights_key(person) for person in people])


def connect() -> None:
    """Called once, when the apps are ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget_the_footer, dispatch_uid="mooc_site.footer")
    post_delete.connect(forget_the_footer, sender=Page, dispatch_uid="mooc_site.footer")
    m2m_changed.connect(
        forget_rights, sender=get_user_model().groups.through, dispatch_uid="mooc_site.rights"
    )
    post_save.connect(set_clock, sender=UserProfile, dispatch_uid="mooc_site.set_clock")
    post_save.connect(move_clock, sender=get_user_model(), dispatch_uid="mooc_site.move_clock")
