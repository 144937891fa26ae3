"""`manage.py import_course`: a folder of text becomes the pages of a course, all of it or nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from community.discussions.models import Place
from modules.courses.blocks import RICH_TEXT
from modules.courses.models import ActivityPage, CoursePage, LecturePage, ModulePage, ReadingPage, StepPage
from modules.courses.textfolder.source import read_folder
from modules.progress.models import StepCompletion

from .folders import (
    ACTIVITY,
    ACTIVITY_FILE,
    COURSE,
    COURSE_FILE,
    FILES,
    LECTURE,
    LECTURE_FILE,
    READING_FILE,
    START,
    WEEK,
    WEEK_2_FILE,
    everything,
    refused,
    step,
    tree,
)

# The first run -------------------------------------------------------------------------------------------


def test_a_folder_becomes_a_published_course_with_its_weeks_and_steps_in_order(folder):
    report = folder.load(start=START)
    assert tree() == [
        (0, "listening"),
        (1, "w1"),
        (2, "w1-lecture"),
        (2, "w1-reading"),
        (1, "w2"),
        (2, "w2-activity"),
    ]
    assert report.new == [*FILES]
    assert (report.updated, report.unchanged, report.unpublished, report.left) == ([], [], [], [])
    assert report.address == "/courses/listening/"


def test_every_key_fills_its_field(loaded):
    course = CoursePage.objects.get()
    assert (course.title, course.slug, course.cloth, course.lede) == (
        "The Listening Library",
        "listening",
        "plum",
        "Twelve weeks.",
    )
    assert (course.starts_on, course.time_zone, course.hours_per_week) == (START, "Europe/London", 3)
    assert course.visitors_read_conversations
    assert str(course.body[0].value) == "<p>What it <i>is</i>.</p>"

    week = ModulePage.objects.get(uid="w2")
    assert (week.slug, week.offset_days, week.length_days, week.cloth) == ("listening", 7, 7, "navy")
    assert (week.hint, week.lede, week.question) == ("A line", "Two lines", "Who stays standing?")
    assert week.outcome_list == ["Draw a room", "Move a chair"]
    assert week.opens_at == dt.datetime(2027, 3, 8, tzinfo=dt.UTC)

    lecture = step("w1-lecture")
    assert isinstance(lecture, LecturePage)
    assert (lecture.slug, lecture.minutes, lecture.summary) == (
        "what-the-door-says",
        9,
        "On doors: and notices",
    )
    assert (lecture.needs_quiet, lecture.skimmable, lecture.has_audio, lecture.optional) == (
        True,
        False,
        True,
        True,
    )
    assert lecture.seo_title == "Doors"
    film = lecture.recording[0].value
    assert (film["title"], film["address"]) == ("At the door", "https://example.org/film")
    assert str(film["transcript"]) == "<p>Good evening.</p>"
    assert [block.block_type for block in lecture.body] == ["heading", "text"]

    reading = step("w1-reading")
    assert isinstance(reading, ReadingPage)
    assert reading.authors == ["Taylor, Robert S.", "Nobody, A."]
    assert (reading.work_title, reading.container_title) == (
        "Question-Negotiation",
        "College & Research Libraries",
    )
    assert (reading.volume, reading.issue, reading.pages, reading.year) == ("29", "3", "178–194", 1968)
    assert (reading.publisher, reading.doi, reading.isbn) == (
        "ACRL",
        "10.5860/crl_29_03_178",
        "978-0-306-40615-7",
    )
    assert (reading.work_url, reading.access) == ("https://example.org/taylor", "open")
    assert reading.body[0].value["source"] == "Somebody"

    activity = step("w2-activity")
    assert isinstance(activity, ActivityPage)
    assert activity.prompt == "Ask three people.\nWrite it down."
    assert len(activity.body) == 0


def test_values_are_read_as_they_are_written_not_as_yaml_would_guess(folder):
    folder.change(READING_FILE, "title: Four questions", "title: No")
    folder.change(READING_FILE, 'volume: "29"', "volume: 007")
    folder.load(start=START)
    assert (step("w1-reading").title, step("w1-reading").volume) == ("No", "007")


def test_folders_made_on_windows_are_read_the_same(folder):
    folder.load(start=START)
    for name in FILES:
        text = (folder.root / name).read_bytes()
        folder.write(name, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    folder.write("Thumbs.db", b"\0")
    folder.write("week-01-arriving/desktop.ini", b"x")
    report = folder.load()
    assert (len(report.unchanged), report.updated, report.unused) == (6, [], [])


def test_files_that_no_page_uses_are_named(folder):
    folder.write("README.md", "How this course is written.")
    folder.write("week-01-arriving/plan.odt", b"x")
    assert folder.load(start=START).unused == ["README.md", "week-01-arriving/plan.odt"]


def test_weeks_and_steps_are_ordered_by_their_numbers(folder):
    for number in (10, 9):
        text = ACTIVITY.replace("w2-activity", f"uid-{number}")
        folder.write(f"week-02-listening/{number}-step-{number}.md", text)
    folder.load(start=START)
    assert [uid for _depth, uid in tree()][-3:] == ["w2-activity", "uid-9", "uid-10"]


# A second run --------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_where_nothing_changed(loaded, settings):
    before = everything(settings)
    report = loaded.load()
    assert len(report.unchanged) == 6
    assert everything(settings) == before


def test_a_second_run_updates_by_uid(loaded):
    old = step("w1-lecture")
    loaded.change(LECTURE_FILE, "A **door**.", "Two doors.")
    loaded.change(LECTURE_FILE, "title: What the door says", "title: What doors say")
    revisions = Revision.objects.count()
    report = loaded.load()
    new = step("w1-lecture")
    assert (new.pk, new.title, new.draft_title) == (old.pk, "What doors say", "What doors say")
    assert str(new.body[1].value) == "<p>Two doors.</p>"
    assert report.updated == [LECTURE_FILE]
    assert len(report.unchanged) == 5
    assert Revision.objects.count() == revisions + 1
    assert new.latest_revision == new.live_revision
    assert not new.has_unpublished_changes
    # The history compares blocks by their ids.
    assert [block.id for block in new.body] == [block.id for block in old.body]


def test_a_key_that_was_taken_out_gives_the_default_again(loaded):
    loaded.change(LECTURE_FILE, "search_title: Doors\n", "")
    loaded.change(COURSE_FILE, "cloth: plum\n", "")
    loaded.load()
    assert step("w1-lecture").seo_title == ""
    assert CoursePage.objects.get().cloth == "bottle"


def test_who_imported_stands_in_the_history(loaded, person):
    amara = person("amara")
    loaded.move(LECTURE_FILE, "week-02-listening/00-what-the-door-says.md")
    loaded.remove(READING_FILE)
    loaded.write("week-02-listening/02-new.md", ACTIVITY.replace("uid: w2-activity", "uid: w2-new"))
    loaded.load(user=amara)
    assert step("w1-lecture").latest_revision.user == amara
    assert step("w2-new").owner == amara
    assert {
        ("What the door says", "wagtail.move"),
        ("What the door says", "wagtail.edit"),
        ("What the door says", "wagtail.publish"),
        ("Four questions", "wagtail.unpublish"),
        ("Three people", "wagtail.create"),
    } <= set(PageLogEntry.objects.filter(user=amara).values_list("label", "action"))


def test_what_the_format_does_not_know_is_left_as_it_is(loaded, person):
    course = CoursePage.objects.get()
    course.show_in_menus = True
    course.roles.create(person=person("amara"), role="instructor")
    course.save_revision().publish()
    loaded.change(COURSE_FILE, "Twelve weeks.", "Ten weeks.")
    loaded.load()
    course = CoursePage.objects.get()
    assert (course.lede, course.show_in_menus, course.roles.count()) == ("Ten weeks.", True, 1)


def test_a_step_in_another_weeks_folder_is_moved_with_its_completions(loaded, person):
    lecture = step("w1-lecture")
    StepCompletion.objects.create(
        person=person(), step=lecture, title=lecture.title, uid=lecture.uid, how="tick", rule_version=1
    )
    loaded.move(LECTURE_FILE, "week-02-listening/00-what-the-door-says.md")
    report = loaded.load()
    assert tree()[3:] == [(1, "w2"), (2, "w1-lecture"), (2, "w2-activity")]
    assert step("w1-lecture").pk == lecture.pk
    assert step("w1-lecture").completions.count() == 1
    assert report.moved == report.updated == ["week-02-listening/00-what-the-door-says.md"]
    assert len(loaded.load().unchanged) == 6


def test_a_step_can_move_to_a_new_week_while_its_old_one_goes(loaded):
    loaded.write("week-03-new/week.md", WEEK.format(uid="w3", title="New", offset=14))
    loaded.move(ACTIVITY_FILE, "week-03-new/01-three-people.md")
    loaded.remove(WEEK_2_FILE)
    (loaded.root / "week-02-listening").rmdir()
    report = loaded.load()
    assert tree()[4:] == [(1, "w3"), (2, "w2-activity")]
    assert len(report.unpublished) == 1
    assert step("w2-activity").url_path.endswith("/listening/new/three-people/")


def test_pages_follow_a_new_order_of_the_files_without_new_revisions(loaded):
    loaded.change(LECTURE_FILE, "kind: lecture", "slug: what-the-door-says\nkind: lecture")
    loaded.move(LECTURE_FILE, "week-01-arriving/03-later.md")
    loaded.move("week-02-listening", "week-00-listening")
    revisions = Revision.objects.count()
    report = loaded.load()
    assert tree() == [
        (0, "listening"),
        (1, "w2"),
        (2, "w2-activity"),
        (1, "w1"),
        (2, "w1-reading"),
        (2, "w1-lecture"),
    ]
    assert len(report.unchanged) == 6
    assert Revision.objects.count() == revisions
    assert not Page.find_problems()[0]


def test_two_steps_can_swap_their_addresses(loaded, django_capture_on_commit_callbacks):
    loaded.move(LECTURE_FILE, "week-01-arriving/03-tmp.md")
    loaded.move(READING_FILE, "week-01-arriving/02-what-the-door-says.md")
    loaded.move("week-01-arriving/03-tmp.md", "week-01-arriving/03-four-questions.md")
    with django_capture_on_commit_callbacks(execute=True):
        loaded.load()
    assert step("w1-lecture").url_path.endswith("/arriving/four-questions/")
    assert step("w1-reading").url_path.endswith("/arriving/what-the-door-says/")
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {
        "/courses/listening/arriving/what-the-door-says",
        "/courses/listening/arriving/four-questions",
    }


def test_a_week_with_a_new_address_leads_there_from_the_old_one(loaded, django_capture_on_commit_callbacks):
    loaded.move("week-01-arriving", "week-01-at-the-door")
    with django_capture_on_commit_callbacks(execute=True):
        loaded.load()
    assert step("w1-lecture").url_path.endswith("/listening/at-the-door/what-the-door-says/")
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {
        "/courses/listening/arriving",
        "/courses/listening/arriving/what-the-door-says",
        "/courses/listening/arriving/four-questions",
    }


NAMES = ["door", "room", "shelf", "desk", "bench"]


@hypothesis(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_however_a_course_is_rearranged_its_pages_follow(folder, data, django_capture_on_commit_callbacks):
    """Each example starts from what the one before left: weeks and steps change places and addresses."""
    shutil.rmtree(folder.root)
    folder.write(COURSE_FILE, COURSE)
    weeks = data.draw(st.permutations([0, 1, 2]), "weeks")
    week_names = data.draw(st.permutations(NAMES), "names of weeks")
    newcomer = f"new-{uuid.uuid4().hex[:8]}"
    homes = {uid: data.draw(st.integers(0, 2), f"week of {uid}") for uid in ["a", "b", "c", "d", newcomer]}
    expected = [(0, "listening", "")]
    for place, number in enumerate(weeks):
        week = f"week-{place:02}-{week_names[number]}"
        folder.write(f"{week}/week.md", WEEK.format(uid=f"w{number}", title="A week", offset=place * 7))
        expected.append((1, f"w{number}", f"{week_names[number]}/"))
        steps = data.draw(st.permutations([uid for uid in homes if homes[uid] == number]), "steps")
        step_names = data.draw(st.permutations(NAMES), "names of steps")
        for order, (uid, name) in enumerate(zip(steps, step_names, strict=False)):
            name = uid if uid == newcomer else name
            folder.write(f"{week}/{order:02}-{name}.md", ACTIVITY.replace("uid: w2-activity", f"uid: {uid}"))
            expected.append((2, uid, f"{week_names[number]}/{name}/"))
    with django_capture_on_commit_callbacks(execute=True):
        folder.load(start=START)
    start = "/home/courses/listening/"
    assert [
        (page.depth - 4, page.uid, page.url_path.removeprefix(start))
        for page in Page.objects.filter(depth__gte=4, live=True).order_by("path").specific()
    ] == expected
    assert not any(Page.find_problems())
    assert len(folder.load().unchanged) == len(expected)
    address = re.compile(rf"/courses/listening(/({'|'.join(NAMES)}|new-[0-9a-f]{{8}})){{1,2}}")
    assert all(address.fullmatch(path) for path in Redirect.objects.values_list("old_path", flat=True))


# What was changed on the site ----------------------------------------------------------------------------


def test_a_page_edited_since_is_refused_and_overwritten_by_force(loaded, settings):
    page = step("w1-lecture")
    page.title = "By hand"
    page.save_revision().publish()
    before = everything(settings)
    loaded.change(ACTIVITY_FILE, "Ask three", "Ask four")
    said = refused(loaded)
    assert len(said) == 1
    assert said[0].startswith(f"{LECTURE_FILE}: “By hand” was edited on the site since it was imported.")
    assert everything(settings) == before
    report = loaded.load(force=True)
    assert report.updated == [LECTURE_FILE, ACTIVITY_FILE]
    assert step("w1-lecture").title == "What the door says"
    assert page.revisions.filter(content__title="By hand").exists()
    assert len(loaded.load().unchanged) == 6


def test_a_draft_that_is_not_published_counts_as_an_edit(loaded, settings):
    page = step("w1-lecture")
    page.body = [("text", "<p>Draft</p>")]
    page.save_revision()
    before = everything(settings)
    assert "was edited on the site" in refused(loaded)[0]
    assert everything(settings) == before
    loaded.load(force=True)
    assert str(step("w1-lecture").body[1].value) == "<p>A <b>door</b>.</p>"


def test_a_draft_of_what_the_format_does_not_know_is_not_lost_either(loaded):
    page = step("w1-lecture")
    page.show_in_menus = True
    page.save_revision()
    assert len(loaded.load().unchanged) == 6
    loaded.change(LECTURE_FILE, "A **door**", "A door")
    assert "has a draft on the site that is not published" in refused(loaded)[0]


@pytest.mark.parametrize(
    "edit",
    [
        lambda page: page.unpublish(),
        lambda page: page.move(ModulePage.objects.get(uid="w2"), pos="last-child"),
        lambda page: Page.objects.filter(pk=page.pk).update(slug="by-hand"),
        lambda page: StepPage.objects.filter(pk=page.pk).update(minutes=1),
    ],
    ids=["unpublished", "moved", "another address", "written without a revision"],
)
def test_other_changes_count_as_edits_too(loaded, edit):
    edit(step("w1-lecture"))
    assert "was edited on the site" in refused(loaded)[0]
    loaded.load(force=True)
    page = step("w1-lecture")
    assert (page.live, page.slug, page.minutes) == (True, "what-the-door-says", 9)
    assert page.get_parent().specific.uid == "w1"


def test_a_date_to_vanish_counts_as_an_edit(loaded):
    page = step("w1-lecture")
    page.expire_at = timezone.now() + dt.timedelta(days=9)
    page.save_revision().publish()
    assert "was edited on the site" in refused(loaded)[0]
    loaded.load(force=True)
    assert step("w1-lecture").expire_at is None


def test_a_locked_page_is_not_overwritten(loaded):
    Page.objects.filter(pk=step("w1-lecture").pk).update(locked=True)
    assert len(loaded.load().unchanged) == 6
    loaded.change(LECTURE_FILE, "A **door**", "A door")
    assert "is locked on the site" in refused(loaded)[0]


def test_opening_and_saving_a_page_in_the_editor_is_no_edit(loaded):
    editor = ContentstateConverter(features=RICH_TEXT)
    page = step("w1-lecture")
    blocks = page.body.get_prep_value()
    blocks[1]["value"] = editor.to_database_format(editor.from_database_format(blocks[1]["value"]))
    page.body = json.dumps(blocks)
    film = page.recording.get_prep_value()
    film[0]["value"]["transcript"] = editor.to_database_format(
        editor.from_database_format(film[0]["value"]["transcript"])
    )
    page.recording = json.dumps(film)
    page.save_revision().publish()
    assert "data-block-key" in str(step("w1-lecture").recording[0].value["transcript"].source)
    assert len(loaded.load().unchanged) == 6
    activity = step("w2-activity")
    activity.prompt = "Ask three people.\r\nWrite it down.\r\n"
    activity.save_revision().publish()
    assert len(loaded.load().unchanged) == 6


def test_the_same_change_on_both_sides_is_no_conflict(loaded):
    page = step("w1-lecture")
    page.title = "What doors say"
    page.save_revision().publish()
    loaded.change(LECTURE_FILE, "title: What the door says", "title: What doors say")
    loaded.load()
    loaded.change(LECTURE_FILE, "title: What doors say", "title: Doors")
    assert loaded.load().updated == [LECTURE_FILE]


def test_a_page_made_by_hand_with_the_uid_of_a_file_is_refused(folder, course_index):
    course = CoursePage(title="By hand", slug="x", uid="listening", starts_on=START)
    course_index.add_child(instance=course)
    assert "was not made by an import" in refused(folder)[0]
    folder.load(force=True)
    course = CoursePage.objects.get()
    assert (course.title, course.slug, course.starts_on) == ("The Listening Library", "listening", START)
    assert course.revisions.filter(content__title="By hand").exists()


# What is no longer in the folder -------------------------------------------------------------------------


def test_a_page_without_a_file_is_unpublished_and_keeps_all_it_had(loaded, person, cafe):
    from community.forum_conversation.models import Topic

    lecture = step("w1-lecture")
    StepCompletion.objects.create(
        person=person(), step=lecture, title=lecture.title, uid=lecture.uid, how="tick", rule_version=1
    )
    Place.objects.create(page=lecture, topic=Topic.objects.create(forum=cafe, subject="Doors"))
    loaded.remove(LECTURE_FILE)
    report = loaded.load()
    assert report.unpublished == [
        "“What the door says” (/courses/listening/arriving/what-the-door-says/), "
        "kept with 1 completion and a conversation"
    ]
    page = step("w1-lecture")
    assert not page.live
    assert (page.completions.count(), page.place.topic.subject) == (1, "Doors")
    assert (2, "w1-lecture") not in tree()
    again = loaded.load()
    assert (again.unpublished, len(again.unchanged)) == ([], 5)


def test_a_file_that_comes_back_publishes_its_page_again(loaded):
    pk = step("w1-lecture").pk
    loaded.remove(LECTURE_FILE)
    loaded.load()
    loaded.write(LECTURE_FILE, LECTURE)
    assert loaded.load().updated == [LECTURE_FILE]
    assert (step("w1-lecture").pk, step("w1-lecture").live) == (pk, True)
    assert tree()[2:4] == [(2, "w1-lecture"), (2, "w1-reading")]


def test_a_page_that_somebody_published_again_is_left(loaded):
    loaded.remove(LECTURE_FILE)
    loaded.load()
    page = step("w1-lecture")
    page.get_latest_revision().publish()
    report = loaded.load()
    assert report.left == ["“What the door says” (/courses/listening/arriving/what-the-door-says/)"]
    assert loaded.load(force=True).left == report.left
    assert step("w1-lecture").live


def test_a_page_edited_since_is_left_when_its_file_goes(loaded):
    page = step("w1-lecture")
    page.title = "By hand"
    page.save_revision()
    loaded.remove(LECTURE_FILE)
    assert loaded.load().left == ["“What the door says” (/courses/listening/arriving/what-the-door-says/)"]
    assert step("w1-lecture").live
    assert step("w1-lecture").has_unpublished_changes


def test_pages_that_no_import_made_are_left_and_named(loaded):
    week = ModulePage.objects.get(uid="w1")
    week.add_child(instance=ReadingPage(title="By hand", slug="by-hand"))
    copy = step("w1-lecture").copy(update_attrs={"slug": "copy", "title": "Copy"}, copy_revisions=False)
    for force in (False, True):
        report = loaded.load(force=force)
        assert [name.split(" (")[0] for name in report.left] == ["“By hand”", "“Copy”"]
        assert len(report.unchanged) == 6
    assert StepPage.objects.get(pk=copy.pk).live


# When ----------------------------------------------------------------------------------------------------


def test_a_new_course_needs_a_start(folder, settings):
    before = everything(settings)
    assert refused(folder) == [
        "This course is new here. Say on which day it begins, for example --start 2027-03-01."
    ]
    assert everything(settings) == before


def test_another_start_moves_all_weeks(loaded):
    revisions = Revision.objects.count()
    report = loaded.load(start=dt.date(2027, 6, 7))
    assert (report.rescheduled, report.updated, len(report.unchanged)) == (2, [COURSE_FILE], 5)
    assert Revision.objects.count() == revisions + 1
    opens = ModulePage.objects.order_by("path").values_list("opens_at", flat=True)
    # Midnight in London, in summer.
    assert list(opens) == [
        dt.datetime(2027, 6, 6, 23, tzinfo=dt.UTC),
        dt.datetime(2027, 6, 13, 23, tzinfo=dt.UTC),
    ]
    assert loaded.load().rescheduled == 0
    assert CoursePage.objects.get().starts_on == dt.date(2027, 6, 7)


def test_another_time_zone_moves_all_weeks(loaded):
    loaded.change(COURSE_FILE, "Europe/London", "Pacific/Auckland")
    assert loaded.load().rescheduled == 2
    assert ModulePage.objects.get(uid="w1").opens_at == dt.datetime(2027, 2, 28, 11, tzinfo=dt.UTC)


@pytest.mark.parametrize("start", [dt.date(2028, 2, 29), dt.date(2038, 1, 18), dt.date(2199, 12, 31)])
def test_leap_days_and_late_years_are_days_like_any_other(folder, start):
    folder.load(start=start)
    opens = ModulePage.objects.get(uid="w2").opens_at
    assert opens == dt.datetime.combine(start + dt.timedelta(days=7), dt.time(), tzinfo=dt.UTC)


def test_years_out_of_reach_are_refused(folder):
    assert refused(folder, start=dt.date(1, 1, 1)) == ["The year must lie between 1990 and 2199."]


# Which course --------------------------------------------------------------------------------------------


def test_of_several_runs_the_one_with_the_slug_is_meant(loaded):
    first = CoursePage.objects.get()
    first.copy(recursive=True, update_attrs={"slug": "again"}, copy_revisions=False)
    loaded.change(COURSE_FILE, "Twelve weeks.", "Ten weeks.")
    loaded.load()
    assert CoursePage.objects.get(pk=first.pk).lede == "Ten weeks."
    assert CoursePage.objects.get(slug="again").lede == "Twelve weeks."
    loaded.change(COURSE_FILE, "uid: listening", "uid: listening\nslug: third")
    assert refused(loaded) == [
        "course.md, line 3: Several courses on this site have this uid: listening, again. "
        "Write the “slug” of the one that is meant."
    ]


def pages_of(course) -> list[Page]:
    """The course and what lies below it."""
    return [page.specific for page in course.get_descendants(inclusive=True)]


def copy_of(course, **options) -> CoursePage:
    """A copy of the course as the desk makes it: with everything below it, and the history."""
    return course.copy(recursive=True, update_attrs={"slug": "again", "title": course.title}, **options)


@pytest.mark.parametrize("keep_live", [True, False])
def test_a_copy_keeps_its_uids_and_nothing_else_of_an_import(loaded, keep_live):
    original = CoursePage.objects.get()
    copy = copy_of(original, keep_live=keep_live)
    assert [page.uid for page in pages_of(copy)] == [page.uid for page in pages_of(original)]
    for page in pages_of(copy):
        assert page.import_digest == ""
        # Nor do the revisions that came along, which may be published later.
        assert {revision.as_object().import_digest for revision in page.revisions.all()} == {""}
    assert all(page.import_digest for page in pages_of(original))


def test_after_a_copy_the_original_is_imported_as_before(loaded):
    original = CoursePage.objects.get()
    copy = copy_of(original)
    before = [(page.pk, page.title, page.latest_revision_id) for page in pages_of(copy)]
    assert len(loaded.load().unchanged) == 6
    loaded.change(LECTURE_FILE, "What the door says", "What the gate says")
    loaded.remove(ACTIVITY_FILE)
    report = loaded.load()
    assert (report.updated, len(report.unpublished)) == ([LECTURE_FILE], 1)
    assert [(page.pk, page.title, page.latest_revision_id) for page in pages_of(copy)] == before


def test_the_folder_is_imported_into_a_copy_that_says_the_same(loaded):
    original = CoursePage.objects.get()
    copy = copy_of(original)
    loaded.change(COURSE_FILE, "uid: listening", "uid: listening\nslug: again")
    assert len(loaded.load().updated) == 6
    assert all(page.import_digest for page in pages_of(copy))
    assert len(loaded.load().unchanged) == 6
    loaded.change(LECTURE_FILE, "What the door says", "What the gate says")
    assert loaded.load().updated == [LECTURE_FILE]
    assert [page.title for page in LecturePage.objects.order_by("path")] == [
        "What the door says",
        "What the gate says",
    ]


def test_a_copy_that_says_something_else_is_written_over_by_force_only(loaded):
    copy = copy_of(CoursePage.objects.get())
    loaded.change(COURSE_FILE, "uid: listening", "uid: listening\nslug: again")
    loaded.change(LECTURE_FILE, "What the door says", "What the gate says")
    assert refused(loaded) == [
        f"{LECTURE_FILE}: “What the door says” has this uid on the site and was not made by an import. With "
        "--force, this file takes the place of its text; the text of now stays in the page’s history."
    ]
    assert len(loaded.load(force=True).updated) == 6
    assert LecturePage.objects.descendant_of(copy).get().title == "What the gate says"


def test_a_page_of_a_copy_is_not_unpublished_because_the_folder_lacks_it(loaded):
    copy = copy_of(CoursePage.objects.get())
    loaded.change(COURSE_FILE, "uid: listening", "uid: listening\nslug: again")
    loaded.remove(ACTIVITY_FILE)
    report = loaded.load()
    assert (report.unpublished, len(report.left)) == ([], 1)
    assert ActivityPage.objects.descendant_of(copy).get().live


def test_a_step_cannot_become_another_kind(loaded, settings):
    before = everything(settings)
    loaded.change(LECTURE_FILE, "kind: lecture", "kind: activity")
    loaded.change(LECTURE_FILE, ":::film", ":::video")
    assert refused(loaded) == [
        f"{LECTURE_FILE}, line 3: “What the door says” is a lecture on this site and an activity here. "
        "Give the step another uid."
    ]
    assert everything(settings) == before


def test_a_uid_that_a_page_of_another_kind_has_is_refused(loaded):
    loaded.remove(ACTIVITY_FILE)
    loaded.remove(WEEK_2_FILE)
    (loaded.root / "week-02-listening").rmdir()
    loaded.load()
    loaded.write("week-01-arriving/03-new.md", ACTIVITY.replace("uid: w2-activity", "uid: w2"))
    assert refused(loaded) == [
        "week-01-arriving/03-new.md, line 2: "
        "“w2” is the uid of “Listening first” on this site, and that is a week."
    ]


def test_an_address_that_another_page_has_is_refused(loaded, settings):
    ModulePage.objects.get(uid="w1").add_child(instance=ReadingPage(title="By hand", slug="by-hand"))
    loaded.change(LECTURE_FILE, "kind: lecture", "slug: by-hand\nkind: lecture")
    before = everything(settings)
    assert refused(loaded) == [
        f"{LECTURE_FILE}, line 3: “by-hand” is the address of “By hand”, a page of the site with another uid."
    ]
    assert everything(settings) == before


# The command ---------------------------------------------------------------------------------------------


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("import_course", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_did(folder):
    assert command(str(folder.root), "--start", "2027-03-01").splitlines() == [
        "“The Listening Library” is at /courses/listening/.",
        "6 new, 0 updated, 0 unchanged.",
        "",
        "New:",
        *(f"  {name}" for name in FILES),
    ]
    folder.change(ACTIVITY_FILE, "Ask three", "Ask four")
    folder.remove(LECTURE_FILE)
    assert command(str(folder.root), "--start=2027-03-08").splitlines() == [
        "“The Listening Library” is at /courses/listening/.",
        "0 new, 2 updated, 3 unchanged.",
        "2 weeks open on another day.",
        "",
        "Updated:",
        "  course.md",
        f"  {ACTIVITY_FILE}",
        "",
        "No longer in the folder, so not published any more (nothing was deleted):",
        "  “What the door says” (/courses/listening/arriving/what-the-door-says/)",
    ]


def test_the_command_fails_in_words_and_with_a_status(folder):
    folder.change(COURSE_FILE, "cloth: plum", "cloth: mauve")
    with pytest.raises(CommandError) as caught:
        command(str(folder.root), "--start", "2027-03-01")
    assert caught.value.returncode == 1
    assert str(caught.value).startswith(
        "Nothing was changed, because of 1 problem:\ncourse.md, line 5: “mauve”"
    )


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2027-02-30", "There is no 30 February 2027."),
        ("2027-02-29", "There is no 29 February 2027."),
        ("2027-13-01", "There is no month 13: a year has twelve."),
        ("2027-00-01", "There is no month 0: a year has twelve."),
        ("0000-01-01", "There is no year 0."),
        ("1.3.2027", "“1.3.2027” is not a day. Write year, month and day, like 2027-03-01."),
        ("soon", "“soon” is not a day. Write year, month and day, like 2027-03-01."),
        ("2027-3-1", "“2027-3-1” is not a day. Write year, month and day, like 2027-03-01."),
    ],
)
def test_a_wrong_start_is_refused_in_words(folder, start, words):
    with pytest.raises(CommandError, match="^" + words.replace(".", r"\.") + "$"):
        command(str(folder.root), "--start", start)


def test_the_demo_course_can_be_read():
    folder = Path(__file__).parents[3] / "home" / "demo" / "course"
    course = read_folder(folder)
    weeks = course.page.children
    assert 1 + len(weeks) + sum(len(week.children) for week in weeks) == len(list(folder.rglob("*.md")))
    assert course.unused == []
