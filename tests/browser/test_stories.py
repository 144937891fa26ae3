"""What people come for, from beginning to end: with JavaScript, without it, and by keyboard alone.

Wagtail's desk needs JavaScript. Without it, the instructor's story is told with scripts at the desk only.
"""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Locator, expect

from community.accounts.models import User
from community.forum_conversation.models import Post
from modules.courses.models import CoursePage, ModulePage
from modules.progress.models import ModuleCompletion

from .hands import Keyboard, Mouse

COURSE = "/courses/listening-library/"
WEEK_2, WEEK_3 = f"{COURSE}listening-first/", f"{COURSE}the-participatory-branch/"
HALF = "We stopped asking at the desk and went to the bus stop"
WHOLE = f"{HALF}, with a flask. People talk when nobody has a form in their hand."
PASSWORD = "four plain words here"
CAFE_TOPIC = "Printing the readings: the menu comes out too"
STEPS = ["w3-lecture", "w3-lecture-ladder", "w3-reading-arnstein", "w3-reading-own", "w3-activity"]

pytestmark = pytest.mark.usefixtures("demo")


def sign_in_at_the_door(reader: Mouse, who: str, password: str) -> None:
    reader.write("E-mail or handle", who)
    reader.write("Password", password)
    reader.press("Sign in")


# The visitor ------------------------------------------------------------------------------------------
def test_a_visitor_reads_begins_a_reply_signs_up_and_posts_it(hand):
    reader = hand()
    reader.go("/")
    reader.is_at("The Listening Library")
    reader.follow("Courses", at=reader.nav)
    reader.is_at("Courses")
    reader.follow("The Listening Library")
    reader.is_at("The Listening Library")
    reader.follow("Listening first")
    reader.is_at("Listening first")
    reader.reads("Most of the questions libraries ask have an answer folded into them.")
    reader.follow("Forum", at=reader.nav)
    reader.follow("The café")
    reader.follow(CAFE_TOPIC)
    reader.is_at(CAFE_TOPIC)

    reader.write("Your reply", HALF)
    reader.press("Sign in and post")
    reader.is_at("Come in")
    reader.reads("Your reply is kept")
    reader.reads(HALF)
    assert not Post.objects.filter(content__contains=HALF).exists()
    reader.follow("Sign up")
    reader.reads("Your reply is kept")
    reader.write("Name you go by", "Ines Duarte")
    reader.write("E-mail", "ines@example.org")
    reader.write("Password", PASSWORD)
    reader.press("Make my place")
    reader.is_at("Confirm your e-mail")
    reader.go(re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1])
    reader.press("Yes, it’s mine")

    reader.is_at(CAFE_TOPIC)
    reader.reads("Here is what you wrote.")
    expect(reader.field("Your reply")).to_have_value(HALF)
    reader.write("Your reply", WHOLE)
    reader.press("Post reply")
    post = reader.post_with(WHOLE)
    expect(post).to_be_in_viewport()
    reader.reads("Ines Duarte", at=post)
    expect(reader.field("Your reply")).to_have_value("")
    assert Post.objects.filter(content=WHOLE).count() == 1

    reader.follow("My learning", at=reader.nav)
    reader.reads("Your shelf is empty")
    reader.press(re.compile("^Join free"))
    reader.reads("You’re on “The Listening Library”.", at=reader.page.locator("body"))
    reader.follow("Start this step")
    reader.press("Mark this step done")
    reader.reads("Marked as done.", at=reader.page.locator("body"))


def test_a_half_written_reply_waits_until_its_writer_has_joined_the_course(hand):
    ines = User.objects.create_user("ines@example.org", PASSWORD, handle="ines", display_name="Ines Duarte")
    EmailAddress.objects.create(user=ines, email=ines.email, verified=True, primary=True)
    reader = hand()
    reader.go(WEEK_2)
    reader.write("Your reply", HALF)
    reader.press("Sign in and post")
    sign_in_at_the_door(reader, "ines@example.org", PASSWORD)

    reader.is_at("Listening first")
    reader.reads("Writing is for people in the course.")
    reader.reads(HALF)
    reader.follow("Join The Listening Library")
    reader.press("Join free")
    reader.reads("You’re on “The Listening Library”.", at=reader.page.locator("body"))
    reader.is_at("Listening first")
    expect(reader.field("Your reply")).to_be_in_viewport()
    expect(reader.field("Your reply")).to_have_value(HALF)
    reader.write("Your reply", WHOLE)
    reader.press("Post reply")
    expect(reader.post_with(WHOLE)).to_be_in_viewport()
    assert Post.objects.filter(content=WHOLE).count() == 1


