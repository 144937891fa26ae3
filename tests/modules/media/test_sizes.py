"""Sizes of a picture that two visitors ask for at the same moment."""

from __future__ import annotations

from modules.media.models import CourseImage, CourseRendition

SPECS = ["width-30|format-webp", "width-20|format-webp"]


def test_who_makes_the_same_sizes_a_moment_later_gets_those_that_are_stored(picture, media, monkeypatch):
    image = picture()
    rows = type(CourseRendition.objects.all())
    insert = rows.bulk_create
    first = {}

    def insert_too_late(queryset, sizes, **options):
        monkeypatch.setattr(rows, "bulk_create", insert)
        first.update(CourseImage.objects.get(pk=image.pk).get_renditions(*SPECS))
        return insert(queryset, sizes, **options)

    monkeypatch.setattr(rows, "bulk_create", insert_too_late)
    second = image.get_renditions(*SPECS)

    assert [second[spec].url for spec in SPECS] == [first[spec].url for spec in SPECS]
    assert all(size.pk for size in (*first.values(), *second.values()))
    assert {path.name for path in (media / "images").iterdir()} == {
        size.file.name.rpartition("/")[2] for size in first.values()
    }
