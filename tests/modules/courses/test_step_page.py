"""The page of a step, kind by kind."""

import re

import pytest

from community.discussions.actions import publish_beside
from modules.courses.signals import step_opened
from modules.progress.actions import join_course
from modules.progress.models import StepVisit

pytestmark = pytest.mark.django_db


def test_a_reading_shows_its_citation_and_where_the_work_is(client, week, add_step, sound):
    step = add_step(
        week,
        "Failing in public",
        work_authors="Vanderhoek, Ines\nStrand, Jon",
        work_title="Failing Where People Can See",
        container_title="Journal of Community Librarianship",
        volume="14",
        issue="2",
        year=2023,
        pages="88–101",
        doi="10.5860/crl_29_03_178",
        isbn="978-0-306-40615-7",
        access="open",
        summary="Four branches failed on purpose.",
        needs_quiet=True,
        skimmable=True,
        body=[("heading", {"text": "What they spent", "level": "2"}), ("text", "<p>Sixteen euros.</p>")],
    )
    html = sound(client.get(step.url))
    text = " ".join(re.sub(r"<[^>]+>", "", html).split())
    assert (
        "Vanderhoek, Ines; Strand, Jon. “Failing Where People Can See.” "
        "Journal of Community Librarianship 14, no. 2 (2023): 88–101." in text
    )
    assert 'href="https://doi.org/10.5860/crl_29_03_178"' in html
    assert "ISBN 978-0-306-40615-7" in html
    assert "Open access" in html
    assert "Four branches failed on purpose." in html
    assert "Needs <strong>some quiet</strong>" in html
    assert "Fine to <strong>skim</strong>" in html
    assert "<h2>What they spent</h2>" in html


def test_a_book_is_cited_as_a_book(client, week, add_step):
    step = add_step(
        week,
        "Tins",
        work_authors="Adeyemi, Folake",
        work_title="The Biscuit-Tin Budget",
        publisher="Bergen: Fjellhylla",
        year=2019,
        access="closed",
    )
    text = " ".join(re.sub(r"<[^>]+>", "", client.get(step.url).content.decode()).split())
    assert "Adeyemi, Folake. The Biscuit-Tin Budget. Bergen: Fjellhylla, 2019." in text
    assert "In a library" in text


def test_a_citation_has_one_stop_where_words_end_with_a_mark(client, week, add_step):
    step = add_step(
        week, "Notice", work_authors="Arnstein, Sherry R.", work_title="Who Is It For?", year=1969
    )
    text = " ".join(re.sub(r"<[^>]+>", "", client.get(step.url).content.decode()).split())
    assert "Arnstein, Sherry R. Who Is It For? 1969." in text


def test_an_activity_says_what_to_do_and_leads_to_the_conversation(
    client, week, add_step, course, person, sound
):
    step = add_step(week, "A walk", "activity", minutes=20, prompt="Walk in.\n\nSay <what> you see.")
    noor = person()
    join_course(person=noor, course=course)
    client.force_login(noor)
    html = sound(client.get(step.url))
    assert "<p>Walk in.</p>" in html
    assert "<p>Say &lt;what&gt; you see.</p>" in html
    assert 'href="#talk"' in html
    assert "How did it go?" in html


def test_each_step_has_a_conversation_of_its_own(client, week, add_step, course, person):
    first, second = add_step(week, "One"), add_step(week, "Two")
    noor = person()
    join_course(person=noor, course=course)
    publish_beside(page=first, person=noor, text="Beside the first.")
    client.force_login(noor)
    assert "Beside the first." in client.get(first.url).content.decode()
    assert "Beside the first." not in client.get(second.url).content.decode()
    assert "Beside the first." not in client.get(week.url).content.decode()


def test_the_steps_around_are_linked(client, week, add_step):
    one, two, three = (add_step(week, title) for title in ("One", "Two", "Three"))

    def neighbours(step):
        nav = client.get(step.url).content.decode().split('class="nextprev')[1].split("</nav>")[0]
        return re.findall(r'href="([^"]+)"', nav)

    assert neighbours(one) == [week.url, two.url]
    assert neighbours(two) == [one.url, three.url]
    assert neighbours(three) == [two.url, week.url]
    two.unpublish()
    assert neighbours(one) == [week.url, three.url]


def test_the_outline_marks_the_step_that_is_open(client, week, add_step):
    one, _two = add_step(week, "One"), add_step(week, "Two")
    html = client.get(one.url).content.decode()
    assert "Week 1: step 1 of 2" in html
    nav = html.split('aria-label="Steps this week"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"[^>]*aria-current="step"', nav) == [one.url]


@pytest.fixture
def opened():
    seen = []

    def remember(sender, page, request, **kwargs):
        seen.append((sender, page, request.user))

    step_opened.connect(remember)
    yield seen
    step_opened.disconnect(remember)


def test_opening_a_step_is_told_to_who_wants_to_know(client, week, add_step, person, opened):
    step = add_step(week, "One")
    client.get(step.url)
    assert opened == []
    noor = person()
    client.force_login(noor)
    client.head(step.url)
    client.get(week.url)
    assert opened == []
    client.get(step.url)
    assert opened == [(type(step), step, noor)]


def test_an_opened_step_is_drawn_as_begun_at_once(client, week, add_step, course, person):
    step = add_step(week, "One")
    noor = person()
    join_course(person=noor, course=course)
    client.force_login(noor)
    html = client.get(step.url).content.decode()
    assert StepVisit.objects.filter(person=noor, step=step).exists()
    assert re.search(r'data-state="now"[^>]*aria-current="step"', html)


def test_a_visitor_is_told_how_to_keep_track(client, week, add_step, course):
    step = add_step(week, "One")
    html = client.get(step.url).content.decode()
    assert f'href="{course.url}#join"' in html
    assert f"/me/steps/{step.pk}/tick/" not in html


def test_an_optional_step_says_so(client, week, add_step):
    assert "This step is optional" in client.get(add_step(week, "One", optional=True).url).content.decode()
