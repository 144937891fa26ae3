"""A small site with something of everything in it: what may be seen by all, by some, and by nobody yet.

Whatever not everybody may see carries a word that stands nowhere else (`SECRETS`), so that a leak shows on
whatever page it happens.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from community.accounts.models import User, system_account
from community.discussions.actions import publish_beside
from community.forum import access
from community.forum.actions import create_forum
from community.forum.models import Forum
from community.forum_conversation.actions import publish_post, set_state, start_topic
from community.forum_conversation.models import Post
from community.moderation.actions import report_post
from home.models import EditorialPage, HomePage
from modules.courses.models import (
    CourseIndexPage,
    CoursePage,
    CourseRole,
    LecturePage,
    ModulePage,
    QuizPage,
    ReadingPage,
    SessionPage,
    SurveyPage,
)
from modules.media.models import CourseDocument, CourseImage, CourseMedia
from modules.progress.actions import join_course
from modules.progress.answers import asking
from modules.progress.answers.answer_survey import answer_survey
from tests.conftest import publish

from .desk import MP4, PNG, furnish

VISITOR, MEMBER, COURSE_MEMBER, MENTOR = "visitor", "member", "course_member", "mentor"
INSTRUCTOR, MODERATOR, ADMINISTRATOR = "instructor", "moderator", "administrator"
ROLES = (VISITOR, MEMBER, COURSE_MEMBER, MENTOR, INSTRUCTOR, MODERATOR, ADMINISTRATOR)

# A word, and who may read the page, list or answer that carries it.
SECRETS = {
    "zwclosedweek": {MENTOR, INSTRUCTOR, ADMINISTRATOR},
    "zwclosedstep": {MENTOR, INSTRUCTOR, ADMINISTRATOR},
    "zwclosedtitle": {MENTOR, INSTRUCTOR, ADMINISTRATOR},
    "zwclosedtalk": {MENTOR, INSTRUCTOR, ADMINISTRATOR},
    "zwjoinhere": {COURSE_MEMBER, MENTOR, INSTRUCTOR, ADMINISTRATOR},
    "zwcoursetalk": {COURSE_MEMBER, MENTOR, INSTRUCTOR, MODERATOR, ADMINISTRATOR},
    "zwothertalk": {MODERATOR, ADMINISTRATOR},
    "zwotherclosed": {INSTRUCTOR, ADMINISTRATOR},
    "zwbackroom": {MODERATOR, ADMINISTRATOR},
    "zwhiddenpost": {MODERATOR, ADMINISTRATOR},
    "zwdraftcourse": {INSTRUCTOR, ADMINISTRATOR},
    "zwdraftstep": {INSTRUCTOR, ADMINISTRATOR},
    "zwdraftabout": {ADMINISTRATOR},
    "zwdrafttitle": {ADMINISTRATOR},
    "zwlaterwords": {INSTRUCTOR, ADMINISTRATOR},
    "zwlaterabout": {ADMINISTRATOR},
    "zwmail": {ADMINISTRATOR},
    "zwworkplace": set(),
    "zwreport": {MODERATOR, ADMINISTRATOR},
    "zwsurveyword": {MENTOR, INSTRUCTOR, ADMINISTRATOR},
}
PASSWORD = "four plain words here"


def build() -> SimpleNamespace:
    """The site as a namespace: people by their role, pages, posts and files by the names of the tables."""
    house = SimpleNamespace()
    _people(house)
    _courses(house)
    _pages(house)
    _files(house)
    _talk(house)
    _questions(house)
    furnish(house)
    return house


def text(words: str) -> list:
    return [("text", f"<p>{words}</p>")]


def _person(handle: str, *groups: str, **fields) -> User:
    email = fields.pop("email", f"{handle}@example.org")
    user = User.objects.create_user(email, PASSWORD, handle=handle, display_name=handle.title(), **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def _people(house) -> None:
    """One person a role, and some whose pages are looked at."""
    house.visitor = None
    house.member = _person("member")
    house.course_member = _person("learner")
    house.mentor = _person("mentor", "Mentors")
    house.instructor = _person("teacher", "Instructors")
    house.moderator = _person("guardian", access.MODERATORS)
    house.administrator = _person("chief", is_staff=True, is_superuser=True)
    # Somebody who shows nothing but a name, and leads the other course.
    house.somebody = _person("somebody", "Instructors", email="zwmail@example.org", affiliation="zwworkplace")
    house.nobody = SimpleNamespace(handle="nobody-of-that-name", pk=987654)
    house.left = _person("left", left_at=timezone.now(), is_active=False)
    house.system = system_account()
    moved = EmailAddress.objects.create(user=house.somebody, email="moved@example.org", verified=False)
    house.letter = SimpleNamespace(key=EmailConfirmationHMAC.create(moved).key)
    uid = user_pk_to_url_str(house.somebody)
    house.reset = SimpleNamespace(uidb36=uid, key=default_token_generator.make_token(house.somebody))
    house.used_reset = SimpleNamespace(uidb36=uid, key="set-password")


def _courses(house) -> None:
    """The course that learner, mentor and instructor are on, and another one."""
    house.home = HomePage.objects.get()
    house.courses = CourseIndexPage.objects.get()
    began = timezone.localdate() - dt.timedelta(days=10)

    def add(parent: Page, page: Page, *, live: bool = True) -> Page:
        parent.refresh_from_db()
        page.live = False
        parent.add_child(instance=page)
        return publish(page) if live else page

    house.course = add(house.courses, CoursePage(title="Listening", starts_on=began))
    CourseRole.objects.create(course=house.course, person=house.instructor, role=CourseRole.Role.INSTRUCTOR)
    CourseRole.objects.create(course=house.course, person=house.mentor, role=CourseRole.Role.MENTOR)
    for who in (house.course_member, house.mentor, house.instructor):
        join_course(person=who, course=house.course)
    house.week = add(house.course, ModulePage(title="Arriving", body=text("The open week.")))
    house.step = add(house.week, ReadingPage(title="Lecture notes"))
    house.second_step = add(house.week, LecturePage(title="Second notes"))
    house.draft_step = add(
        house.week, ReadingPage(title="Draft zwdraftstep", slug="draft", body=text("zwdraftstep")), live=False
    )
    house.closed_week = add(
        house.course, ModulePage(title="Later", offset_days=30, body=text("zwclosedweek"))
    )
    house.closed_step = add(
        house.closed_week, ReadingPage(title="zwclosedtitle", slug="later-notes", body=text("zwclosedstep"))
    )
    meeting = {"link": "https://example.org/zwjoinhere"}
    house.session = add(house.week, SessionPage(title="Circle", **meeting))
    house.draft_session = add(house.week, SessionPage(title="zwdraftstep circle", **meeting), live=False)
    house.closed_session = add(house.closed_week, SessionPage(title="zwclosedtitle circle", **meeting))

    house.other_course = add(house.courses, CoursePage(title="Describing", starts_on=began))
    CourseRole.objects.create(
        course=house.other_course, person=house.somebody, role=CourseRole.Role.INSTRUCTOR
    )
    join_course(person=house.somebody, course=house.other_course)
    house.other_week = add(house.other_course, ModulePage(title="Beginning"))
    house.other_step = add(house.other_week, ReadingPage(title="A catalogue"))
    house.other_closed_week = add(
        house.other_course, ModulePage(title="Ending", offset_days=60, body=text("zwotherclosed"))
    )
    house.draft_course = add(
        house.courses, CoursePage(title="zwdraftcourse", slug="unfinished", starts_on=began), live=False
    )


def _pages(house) -> None:
    """Pages outside the courses, and what an editor has begun and not published."""

    def add(title: str, **fields) -> EditorialPage:
        house.home.refresh_from_db()
        return house.home.add_child(instance=EditorialPage(title=title, **fields))

    house.about = publish(add("About us"))
    house.second_about = publish(add("House rules"))
    house.draft_about = add("Draft zwdrafttitle", slug="draft", body=text("zwdraftabout"), live=False)
    house.draft_about.save_revision(user=house.administrator, log_action=True)
    house.private_page = publish(add("For some", body=text("zwdraftabout")))
    restriction = PageViewRestriction.objects.create(
        page=house.private_page, restriction_type=PageViewRestriction.PASSWORD, password="four plain words"
    )
    house.password_page = SimpleNamespace(
        page_view_restriction_id=restriction.pk, page_id=house.private_page.pk
    )
    house.alias = house.step.create_alias(parent=house.other_week, update_slug="alias")
    house.about_alias = house.about.create_alias(parent=house.home, update_slug="about-alias")
    for page, words in ((house.closed_week, "zwlaterwords"), (house.step, "zwlaterwords")):
        page.body = text(words)
        page.save_revision()
    house.about.body = text("zwlaterabout")
    house.about.save_revision()


def _files(house) -> None:
    """A picture, a film and a document of an open week, of a closed one, and of no page."""

    def picture(name: str) -> CourseImage:
        return CourseImage.objects.create(title=name, file=ContentFile(PNG, f"{name}.png"), width=1, height=1)

    def document(name: str) -> CourseDocument:
        return CourseDocument.objects.create(title=name, file=ContentFile(b"words", f"{name}.txt"))

    def film(name: str) -> CourseMedia:
        return CourseMedia.objects.create(title=name, type="video", file=ContentFile(MP4, f"{name}.mp4"))

    def show(page: Page, words: str, image: CourseImage, paper: CourseDocument, film: CourseMedia) -> None:
        page.body = [
            ("figure", {"image": image, "alt": words, "caption": ""}),
            ("text", f'<p>{words} <a linktype="document" id="{paper.pk}">paper</a></p>'),
            ("video", {"title": words, "file": film, "captions": []}),
        ]
        publish(page)

    for name in ("", "closed_", "unused_"):
        setattr(house, f"{name}image", picture(f"{name}picture"))
        setattr(house, f"{name}document", document(f"{name}paper"))
        setattr(house, f"{name}film", film(f"{name}film"))
    show(house.second_step, "A line", house.image, house.document, house.film)
    second_closed = house.closed_week.get_children().first().specific
    show(second_closed, "zwclosedstep", house.closed_image, house.closed_document, house.closed_film)
    house.rendition = house.image.get_rendition("width-1")
    house.closed_rendition = house.closed_image.get_rendition("width-1")
    house.missing_file = SimpleNamespace(file=SimpleNamespace(name="original_images/none.png"))
    house.outside_file = SimpleNamespace(file=SimpleNamespace(name="../../mooc_site/urls.py"))


def _talk(house) -> None:
    """Conversations in the café, beside and around weeks, and where only moderators talk."""

    def topic(forum: Forum, who: User, subject: str):
        return start_topic(forum=forum, person=who, subject=subject, text=f"{subject}, in more words")

    def beside(page: Page, who: User, words: str):
        return publish_beside(page=page.specific, person=who, text=words)

    house.cafe = Forum.objects.get(key="cafe")
    house.cafe_topic = topic(house.cafe, house.member, "Tea")
    house.cafe_post = publish_post(topic_id=house.cafe_topic.pk, person=house.somebody, text="With milk")
    house.hidden_post = publish_post(topic_id=house.cafe_topic.pk, person=house.somebody, text="zwhiddenpost")
    # Answered, so that its place in the thread stays.
    publish_post(
        topic_id=house.cafe_topic.pk, person=house.member, text="Really?", parent_id=house.hidden_post.pk
    )
    set_state(post=house.hidden_post, state=Post.State.HIDDEN, by=house.moderator)
    house.locked_topic = topic(house.cafe, house.member, "Enough")
    type(house.locked_topic).objects.filter(pk=house.locked_topic.pk).update(
        status=house.locked_topic.TOPIC_LOCKED
    )

    house.private_forum = create_forum(name="Room zwbackroom")
    house.private_topic = topic(house.private_forum, house.moderator, "About zwbackroom")
    house.private_post = house.private_topic.first_post

    house.week_forum = house.week.week_forum.forum
    house.category = house.week_forum.parent
    house.week_post = beside(house.week, house.course_member, "zwcoursetalk beside")
    house.week_topic = topic(house.week_forum, house.mentor, "In the forum, zwcoursetalk")
    house.beside_topic = house.week_post.topic
    house.closed_forum = house.closed_week.week_forum.forum
    house.closed_post = beside(house.closed_week, house.mentor, "zwclosedtalk")
    house.closed_topic = house.closed_post.topic
    house.other_forum = house.other_week.week_forum.forum
    house.other_post = beside(house.other_week, house.somebody, "zwothertalk")
    house.other_topic = house.other_post.topic
    house.report = report_post(post=house.cafe_post, reporter=house.member, reason="other", note="zwreport")


def _questions(house) -> None:
    """A quiz and a survey that are open, a quiz of the closed week, and what is sent to them."""

    def add(week: Page, page: Page) -> Page:
        week.refresh_from_db()
        week.add_child(instance=page)
        return type(page).objects.get(pk=page.pk)

    asked, wondered = {"question": "Which year?", "accept": ["1986"]}, {"question": "What else?"}
    house.quiz = add(house.week, QuizPage(title="Check yourself", questions=[("short", asked)]))
    house.closed_quiz = add(
        house.closed_week,
        QuizPage(title="zwclosedtitle", slug="later-quiz", questions=[("short", asked)]),
    )
    house.survey = add(
        house.week,
        SurveyPage(title="How is it going?", results="open", questions=[("open", wondered)]),
    )
    for name in ("quiz", "closed_quiz", "survey"):
        page = getattr(house, name)
        data = {f"q-{page.questions[0].id}": "1986"}
        if name == "survey":
            data["version"] = asking.version(page)
        setattr(house, f"{name}_form", SimpleNamespace(page_id=page.pk, data=data))
    another = _person("another-learner")
    join_course(person=another, course=house.course)
    answer_survey(person=another, survey=house.survey, answers={house.survey.questions[0].id: "zwsurveyword"})
