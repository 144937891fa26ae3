"""One clock for a person: Wagtail's admin goes by the time zone of their settings, and asks for none itself.

Wagtail keeps the zone in a profile of its own, without which it takes the site's.
"""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.users.models import UserProfile


def begin_profile(request: HttpRequest, menu_items: list) -> None:
    """For Wagtail's hook, which is asked on each page of the admin: whoever has no profile gets one."""
    if not hasattr(request.user, "wagtail_userprofile"):
        UserProfile.get_for_user(request.user)


def set_clock(sender, instance: UserProfile, created: bool, raw: bool = False, **kwargs) -> None:
    """A receiver, for a new profile."""
    if created and not raw:
        UserProfile.objects.filter(pk=instance.pk).update(current_time_zone=instance.user.time_zone)


def move_clock(sender, instance, created: bool, update_fields=None, raw: bool = False, **kwargs) -> None:
    """A receiver, for a person who may have moved."""
    if not created and not raw and (update_fields is None or "time_zone" in update_fields):
        UserProfile.objects.filter(user=instance).update(current_time_zone=instance.time_zone)
