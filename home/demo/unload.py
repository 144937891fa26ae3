"""Taking the demo away again, and nobody else's words with it."""

from __future__ import annotations

from django.db import transaction

from community.accounts.models import User
from community.discussions.models import Place
from community.forum.models import Forum
from community.forum_conversation.models import Post, Topic
from community.moderation.models import Report
from modules.courses.models import CoursePage, CourseSpace, WeekForum
from modules.progress.answers.models import QuizSheet, SurveyReceipt, SurveySheet
from modules.progress.models import Enrolment, ModuleCompletion, StepCompletion

COURSE_UIDS = ("listening-library", "worth-mending")


@transaction.atomic
def unload() -> None:
    """Take the demo away: its courses, all that was said there, its people and the topics they started."""
    courses = CoursePage.objects.filter(uid__in=COURSE_UIDS)
    spaces = [course.space for course in courses if hasattr(course, "space")]
    forums = Forum.objects.filter(parent__in=[space.category_id for space in spaces])
    topics = Topic.objects.filter(forum__in=forums) | Topic.objects.filter(
        poster__is_demo=True, beside_page=False
    )
    topic_ids = list(topics.values_list("pk", flat=True))
    touched = set(Topic.objects.filter(pk__in=topic_ids).values_list("forum_id", flat=True))
    Report.objects.filter(post__topic__in=topic_ids).delete()
    Place.objects.filter(topic__in=topic_ids).delete()
    Topic.objects.filter(pk__in=topic_ids).update(first_post=None, last_post=None)
    Forum.objects.filter(pk__in=touched).update(last_post=None)
    # One statement: posts of a thread refer to each other, and the keys are checked at the end.
    posts = Post.objects.filter(topic__in=topic_ids)
    posts._raw_delete(posts.db)
    Topic.objects.filter(pk__in=topic_ids).delete()
    SurveySheet.objects.filter(course__in=courses).delete()
    for course in courses:
        course.delete()
    for space in spaces:
        category, group = space.category, space.group
        WeekForum.objects.filter(forum__parent=category).delete()
        CourseSpace.objects.filter(pk=space.pk).delete()
        for forum in list(category.get_children()):
            forum.delete()
        category.refresh_from_db()
        category.delete()
        group.delete()
    _forget_people()
    for forum in Forum.objects.filter(pk__in=touched):
        recount(forum)


def _forget_people() -> None:
    """Delete the demo's people and their records. What was written with their accounts elsewhere stays."""
    for records in (Enrolment, StepCompletion, ModuleCompletion, QuizSheet, SurveySheet, SurveyReceipt):
        records.objects.filter(person__is_demo=True).delete()
    Post.objects.filter(poster__is_demo=True).update(poster=None)
    User.objects.filter(is_demo=True).delete()


def recount(forum: Forum) -> None:
    """Count a forum's topics and posts anew."""
    topics = Topic.objects.filter(forum=forum)
    last = topics.filter(last_post__isnull=False).order_by("-last_post_on", "-pk").first()
    Forum.objects.filter(pk=forum.pk).update(
        direct_topics_count=topics.count(),
        direct_posts_count=sum(topics.values_list("posts_count", flat=True)),
        last_post=last.last_post_id if last else None,
        last_post_on=last.last_post_on if last else None,
    )
