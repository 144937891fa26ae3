"""What accounts leaves to the queue."""

from django.core.mail import EmailMultiAlternatives
from django_tasks import task


@task()
def send_letter(subject: str, body: str, html: str, sender: str, to: list[str]) -> None:
    """Send one letter. Raises what the mail backend raises; the queue keeps the failure."""
    message = EmailMultiAlternatives(subject, body, sender, to)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
