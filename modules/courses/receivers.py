"""What follows from publishing."""

from django.dispatch import receiver
from wagtail.signals import page_published

from .models import CoursePage, ModulePage
from .schedule import reschedule
from .spaces import admit_leaders, open_space, open_week_forum


@receiver(page_published, sender=CoursePage)
def course_published(instance: CoursePage, **kwargs) -> None:
    admit_leaders(open_space(instance))
    reschedule(instance)


@receiver(page_published, sender=ModulePage)
def week_published(instance: ModulePage, **kwargs) -> None:
    open_week_forum(instance)
