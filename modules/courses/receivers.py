"""What follows from publishing and moving."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, post_page_move

from .models import CoursePage, ModulePage, StepPage
from .routing import forget_site
from .schedule import reschedule
from .spaces import admit_leaders, open_space, open_week_forum, take_conversations_along


@receiver(page_published, sender=CoursePage)
def course_published(instance: CoursePage, **kwargs) -> None:
    admit_leaders(open_space(instance))
    reschedule(instance)


@receiver(page_published, sender=ModulePage)
def week_published(instance: ModulePage, **kwargs) -> None:
    open_week_forum(instance)


@receiver(post_page_move)
def page_moved(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs
) -> None:
    if issubclass(sender, ModulePage | StepPage) and parent_page_before != parent_page_after:
        take_conversations_along(instance)


# The address of its root page is part of what is known of the site.
post_save.connect(forget_site, sender=Site)
post_delete.connect(forget_site, sender=Site)
page_slug_changed.connect(forget_site)
post_page_move.connect(forget_site)
