"""What a course shows beside its steps: its own page, its people, its reading list, and itself on paper."""

from __future__ import annotations

import csv
import io
import re

import pytest
import rispy
from playwright.sync_api import expect

from modules.courses.models import ModulePage
from modules.progress.models import Enrolment

from .hands import Mouse, by_mouse

COURSE, MENDING = "/courses/listening-library/", "/courses/worth-mending/"
WEEK_2, WEEK_3 = f"{COURSE}listening-first/", f"{COURSE}the-participatory-branch/"
QUIZ, LECTURE = f"{WEEK_3}with-the-terms-written-down/", f"{MENDING}paste-and-patience/the-trouble-with-tape/"
SURVEY = f"{MENDING}enough/before-you-wash-the-brush/"

pytestmark = pytest.mark.usefixtures("demo")


# Joining, people, leaving -----------------------------------------------------------------------------
@by_mouse
def test_a_visitor_is_led_from_the_course_to_the_door_and_sees_no_names(hand):
    visitor = hand()
    visitor.go(COURSE)
    visitor.reads(re.compile(r"^You’d be joining in week \d, and that’s normal$"))
    visitor.follow(re.compile(r"^Join in week \d$"))
    expect(visitor.page.get_by_role("heading", name="Join the course")).to_be_in_viewport()
    visitor.follow("Join free")
    expect(visitor.main.get_by_role("button", name="Make my place")).to_be_visible()
    visitor.go(COURSE)
    visitor.follow(re.compile(r"^\d+ people$"))
    visitor.is_at("People of the course")
    visitor.reads("Amara Nwosu")
    visitor.reads("Names are shown to the people of the course only.")
    visitor.never_reads("Noor Haddad")


@by_mouse
def test_a_learner_joins_a_finished_course_is_named_among_its_people_and_leaves(hand):
    reader = hand("learner")
    body = reader.page.locator("body")
    people = reader.page.get_by_role("region", name="Who takes it")
    reader.go(MENDING)
    weeks = reader.page.get_by_role("region", name="Week by week")
    expect(weeks.get_by_text("all talk kept")).to_have_count(4)
    reader.press("Join free")
    reader.reads("You’re on “Worth Mending”. Begin wherever you like.", at=body)
    reader.reads("You’re on this course")
    reader.reads("Your next step:")
    reader.follow(re.compile(r"^\d+ people$"))
    expect(people.get_by_role("listitem").first).to_contain_text("Noor Haddad")
    reader.follow("Worth Mending")
    reader.unfold("Leave the course")
    reader.press("Leave the course")
    reader.reads("You’ve left “Worth Mending”. What you wrote and ticked is kept.", at=body)
    expect(reader.main.get_by_role("button", name="Join free")).to_be_visible()
    assert Enrolment.objects.get(person__handle="learner", course__uid="worth-mending").left_at
    reader.go(f"{MENDING}people/")
    reader.reads("Names are shown to the people of the course only.")
    administrator = hand("admin")
    administrator.go(f"{MENDING}people/")
    administrator.reads("Petra Horáková")
    administrator.never_reads("Noor Haddad")


# Readings ---------------------------------------------------------------------------------------------
@by_mouse
def test_the_reading_list_is_a_page_and_three_files(hand):
    reader = hand("learner")
    reader.go(COURSE)
    reader.follow("The reading list")
    reader.is_at("Reading list")
    entry = reader.main.get_by_role("listitem").filter(has_text="Four questions inside one")
    reader.reads("Taylor, Robert S. “Question-Negotiation and Information Seeking in Libraries.”", at=entry)
    reader.reads("You ticked it", at=entry)
    expect(entry.get_by_role("link", name="DOI 10.5860/crl_29_03_178")).to_have_attribute(
        "href", "https://doi.org/10.5860/crl_29_03_178"
    )
    works = rispy.loads(reader.download("RIS"))
    taylor = next(work for work in works if work["authors"] == ["Taylor, Robert S."])
    assert (taylor["doi"], taylor["year"], taylor["start_page"]) == ("10.5860/crl_29_03_178", "1968", "178")
    bibtex = reader.download("BibTeX")
    assert "@article{taylor1968," in bibtex
    rows = list(csv.DictReader(io.StringIO(reader.download("CSV"))))
    assert len(rows) == len(works) == bibtex.count("\n@") + 1
    reader.reads(f"{len(rows)} published works")
    reader.go(next(row["page"] for row in rows if row["doi"] == taylor["doi"]))
    reader.is_at("Four questions inside one")


# On paper ---------------------------------------------------------------------------------------------
ON_SCREEN = [
    "nav",
    "#talk",
    "textarea[name=text]",
    "header.mast",
    "footer.foot",
    ".endbox",
    ".outline",
    ".btn",
]


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_a_week_has_its_words_and_the_addresses_of_its_links_and_no_controls(
    javascript, page_at, sign_in
):
    week = ModulePage.objects.get(uid="w02")
    week.body.append(("text", '<p>See <a href="https://example.org/bench">the bench</a>.</p>'))
    week.save_revision().publish()
    reader = on_paper(page_at, sign_in, WEEK_2, javascript=javascript)
    absent(reader, ON_SCREEN)
    words(reader, ".prose > *", ".lede", ".side li", "#steps h3", "#steps .gist")
    link = reader.page.locator(".prose a[href^=http]")
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://example.org/bench" in shown or "attr(href)" in shown


def test_on_paper_a_lecture_has_all_slides_and_its_transcript_and_questions_can_be_answered(page_at, sign_in):
    lecture = on_paper(page_at, sign_in, LECTURE)
    absent(lecture, [*ON_SCREEN, ".slide .way", "input"])
    words(lecture, ".deck > li", ".deck .prose > *", "#transcript .prose > *")
    assert lecture.page.locator(".deck > li").count() == 6
    for address, questions in ((QUIZ, 6), (SURVEY, 4)):
        step = on_paper(page_at, sign_in, address)
        absent(step, [*ON_SCREEN, "button"])
        words(step, "#questions legend", "#questions label > span")
        assert step.page.locator("#questions fieldset").count() == questions


def on_paper(page_at, sign_in, address: str, *, javascript: bool = True) -> Mouse:
    page = page_at(width=720, javascript=javascript)
    sign_in(page, "learner")
    page.goto(address)
    page.emulate_media(media="print")
    return Mouse(page, scripts=javascript)


def absent(reader: Mouse, parts: list[str]) -> None:
    for part in parts:
        assert not [found for found in reader.page.locator(part).all() if found.is_visible()], part


def words(reader: Mouse, *parts: str) -> None:
    """All of these are there, and each can be seen."""
    for part in parts:
        found = reader.page.locator(part).all()
        assert found, part
        assert all(each.is_visible() for each in found), part
