"""The demo: a course in its third week, one of last year, and the invented people who take them.

The courses are folders, imported like any others; people and posts stand in `community/`, read by `script`.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.discussions.actions import publish_beside
from community.forum.models import Forum
from community.forum_conversation.actions import publish_post, start_topic
from community.forum_conversation.models import Post, Topic
from community.moderation.actions import report_post
from community.moderation.models import Report
from home.models import EditorialPage, HomePage
from modules.courses.indexing import indexed_once
from modules.courses.models import CoursePage, CourseRole, ModulePage, QuizPage, StepPage, SurveyPage
from modules.courses.spaces import forum_of
from modules.courses.textfolder import import_course, mark_as_imported, page_from_text
from modules.progress.actions import join_course, leave_course, record_visit, tick_step
from modules.progress.answers.answer_quiz import answer_quiz
from modules.progress.answers.answer_survey import answer_survey
from modules.progress.answers.in_words import answers_in_words

from . import script
from .script import FOLDER, Clock, Run

PASSWORD = "commonplace-demo"  # noqa: S105 – public, and only where the demo is
ROLE_GROUPS = {"instructor": "Instructors", "mentor": "Mentors", "moderator": "Community moderators"}


def is_loaded() -> bool:
    """True where the demo's people are."""
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def load() -> None:
    """Load courses, people, progress and conversations. Raises what import_course raises."""
    entries = {entry["handle"]: entry for entry in script.people()}
    hashed = make_password(PASSWORD)  # made once, since it is made to take long
    people = {handle: _person(entry, hashed) for handle, entry in entries.items()}
    with indexed_once():
        for run in script.runs(timezone.localdate()):
            import_course(run.folder, start=run.start)
            course = CoursePage.objects.get(uid=run.uid)
            _Loader(run, course, people, entries).load()
        _front_door(course)


class _Loader:
    """Fills one run with its people, what they did, and what they wrote."""

    def __init__(self, run: Run, course: CoursePage, people: dict[str, User], entries: dict[str, dict]):
        self.run, self.course, self.people, self.entries = run, course, people, entries
        opens = None if run.running_week is None else course.midnight(run.running_week)
        self.clock = Clock(run, opens=opens, now=timezone.now() - dt.timedelta(minutes=4))
        self.weeks = {week.uid: week for week in ModulePage.objects.child_of(course)}
        self.steps = {step.uid: step for step in StepPage.objects.descendant_of(course).specific()}

    def load(self) -> None:
        for order, handle in enumerate(self.run.leaders):
            entry = self.entries[handle]
            CourseRole.objects.create(
                course=self.course,
                person=self.people[handle],
                role=entry["role"],
                about=entry.get("about", ""),
                sort_order=order,
            )
        for handle in self._members():
            self._join(handle)
        posts = self._talk()
        for uid, quotes in self.run.wrap_ups.items():
            self._quote(self.steps[uid], quotes, posts)
        for uid, sheets in self.run.answers.items():
            self._survey(self.steps[uid], sheets)
        for number, handle in enumerate(self._members()):
            self._check_quizzes(handle, number)
            self._follow(handle)

    def _survey(self, survey: SurveyPage, sheets: list[list]) -> None:
        """Hand the sheets in, those of who ticked the survey first; every other one may be quoted."""
        members = [handle for handle in self._members() if not self._leads(handle)]
        ticked = [handle for handle in members if survey.uid in self.run.done.get(handle, [])]
        others = [handle for handle in members if handle not in ticked]
        for number, (handle, sheet) in enumerate(zip([*ticked, *others], sheets, strict=False)):
            answers = answers_in_words(survey, sheet)
            quotable = [block.id for block in survey.questions if block.block_type == "open" and number % 2]
            answer_survey(person=self.people[handle], survey=survey, answers=answers, quotable=quotable)

    def _check_quizzes(self, handle: str, number: int) -> None:
        """Answers to the quizzes that somebody ticked: most of them right. Who leads has none."""
        for uid in self.run.done.get(handle, []) if not self._leads(handle) else ():
            quiz = self.steps[uid]
            if not isinstance(quiz, QuizPage):
                continue
            said = [
                _answer(block, wrong=(place + number) % 4 == 0) for place, block in enumerate(quiz.questions)
            ]
            at = self.clock.on(quiz.get_parent().specific.offset_days + 2, 19)
            answers = answers_in_words(quiz, said)
            answer_quiz(person=self.people[handle], quiz=quiz, answers=answers, at=at)

    def _leads(self, handle: str) -> bool:
        """Leaders and administrators look at quizzes and surveys; they answer none."""
        return handle in self.run.leaders or self.people[handle].is_superuser

    def _members(self) -> list[str]:
        """Who takes part: in the running course everybody, in a past one who did or said something."""
        if self.run.running_week is not None:
            return list(self.entries)
        writers = {entry["by"] for entry, *_rest in self.run.posts()}
        return [handle for handle in self.entries if handle in writers or handle in self.run.done]

    def _joined(self, handle: str) -> int:
        """The day of the run on which somebody joined."""
        return self.entries[handle].get("joined_day", 0) if self.run.running_week is not None else 0

    def _join(self, handle: str) -> None:
        at = self.clock.on(self._joined(handle), 8)
        join_course(person=self.people[handle], course=self.course, at=at)

    def _follow(self, handle: str) -> None:
        """What somebody ticked and opened, and whether they left."""
        person, entry = self.people[handle], self.entries[handle]
        for number, uid in enumerate(self.run.done.get(handle, [])):
            week = next(week for week in self.weeks.values() if self.steps[uid].path.startswith(week.path))
            at = self.clock.on(max(week.offset_days, self._joined(handle)) + number % 5, 11 + number % 8)
            record_visit(
                person=person, step=self.steps[uid], course=self.course, at=at - dt.timedelta(minutes=12)
            )
            tick_step(person=person, step=self.steps[uid], at=at)
        if self.run.running_week is None:
            return
        opened = entry.get("opened", [])
        for ago, uid in enumerate(reversed(opened)):
            at = self.clock.now - dt.timedelta(minutes=9 * ago)
            record_visit(person=person, step=self.steps[uid], course=self.course, at=at)
        if "left_day" in entry:
            leave_course(person=person, course=self.course)

    def _talk(self) -> dict[str, Post]:
        """Write all posts in the order in which they happened, so that ids and times agree.

        Gives those that have a key, by it.
        """
        topics: dict[int, Topic] = {}
        posts: dict[int, Post] = {}
        keyed: dict[str, Post] = {}
        pages = self.weeks | self.steps
        for entry, answered, thread in sorted(self.run.posts(), key=lambda triple: self.clock(triple[0])):
            words = {"person": self.people[entry["by"]], "text": entry["text"], "at": self.clock(entry)}
            if entry is thread:
                cafe = entry["forum"] == "cafe"
                forum = Forum.objects.get(key="cafe") if cafe else forum_of(pages[entry["forum"]])
                topics[id(thread)] = start_topic(forum=forum, subject=entry["title"], **words)
                post = topics[id(thread)].first_post
            else:
                words |= {"parent_id": posts[id(answered)].pk if answered else None, "check_rights": False}
                if "page" in thread:
                    post = publish_beside(page=pages[thread["page"]], **words)
                else:
                    post = publish_post(topic_id=topics[id(thread)].pk, **words)
                posts[id(entry)] = post
            if "key" in entry:
                keyed[entry["key"]] = post
            if reported := entry.get("reported"):
                told = {"reporter": self.people[reported["by"]], "note": reported["note"]}
                report_post(post=post, reason=reported.get("reason", Report.Reason.UNKIND), **told)
        return keyed

    def _quote(self, wrap_up: StepPage, quotes: list[dict], posts: dict[str, Post]) -> None:
        """Put threads of the week, with the host's words, below what the wrap-up says."""
        body = wrap_up.body.get_prep_value()
        for quote in quotes:
            value = {
                "address": posts[quote["post"]].get_absolute_url(),
                "quote": quote["quote"],
                "words": f"<p>{quote['words'].strip()}</p>",
            }
            body.append({"type": "thread", "value": value, "id": str(uuid.uuid4())})
        wrap_up.body = type(wrap_up)._meta.get_field("body").to_python(json.dumps(body))
        mark_as_imported(wrap_up, self.course)
        wrap_up.save_revision().publish()


