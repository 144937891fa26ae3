"""The people of the site."""

from __future__ import annotations

import re

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from . import zones

HANDLE = r"^[a-z0-9][a-z0-9_.-]{1,28}[a-z0-9]\Z"
HANDLE_LENGTH = 30
CLOTHS = ("bottle", "oxblood", "navy", "ochre", "slate", "plum", "moss", "teal")


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` names a zone of the IANA time zone database."""
    if value not in zones.known():
        raise ValidationError(_("“%(zone)s” is not a time zone we know."), params={"zone": value})


def display_name(user: User) -> str:
    """The name that allauth and Wagtail print for `user`."""
    return user.display_name


class UserManager(BaseUserManager["User"]):
    """Makes people. E-mail addresses and handles are unique whatever their letter case."""

    def get_by_natural_key(self, username: str) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        """Store a person; without a handle, one is made from the name. IntegrityError on a taken e-mail."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.handle = user.handle or self.free_handle(user.display_name or email.split("@")[0])
        user.display_name = user.display_name or user.handle
        user.set_password(password)
        user.save(using=self._db)
        return user

    def present(self) -> models.QuerySet[User]:
        """People who take part: not those who have left or are locked out, nor the site's own account."""
        return self.filter(is_active=True, is_system=False, left_at__isnull=True)

    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def free_handle(self, wish: str) -> str:
        """The handle nearest to `wish` that nobody has: `amara-nwosu`, then `amara-nwosu-2`, …"""
        from anyascii import anyascii

        base = slugify(anyascii(wish)).replace("_", "-").strip("-")[:24].strip("-") or "reader"
        if len(base) < 3:
            base = f"{base}-reader"
        # The part that stays whatever the ending: ten figures have room behind it.
        stem = base[: HANDLE_LENGTH - 11]
        taken = {
            handle.lower()
            for handle in self.filter(handle__istartswith=stem).values_list("handle", flat=True)
        }
        taken |= RESERVED_HANDLES
        number, handle = 1, base
        while handle in taken:
            number += 1
            ending = f"-{number}"
            handle = base[: HANDLE_LENGTH - len(ending)].rstrip("-") + ending
        return handle


RESERVED_HANDLES = {
    "admin",
    "administrator",
    "commonplace",
    "everyone",
    "here",
    "moderator",
    "root",
    "system",
}


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known to others by display name and handle; all else is private until they open it."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only me")
        MEMBERS = "members", _("Signed-in people")
        PUBLIC = "public", _("Everyone")

    email = models.EmailField(_("e-mail"))
    handle = models.CharField(
        _("handle"),
        max_length=HANDLE_LENGTH,
        validators=[
            RegexValidator(HANDLE, _("Three to thirty small letters, digits, dots, dashes or underscores."))
        ],
    )
    display_name = models.CharField(_("name you go by"), max_length=80)
    affiliation = models.CharField(_("where you work"), max_length=120, blank=True)
    affiliation_visibility = models.CharField(
        _("who sees where you work"),
        max_length=8,
        choices=Visibility.choices,
        default=Visibility.PRIVATE,
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    library_url = models.URLField(_("your library’s catalogue"), max_length=400, blank=True)
    theme = models.CharField(
        _("theme"),
        max_length=6,
        blank=True,
        choices=[("", _("System")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_system = models.BooleanField(default=False, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("This e-mail address already has an account."),
            ),
            models.UniqueConstraint(
                Lower("handle"),
                name="user_handle_unique",
                violation_error_message=_("This handle is taken."),
            ),
            models.UniqueConstraint(
                fields=["is_system"], condition=models.Q(is_system=True), name="user_one_system_account"
            ),
        ]
        # Signing in asks for the exact, small-letter form, which the constraints' indexes do not answer.
        indexes = [
            models.Index(fields=["email"], name="user_by_email"),
            models.Index(fields=["handle"], name="user_by_handle"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def first_name(self) -> str:
        """What Wagtail's sidebar prints; without one, it would be the e-mail address."""
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.handle])

    @property
    def initials(self) -> str:
        """One or two letters for the square beside a post."""
        return initials(self.display_name)

    @property
    def cloth(self) -> str:
        """The identity colour, the same for a person on every page."""
        return cloth(self.pk)


def initials(name: str) -> str:
    """First letters of the first and last word of `name`, in capitals; `–` where there are none."""
    words = [word for word in re.split(r"[\s\-’']+", name) if word[:1].isalnum()]
    if not words:
        return "–"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def cloth(number: int | None) -> str:
    """One of the eight cloths for an id, in a fixed order."""
    return CLOTHS[(number or 0) % len(CLOTHS)]


def system_account() -> User:
    """The account that owns the conversations beside pages. It cannot sign in and belongs to nobody."""
    user, _created = User.objects.get_or_create(
        is_system=True,
        defaults={
            "email": "system@commonplace.invalid",
            "handle": "commonplace",
            "display_name": "Commonplace",
            "is_active": False,
            "password": "!",
        },
    )
    return user
