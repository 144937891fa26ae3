"""Where a conversation beside a page begins."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from community.accounts.models import User, system_account
from community.forum.models import Forum
from community.forum_conversation.actions import publish_post, rendered
from community.forum_conversation.models import Post, Topic

from .models import Place


@transaction.atomic
def publish_beside(
    *,
    page,
    person: User,
    text: str,
    parent_id: int | None = None,
    key: uuid.UUID | None = None,
    at=None,
    check_rights: bool = True,
) -> Post:
    """Publish a reply beside a page; the first one makes the topic, which belongs to the system account.

    The caller has checked `page.can_write(person)`. Raises what publish_post raises.
    """
    rendered(text)  # refuse a bad text before a topic exists for it
    topic = conversation_beside(page, at=at)
    return publish_post(
        topic_id=topic.pk,
        person=person,
        text=text,
        parent_id=parent_id,
        key=key,
        at=at,
        check_rights=check_rights,
    )


@transaction.atomic
def conversation_beside(page, at=None) -> Topic:
    """The topic beside `page`; made where there is none. Two people at once make one: the page is locked."""
    # As it lies now: it may have been moved to another week since it was read.
    page.path = Page.objects.select_for_update().values_list("path", flat=True).get(pk=page.pk)
    place = Place.objects.select_related("topic").filter(page_id=page.pk).first()
    if place:
        return place.topic
    forum = page.discussion_forum()
    topic = Topic(forum=forum, poster=system_account(), subject=page.discussion_title, beside_page=True)
    if at:
        topic.created = at
    topic.last_post_on = topic.created
    topic.save()
    Forum.objects.filter(pk=forum.pk).update(direct_topics_count=F("direct_topics_count") + 1)
    Place.objects.create(page_id=page.pk, topic=topic)
    return topic