def test_a_demo_account_comes_in_by_its_name_and_goes_out_again(hand):
    reader = hand()
    reader.go("/")
    reader.follow("Sign in", at=reader.page.get_by_role("banner"))
    sign_in_at_the_door(reader, "learner", "commonplace-demo")
    expect(reader.page).to_have_url(re.compile("/me/$"))
    reader.unfold("your menu", at=reader.page.get_by_role("banner"))
    reader.press("Sign out", at=reader.page.get_by_role("banner"))
    expect(reader.page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    reader.go("/me/")
    reader.is_at("Come in")


# The learner ------------------------------------------------------------------------------------------
def test_a_learner_carries_on_ticks_takes_it_back_and_finishes_the_week(hand):
    reader = hand("learner")
    body = reader.page.locator("body")
    outline = reader.page.get_by_role("navigation", name="Steps this week")
    done = outline.get_by_role("link", name=re.compile(r"^A shelf, a room, a budget line\s*\. Done\."))
    reader.go("/me/")
    reader.follow("Carry on")
    reader.is_at("A shelf, a room, a budget line")
    reader.press("Mark this step done")
    reader.reads("Marked as done. That’s 1 of 5.", at=body)
    expect(done).to_be_visible()
    reader.reads("1 of 5 steps done.", at=outline)
    # Where the page was loaded anew, a toast offers to undo it; where it was not, the tick itself does.
    reader.press("Take the tick off" if reader.scripts else "Undo", at=body)
    reader.reads("The tick is off.", at=body)
    expect(done).to_have_count(0)

    reader.go(WEEK_3)
    for step in STEPS:
        row = reader.page.locator(f"#{step}")
        reader.use(row.get_by_role("button"))
        reader.reads("Done", at=row)
        expect(row.get_by_role("button", name="Take the tick off")).to_be_visible()
    reader.reads("5 of 5 steps done.", at=outline)
    assert ModuleCompletion.objects.filter(person__handle="learner", module__uid="w03").count() == 1

    reader.go("/me/")
    shelf = reader.page.get_by_role("list", name="The 12 weeks")
    expect(shelf.get_by_role("link", name=re.compile("The participatory branch, finished"))).to_be_visible()


def test_a_learner_answers_answers_and_finds_a_post_by_its_address(hand):
    reader = hand("learner")
    reader.go(WEEK_2)
    field = reader.field("Your reply")
    first = reader.page.locator("article.post").first
    first_id = first.get_attribute("id")
    if reader.scripts:
        # What was typed at the end of the thread comes along to the post that is answered.
        reader.write("Your reply", WHOLE)
        reader.follow("Reply", at=first)
        expect(reader.page.locator(f"#{first_id} + form").get_by_label("Your reply")).to_have_value(WHOLE)
        expect(field).to_be_focused()
    else:
        reader.follow("Reply", at=first)
        reader.write("Your reply", WHOLE)
    reader.reads("In reply to")
    reader.press("Preview")
    reader.reads("Preview. Nothing is posted yet.")
    reader.reads(WHOLE)
    assert not Post.objects.filter(content=WHOLE).exists()
    reader.press("Post reply")

    mine = reader.post_with(WHOLE)
    expect(mine).to_be_in_viewport()
    expect(reader.page.locator(f"li:has(> #{first_id}) li").filter(has=mine)).not_to_have_count(0)
    reader.follow("Reply", at=mine)
    deeper = "And on the van it rained."
    reader.write("Your reply", deeper)
    reader.press("Post reply")
    expect(reader.post_with(deeper)).to_be_in_viewport()
    answer = Post.objects.get(content=deeper)
    assert answer.parent.content == WHOLE
    assert answer.depth == 2

    reader.go("/forum/")
    reader.go(f"/p/{answer.pk}/")
    reader.is_at("Listening first")
    expect(reader.post_with(deeper)).to_be_in_viewport()
    reader.use(reader.post_with(WHOLE).locator("a.time"))
    expect(reader.page).to_have_url(re.compile(rf"{WEEK_2}#p{answer.parent_id}$"))
    expect(reader.post_with(WHOLE)).to_be_in_viewport()


def test_a_learner_starts_a_topic_of_their_own(hand):
    reader = hand("learner")
    reader.go("/forum/")
    reader.follow("The café")
    reader.follow("New topic")
    reader.write("Title", "Chairs that stack")
    reader.write("What you want to say", "Ours *don’t*. Whose do?")
    reader.press("Preview")
    reader.reads("Preview. Nothing is posted yet.")
    expect(reader.field("Title")).to_have_value("Chairs that stack")
    reader.press("Start the topic")
    reader.is_at("Chairs that stack")
    reader.reads("Whose do?")
    reader.go("/people/learner/")
    reader.follow("Chairs that stack")
    expect(reader.post_with("Whose do?")).to_be_in_viewport()


def test_a_session_that_ran_out_keeps_what_was_written(hand):
    reader = hand("learner")
    reader.go(WEEK_2)
    reader.write("Your reply", WHOLE)
    reader.page.context.clear_cookies(name="sessionid")
    reader.press("Post reply")
    reader.is_at("Come in")
    reader.reads(WHOLE)
    sign_in_at_the_door(reader, "learner", "commonplace-demo")
    reader.is_at("Listening first")
    expect(reader.field("Your reply")).to_have_value(WHOLE)
    assert not Post.objects.filter(content=WHOLE).exists()
    reader.press("Post reply")
    expect(reader.post_with(WHOLE)).to_be_in_viewport()


def test_the_page_is_dark_from_then_on(hand):
    reader = hand()
    foot = reader.page.get_by_role("contentinfo")
    root = reader.page.locator("html")
    reader.go(WEEK_2)
    expect(root).not_to_have_attribute("data-theme", "dark")
    reader.write("Your reply", HALF)
    reader.choose("Dark", at=foot)
    if reader.scripts:
        # In place: what was written beside it is still there.
        expect(root).to_have_attribute("data-theme", "dark")
        expect(reader.field("Your reply")).to_have_value(HALF)
    else:
        reader.press("Save", at=foot)
    wait_for_cookie(reader, theme="dark")
    reader.go("/forum/")
    expect(root).to_have_attribute("data-theme", "dark")


def wait_for_cookie(reader: Mouse, **wanted: str) -> None:
    for _look in range(100):
        kept = {cookie["name"]: cookie["value"] for cookie in reader.page.context.cookies()}
        if wanted.items() <= kept.items():
            return
        reader.page.wait_for_timeout(50)
    pytest.fail(f"{wanted} did not come; there is {kept}.")


STEPS_BY_TAB = [
    f"{WEEK_3}{name}/"
    for name in ("a-handover-note", "a-shelf-a-room-a-budget-line", "with-the-terms-written-down")
]
PAGES = ["/", COURSE, WEEK_2, *STEPS_BY_TAB, "/me/", "/forum/", "/me/settings/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1440])
def test_tab_leads_through_a_page_and_shows_at_each_stop_where_one_is(width, path, page_at, sign_in):
    page = page_at(width=width, height=640)
    sign_in(page, "learner")
    reader = Keyboard(page, scripts=True)
    reader.go(path)
    assert reader.walk() > 10


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        ("link.style.outline = 'none'", "No ring"),
        ("link.style.position = 'fixed'; link.style.top = '-99px'", "Out of the window"),
        ("document.querySelector('.mast').inert = true", "does not lead"),
    ],
)
def test_the_keyboard_does_object_where_there_is_reason_to(spoilt, words, page_at):
    reader = Keyboard(page_at(), scripts=True)
    reader.go("/courses/")
    reader.page.evaluate(f"const link = document.querySelector('.nav a'); {spoilt}")
    with pytest.raises(pytest.fail.Exception, match=words):
        reader.follow("Courses", at=reader.nav)


