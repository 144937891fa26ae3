"""Every page: no objection from axe in either theme, no sideways scroll, one heading, one main part.

A page that is not listed in VIEWS is not looked at: list it with who reads it and how one gets there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page

from community.accounts.models import User
from community.discussions.models import Place
from community.forum.models import Forum
from community.forum_conversation.actions import publish_post, set_state
from community.forum_conversation.models import Post, Topic
from community.moderation.models import Report
from modules.courses.models import CoursePage, QuizPage, StepPage
from modules.courses.selectors import course_outline
from modules.progress.actions import join_course, tick_step
from modules.progress.answers.answer_quiz import answer_quiz
from modules.progress.answers.answer_survey import answer_survey
from modules.progress.answers.in_words import answers_in_words
from mooc_site import errors

from . import added
from .axe import COLOURS, RULES, axe_violations

COURSE = "/courses/listening-library/"
WEEK_1, WEEK_2, WEEK_3 = (
    f"{COURSE}arriving/",
    f"{COURSE}listening-first/",
    f"{COURSE}the-participatory-branch/",
)
CLOSED = f"{COURSE}people-who-dont-come-in/"
LECTURE, READING = f"{WEEK_3}a-shelf-a-room-a-budget-line/", f"{WEEK_3}arnstein-a-ladder/"
STORY, ACTIVITY = f"{WEEK_3}the-shelf-by-the-radiator/", f"{WEEK_3}a-handover-note/"
QUIZ = f"{WEEK_3}with-the-terms-written-down/"
SURVEY, WRAP_UP = f"{WEEK_1}where-and-when-do-you-do-this/", f"{WEEK_1}what-the-first-week-was-like/"
MENDING = "/courses/worth-mending/"
CATCH_UP, LAST_SURVEY = f"{MENDING}a-week-to-catch-up/", f"{MENDING}enough/before-you-wash-the-brush/"
WIDTHS = (320, 360, 768, 1024, 1440, 1600)
RIGHT_TO_LEFT = (360, 1280)


# How one gets to a page that has no fixed address ------------------------------------------------------
def cafe() -> Forum:
    return Forum.objects.get(key="cafe")


def topic(subject: str) -> Topic:
    return Topic.objects.get(subject=subject)


def long_topic() -> Topic:
    """A topic of the café with two pages of top-level posts; one of them has a branch of sixty."""
    thread, writer = (
        topic("Printing the readings: the menu comes out too"),
        User.objects.get(handle="learner"),
    )
    words = {"topic_id": thread.pk, "person": writer, "text": "Ours prints well, once the *menu* is folded."}
    first = publish_post(**words)
    for number in range(60):
        publish_post(**words, parent_id=first.pk if number % 2 else Post.objects.latest("pk").pk)
    for _number in range(24):
        publish_post(**words)
    return thread


def branch(page: Page) -> None:
    page.goto(long_topic().get_absolute_url())
    page.get_by_role("link", name="more replies").first.click()


def hidden_post(page: Page) -> None:
    """A thread with a hidden post that has replies, and one that was taken back."""
    thread = topic("Own time, or the library's?")
    posts = Post.objects.filter(topic=thread, root__isnull=True, replies_count__gt=0).order_by("pk")
    moderator = User.objects.get(handle="moderator")
    set_state(post=posts[0], state=Post.State.HIDDEN, by=moderator)
    set_state(post=posts[1], state=Post.State.DELETED, by=posts[1].poster)
    page.goto(thread.get_absolute_url())


def closed_topic(page: Page) -> None:
    Topic.objects.filter(pk=topic("Does the dog count").pk).update(status=Topic.TOPIC_LOCKED)
    page.goto(topic("Does the dog count").get_absolute_url())


def one_post() -> Post:
    return Post.objects.filter(topic=topic("Own time, or the library's?"), root__isnull=True).earliest("pk")


def without_script(page: Page, button: str) -> None:
    """Send the form as a browser without JavaScript does, past htmx."""
    page.get_by_role("button", name=button, exact=True).evaluate(
        """(button) => {
            const form = button.form.cloneNode(true), name = document.createElement("input");
            for (const field of button.form.elements) {
                if (field.localName == "textarea") form.elements[field.name].value = field.value;
            }
            Object.assign(name, {type: "hidden", name: button.name || "sent", value: button.value});
            form.append(name);
            form.removeAttribute("data-composer");
            form.hidden = true;
            document.body.append(form);
            form.submit();
        }"""
    )
    page.wait_for_load_state()


def preview_page(page: Page) -> None:
    page.goto(WEEK_2)
    page.get_by_label("Your reply").fill("> Ask, then *wait*.\n\n- I tried it at the desk\n- and on the van")
    without_script(page, "Preview")
    page.get_by_role("heading", name="Your reply").wait_for()


def preview_in_place(page: Page) -> None:
    page.goto(WEEK_2)
    page.get_by_label("Your reply").fill(
        "> Ask, then *wait*.\n\nI tried `it` at the [desk](https://example.org/)."
    )
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("Preview. Nothing is posted yet.").wait_for()


def refused_reply(page: Page) -> None:
    page.goto(WEEK_2)
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("It has not been posted.").wait_for()


def too_late_reply(page: Page) -> None:
    page.goto(topic("Does the dog count").get_absolute_url())
    page.get_by_label("Your reply").fill("Mine slept through all of it.")
    Topic.objects.filter(subject="Does the dog count").update(status=Topic.TOPIC_LOCKED)
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("It has not been posted.").wait_for()


def refused_topic(page: Page) -> None:
    page.goto(f"/forum/{cafe().pk}/new/")
    page.get_by_label("Title").fill("Chairs")
    page.get_by_role("button", name="Start the topic").click()
    page.get_by_text("It has not been posted.").wait_for()


def composer_below_a_post(page: Page) -> None:
    page.goto(WEEK_2)
    page.get_by_role("link", name="Reply", exact=True).first.click()
    page.get_by_text("In reply to").first.wait_for()


def report_without_reason(page: Page) -> None:
    page.goto(f"/p/{one_post().pk}/more/")
    page.locator("input[name=reason]:checked").evaluate("radio => radio.value = 'made-up'")
    page.get_by_role("button", name="Tell a moderator").click()
    page.locator(".err").first.wait_for()


def kept_reply(page: Page) -> None:
    page.goto(topic("Own time, or the library's?").get_absolute_url())
    page.get_by_label("Your reply").fill("Half a thought about whose time it is.")
    page.get_by_role("button", name="Sign in and post").click()
    page.get_by_text("Your reply is kept").wait_for()


def wrong_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("learner")
    page.get_by_label("Password", exact=True).fill("not-this-one")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_text("don’t go together").wait_for()


def sign_up(page: Page, *, email: str = "ines@example.org", password: str = "four plain words here") -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Name you go by").fill("Ines")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Make my place").click()


def short_password(page: Page) -> None:
    sign_up(page, password="password")
    page.locator(".err").first.wait_for()


def letter_sent(page: Page) -> None:
    sign_up(page)
    page.get_by_text("We’ve sent a letter").wait_for()


def link_in_letter() -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1]


def letter_opened(page: Page) -> None:
    letter_sent(page)
    page.goto(link_in_letter())


def new_password(page: Page) -> None:
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail").fill("learner@demo.example")
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_text("a letter is on its way").wait_for()
    page.goto(link_in_letter())


def all_done(page: Page) -> None:
    person = User.objects.get(handle="learner")
    course = CoursePage.objects.get(uid="listening-library")
    for week in course_outline(course).weeks:
        for step in week.steps if week.is_open else ():
            tick_step(person=person, step=StepPage.objects.get(pk=step.page_id))
    page.goto("/me/")


def tick_in_place(page: Page) -> None:
    page.goto(LECTURE)
    page.get_by_role("button", name="Mark this step done").click()
    page.get_by_text("Marked as done.").wait_for()


def toast(page: Page) -> None:
    page.goto(LECTURE)
    without_script(page, "Mark this step done")
    page.get_by_text("Marked as done.").wait_for()


def menu_open(page: Page) -> None:
    page.goto("/me/")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").wait_for()


def decided(page: Page) -> None:
    page.goto("/moderation/")
    page.get_by_role("button", name="Hide the post").first.click()
    page.goto("/moderation/?show=decided")


def no_reports(page: Page) -> None:
    Report.objects.all().delete()
    page.goto("/moderation/")


def stale_form(page: Page) -> None:
    page.goto(WEEK_2)
    page.get_by_label("Your reply").fill("The page lay open over lunch.")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("Not sent yet").first.wait_for()


def too_big(page: Page) -> None:
    page.goto(WEEK_2)
    page.get_by_label("Your reply").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'long '.repeat(500_000) }"
    )
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("too long for us to read").wait_for()


def shown(page: Page, html: str, status: int) -> None:
    """Show HTML at an address of the site's own that answers nothing else."""
    page.route(
        "**/made-for-a-test/", lambda route: route.fulfill(status=status, body=html, content_type="text/html")
    )
    page.goto("/made-for-a-test/")


