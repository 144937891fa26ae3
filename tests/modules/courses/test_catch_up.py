"""A catch-up week: what it says it is for, what it lists, and that nothing in it counts against anybody."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from modules.courses.models import ModulePage, ReadingPage
from modules.courses.selectors import course_outline
from modules.progress.actions import join_course, record_visit, tick_step
from modules.progress.models import ModuleCompletion
from modules.progress.selectors import left_before, my_learning_of, progress_of
from tests.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def rest(week, add_week):
    """The second week of the course, on now, in which to catch up."""
    return add_week("A week to breathe", offset_days=7, is_catch_up=True)


@pytest.fixture
def noor(person, course):
    join_course(person=(noor := person()), course=course)
    return noor


@pytest.fixture
def steps(week, add_step):
    """Of the first week: three steps that are required and one that is not."""
    return [
        add_step(week, "The door", "lecture", minutes=10),
        add_step(week, "Five laws", minutes=30),
        add_step(week, "Further on", minutes=90, optional=True),
        add_step(week, "A walk", "activity", minutes=50),
    ]


def open_part(client, page) -> str:
    return client.get(page.url).content.decode().split('<section id="open"')[1].split("</section>")[0]


def listed(html: str) -> list[str]:
    return re.findall(r'<a class="plain" href="[^"]+">([^<]+)</a>', html)


class TestItsPage:
    def test_a_visitor_reads_what_it_is_for(self, client, rest, steps, course, sound):
        html = sound(client.get(rest.url))
        assert "Nothing new is asked this week." in html
        assert f'href="{course.url}#join"' in open_part(client, rest)
        assert "The door" not in open_part(client, rest)
        assert "Week 2: to catch up" in html

    def test_somebody_on_the_course_is_shown_what_is_open_with_minutes_and_place(
        self, client, rest, steps, noor, sound
    ):
        tick_step(person=noor, step=steps[0])
        client.force_login(noor)
        html = sound(client.get(rest.url))
        part = open_part(client, rest)
        assert listed(part) == ["Five laws", "A walk"]
        assert "2 pieces, about 1 h 20 min in all" in part
        assert part.count("Week 1: Arriving") == 2
        assert "50 min" in part
        assert "It stays open after this week too" in part
        assert "Nothing is required this week." in html

    def test_one_begins_where_one_stopped_else_at_the_first(self, client, rest, steps, noor, course):
        client.force_login(noor)
        start = open_part(client, rest).split("Start here")[1].split("</div>")[0]
        assert listed(start) == ["The door"]
        assert f'<a class="btn" href="{steps[0].url}">Start this step' in start
        record_visit(person=noor, step=steps[3], course=course)
        part = open_part(client, rest)
        assert listed(part) == ["A walk", "The door", "Five laws"]
        assert f'<a class="btn" href="{steps[3].url}">Carry on' in part

    def test_ten_are_shown_and_the_rest_is_a_click_away(self, client, rest, week, add_step, noor):
        for number in range(13):
            add_step(week, f"Step {number}", minutes=1)
        client.force_login(noor)
        part = open_part(client, rest)
        shown, more = part.split("<details")
        assert listed(shown) == [f"Step {number}" for number in range(10)]
        assert "Show 3 more" in more
        assert listed(more) == ["Step 10", "Step 11", "Step 12"]

    def test_with_nothing_open_it_says_so(self, client, rest, steps, noor):
        for step in (steps[0], steps[1], steps[3]):
            tick_step(person=noor, step=step)
        client.force_login(noor)
        part = open_part(client, rest)
        assert "Nothing is open from earlier weeks" in part
        assert "You’re up to date." in part
        assert listed(part) == []

    def test_what_came_to_a_finished_week_later_is_open(self, client, rest, week, add_step, noor):
        tick_step(person=noor, step=add_step(week, "The door"))
        add_step(week, "Came later")
        client.force_login(noor)
        assert listed(open_part(client, rest)) == ["Came later"]

    def test_only_earlier_weeks_count(self, client, rest, steps, add_week, add_step, noor):
        later = add_week("Later, and open", offset_days=8)
        add_step(later, "Not yet")
        client.force_login(noor)
        assert "Not yet" not in open_part(client, rest)

    def test_what_it_holds_can_be_ticked_all_the_same(self, client, rest, steps, add_step, noor, sound):
        poem = add_step(rest, "A poem", minutes=3, optional=True)
        client.force_login(noor)
        html = sound(client.get(rest.url))
        assert "If you’d like something all the same" in html
        assert f'action="/me/steps/{poem.pk}/tick/"' in html
        response = client.post(f"/me/steps/{poem.pk}/tick/", headers={"hx-request": "true"})
        assert "to catch up" in response.content.decode()
        assert not ModuleCompletion.objects.exists()

    def test_its_preview_shows_nobodys_list(self, client, rest, steps, instructor):
        join_course(person=instructor, course=rest.get_parent().specific)
        client.force_login(instructor)
        html = client.get(reverse("wagtailadmin_pages:view_draft", args=[rest.pk])).content.decode()
        assert "Nothing new is asked this week." in html
        assert "#join" not in html.split('id="open"')[1].split("</section>")[0]

    @pytest.mark.parametrize("count", [1, 12])
    def test_what_it_costs(
        self, client, rest, week, add_step, noor, course, django_assert_num_queries, count
    ):
        for number in range(count):
            record_visit(person=noor, step=add_step(week, f"Step {number}"), course=course)
        client.force_login(noor)
        client.get(rest.url)
        # As any week (see test_queries) beside which nobody has written.
        with django_assert_num_queries(13):
            client.get(rest.url)


class TestElsewhere:
    def test_it_is_never_unfinished_and_never_finished(self, course, rest, steps, add_week, noor):
        past = add_week("An earlier rest", offset_days=0, length_days=1, is_catch_up=True)
        outline, progress = course_outline(course), progress_of(noor, course)
        states = {week.title: progress.week_state(week) for week in outline.weeks}
        assert states[past.title] == "done"
        assert states[rest.title] == "now"
        assert progress.weeks(outline) == (0, 0)
        assert [progress.week_words(week) for week in outline.weeks[1:]] == [
            "this week, to catch up",
            "to catch up",
        ]

    def test_a_course_is_finished_without_it(self, course, week, rest, steps, noor):
        for step in (steps[0], steps[1], steps[3]):
            tick_step(person=noor, step=step)
        course.starts_on = timezone.localdate() - dt.timedelta(days=60)
        publish(course)
        assert [mine.course for mine in my_learning_of(noor).finished] == [course]

    def test_nothing_in_it_is_the_next_step(self, course, rest, add_step, noor):
        add_step(rest, "A poem", optional=True)
        assert my_learning_of(noor).onward() is None

    def test_a_step_that_became_required_behind_the_forms_back_counts_for_nobody(
        self, client, course, rest, add_step, noor
    ):
        poem = add_step(rest, "A poem", optional=True)
        ReadingPage.objects.filter(pk=poem.pk).update(optional=False)
        outline, progress = course_outline(course), progress_of(noor, course)
        assert progress.counts(outline.weeks[-1]) == (0, 0)
        assert left_before(outline, progress, outline.weeks[-1]).all == []
        result = tick_step(person=noor, step=poem)
        assert (result.required, result.module_completion) == (0, None)

    def test_the_course_says_so_to_everybody(self, client, course, rest, closed_week, add_week, noor, sound):
        add_week("Rest again", offset_days=40, is_catch_up=True)
        for reader in (None, noor):
            if reader:
                client.force_login(reader)
            html = sound(client.get(course.url))
            rows = html.split('<ol role="list" class="weeks">')[1].split("</ol>")[0].split("<li")[1:]
            state = {
                title: next(row for row in rows if title in row).split('class="state">')[1]
                for title in ("A week to breathe", "Rest again", "Later")
            }
            assert "This week, to catch up" in state["A week to breathe"]
            assert re.match(r"Opens [^<]+, to catch up", state["Rest again"])
            assert "to catch up" not in state["Later"]
            assert ": A week to breathe, this week, to catch up</span>" in html  # on the shelf
            assert ": Rest again, opens later, to catch up</span>" in html


class TestInTheEditor:
    def sent(self, **fields) -> dict:
        counts = dict.fromkeys(("body-count", "recording-count", "slides-count"), "0")
        return counts | {"title": "A poem", "slug": "a-poem", "minutes": "5", "access": "here"} | fields

    def test_a_required_step_is_refused_in_words_new_or_old(self, client, rest, add_step, instructor):
        client.force_login(instructor)
        add = reverse("wagtailadmin_pages:add", args=["courses", "readingpage", rest.pk])
        response = client.post(add, self.sent(**{"action-publish": "1"}))
        assert response.status_code == 200
        assert "Its week is a catch-up week" in response.content.decode()
        assert client.post(add, self.sent(optional="on", **{"action-publish": "1"})).status_code == 302
        poem = ReadingPage.objects.get()
        edit = reverse("wagtailadmin_pages:edit", args=[poem.pk])
        assert "Its week is a catch-up week" in client.post(edit, self.sent()).content.decode()
        with pytest.raises(ValidationError, match="catch-up week"):
            add_step(rest, "Another")

    def test_a_week_whose_steps_are_required_does_not_become_one(self, client, week, steps, instructor):
        client.force_login(instructor)
        edit = reverse("wagtailadmin_pages:edit", args=[week.pk])
        sent = {"title": "Arriving", "slug": "arriving", "offset_days": "0", "length_days": "7"}
        sent |= {"cloth": "bottle", "body-count": "0", "is_catch_up": "on", "action-publish": "1"}
        html = client.post(edit, sent).content.decode()
        assert "These steps are not yet: “The door”, “Five laws” and “A walk”." in html
        assert not ModulePage.objects.get(pk=week.pk).is_catch_up
        for step in steps:
            step.optional = True
            publish(step)
        assert client.post(edit, sent).status_code == 302
        assert ModulePage.objects.get(pk=week.pk).is_catch_up