def _answer(block, *, wrong: bool):
    """An answer to a question of a quiz, in words."""
    value, kind = block.value, block.block_type
    if kind == "one":
        return next(option["text"] for option in value["options"] if option["right"] is not wrong)
    if kind == "many":
        right = [option["text"] for option in value["options"] if option["right"]]
        return right[wrong:] or right
    if kind == "order":
        items = list(value["items"])
        return [*items[1:], items[0]] if wrong else items
    if kind == "match":
        items, matches = zip(*((pair["item"], pair["match"]) for pair in value["pairs"]), strict=True)
        return dict(zip(items, [*matches[1:], matches[0]] if wrong else matches, strict=True))
    if kind == "number":
        return value["answer"] + wrong * 7
    return "I would have to look that up" if wrong else value["accept"][0]


def _person(entry: dict, hashed: str) -> User:
    handle = entry.get("account", entry["handle"])
    user = User.objects.create_user(
        email=f"{handle}@demo.example",
        handle=handle,
        display_name=entry["name"],
        affiliation=entry.get("affiliation", ""),
        affiliation_visibility=User.Visibility.PUBLIC,
        time_zone=entry["time_zone"],
        language=entry["language"] if entry.get("account") is None else "",
        is_demo=True,
        is_staff=entry.get("account") == "admin",
        is_superuser=entry.get("account") == "admin",
    )
    if "account" in entry:
        # Only the four accounts are there to be signed in with.
        user.password = hashed
        user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if entry.get("role"):
        user.groups.add(Group.objects.get(name=ROLE_GROUPS[entry["role"]]))
    return user


def _front_door(course: CoursePage) -> None:
    """Show the course on the landing page; add the editorial pages that are not there yet."""
    home = HomePage.objects.get()
    home.featured_course = course
    home.save_revision().publish()
    for path in sorted((FOLDER / "pages").glob("*.md")):
        if not EditorialPage.objects.filter(slug=path.stem).exists():
            page = EditorialPage(slug=path.stem, show_in_menus=True, **page_from_text(path, EditorialPage))
            home.add_child(instance=page)
            page.save_revision().publish()