def request():
    from django.contrib.auth.models import AnonymousUser

    made = RequestFactory().get("/")
    made.user = AnonymousUser()
    return made


def not_understood(page: Page) -> None:
    shown(page, errors.bad_request(request()).content.decode(), 400)


def not_allowed(page: Page) -> None:
    shown(page, errors.forbidden(request()).content.decode(), 403)


def our_fault(page: Page) -> None:
    shown(page, errors.server_error(request()).content.decode(), 500)


def too_many_tries(page: Page) -> None:
    shown(page, render_to_string("429.html", request=request()), 429)


def tick_by_link(page: Page) -> None:
    page.goto(f"/me/steps/{StepPage.objects.first().pk}/tick/")


def leaving(page: Page) -> None:
    page.goto(f"/me/courses/{CoursePage.objects.get(uid='listening-library').pk}/leave/")


def left(page: Page) -> None:
    leaving(page)
    page.get_by_role("main").get_by_role("button", name="Leave the course").click()
    page.goto("/me/")


def wrong_settings(page: Page) -> None:
    page.goto("/me/settings/")
    page.get_by_label("Handle").fill("moderator")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_text("Not saved yet.").wait_for()


def film_elsewhere() -> str:
    return added.film_elsewhere().url


def quiz_checked() -> str:
    """Checked: an answer of each outcome, and two questions open."""
    quiz = QuizPage.objects.get(uid="w3-quiz")
    many = ["Who can say no, and for which reasons", "A list of who borrowed what"]
    match = {"The bay at St Brannock’s": "Write the rule for sharing before the kettle arrives"}
    answers = answers_in_words(quiz, ["When they thank you", many, "consultation", None, match, "many"])
    answer_quiz(person=User.objects.get(handle="learner"), quiz=quiz, answers=answers)
    return QUIZ


