"""Where allauth meets our people."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by e-mail alone; the handle is made from the name and can be changed later."""

    def populate_username(self, request, user: User) -> None:
        # Until the form has been read to its end (forms.SignupForm); two people never collide in it.
        user.handle = user.handle or f"reader-{secrets.token_hex(8)}"

    def _delete_login_attempts_cached_email(self, request, **credentials) -> None:
        """After a new password, wrong ones are forgotten under the handle as well.

        They are counted as typed, by e-mail and by handle apart: one count would tell who has which address.
        """
        super()._delete_login_attempts_cached_email(request, **credentials)
        for person in filter_users_by_email(credentials["email"]):
            super()._delete_login_attempts_cached_email(request, username=person.handle)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Render the letter now and let the queue send it, so that no sign-up waits for a mail server."""
        from .tasks import send_letter

        message = self.render_mail(template_prefix, email, context)
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        send_letter.enqueue(
            subject=message.subject, body=message.body, html=html, sender=message.from_email, to=message.to
        )
