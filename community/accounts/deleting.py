"""Whether a person may be deleted: only who has left nothing that must stay. Others are made inactive."""

from __future__ import annotations

from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import PROTECT, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from .models import User

NAMED = 5


def not_deletable(people: QuerySet[User]) -> QuerySet[User]:
    """Those of `people` to whom something belongs that the models of any room protect: posts, records.

    The models say it (`on_delete=PROTECT`) and refuse the rest; this asks beforehand. One query.
    """
    protected = [
        Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in User._meta.get_fields(include_hidden=True)
        if getattr(relation, "on_delete", None) is PROTECT
    ]
    return people.filter(reduce(or_, protected, Q(pk__in=[])))


def refuse_to_delete(request: HttpRequest, person: User) -> HttpResponse | None:
    """For Wagtail's hook: to the page on which they can be made inactive instead."""
    if not not_deletable(User.objects.filter(pk=person.pk)):
        return None
    words = _("%(name)s has posts or records of courses, which stay. Make the account inactive instead.")
    messages.error(request, words % {"name": person.display_name})
    inactive = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    query = urlencode({"id": person.pk, "next": reverse("wagtailusers_users:index")})
    return redirect(f"{inactive}?{query}")


def refuse_to_delete_many(
    request: HttpRequest, action_type: str, objects: list, action
) -> HttpResponse | None:
    """For Wagtail's hook: back to the list, with everybody still in it."""
    if action.model is not User or action_type != "delete":
        return None
    staying = not_deletable(User.objects.filter(pk__in=[person.pk for person in objects]))
    names = list(staying.order_by("handle").values_list("display_name", flat=True))
    if not names:
        return None
    words = ngettext(
        "Nobody has been deleted. This person has posts or records of courses, which stay: %(names)s. "
        "You can make the account inactive instead.",
        "Nobody has been deleted. These people have posts or records of courses, which stay: %(names)s. "
        "You can make their accounts inactive instead.",
        len(names),
    )
    shown = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    messages.error(request, words % {"names": shown})
    return redirect(action.next_url)