def quiz_over() -> str:
    added.quiz_with_tries(1)
    return quiz_checked()


def quiz_refused(page: Page) -> None:
    page.goto(QUIZ)
    page.locator("#a3").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'a rung '.repeat(90) }"
    )
    page.get_by_role("button", name="Check").click()
    page.locator(".err").wait_for()


def mending(address: str) -> Callable[[], str]:
    """The same address, for the learner once they have joined."""

    def joined() -> str:
        join_course(
            person=User.objects.get(handle="learner"), course=CoursePage.objects.get(uid="worth-mending")
        )
        return address

    return joined


def survey_refused(page: Page) -> None:
    page.goto(mending(LAST_SURVEY)())
    page.locator("#o5").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'paste '.repeat(900) }"
    )
    page.get_by_role("button", name="Send").click()
    page.locator(".err").wait_for()


def survey_with_names() -> str:
    survey = added.survey_with_names()
    answers = answers_in_words(survey, [4, "A second book."])
    answer_survey(person=User.objects.get(handle="learner"), survey=survey, answers=answers)
    return survey.url


def session_ahead() -> str:
    return added.session_ahead().url


def session_recorded() -> str:
    return added.session_recorded().url


def page_of_a_conversation() -> str:
    return Place.objects.filter(page__title="Listening first").first().topic.get_absolute_url()


@dataclass(frozen=True)
class View:
    """A page as somebody sees it: an address, or a function that leads there."""

    name: str
    who: str
    way: str | Callable[[], str] | Callable[[Page], None]

    def open(self, page: Page) -> None:
        if isinstance(self.way, str):
            page.goto(self.way)
        elif self.way.__code__.co_argcount:
            self.way(page)
        else:
            page.goto(self.way())


