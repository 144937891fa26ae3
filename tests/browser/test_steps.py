"""Each kind of step, as a learner walks it: with a mouse, with JavaScript and without it.

What asks for more than pointing, slides and a self-check, is walked by keyboard alone as well.
"""

from __future__ import annotations

import io
import re
import wave
from collections.abc import Iterable, Iterator

import pytest
from django.core.files.base import ContentFile
from icalendar import Calendar
from playwright.sync_api import Locator, expect

from community.accounts.models import User
from modules.courses.models import SurveyPage
from modules.media.models import CourseDocument, CourseMedia
from modules.progress.answers.models import QuizSheet, SurveyAnswer, SurveySheet
from modules.progress.models import StepCompletion

from . import added
from .hands import Mouse, by_mouse

COURSE, MENDING = "/courses/listening-library/", "/courses/worth-mending/"
WEEK_1, WEEK_3 = f"{COURSE}arriving/", f"{COURSE}the-participatory-branch/"
QUIZ, READING = f"{WEEK_3}with-the-terms-written-down/", f"{WEEK_3}arnstein-a-ladder/"
YOUTUBE, NOCOOKIE = "https://www.youtube.com/", "https://www.youtube-nocookie.com/"
LIBRARY = "https://resolver.example.edu/"

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def sound() -> Iterator[CourseMedia]:
    """A second of silence."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(b"\x80" * 8000)
    silence = ContentFile(data.getvalue(), "silence.wav")
    recorded = CourseMedia.objects.create(title="Silence", type="audio", duration=1, file=silence)
    yield recorded
    recorded.file.delete(save=False)


@pytest.fixture
def paper() -> Iterator[CourseDocument]:
    document = CourseDocument.objects.create(title="Slides", file=ContentFile(b"All slides.", "slides.txt"))
    yield document
    document.file.delete(save=False)


def counted(reader: Mouse, words: str) -> None:
    """Tick the step that is open; the week says so beside it."""
    heading = reader.page.get_by_role("heading", level=1).inner_text().replace("\n", " ")
    reader.press(words)
    reader.reads("Marked as done.", at=reader.page.locator("body"))
    outline = reader.page.get_by_role("navigation", name="Steps this week")
    expect(
        outline.get_by_role("link", name=re.compile(rf"^{re.escape(heading)}.*Done\.", re.S))
    ).to_be_visible()
    assert StepCompletion.objects.filter(person__handle="learner", step__title=heading).count() == 1


# Lectures ---------------------------------------------------------------------------------------------
def test_a_lecture_has_a_film_slides_notes_and_a_transcript_to_search(hand):
    reader = hand("learner")
    page = reader.page
    reader.go(f"{WEEK_1}what-the-door-says/")
    film = page.locator("video")
    captions = film.locator("track[kind=captions]")
    assert [track.get_attribute("srclang") for track in captions.all()] == ["en", "es"]
    for track in captions.all():
        assert page.request.get(track.get_attribute("src")).text().startswith("WEBVTT")
    chapters = page.get_by_role("list", name="Chapters of “At the door”")
    assert chapters.get_by_role("link").count() == 6
    if reader.scripts:
        reader.follow("Eleven notices", at=chapters)
        page.wait_for_function("film => film.currentTime > 9 && !film.paused", arg=film.element_handle())
        film.evaluate("film => film.pause()")
    else:
        address = chapters.get_by_role("link", name="Eleven notices").get_attribute("href")
        assert address == f"{film.get_attribute('src')}#t=9"
    part = page.request.get(film.get_attribute("src"), headers={"Range": "bytes=0-99"})
    assert (part.status, len(part.body())) == (206, 100)

    slides = [page.locator(f"#slide-{number}") for number in range(1, 8)]
    expect(slides[0].get_by_role("img")).to_have_attribute(
        "alt", re.compile("^Title slide: What the door says")
    )
    reader.follow(re.compile("^Next"), at=slides[0])
    seen(reader, slides, 1)
    reader.follow("Previous", at=slides[1])
    seen(reader, slides, 0)
    reader.follow("Slide 7", at=page.get_by_role("navigation", name="Slides"))
    seen(reader, slides, 6)
    reader.reads("The eighth notice", at=slides[6])
    deck = page.get_by_role("list", name="Slides, side by side")
    deck.focus()
    page.keyboard.press("ArrowLeft")
    seen(reader, slides, 5)
    reader.reads("Some years ago I spent an hour on a wall opposite a branch")

    transcript = page.locator("#transcript")
    reader.unfold("Transcript", at=transcript)
    reader.reads("The street is empty except for a cat", at=transcript)
    reader.write("Find in the transcript", "ASSISTANCE DOGS", at=transcript)
    reader.press("Find", at=transcript)
    reader.reads("“ASSISTANCE DOGS” stands in 1 place, marked below.", at=transcript)
    reader.follow("Go there", at=transcript)
    expect(transcript.locator("mark")).to_be_in_viewport()
    expect(transcript.locator("mark")).to_have_text("assistance dogs")
    reader.write("Find in the transcript", "goats", at=transcript)
    reader.press("Find", at=transcript)
    reader.reads("“goats” isn’t in the transcript.", at=transcript)


def seen(reader: Mouse, slides: list[Locator], place: int) -> None:
    """This slide is the one in view, and with JavaScript its number says so."""
    for number, slide in enumerate(slides):
        if number == place:
            expect(slide.get_by_role("img")).to_be_in_viewport()
        else:
            expect(slide.get_by_role("img")).not_to_be_in_viewport()
    image = slides[place].get_by_role("img")
    reader.page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    if reader.scripts:
        current = reader.page.get_by_role("navigation", name="Slides").locator("[aria-current]")
        expect(current).to_have_text(re.compile(rf"{place + 1}$"))


@by_mouse
def test_nothing_is_asked_elsewhere_before_a_film_is_played(hand, elsewhere, sound, paper):
    lecture = added.film_elsewhere(audio=sound, slides_file=paper)
    reader = hand("learner")
    page, asked = reader.page, []
    page.on("request", lambda request: asked.append(request.url))
    reader.go(lecture.url)
    reader.reads("From YouTube. Nothing is loaded from there before you play it.")
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if "youtu" in address]
    assert reader.download("Slides as a file") == "All slides."
    sound_alone = page.get_by_role("link", name="Sound alone").get_attribute("href")
    assert page.request.get(sound_alone).headers["content-type"] == "audio/wav"
    reader.unfold("Transcript")
    reader.reads(added.TRANSCRIPT)

    for start in (YOUTUBE, NOCOOKIE, "https://youtu.be/"):
        elsewhere(page, start)
    play = page.get_by_role("link", name="Play the film: A ladder")
    chapters = page.get_by_role("list", name="Chapters of “A ladder”")
    if reader.scripts:
        reader.use(play)
        frame = page.locator("iframe[title='A ladder']")
        expect(frame).to_have_attribute("src", f"{NOCOOKIE}embed/abcdefghijk?autoplay=1&start=0")
        expect(frame).to_be_focused()
        expect(page.frame_locator("iframe[title='A ladder']").get_by_role("heading")).to_have_text(
            "Elsewhere"
        )
        reader.follow("A middle rung", at=chapters)
        expect(frame).to_have_attribute("src", re.compile("start=65$"))
    else:
        reader.follow("A middle rung", at=chapters)
        expect(page).to_have_url(f"{YOUTUBE}watch?v=abcdefghijk&t=65")
        page.go_back()
        reader.use(play)
        expect(page).to_have_url("https://youtu.be/abcdefghijk")
        page.go_back()
    counted(reader, "Mark this step done")


# Readings ---------------------------------------------------------------------------------------------
@by_mouse
def test_a_reading_is_cited_found_at_ones_own_library_and_ticked(hand, elsewhere):
    reader = hand("learner")
    reader.go(READING)
    reader.reads(
        "Arnstein, Sherry R. “A Ladder of Citizen Participation.” "
        "Journal of the American Institute of Planners 35, no. 4 (1969): 216–224.",
        at=reader.page.locator(".cite"),
    )
    reader.reads("DOI 10.1080/01944366908977225")
    reader.follow("Say which library is yours, to find it there")
    expect(reader.page.get_by_role("heading", name="Your library’s catalogue")).to_be_in_viewport()
    reader.write("Its link resolver or search", f"{LIBRARY}openurl")
    reader.press("Save")
    reader.go(READING)
    elsewhere(reader.page, LIBRARY)
    reader.follow("Find it at my library")
    expect(reader.page).to_have_url(
        re.compile(
            rf"^{LIBRARY}openurl\?ctx_ver=Z39.88-2004.*rft_id=info%3Adoi%2F10.1080%2F01944366908977225"
        )
    )
    reader.go(READING)
    counted(reader, "I’ve read this")


# Activities -------------------------------------------------------------------------------------------
@by_mouse
def test_an_activity_is_answered_in_its_conversation(hand):
    words = "I handed over the film on the last Friday, and line two was questioned first."
    reader = hand("learner")
    reader.go(f"{WEEK_3}a-handover-note/")
    reader.reads(re.compile("^Choose one thing you could hand over for three months"))
    reader.follow("Answer in the conversation")
    expect(reader.page.get_by_role("heading", name="How did it go?")).to_be_in_viewport()
    reader.write("Your reply", words)
    reader.press("Post reply")
    expect(reader.post_with(words)).to_be_in_viewport()
    counted(reader, "I’ve done this")
    reader.go("/people/learner/")
    reader.reads(words)


# Sessions ---------------------------------------------------------------------------------------------
@by_mouse
def test_a_session_says_when_by_both_clocks_and_goes_into_a_calendar(hand):
    session = added.session_ahead()
    week = session.get_parent().specific
    starts, ends = session.times(week.get_parent().specific, week)
    reader = hand("learner")
    reader.go("/me/settings/")
    reader.pick("Your time zone", re.compile("^Stockholm"))
    reader.press("Save")

    reader.go(session.url)
    reader.reads(
        re.compile(r"^Thursday \d+ \w+( \d{4})?, 17:00 to 17:45 in London; 18:00 for you in Stockholm$")
    )
    reader.reads(re.compile(r"^That is in \d+\sweeks?"))
    join = reader.page.get_by_role("link", name="Join at meet.example.org")
    expect(join).to_have_attribute("href", session.link)
    event = Calendar.from_ical(reader.download("Add to my calendar")).events[0]
    assert (event["dtstart"].dt, event["dtend"].dt) == (starts, ends)
    assert event["summary"] == "Line five, aloud (The Listening Library)"
    assert event["location"] == "Online, in the circle room"
    assert event["url"].endswith(session.url)
    assert f"Join at {session.link}" in event["description"]


@by_mouse
def test_a_session_that_is_over_has_its_recording(hand, sound):
    session = added.session_recorded(sound)
    reader = hand("learner")
    reader.go(session.url)
    reader.reads("It’s over.")
    expect(reader.page.get_by_role("link", name="Add to my calendar")).to_have_count(0)
    reader.never_reads(session.link)
    reader.follow("It was recorded.")
    expect(reader.page.get_by_role("heading", name="Recording")).to_be_in_viewport()
    player = reader.page.locator("audio")
    assert reader.page.request.get(player.get_attribute("src")).ok
    reader.unfold("Transcript: The hour")
    reader.reads(added.TRANSCRIPT)
    counted(reader, "Mark this step done")


# Self-checks ------------------------------------------------------------------------------------------
RUNGS = ["Manipulation", "Informing", "Placation", "Partnership", "Citizen control"]
LESSONS = {
    "The bay at St Brannock’s": "A shelf is a good thing to begin with",
    "The meeting room on Sundays": "Write the rule for sharing",
    "Four hundred pounds for the wards": "A refusal can be borne",
}


def test_a_learner_answers_every_kind_of_question_wrong_and_then_right(hand):
    reader = hand("learner")
    one, many, short, order, match, number = (reader.page.locator(f"#q{place}") for place in range(1, 7))
    result = reader.page.locator("#result")
    reader.go(QUIZ)
    reader.reads("Only you see your answers, and there is no score. You can check as often as you like.")
    reader.press("Check")
    reader.reads("Nothing is answered yet, so nothing was checked. One answer is enough.")
    expect(reader.nav.locator("[aria-current]")).to_have_text("Courses")
    reader.choose("When the note is signed", at=one)
    reader.tick("Who can say no, and for which reasons", at=many)
    reader.tick("A list of who borrowed what", at=many)
    reader.write("Your answer", "therapy", at=short)
    arrange(reader, order, [*RUNGS[1:], RUNGS[0]])
    reader.pick("The bay at St Brannock’s", LESSONS["The bay at St Brannock’s"], at=match)
    reader.press("Check")

    def stands() -> None:
        reader.reads("Not this one", at=one)
        reader.reads("Not yet. The note says what ought to happen", at=one)
        reader.reads("Also this", at=many.locator(".opt", has_text="The day on which it ends"))
        reader.reads("Nearly. Three of these are among the seven lines.", at=many)
        reader.reads("It’s consultation, the fourth rung", at=short)
        reader.reads("Nearly. Informing comes below placation", at=order)
        reader.reads("At the end of term it’s over, as well.", at=match)
        expect(number.locator(".fb")).to_have_count(0)
        reader.reads("Two nearly, two to look at.", at=result)
        reader.reads("Question 5 has two left. Question 6 is still open.", at=result)

    expect(result).to_be_in_viewport()
    stands()
    reader.go(QUIZ)
    stands()
    reader.reads(re.compile("^Last checked: "))
    expect(one.get_by_role("radio", name=re.compile("^When the note is signed"))).to_be_checked()
    expect(reader.field("Your answer", at=short)).to_have_value("therapy")
    assert [row.locator("select + span").inner_text() for row in order.get_by_role("listitem").all()] == [
        *RUNGS[1:],
        RUNGS[0],
    ]

    reader.unfold("Show me", at=short)
    reader.reads("The answer: consultation", at=short)
    reader.choose("At the first decision of theirs that you dislike", at=one)
    reader.tick(re.compile("^A list of who borrowed what"), at=many, off=True)
    reader.tick(re.compile("^What it will cost the people"), at=many)
    reader.tick(re.compile("^The day on which it ends"), at=many)
    reader.write("Your answer", "Consultaton", at=short)
    arrange(reader, order, RUNGS)
    for item, lesson in LESSONS.items():
        reader.pick(item, lesson, at=match)
    reader.write("Your answer, rungs", "three", at=number)
    reader.press("Check again")
    reader.reads("We can’t read “three” as a number.", at=number)
    reader.write("Your answer, rungs", "3", at=number)
    reader.press("Check again")
    reader.reads("All six as the lecture has it.", at=result)
    for question in (one, many, short, order, match, number):
        reader.reads(re.compile("^(Right: )?Yes"), at=question.locator(".fb").last)
    assert QuizSheet.objects.get(person__handle="learner", title="With the terms written down").checks == 3

    reader.press("Clear my answers")
    reader.reads("Your answers are cleared.", at=reader.page.locator("body"))
    expect(reader.field("Your answer", at=short)).to_have_value("")
    counted(reader, "Mark this step done")


def arrange(reader: Mouse, question: Locator, wanted: Iterable[str]) -> None:
    """Put the items into this order: by the arrows, or without JavaScript by their places."""
    rows = question.locator(".ord li > span:first-of-type")

    def move(direction: str, item: str) -> None:
        reader.press(f"Move {direction}: {item}", at=question)

    for place, item in enumerate(wanted):
        if not reader.scripts:
            reader.pick(f"Place of: {item}", str(place + 1), at=question)
            continue
        if rows.all_inner_texts().index(item) == 0:
            move("down", item)  # what stands first by chance has been given no place
        while (at := rows.all_inner_texts().index(item)) > place:
            move("up", item)
            reader.reads(f"{item}: place {at} of {rows.count()}", at=question.locator("[data-said]"))


@by_mouse
def test_a_self_check_with_so_many_tries_shows_the_answers_after_the_last(hand):
    added.quiz_with_tries(2)
    reader = hand("learner")
    one, short = reader.page.locator("#q1"), reader.page.locator("#q3")
    reader.go(QUIZ)
    reader.reads("You can check two times.")
    reader.write("Your answer", "therapy", at=short)
    reader.press("Check")
    reader.reads("You can check once.")
    expect(short.get_by_text("The answer: consultation")).to_have_count(0)
    reader.choose("When they thank you", at=one)
    reader.press("Check again")
    reader.reads("That was as often as it goes.")
    reader.reads("The answer: At the first decision of theirs that you dislike", at=one)
    reader.reads("The answer: consultation", at=short)
    reader.reads("The answer: 3 rungs", at=reader.page.locator("#q6"))
    expect(reader.field("Your answer", at=short)).to_be_disabled()
    expect(reader.main.get_by_role("button", name=re.compile("^Check"))).to_have_count(0)


# Surveys ----------------------------------------------------------------------------------------------
@by_mouse
def test_an_anonymous_survey_is_sent_once_and_shows_what_people_said(hand):
    survey = SurveyPage.objects.get(uid="ly5-survey")
    sheets = SurveySheet.objects.filter(step=survey).count()
    words = "The picture books, and the rest of us know which."
    reader = hand("learner")
    reader.go(survey.url)
    expect(reader.page.locator("#results")).to_have_count(0)
    reader.reads("People on the course answer this.")
    reader.press("Join the course")
    reader.reads("You’re on “Worth Mending”.", at=reader.page.locator("body"))
    reader.reads("Answers are counted without names. Once sent, they can’t be changed.")
    reader.press("Send")
    reader.reads("Nothing is answered yet, so nothing was sent. One answer is enough.")

    reader.choose("Very much", at=asked(reader, "I’d trust myself with a torn page now."))
    reader.choose("At home", at=asked(reader, "Where did you mostly do this?"))
    for mended in ("Three piles", "The log"):
        reader.tick(mended, at=asked(reader, "Which of these have you used on a real book?"))
    reader.write("What should be left out next time? optional", words)
    left_out = reader.page.locator("form .stack", has_text="What should be left out next time?")
    reader.tick("You may quote this, without my name.", at=left_out)
    reader.press("Send")
    reader.reads("Your answers are in. Thank you.")
    expect(reader.main.get_by_role("button", name="Send")).to_have_count(0)
    assert SurveySheet.objects.filter(step=survey, person=None).count() == sheets + 1

    results = reader.page.locator("#results")
    reader.reads(f"{sheets + 1} of {people_beside(survey)} so far", at=results)
    where = results.get_by_role("table", name=re.compile("^Where did you mostly do this"))
    at_home = where.get_by_role("row", name="At home")
    expect(at_home.locator("svg rect").last).to_be_visible()
    given = SurveyAnswer.objects.filter(sheet__step=survey, words="At home").count()
    expect(at_home.get_by_role("cell").last).to_have_text(str(given))
    scale = results.get_by_role("table", name="Number of people giving each answer")
    expect(
        scale.get_by_role("row", name=re.compile("^I’d trust myself")).locator("svg rect")
    ).not_to_have_count(0)
    reader.reads(words, at=results)
    counted(reader, "Mark this step done")


def people_beside(survey: SurveyPage) -> int:
    """How many take the course."""
    return survey.get_parent().get_parent().specific.enrolments.filter(left_at=None).count()


def asked(reader: Mouse, question: str) -> Locator:
    """The answers to a question."""
    return reader.main.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))


@by_mouse
def test_a_survey_with_names_can_be_changed_and_is_opened_by_who_leads(hand):
    survey = added.survey_with_names()
    reader = hand("learner")
    reader.go(survey.url)
    reader.reads("Your name goes with your answers, for the people who lead the course.")
    again = asked(reader, "I’d do that again.")
    reader.choose("Mostly", at=again)
    reader.write("What would you ask first? optional", "Who has the key?")
    reader.press("Send")
    reader.reads(re.compile("^Your answers are in. Last sent: "))
    reader.go(survey.url)
    expect(reader.field("Mostly", at=again)).to_be_checked()
    reader.choose("Somewhat", at=again)
    reader.press("Send the changes")
    reader.reads(re.compile("^Your answers are in."))
    reader.reads("What came of it is kept for the people who lead the course, until they open it.")
    kept = SurveyAnswer.objects.filter(sheet__person=User.objects.get(handle="learner"))
    assert sorted(kept.values_list("kind", "choice", "words")) == [
        ("open", "", "Who has the key?"),
        ("scale", "3", ""),
    ]
    expect(reader.page.locator("#results")).to_have_count(0)

    survey.results = SurveyPage.Results.OPEN
    survey.save_revision().publish()
    reader.go(survey.url)
    results = reader.page.locator("#results")
    reader.reads(re.compile("^1 of "), at=results)
    reader.reads("1 answer so far", at=results.get_by_role("row", name=re.compile("^I’d do that again")))
    reader.never_reads("<q>Who has the key?</q>")


# Wrap-ups and a week to catch up ----------------------------------------------------------------------
@by_mouse
def test_a_wrap_up_leads_to_the_posts_that_it_quotes(hand):
    wrap_up = f"{WEEK_1}what-the-first-week-was-like/"
    reader = hand("learner")
    reader.go(wrap_up)
    for words, writer, where in (
        ("To get in. To ask how to get one.", "Gus Petrakis", WEEK_1),
        ("He was learning to read from it.", "Samir Khoury", f"{WEEK_1}what-the-door-says/"),
    ):
        quoted = reader.page.locator(".quoted").filter(has_text=words)
        reader.reads(writer, at=quoted)
        reader.follow(re.compile("^Read on in “"), at=quoted)
        expect(reader.page).to_have_url(re.compile(rf"{where}(\?page=\d+)?#p\d+$"))
        expect(reader.post_with(words)).to_be_in_viewport()
        reader.page.go_back()
        reader.is_at("What we heard at the door")
    reader.follow("To the conversation of week 1")
    expect(reader.page).to_have_url(re.compile(f"{WEEK_1}#talk$"))
    reader.go(wrap_up)
    reader.follow("All that was said this week")
    expect(reader.page).to_have_url(re.compile(r"/forum/\d+-arriving/$"))


@by_mouse
def test_a_week_to_catch_up_says_what_is_open_and_asks_for_nothing(hand):
    catch_up = f"{MENDING}a-week-to-catch-up/"
    reader = hand("learner")
    reader.go(catch_up)
    reader.reads("Nothing new is asked this week.")
    reader.follow("Join the course")
    reader.press("Join free")
    reader.reads("You’re on “Worth Mending”.", at=reader.page.locator("body"))
    reader.go(catch_up)
    reader.reads("What is open from earlier weeks")
    reader.reads("5 pieces, about", at=reader.page.locator("#open"))
    reader.reads("Start here")
    reader.follow("Start this step")
    reader.is_at("Two things introduced late")
    counted(reader, "Mark this step done")
    reader.go(catch_up)
    reader.reads("4 pieces, about", at=reader.page.locator("#open"))