# The instructor ---------------------------------------------------------------------------------------
def test_an_instructor_makes_a_week_and_a_reading_and_a_learner_reads_it(hand):
    course = CoursePage.objects.get(uid="listening-library")
    today = (timezone.localdate() - course.starts_on).days
    desk = hand("instructor", scripts=True)
    add_page(desk, f"/cms/pages/{course.pk}/")
    desk.fill(field(desk, "Title*"), "Keys and who holds them")
    desk.fill(field(desk, "Begins on day*"), str(today))
    desk.fill(field(desk, "Question of the week"), "Who has a key?")
    preview(desk, "Keys and who holds them")
    publish(desk)
    week = ModulePage.objects.get(title="Keys and who holds them")
    assert week.live

    add_page(desk, f"/cms/pages/{week.pk}/", kind="Reading")
    desk.fill(field(desk, "Title*"), "Seven keyholders")
    desk.use(desk.page.get_by_role("button", name="Insert a block"))
    if isinstance(desk, Keyboard):
        desk.reach(desk.page.get_by_placeholder("Search options…"))
        desk.page.keyboard.type("Text")
        desk.page.keyboard.press("Enter")
    else:
        desk.use(desk.page.get_by_role("option", name="Text"))
    expect(desk.page.locator("[contenteditable=true]")).to_be_focused()
    desk.page.keyboard.type("Seven people in the village have the key.")
    # Wagtail's editor takes a moment to put it into the form.
    expect(desk.page.locator("[name=body-0-value]")).to_have_value(re.compile("Seven people"))
    preview(desk, "Seven keyholders", "Seven people in the village have the key.")
    publish(desk)

    reader = hand("learner")
    reader.go(COURSE)
    reader.follow("Keys and who holds them")
    reader.reads("Who has a key?")
    reader.follow("Seven keyholders")
    reader.reads("Seven people in the village have the key.")
    reader.press("I’ve read this")
    reader.reads("and the week is finished", at=reader.page.locator("body"))
    reader.write("Your reply", WHOLE)
    reader.press("Post reply")
    expect(reader.post_with(WHOLE)).to_be_in_viewport()

    # Put off until tomorrow, it is closed: the learner keeps the record, and reads when it opens again.
    desk.go(f"/cms/pages/{week.pk}/edit/")
    desk.fill(field(desk, "Begins on day*"), str(today + 2))
    publish(desk)
    reader.go(week.url)
    reader.is_at("Keys and who holds them")
    reader.reads(re.compile("^Opens "))
    reader.never_reads("Who has a key?")
    reader.go(f"{week.url}seven-keyholders/")
    reader.never_reads("Seven people in the village")
    assert ModuleCompletion.objects.filter(person__handle="learner", module=week).exists()
    instructor = hand("instructor")
    instructor.go(f"{week.url}seven-keyholders/")
    instructor.reads("Seven people in the village have the key.")
    instructor.reads(re.compile("^Closed until "))


