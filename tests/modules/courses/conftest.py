"""What tests of course pages share: who leads, and pages as a reader sees them."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from modules.courses.models import CourseRole

from .folders import START, Folder


@pytest.fixture
def instructor(course, person):
    """Amara, who leads the course and works at the desk."""
    amara = person("amara", display_name="Amara Nwosu")
    amara.groups.add(Group.objects.get(name="Instructors"))
    CourseRole.objects.create(course=course, person=amara, role=CourseRole.Role.INSTRUCTOR)
    return amara


@pytest.fixture
def mentor(course, person):
    """Ruth, who mentors the course and has no desk."""
    ruth = person("ruth", display_name="Ruth Fairweather")
    CourseRole.objects.create(course=course, person=ruth, role=CourseRole.Role.MENTOR)
    return ruth


@pytest.fixture
def administrator(person):
    return person("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def queries_of():
    """`queries_of(client, address)`: how many a page takes once what it caches is in the cache."""

    def count(client, address: str, data: dict | None = None) -> int:
        assert client.get(address, data).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address, data)
        return len(captured)

    return count


@pytest.fixture
def folder(tmp_path, settings, db):
    """A course folder that a test can change."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    with disable_reference_index_auto_update():
        yield Folder(tmp_path / "course")


@pytest.fixture
def loaded(folder):
    """The same, imported."""
    folder.load(start=START)
    return folder


class Outline(HTMLParser):
    """The bones of a page: its elements, ids and headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter = Counter()
        self.ids: Counter = Counter()
        self.headings: list[int] = []
        self.pointed_at: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        attributes = dict(attrs)
        self.elements[tag] += 1
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.pointed_at |= set((attributes.get(name) or "").split())


@pytest.fixture
def sound():
    """`sound(response)` asserts that a page has one main and one h1, unique ids, and headings in order."""

    def check(response) -> str:
        html = response.content.decode()
        outline = Outline(html)
        assert outline.elements["h1"] == 1
        assert outline.elements["main"] == 1
        assert [name for name, count in outline.ids.items() if count > 1] == []
        assert outline.pointed_at <= set(outline.ids)
        assert all(after <= before + 1 for before, after in pairwise([1, *outline.headings]))
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", html)
        return html

    return check
