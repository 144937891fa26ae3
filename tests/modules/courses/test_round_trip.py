"""What a page holds is written as text and read as the same again, whatever it is."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import uuid
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import transaction
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.blocks import RichTextBlock
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.utils.file import hash_filelike

from modules.courses.models import (
    KINDS,
    CourseIndexPage,
    CoursePage,
    LecturePage,
    ModulePage,
    QuizPage,
    SurveyPage,
)
from modules.courses.textfolder import import_course
from modules.courses.textfolder.attachments import MODELS, kind_of_chooser
from modules.courses.textfolder.export import export_course, page_keys
from modules.courses.textfolder.forms import write_keys
from modules.courses.textfolder.frontmatter import check_values, read_head, read_values, refuse_unknown
from modules.courses.textfolder.markdown import read_streams
from modules.courses.textfolder.problems import FileProblems, Problem
from modules.courses.textfolder.reading import Content, Surroundings
from modules.courses.textfolder.richtext import map_links
from modules.courses.textfolder.schema import SHEETS, streams_of
from modules.courses.textfolder.values import from_stored, joined, to_stored, transform
from modules.courses.textfolder.writing import write_stream

from . import drawn

FILES = {
    "picture": ["files/door.png", "../files/Door_2.JPG"],
    "document": ["../files/captions.vtt"],
    "video": ["files/film.mp4"],
    "audio": ["../files/talk.mp3"],
}
ADDRESSES = st.one_of(drawn.ADDRESSES, st.sampled_from(["page:w1-lecture", "../files/card.pdf"]))
VALUES = drawn.Values(FILES, ADDRESSES)
STREAMS = [
    *((LecturePage, name) for name in streams_of(LecturePage)),
    (QuizPage, "questions"),
    (SurveyPage, "questions"),
]


def read(text: str, stream) -> list[tuple[str, object]]:
    problems: list[Problem] = []
    found = read_streams(text, {"it": stream}, first_line=1, report=FileProblems("x.md", problems))["it"]
    assert problems == []
    return [(block.kind, block.value) for block in found]


@pytest.mark.parametrize(("model", "name"), STREAMS)
@drawn.examples(20)
@given(data=st.data())
def test_blocks_are_read_as_they_were(model, name, data):
    stream = streams_of(model)[name]
    blocks = joined(data.draw(VALUES.streams(stream)))
    assert [
        (kind, from_stored(stream.child_blocks[kind], to_stored(stream.child_blocks[kind], value)))
        for kind, value in blocks
    ] == blocks
    text = "\n\n".join(write_stream(stream, blocks))
    assert read(text, stream) == blocks


@pytest.mark.django_db
@pytest.mark.parametrize("model", SHEETS)
@drawn.examples(12)
@given(data=st.data())
def test_keys_are_read_as_they_were(model, data):
    sheet, page = (
        SHEETS[model],
        model(slug=data.draw(st.sampled_from(drawn.SLUGS)), uid=data.draw(drawn.UIDS)),
    )
    for key in sheet.keys:
        field = model._meta.get_field(key.field)
        if key.field not in ("slug", "uid"):
            setattr(page, field.attname, data.draw(drawn.field_values(field, many=key.many), key.name))
    if model is CoursePage:
        page.starts_on = dt.date(2027, 3, 1)
    there = Content(page).values(lambda kind, pk: f"../files/{kind}.{pk}")
    problems: list[Problem] = []
    report = FileProblems("x.md", problems)
    text = f"---\n{write_keys(page_keys(page, there, page.slug))}---\n"
    head = read_head(text, report)
    others = set(sheet.others) - head.entries.keys()
    refuse_unknown(head, sheet.known, str(sheet.name), report)
    found = read_values(head, sheet.keys, model, report)
    found.values["slug"] = found.values["slug"] or page.slug
    check_values(found, sheet.keys, model, report)
    assert problems == []
    assert others <= {"format", "kind"}
    assert found.values == {name: value or field_default(model, name, value) for name, value in there.items()}


def field_default(model, name: str, value):
    """What a field has where `value` is nothing: a file that is not chosen is None."""
    return None if model._meta.get_field(name).is_relation else value


# With a database -----------------------------------------------------------------------------------------
START = dt.date(2027, 3, 1)
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
# Titles that are names of files, and that are not.
STORED = {
    "picture": ["door.png", "A door: “open” / shut?", "door.png", "Двери.PNG", "..", "CON.png"],
    "document": ["captions.vtt", "Captions, in full"],
    "video": ["film.mp4"],
    "audio": ["talk.mp3", "talk.mp3"],
}
ON_SITE = drawn.Values(
    {kind: [f"{kind}:{number}" for number in range(len(titles))] for kind, titles in STORED.items()},
    st.one_of(
        drawn.ADDRESSES,
        st.sampled_from(["page:course", "page:week", "page:step-0", "page:list", "page:gone"]),
        st.sampled_from(["file:document:0", "file:document:1", "file:gone"]),
    ),
)


class Site:
    """A course of the site, drawn. `ids` are those of pages and files by what the strategies call them."""

    def __init__(self, data):
        self.data = data
        self.ids = {"gone": 987654}
        self._store_files()
        index = CourseIndexPage.objects.get()
        self.ids["list"] = index.pk
        self.course = self._page(CoursePage, index, "course", starts_on=START)
        week = self._page(ModulePage, self.course, "week")
        kinds = data.draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=3), "kinds")
        slugs = data.draw(st.permutations(drawn.SLUGS), "addresses")
        pages = [self.course, week]
        for number, kind in enumerate(kinds):
            pages.append(self._page(KINDS[kind].model, week, f"step-{number}", slug=slugs[number]))
        for page in pages:
            self._fill(page)

    def _store_files(self) -> None:
        for kind, titles in STORED.items():
            for number, title in enumerate(titles):
                content, ending = contents_of(kind, number)
                file = ImageFile(BytesIO(content), f"stored.{ending}")
                row = MODELS[kind]()(title=title, file=file, file_hash=hash_filelike(BytesIO(content)))
                if kind == "picture":
                    row.credit = "H. Vik, “CC BY”" * (number % 2)
                elif kind != "document":
                    row.type = kind
                row.save()
                self.ids[f"{kind}:{number}"] = row.pk

    def _page(self, model, parent, uid: str, **fields):
        page = model(uid=uid, slug=fields.pop("slug", uid), **fields)
        for key in SHEETS[model].keys:
            field = model._meta.get_field(key.field)
            if field.is_relation:
                files = [None, *ON_SITE.files[kind_of_chooser(field)]]
                setattr(page, field.attname, self.ids.get(self.data.draw(st.sampled_from(files), key.name)))
            elif key.field not in ("slug", "uid"):
                value = self.data.draw(drawn.field_values(field, many=key.many), key.name)
                setattr(page, key.field, value.replace(hour=17) if isinstance(value, dt.time) else value)
        if getattr(parent, "is_catch_up", False):
            page.optional = True
        parent.add_child(instance=page)
        self.ids[uid] = page.pk
        return page

    def _fill(self, page) -> None:
        for name, stream in streams_of(type(page)).items():
            blocks = self.data.draw(ON_SITE.streams(stream, most=3), name)
            if "footnotes" in stream.child_blocks:
                blocks = drawn.with_its_notes(stream, blocks)
            stored = [
                {"type": kind, "value": to_stored(block, transform(block, value, self._stored))}
                for kind, value in blocks
                for block in [stream.child_blocks[kind]]
            ]
            setattr(page, name, page._meta.get_field(name).to_python(json.dumps(stored)))
        page.save()

    def _stored(self, block, value):
        if isinstance(block, RichTextBlock):
            return map_links(value, self._link)
        return self.ids[value] if value else None

    def _link(self, link: dict[str, str]) -> dict[str, str]:
        kind, _colon, name = link["href"].partition(":")
        if kind not in ("page", "file"):
            return link
        return {"linktype": "page" if kind == "page" else "document", "id": str(self.ids[name])}


def contents_of(kind: str, number: int) -> tuple[bytes, str]:
    """What stands in a file, and how its name ends."""
    if kind == "picture":
        file = BytesIO()
        Image.new("RGB", (4, 3), (number, 0, 0)).save(file, "PNG")
        return file.getvalue(), "png"
    if kind == "document":
        return CAPTIONS + b"\n" * number, "vtt"
    return (b"\0\0\0\x18ftypmp42", "mp4") if kind == "video" else (b"ID3" + bytes([number]), "mp3")


PAGE = Template(
    "{% load course_tags wagtailcore_tags %}{% body page.body %}"
    "{% for block in page.recording %}{% include_block block %}{% endfor %}"
    "{% for block in page.slides %}{% include_block block %}{% endfor %}"
    "{% for block in page.questions %}{% include_block block %}{% endfor %}"
)


def pages_of_course() -> list:
    return list(CoursePage.objects.get().get_descendants(inclusive=True).specific().order_by("path"))


def rendered(media: Path) -> list[tuple[dict[str, Any], str]]:
    """The fields of each page, and its HTML with what stands in a file in place of its address."""
    pages = pages_of_course()
    contents = [Content(page) for page in pages]
    files = Surroundings(contents, {}).files

    def file(found: re.Match) -> str:
        return hash_filelike(BytesIO((media / unquote(found[1])).read_bytes()))

    found = []
    for content in contents:
        html = PAGE.render(Context({"page": content.page}))
        html = re.sub(r"/files/([^\"#?\s]+)", file, html)
        # Links that led to a page or file that is gone.
        html = re.sub(r"</i></b><b><i>|</b><b>|</i><i>", "", re.sub(r"<a>(.*?)</a>", r"\1", html))
        # Texts that stand below each other become one; what keeps their lists apart is not seen.
        html = html.replace("\n", "").replace("<p></p>", "")
        found.append((content.values(lambda kind, pk: files.get(kind, pk).digest), html))
    return found


def texts_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Undo(Exception):
    pass


@contextmanager
def undone(media: Path):
    """A database and a storage in which nothing stays."""
    cache.clear()  # of pictures in their sizes, by ids that come again
    try:
        with suppress(Undo), transaction.atomic():
            yield
            raise Undo
    finally:
        shutil.rmtree(media, ignore_errors=True)  # none where no page shows a file


@pytest.mark.django_db
@settings(drawn.examples(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_course_that_was_exported_and_imported_is_the_same(data, tmp_path, settings):
    settings.MEDIA_ROOT = media = tmp_path / "media"
    first, second = tmp_path / uuid.uuid4().hex, tmp_path / uuid.uuid4().hex
    with disable_reference_index_auto_update():
        with undone(media):
            export_course(Site(data).course, first)
            before = rendered(media)
        with undone(media):
            import_course(first)
            for (fields, html), (fields_before, html_before) in zip(rendered(media), before, strict=True):
                assert fields == fields_before
                assert html == html_before
            export_course(CoursePage.objects.get(), second)
            assert texts_of(second) == texts_of(first)
            # Nor does the site take its own words for somebody's edits.
            assert len(import_course(first).unchanged) == len(before)
