"""Writing about others: what an administrator says of a person at the desk."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db import transaction

from .models import User


def store_person(*, person: User, changed: Collection[str]) -> None:
    """Store somebody new, or the fields `changed` of somebody known.

    A new e-mail address counts as confirmed: the administrator vouches for it. It takes the place of every
    other, so that a letter to an earlier address no longer changes it back.

    Raises IntegrityError where somebody took the handle or the address in the meantime.
    """
    with transaction.atomic():
        is_new = person._state.adding
        person.save(update_fields=None if is_new else changed)
        if is_new or "email" in changed:
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