VIEWS = [
    View("home", "", "/"),
    View("home", "learner", "/"),
    View("courses", "", "/courses/"),
    View("course", "", COURSE),
    View("course", "learner", COURSE),
    View("course", "instructor", COURSE),
    View("week", "", WEEK_2),
    View("week", "learner", WEEK_2),
    View("week finished", "learner", WEEK_1),
    View("week without a conversation yet", "learner", WEEK_3),
    View("week", "newcomer", WEEK_2),
    View("closed week", "", CLOSED),
    View("closed week", "learner", CLOSED),
    View("closed week", "instructor", CLOSED),
    View("lecture", "", LECTURE),
    View("lecture", "learner", LECTURE),
    View("reading", "learner", READING),
    View("reading that stands here", "learner", STORY),
    View("activity", "learner", ACTIVITY),
    View("lecture with a film, its transcript searched", "learner", f"{WEEK_1}what-the-door-says/?find=dogs"),
    View("lecture with a film elsewhere", "", film_elsewhere),
    View("session ahead", "learner", session_ahead),
    View("session ahead", "", session_ahead),
    View("session recorded", "learner", session_recorded),
    View("self-check", "", QUIZ),
    View("self-check", "learner", QUIZ),
    View("self-check, checked", "learner", quiz_checked),
    View("self-check, checked for the last time", "learner", quiz_over),
    View("self-check refused", "learner", quiz_refused),
    View("survey", "", SURVEY),
    View("survey", "learner", LAST_SURVEY),
    View("survey refused", "learner", survey_refused),
    View("survey answered, and what people said", "learner", SURVEY),
    View("survey answered by name", "learner", survey_with_names),
    View("survey and what people said", "instructor", SURVEY),
    View("wrap-up", "learner", WRAP_UP),
    View("week to catch up", "", CATCH_UP),
    View("week to catch up", "learner", mending(CATCH_UP)),
    View("reading list", "", f"{COURSE}readings/"),
    View("reading list", "learner", f"{COURSE}readings/"),
    View("people", "", f"{COURSE}people/"),
    View("people", "learner", f"{COURSE}people/"),
    View("finished course", "", MENDING),
    View("finished course", "learner", mending(MENDING)),
    View("step ticked in place", "learner", tick_in_place),
    View("step ticked, with its toast", "learner", toast),
    View("my learning", "learner", "/me/"),
    View("my learning", "newcomer", "/me/"),
    View("my learning, all done", "learner", all_done),
    View("my learning, course left", "learner", left),
    View("leave the course", "learner", leaving),
    View("tick by a link", "learner", tick_by_link),
    View("menu", "moderator", menu_open),
    View("forum", "", "/forum/"),
    View("forum", "learner", "/forum/"),
    View("room", "", lambda: cafe().get_absolute_url()),
    View("room", "learner", lambda: cafe().get_absolute_url()),
    View(
        "room without a topic",
        "learner",
        lambda: Forum.objects.exclude(parent=None).filter(last_post=None)[0].get_absolute_url(),
    ),
    View("short topic", "", lambda: topic("Does the dog count").get_absolute_url()),
    View("topic in depth", "learner", lambda: topic("Own time, or the library's?").get_absolute_url()),
    View("topic", "moderator", lambda: topic("Own time, or the library's?").get_absolute_url()),
    View("topic with hidden posts", "learner", hidden_post),
    View("topic with hidden posts", "moderator", hidden_post),
    View("topic closed to replies", "learner", closed_topic),
    View("topic beside a page", "learner", page_of_a_conversation),
    View("long topic, page 2", "learner", lambda: f"{long_topic().get_absolute_url()}?page=2"),
    View("branch", "learner", branch),
    View("new topic", "learner", lambda: f"/forum/{cafe().pk}/new/"),
    View("new topic refused", "learner", refused_topic),
    View("reply below a post", "learner", composer_below_a_post),
    View("preview in place", "learner", preview_in_place),
    View("preview on a page", "learner", preview_page),
    View("reply refused", "learner", refused_reply),
    View("reply too late", "learner", too_late_reply),
    View("more about a post", "", lambda: f"/p/{one_post().pk}/more/"),
    View("more about a post", "learner", lambda: f"/p/{one_post().pk}/more/"),
    View("more about a post", "moderator", lambda: f"/p/{one_post().pk}/more/"),
    View("report refused", "learner", report_without_reason),
    View("reports", "moderator", "/moderation/"),
    View("reports, none", "moderator", no_reports),
    View("reports, decided", "moderator", decided),
    View("person", "", "/people/learner/"),
    View("own page", "learner", "/people/learner/"),
    View("own page without posts", "newcomer", "/people/newcomer/"),
    View("settings", "learner", "/me/settings/"),
    View("settings refused", "learner", wrong_settings),
    View("e-mail", "learner", "/accounts/email/"),
    View("password", "learner", "/accounts/password/change/"),
    View("sign in", "", "/accounts/login/"),
    View("sign in with a kept reply", "", kept_reply),
    View("sign in refused", "", wrong_password),
    View("sign up", "", "/accounts/signup/"),
    View("sign up refused", "", short_password),
    View("letter sent", "", letter_sent),
    View("letter opened", "", letter_opened),
    View("letter spent", "", "/accounts/confirm-email/spent/"),
    View("sign out", "learner", "/accounts/logout/"),
    View("reset", "", "/accounts/password/reset/"),
    View("reset, letter sent", "", "/accounts/password/reset/done/"),
    View("reset, new password", "", new_password),
    View("reset, link spent", "", "/accounts/password/reset/key/1-set-password/"),
    View("reset, done", "", "/accounts/password/reset/key/done/"),
    View("account not in use", "", "/accounts/inactive/"),
    View("editorial page", "", "/accessibility/"),
    View("editorial page", "admin", "/house-rules/"),
    View("400", "", not_understood),
    View("403", "learner", "/moderation/"),
    View("403", "", not_allowed),
    View("404", "", "/nothing-here/"),
    View("404", "learner", "/nothing-here/"),
    View("413", "learner", too_big),
    View("429", "", too_many_tries),
    View("500", "", our_fault),
    View("form too old", "learner", stale_form),
]


