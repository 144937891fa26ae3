from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

from modules.courses.selectors import course_outline
from modules.progress.actions import record_visit, tick_step
from modules.progress.selectors import progress_in

pytestmark = pytest.mark.django_db


def render(source: str, **context) -> str:
    return Template("{% load progress_tags %}" + source).render(Context(context))


def spines(html: str) -> list[dict[str, str]]:
    """The attributes of each spine, with its words."""
    found = re.findall(r'<a class="spine"([^>]*)>(.*?)</a>', html, flags=re.S)
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', attributes)) | {"words": re.sub("<[^>]+>", "", inner)}
        for attributes, inner in found
    ]


def test_progress_is_asked_once_a_request(rf, learner, course, django_assert_num_queries):
    request = rf.get("/")
    request.user = learner
    with django_assert_num_queries(3):
        html = render(
            "{% progress_of course as one %}{% progress_of course as two %}{{ one.enrolment.course_title }}"
            "{% if one is two %} the same{% endif %}",
            request=request,
            course=course,
        )
    assert html == "Listening the same"


def test_visitors_and_strangers_have_no_progress(rf, person, course):
    for user in (AnonymousUser(), person("hanne")):
        request = rf.get("/")
        request.user = user
        assert render("{% progress_of course as one %}{{ one }}", request=request, course=course) == "None"


def test_the_shelf_of_a_learner_shows_how_far_each_week_is(learner, course, week, steps, add_week, add_step):
    done = add_step(add_week("Done", cloth="navy"), "A step")
    add_step(add_week("Untouched", cloth="plum"), "A step")
    now = add_week("Now", offset_days=7)
    add_week("Later", offset_days=30)
    tick_step(person=learner, step=done)
    tick_step(person=learner, step=steps[0])
    html = render(
        '{% shelf outline progress classes="sh sh2" %}',
        outline=course_outline(course),
        progress=progress_in(learner, course),
    )
    assert '<ol role="list" class="shelf sh sh2" aria-label="The 5 weeks">' in html
    part, finished, untouched, current, later = spines(html)
    assert (part["data-state"], part["data-fill"]) == ("part", "20")
    assert part["words"] == "Week 1: Arriving, 1 of 2 steps done"
    assert (finished["data-state"], finished["data-cloth"]) == ("done", "navy")
    assert (untouched["data-state"], untouched.get("data-fill")) == ("part", None)
    assert untouched["words"] == "Week 3: Untouched, open, 1 step"
    assert (current["data-state"], current["aria-current"], current["href"]) == ("now", "step", now.url)
    assert current["words"] == "Week 4: Now, this week, nothing required this week"
    assert (later["data-state"], later["words"]) == ("next", "Week 5: Later, opens later")
    assert [spine.get("aria-current") for spine in (part, finished, untouched, later)] == [None] * 4


def test_the_shelf_of_a_visitor_shows_open_weeks_as_books(course, week, add_week):
    add_week("Now", offset_days=7)
    add_week("Later", offset_days=30)
    html = render(
        "{% shelf outline None current=here mini=True %}", outline=course_outline(course), here=week.pk
    )
    assert 'class="shelf mini"' in html
    assert [spine["data-state"] for spine in spines(html)] == ["done", "now", "next"]
    assert [spine["words"] for spine in spines(html)] == [
        "Week 1: Arriving, open",
        "Week 2: Now, this week",
        "Week 3: Later, opens later",
    ]
    assert [spine.get("aria-current") for spine in spines(html)] == ["step", None, None]
    assert spines(html)[0]["title"] == "Arriving"


def test_a_titled_shelf_prints_the_names_once_for_the_eye(course, week):
    html = render("{% shelf outline titled=True %}", outline=course_outline(course))
    assert '<span class="st" aria-hidden="true">Arriving</span>' in html


def test_a_shelf_costs_no_query(learner, course, steps, django_assert_num_queries):
    context = {"outline": course_outline(course), "progress": progress_in(learner, course)}
    with django_assert_num_queries(0):
        render("{% shelf outline progress %}", **context)


def test_the_state_of_a_step_has_a_word_for_optional(learner, course, steps):
    record_visit(person=learner, step=steps[1], course=course)
    tick_step(person=learner, step=steps[0])
    week = course_outline(course).weeks[0]
    source = "{% for step in week.steps %}{% step_state progress step %},{% endfor %}"
    assert render(source, week=week, progress=progress_in(learner, course)) == "done,now,optional,"
    assert render(source, week=week, progress=None) == ",,optional,"
    tick_step(person=learner, step=steps[2])
    assert render(source, week=week, progress=progress_in(learner, course)) == "done,now,done,"


def test_the_tick_of_a_step_leads_back_to_the_page_it_stands_on(rf, learner, course, steps):
    request = rf.get("/courses/listening/?page=2")
    request.user = learner
    tick_step(person=learner, step=steps[0])
    week = course_outline(course).weeks[0]
    html = render(
        "{% for step in week.steps %}{% tick step progress %}{% endfor %}",
        week=week,
        progress=progress_in(learner, course),
        request=request,
    )
    assert html.count('name="next" value="/courses/listening/?page=2"') == 3
    assert f'action="/me/steps/{steps[0].pk}/untick/"' in html
    assert f'action="/me/steps/{steps[1].pk}/tick/"' in html
    assert "I’ve read this" in html
    assert "I’ve done this" in html


def test_finished_and_begun_weeks_are_counted_in_words(learner, course, week, add_week, add_step):
    source = "{% finished_words outline progress %}"

    def words() -> str:
        return render(source, outline=course_outline(course), progress=progress_in(learner, course))

    first, second = add_step(week, "One"), add_step(add_week("Second"), "Two")
    assert words() == "Nothing begun yet."
    record_visit(person=learner, step=second, course=course)
    assert words() == "1 week under way."
    tick_step(person=learner, step=first)
    assert words() == "1 week finished, 1 under way."
    tick_step(person=learner, step=second)
    assert words() == "2 weeks finished."
