"""Writing about oneself: the first name and clock after signing up, and every change after that."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .models import User

TRIES = 8
EDITABLE = (
    "display_name",
    "handle",
    "affiliation",
    "affiliation_visibility",
    "time_zone",
    "language",
    "library_url",
    "theme",
)


def introduce(*, person: User, display_name: str, time_zone: str) -> None:
    """Give a new person their name, a handle made from it, and their clock.

    People of one name may arrive in the same moment: who comes second takes the next free handle, and each
    try that is lost has given somebody else theirs. Where more than TRIES come, the last resort is a handle
    that nobody else is given.
    """
    person.display_name = display_name
    person.time_zone = time_zone
    wishes = [display_name] * TRIES + [f"reader-{secrets.token_hex(8)}"]
    while True:
        person.handle = User.objects.free_handle(wishes.pop(0))
        try:
            with transaction.atomic():
                person.save(update_fields=["display_name", "time_zone", "handle"])
            return
        except IntegrityError:
            if not wishes:
                raise


def change_profile(*, person: User, **changes: str) -> None:
    """Store `changes`, each one of EDITABLE and checked by the form.

    Raises ValidationError, under `handle`, where somebody took the handle in the meantime.
    """
    unknown = changes.keys() - set(EDITABLE)
    if unknown:
        raise TypeError(f"not part of a profile: {sorted(unknown)}")
    for name, value in changes.items():
        setattr(person, name, value)
    try:
        with transaction.atomic():
            person.save(update_fields=list(changes))
    except IntegrityError as error:
        raise ValidationError({"handle": _("Somebody took this handle a moment ago.")}) from error
