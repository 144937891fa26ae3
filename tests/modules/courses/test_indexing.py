"""Wagtail’s search and its index of references know what was saved, and after an import each page once."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

from modules.courses.indexing import indexed_once
from modules.courses.models import CoursePage, CourseRole, ModulePage, ReadingPage
from modules.courses.textfolder import ImportRefused, import_course
from modules.courses.textfolder import write as writing
from modules.media.models import CourseDocument, CourseImage

from .folders import ACTIVITY, ACTIVITY_FILE, START, Folder, picture, step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def searched(settings):
    """The search index follows what is saved, as on a site; other tests do without."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


@pytest.fixture
def plain_folder(tmp_path, settings):
    """A course folder, imported as on a site: with both indexes."""
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = Folder(tmp_path / "course")
    folder.write("week-02-listening/door.png", picture())
    folder.write(ACTIVITY_FILE, ACTIVITY + "![A purple door](door.png)\n\n[On](page:w1-lecture)\n")
    return folder


def found(words: str, model=Page) -> list[str]:
    return sorted(page.title for page in get_search_backend().search(words, model.objects.all()))


def pages_that_refer_to(thing) -> set[int]:
    return {int(row.object_id) for row in ReferenceIndex.get_references_to(thing)}


def test_what_is_saved_is_found_at_once_and_what_is_deleted_is_not(week):
    page = week.add_child(instance=ReadingPage(title="Chrysanthemum", slug="c"))
    document = CourseDocument.objects.create(title="Chrysanthemum", file=ContentFile(b"x", "c.pdf"))
    assert found("chrysanthemum") == ["Chrysanthemum"]
    assert found("chrysanthemum", CourseDocument) == ["Chrysanthemum"]
    page.title = "Dahlia"
    page.save_revision().publish()
    document.delete()
    assert (found("chrysanthemum"), found("dahlia")) == ([], ["Dahlia"])
    assert found("chrysanthemum", CourseDocument) == []
    page.delete()
    assert found("dahlia") == []


def test_an_import_writes_both_indexes_once_for_each_page(plain_folder, monkeypatch):
    indexed = []
    real = ReferenceIndex.create_or_update_for_object.__func__

    def count(cls, thing):
        indexed.append(thing)
        return real(cls, thing)

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", classmethod(count))
    import_course(plain_folder.root, start=START)
    image, activity = CourseImage.objects.get(), step("w2-activity")
    assert len(indexed) == len({(type(thing), thing.pk) for thing in indexed})
    assert len(indexed) == 6 + 1  # the pages and the picture
    assert pages_that_refer_to(image) == pages_that_refer_to(step("w1-lecture")) == {activity.pk}
    assert found("purple") == ["Three people"]
    assert found("door.png", CourseImage) == ["door.png"]
    plain_folder.change(ACTIVITY_FILE, "title: Three people", "title: Dahlia")
    plain_folder.change(ACTIVITY_FILE, "![A purple door](door.png)", "Words")
    import_course(plain_folder.root)
    assert (found("dahlia"), found("Three")) == (["Dahlia"], [])
    assert pages_that_refer_to(image) == set()


def test_what_was_held_back_is_written_at_the_end_and_a_part_of_a_page_as_the_pages(course, person):
    amara = person("amara")
    with indexed_once(), indexed_once():
        week = course.add_child(instance=ModulePage(title="Chrysanthemum", slug="c"))
        week.question = "Dahlia?"
        week.save()
        CourseRole.objects.create(course=course, person=amara, role="instructor")
        assert found("chrysanthemum") == []
        assert course.pk not in pages_that_refer_to(amara)
    assert found("chrysanthemum") == ["Chrysanthemum"]
    assert course.pk in pages_that_refer_to(amara)


def test_after_an_import_that_failed_what_is_saved_is_indexed_as_before(plain_folder, person, monkeypatch):
    def refuse(course):
        raise ImportRefused([])

    monkeypatch.setattr(writing, "reschedule", refuse)
    with pytest.raises(ImportRefused):
        import_course(plain_folder.root, start=START)
    index = Page.objects.get(slug="courses")
    course = index.add_child(instance=CoursePage(title="Chrysanthemum", slug="c", starts_on=START))
    assert found("chrysanthemum") == ["Chrysanthemum"]
    amara = person("amara")
    CourseRole.objects.create(course=course, person=amara, role="instructor")
    assert pages_that_refer_to(amara) == {course.pk}


def test_where_somebody_has_switched_the_index_of_references_off_it_stays_off(course, person):
    amara = person("amara")
    with disable_reference_index_auto_update():
        with indexed_once():
            CourseRole.objects.create(course=course, person=amara, role="instructor")
        course.save()
    assert pages_that_refer_to(amara) == set()
    course.save()
    assert pages_that_refer_to(amara) == {course.pk}
