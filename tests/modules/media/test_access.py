"""Who may have a file: whoever may read a published page that uses it, and who works at the desk."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import EditorialPage, HomePage
from modules.courses.models import KINDS, CoursePage, CourseRole
from tests.conftest import publish

from .conftest import body_with

pytestmark = pytest.mark.django_db


def statuses(client, image, document) -> list[int]:
    """What a picture, one of its renditions and a document answer."""
    rendition = image.get_rendition("width-30")
    return [client.get(file.url).status_code for file in (image.file, rendition, document)]


def test_files_of_an_open_week_and_its_steps_are_for_everybody(
    client, week, add_step, use, picture, document
):
    for page in (week, add_step(week, "Notes")):
        image, card = picture(), document()
        use(page, image, card)
        assert statuses(client, image, card) == [200, 200, 200]


def test_files_of_a_closed_week_are_refused(
    client, closed_week, add_step, use, picture, document, person, joined
):
    for page in (closed_week, add_step(closed_week, "Notes")):
        image, card = picture(), document()
        use(page, image, card)
        client.logout()
        assert statuses(client, image, card) == [403, 403, 403]
        for reader in (person(f"a{page.pk}"), joined(person(f"b{page.pk}"))):
            client.force_login(reader)
            assert statuses(client, image, card) == [403, 403, 403]
    assert "isn’t open yet" in client.get(image.file.url).content.decode()


def test_who_leads_the_course_or_has_a_desk_gets_them(
    client, closed_week, use, picture, document, instructor, mentor, editor, person
):
    image, card = picture(), document()
    use(closed_week, image, card)
    for reader in (instructor, mentor, editor, person("ada", is_superuser=True)):
        client.force_login(reader)
        assert statuses(client, image, card) == [200, 200, 200], reader


def test_leading_another_course_opens_nothing(
    client, closed_week, use, picture, document, course_index, person
):
    other = publish(
        course_index.add_child(instance=CoursePage(title="Other", starts_on=timezone.localdate()))
    )
    tomas = person("tomas")
    CourseRole.objects.create(course=other, person=tomas, role=CourseRole.Role.MENTOR)
    image, card = picture(), document()
    use(closed_week, image, card)
    client.force_login(tomas)
    assert statuses(client, image, card) == [403, 403, 403]


def test_files_open_with_their_week_to_the_second(client, course, add_week, use, picture, document):
    course.time_zone, course.starts_on = "Europe/London", dt.date(2026, 10, 19)
    publish(course)
    week = add_week("Later", offset_days=7)  # the week after the clock goes back
    image, card = picture(), document()
    use(week, image, card)
    instant = dt.datetime(2026, 10, 26, tzinfo=dt.UTC)
    with time_machine.travel(instant - dt.timedelta(seconds=1), tick=False):
        assert statuses(client, image, card) == [403, 403, 403]
    with time_machine.travel(instant, tick=False):
        assert statuses(client, image, card) == [200, 200, 200]


def test_a_file_in_a_closed_and_an_open_week_is_open(client, week, closed_week, use, picture, document):
    image, card = picture(), document()
    use(closed_week, image, card)
    use(week, image, card)
    assert statuses(client, image, card) == [200, 200, 200]
    use(week)
    assert statuses(client, image, card) == [403, 403, 403]


def test_a_file_that_no_published_page_uses_does_not_exist(
    client, week, add_step, use, picture, document, person, editor
):
    image, card = picture(), document()
    assert statuses(client, image, card) == [404, 404, 404]
    step = use(add_step(week, "Notes"), image, card)
    step.unpublish()
    client.force_login(person())
    assert statuses(client, image, card) == [404, 404, 404]
    client.force_login(editor)
    assert statuses(client, image, card) == [200, 200, 200]


@pytest.mark.parametrize("level", ["course", "week"])
def test_unpublishing_what_is_above_takes_the_files_away(
    client, course, week, add_step, use, picture, document, level
):
    image, card = picture(), document()
    use(add_step(week, "Notes"), image, card)
    assert statuses(client, image, card) == [200, 200, 200]
    {"course": course, "week": week}[level].unpublish()
    assert statuses(client, image, card) == [404, 404, 404]


def test_a_file_in_a_draft_of_a_published_page_is_not_out_yet(client, week, picture, document):
    image, card = picture(), document()
    week.body = body_with(image, card)
    week.save_revision()
    assert statuses(client, image, card) == [404, 404, 404]


def test_a_file_taken_out_of_its_page_is_gone_with_it(client, week, use, picture, document):
    image, card = picture(), document()
    use(week, image, card)
    use(week)
    assert statuses(client, image, card) == [404, 404, 404]


def test_files_of_pages_outside_courses_are_for_everybody(client, use, picture, document):
    rules = HomePage.objects.get().add_child(instance=EditorialPage(title="House rules", live=False))
    image, card = picture(), document()
    use(rules, image, card)
    assert statuses(client, image, card) == [200, 200, 200]


def test_files_of_a_private_page_follow_the_page(client, course, week, use, picture, document, person):
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    image, card = picture(), document()
    use(week, image, card)
    assert statuses(client, image, card) == [404, 404, 404]
    client.force_login(person())
    assert statuses(client, image, card) == [200, 200, 200]
    assert "private" in client.get(card.url)["Cache-Control"]


def test_files_of_a_page_for_a_group_are_nothing_to_others(client, week, use, picture, document, person):
    mentors = Group.objects.get(name="Mentors")
    restriction = PageViewRestriction.objects.create(page=week, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(mentors)
    image, card = picture(), document()
    use(week, image, card)
    assert statuses(client, image, card) == [404, 404, 404]
    client.force_login(noor := person())
    assert statuses(client, image, card) == [404, 404, 404]
    noor.groups.add(mentors)
    assert statuses(client, image, card) == [200, 200, 200]


def test_a_private_page_in_a_closed_week_needs_both(
    client, closed_week, use, picture, document, person, mentor
):
    PageViewRestriction.objects.create(page=closed_week, restriction_type=PageViewRestriction.LOGIN)
    image, card = picture(), document()
    use(closed_week, image, card)
    assert statuses(client, image, card) == [404, 404, 404]
    client.force_login(person())
    assert statuses(client, image, card) == [403, 403, 403]
    client.force_login(mentor)
    assert statuses(client, image, card) == [200, 200, 200]


def test_a_private_collection_keeps_its_files(client, week, use, picture, document, person, editor):
    inner = Collection.get_first_root_node().add_child(name="Staff").add_child(name="Minutes")
    CollectionViewRestriction.objects.create(
        collection=inner.get_parent(), restriction_type=CollectionViewRestriction.LOGIN
    )
    image, card = picture(), document()
    for thing in (image, card):
        thing.collection = inner
        thing.save()
    use(week, image, card)
    assert statuses(client, image, card) == [404, 404, 404]
    client.force_login(person())
    assert statuses(client, image, card) == [200, 200, 200]
    assert "private" in client.get(card.url)["Cache-Control"]


def test_a_portrait_of_the_desk_is_for_the_desk(client, person, editor, media):
    import io

    from django.core.files.images import ImageFile
    from PIL import Image
    from wagtail.users.models import UserProfile

    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, "PNG")
    profile = UserProfile.get_for_user(editor)
    profile.avatar = ImageFile(data, "ed.png")
    profile.save()
    assert client.get(profile.avatar.url).status_code == 404
    client.force_login(person())
    assert client.get(profile.avatar.url).status_code == 404
    client.force_login(editor)
    assert client.get(profile.avatar.url).status_code == 200


@pytest.mark.parametrize("pages", [1, 6])
def test_what_a_file_costs(
    client, course, week, closed_week, use, picture, person, editor, pages, django_assert_num_queries
):
    open_image, closed_image = picture("open.png"), picture("closed.png")
    for number in range(pages):
        for parent, image in ((week, open_image), (closed_week, closed_image)):
            use(parent.add_child(instance=KINDS["reading"].model(title=f"Step {number}")), image)
    client.get(open_image.file.url)
    # 1 the file, 2 the pages that use it, 3 what is above them.
    with django_assert_num_queries(3):
        assert client.get(open_image.file.url).status_code == 200
    # And: 4 session, 5 person.
    client.force_login(person())
    with django_assert_num_queries(5):
        assert client.get(open_image.file.url).status_code == 200
    client.get(closed_image.file.url)  # the page that refuses has a menu, whose rights are kept for a minute
    # And: 6 has a desk?
    with django_assert_num_queries(6):
        assert client.get(closed_image.file.url).status_code == 403
    client.force_login(editor)
    with django_assert_num_queries(6):
        assert client.get(closed_image.file.url).status_code == 200