def add_page(desk: Mouse, listing: str, *, kind: str = "") -> None:
    """Below the page of this listing, in Wagtail's own way."""
    desk.go(listing)
    desk.use(desk.page.get_by_role("link", name="Add child page").first)
    if kind:
        desk.use(desk.page.get_by_role("link", name=re.compile(f"^{kind}")))
    expect(field(desk, "Title*")).to_be_visible()


def field(desk: Mouse, label: str) -> Locator:
    """A field of Wagtail's editor, whose parts carry the same label."""
    box = desk.page.get_by_role("textbox", name=label, exact=True)
    return box.or_(desk.page.get_by_role("spinbutton", name=label, exact=True))


def preview(desk: Mouse, heading: str, words: str = "") -> None:
    """Open Wagtail's preview beside the form, and find the page in it."""
    panel = desk.page.get_by_role("button", name="Toggle preview")
    frame = desk.page.frame_locator("iframe[title=Preview]").first
    desk.use(panel)
    expect(frame.get_by_role("heading", level=1)).to_have_text(heading, timeout=15_000)
    if words:
        expect(frame.get_by_text(words)).to_be_visible(timeout=15_000)
    desk.use(panel)


def publish(desk: Mouse) -> None:
    """Publish; not while Wagtail is saving a new page by itself: it would refuse another of that name."""
    desk.use(desk.page.get_by_role("button", name="More actions"))
    expect(desk.page.locator(".w-autosave-indicator__state--saving")).to_be_hidden(timeout=15_000)
    desk.use(desk.page.get_by_role("button", name="Publish"))
    expect(desk.page.get_by_text(re.compile("(created and published|has been published)"))).to_be_visible()


# The moderator ----------------------------------------------------------------------------------------
def test_a_report_is_decided_and_the_post_comes_back(hand):
    post = Post.objects.filter(
        replies_count__gt=0, topic__subject="Own time, or the library's?", parent=None
    )[1]
    answer = Post.objects.filter(parent=post).earliest("pk")
    words, answer_words = plain(post), plain(answer)
    address = post.topic.get_absolute_url()

    learner = hand("learner")
    learner.go(address)
    learner.follow(f"More about this post by {post.poster.display_name}", at=learner.post_with(words))
    learner.choose("It is unkind to somebody")
    learner.write("What a moderator should know", "It names somebody who isn’t here.")
    learner.press("Tell a moderator")
    learner.reads("A moderator will read it", at=learner.page.locator("body"))
    expect(learner.post_with(words)).to_be_in_viewport()
    learner.go("/moderation/")
    learner.is_at("This door is closed to you")

    moderator = hand("moderator")
    banner = moderator.page.get_by_role("banner")
    moderator.go("/")
    moderator.unfold("your menu", at=banner)
    moderator.follow("Moderation", at=banner)
    moderator.is_at("Reports")
    report = moderator.page.locator("article").filter(has_text="It names somebody who isn’t here.")
    moderator.reads(words, at=report)
    moderator.press("Hide the post", at=report)
    moderator.reads("Hidden. Its place and the replies stay.", at=moderator.page.locator("body"))

    visitor = hand()
    visitor.go(address)
    visitor.reads("Hidden for now. A moderator is looking at it. Replies stay.")
    visitor.reads(answer_words)
    visitor.never_reads(words)
    visitor.go(f"/p/{post.pk}/more/")
    visitor.never_reads(words)

    moderator.follow("Decided")
    moderator.press("Bring it back", at=moderator.page.locator("article").filter(has_text=words))
    moderator.reads("It is back.", at=moderator.page.locator("body"))
    visitor.go(f"/p/{post.pk}/")
    expect(visitor.post_with(words)).to_be_in_viewport()
    visitor.reads(answer_words)


def plain(post: Post) -> str:
    """A few words of a post, as they stand on the page."""
    return re.split(r"[^\w ,.]", post.content)[0][:60].strip()
