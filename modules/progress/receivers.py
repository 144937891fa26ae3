"""What follows from what happens in other rooms."""

from django.dispatch import receiver
from django.http import HttpRequest

from modules.courses.access import course_of
from modules.courses.models import StepPage
from modules.courses.signals import step_opened

from .actions import record_visit


@receiver(step_opened)
def note_the_visit(page: StepPage, request: HttpRequest, **kwargs) -> None:
    if request.user.is_authenticated:
        record_visit(person=request.user, step=page, course=course_of(page))