@pytest.fixture
def newcomer(demo) -> None:
    """Somebody who is signed up, and on no course."""
    User.objects.create_user("newcomer@example.org", handle="newcomer", display_name="Ines Duarte")


def sideways(page: Page) -> list[str]:
    """At which widths one could scroll sideways, in either direction of script; by what."""
    found = []
    for direction, widths in (("ltr", WIDTHS), ("rtl", RIGHT_TO_LEFT)):
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            if culprit := page.evaluate(
                """() => {
                    const root = document.documentElement, room = root.clientWidth;
                    if (root.scrollWidth <= room) return "";
                    const wide = [...document.body.querySelectorAll("*")].findLast((element) => {
                        const {left, right} = element.getBoundingClientRect();
                        return right > room + 0.5 || left < -0.5;
                    });
                    return `${root.scrollWidth} px: ${(wide || root).outerHTML.slice(0, 160)}`;
                }"""
            ):
                found.append(f"sideways scroll at {width} ({direction}), {culprit}")
    return found


@pytest.mark.parametrize("view", VIEWS, ids=[f"{view.name}, {view.who or 'visitor'}" for view in VIEWS])
def test_a_page_can_be_read_by_everybody_at_every_width(view, page_at, sign_in, newcomer):
    page = page_at()
    if view.who:
        sign_in(page, view.who)
    view.open(page)
    wrong = [
        f"{page.locator(part).count()} of {part}"
        for part in ("h1", "main", "title")
        if page.locator(part).count() != 1
    ]
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for theme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme)
            wrong += [f"{width} {theme}: {violation}" for violation in axe_violations(page, rules)]
        # What is folded away is looked at once it is open.
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(part => { part.open = true })")
    assert wrong + sideways(page) == []


@pytest.mark.parametrize("path", ["/", COURSE, WEEK_2, LECTURE, "/me/", "/forum/", "/accounts/login/"])
def test_spanish_words_fit_as_well(path, page_at, sign_in, demo):
    page = page_at(language="es-ES", width=320)
    if "accounts" not in path:
        sign_in(page, "moderator")
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "es"
    assert axe_violations(page) + sideways(page) == []


def test_each_of_the_demo_accounts_has_been_looked_over_the_shoulder(demo):
    handles = {view.who for view in VIEWS} - {"", "newcomer"}
    assert handles == set(
        get_user_model().objects.filter(handle__in=handles).values_list("handle", flat=True)
    )
