"""What a page costs, at two sizes: the number of statements must not grow with anything."""

import pytest
from django.test import Client

from community.discussions.actions import publish_beside
from modules.courses.models import CourseRole
from modules.progress.actions import join_course, tick_step

pytestmark = pytest.mark.django_db
SIZES = [pytest.param(1, 1, 1, id="small"), pytest.param(3, 4, 8, id="large")]


@pytest.fixture
def site_of_size(course, add_week, add_step, person):
    """`build(weeks, steps, people)`: weeks with steps; people who lead, join, tick and talk everywhere."""

    def build(weeks: int, steps: int, people: int):
        course.visitors_read_conversations = True
        course.save_revision().publish()
        learners = [person(f"learner{number}") for number in range(people)]
        for learner in learners:
            join_course(person=learner, course=course)
            CourseRole.objects.create(
                course=course, person=person(f"led-by-{learner.handle}"), role=CourseRole.Role.INSTRUCTOR
            )
        pages = []
        for number in range(weeks):
            week = add_week(f"Week {number}", offset_days=number, question="Why?")
            pages.append((week, [add_step(week, f"Step {step}") for step in range(steps)]))
        week, week_steps = pages[0]
        for learner in learners:
            for page in (week, week_steps[0]):
                root = publish_beside(page=page, person=learner, text="A thought")
                publish_beside(page=page, person=learner, text="Another", parent_id=root.pk)
            tick_step(person=learner, step=week_steps[0])
        return learners[0], week, week_steps[0]

    return build


def reader_client(person=None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def warm(*urls: str) -> None:
    """Fill what is kept between requests: content types, site root, footer."""
    for url in urls:
        reader_client().get(url)


@pytest.mark.parametrize(("weeks", "steps", "people"), SIZES)
def test_the_week_page(site_of_size, django_assert_num_queries, weeks, steps, people):
    noor, week, _step = site_of_size(weeks, steps, people)
    warm(week.url)
    client = reader_client(noor)
    client.get(week.url)
    # 1 session, 2 person, 3 page, 4 course, 5 weeks and 6 steps of the outline, 7 who leads,
    # conversation: 8 forum, 9 rights, 10 topic, 11 posts (labels are known from 7),
    # progress: 12 enrolment, 13 ticks and visits, 14 finished weeks.
    with django_assert_num_queries(14):
        response = client.get(week.url)
    assert b"A thought" in response.content
    assert b"1 of" in response.content
    # Without 1, 2 and 12 to 14.
    with django_assert_num_queries(9):
        response = reader_client().get(week.url)
    assert b"A thought" in response.content


@pytest.mark.parametrize(("weeks", "steps", "people"), SIZES)
def test_the_step_page(site_of_size, django_assert_num_queries, weeks, steps, people):
    noor, _week, step = site_of_size(weeks, steps, people)
    warm(step.url)
    client = reader_client(noor)
    client.get(step.url)
    # As the week page, and 15: when the step was opened last (once in a while one more writes it down).
    with django_assert_num_queries(15):
        response = client.get(step.url)
    assert b"A thought" in response.content
    with django_assert_num_queries(9):
        reader_client().get(step.url)


@pytest.mark.parametrize(("weeks", "steps", "people"), SIZES)
def test_the_course_page(site_of_size, course, django_assert_num_queries, weeks, steps, people):
    noor, _week, _step = site_of_size(weeks, steps, people)
    warm(course.url)
    client = reader_client(noor)
    client.get(course.url)
    # 1 session, 2 person, 3 page, 4 weeks, 5 steps, 6 who leads; progress: 7 to 9; 10 how many take it.
    with django_assert_num_queries(10):
        client.get(course.url)
    with django_assert_num_queries(5):
        reader_client().get(course.url)


@pytest.mark.parametrize(("weeks", "steps", "people"), SIZES)
def test_a_closed_week(site_of_size, add_week, django_assert_num_queries, weeks, steps, people):
    noor, _week, _step = site_of_size(weeks, steps, people)
    closed = add_week("Later", offset_days=40)
    warm(closed.url)
    client = reader_client(noor)
    client.get(closed.url)
    # 1 session, 2 person, 3 page, 4 course, 5 weeks, 6 steps, 7 leads it?, 8 and 9 may edit it?,
    # progress for the shelf: 10 to 12.
    with django_assert_num_queries(12):
        client.get(closed.url)
    with django_assert_num_queries(4):
        reader_client().get(closed.url)


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_courses(course_index, django_assert_num_queries, count):
    from django.utils import timezone

    from modules.courses.models import CoursePage, ModulePage

    for number in range(count):
        course = course_index.add_child(
            instance=CoursePage(title=f"Course {number}", starts_on=timezone.localdate())
        )
        for week in range(count):
            course.add_child(instance=ModulePage(title=f"Week {week}"))
    warm("/courses/")
    # 1 page, 2 its own columns, 3 private pages, 4 how many, 5 courses, 6 weeks, 7 steps.
    with django_assert_num_queries(7):
        response = reader_client().get("/courses/")
    assert response.content.count(b"<article") == count


@pytest.mark.parametrize(("weeks", "steps", "people"), SIZES)
def test_the_landing_page(site_of_size, django_assert_num_queries, weeks, steps, people):
    noor, _week, _step = site_of_size(weeks, steps, people)
    warm("/")
    client = reader_client(noor)
    client.get("/")
    # 1 session, 2 person, 3 page, 4 its own columns, 5 talk, 6 private pages, 7 the course,
    # 8 weeks, 9 steps, 10 who leads, 11 to 13 progress.
    with django_assert_num_queries(13):
        client.get("/")
    with django_assert_num_queries(8):
        reader_client().get("/")
