"""docs/reference/course-format.md says what the code reads: each key and block, its limits, and no others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.blocks import Block, CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

from modules.courses.models import KINDS, CoursePage, LecturePage, ModulePage, QuizPage, SurveyPage
from modules.courses.textfolder import files, problems, yamltext
from modules.courses.textfolder.forms import CALLOUTS, FORMS
from modules.courses.textfolder.report import Report
from modules.courses.textfolder.schema import SHEETS, streams_of
from modules.courses.textfolder.source import SourceCourse, read_folder
from modules.media import judging

from .folders import CAPTIONS, MP3, MP4, picture

DOCUMENT = settings.BASE_DIR / "docs/reference/course-format.md"


@cache
def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def section(heading: str) -> str:
    """What stands below a heading, up to the next one, without its examples."""
    plain = re.sub(r"^(`{3,}).*?^\1$", "", text(), flags=re.MULTILINE | re.DOTALL)
    return re.split(r"^##", plain.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table in a section, without its first row."""
    lines = [line for line in section(heading).split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def keys_in(cell: str) -> dict[str, str]:
    """The keys that a cell names, each with what it says of them."""
    found: dict[str, str] = {}
    for name, words in re.findall(r"`([a-z_]+)`([^`]*)", cell):
        found[name] = found.get(name, "") + words
    return found


# Pages ---------------------------------------------------------------------------------------------------
def documented(model: type) -> dict[str, tuple[str, str]]:
    """What is said of each key of a page: its value, and what it is where it is left out."""
    found = rows("Every page")
    if model is CoursePage:
        found += rows("course.md")
    elif model is ModulePage:
        found += rows("week.md")
    else:
        (name,) = (kind.name for kind in KINDS.values() if kind.model is model)
        found += rows("Every step")
        found += [cells for kind, *cells in rows("Each kind of step") if kind == name]
        found += rows("The work of a reading") if name == "reading" else []
    assert len({cells[0] for cells in found}) == len(found)
    return {key.strip("`"): (value, left_out) for key, value, left_out in found}


@pytest.mark.parametrize("model", SHEETS)
def test_each_page_has_the_keys_that_it_is_said_to_have(model):
    sheet = SHEETS[model]
    assert sorted(documented(model)) == sorted({key.name for key in sheet.keys} | set(sheet.others))


def test_no_table_has_keys_of_a_kind_that_there_is_not():
    assert {kind for kind, *_cells in rows("Each kind of step")} <= KINDS.keys()
    for name in KINDS:
        assert f"`{name}`" in documented(KINDS[name].model)["kind"][0]


@pytest.mark.parametrize("model", SHEETS)
def test_what_a_key_may_be_is_what_its_field_takes(model):
    for key in SHEETS[model].keys:
        field, (value, left_out) = model._meta.get_field(key.field), documented(model)[key.name]
        if field.choices:
            assert set(re.findall(r"`([a-z]+)`", value)) == set(dict(field.flatchoices)), key.name
        elif field.max_length:
            assert f"({field.max_length:,}" in value, key.name
        for validator in field._validators:
            if isinstance(validator, MaxValueValidator):
                assert str(validator.limit_value) in value, key.name
        if isinstance(field, models.BooleanField):
            assert "`true`" in value or "`false`" in value
        assert left_out_of(key, field) in left_out, key.name


def left_out_of(key, field: models.Field) -> str:
    """What the last column has to say of a key."""
    if key.required and "." not in key.name:
        return "needed"
    default = "" if field.is_relation else field.get_default()
    return (
        f"`{str(default).lower() if isinstance(default, bool) else default}`"
        if default not in ("", None)
        else ""
    )


# Blocks --------------------------------------------------------------------------------------------------
# Each stream of the blocks that have names of their own, with the section that they stand in.
STREAMS = {
    "Blocks of a text": streams_of(CoursePage)["body"].child_blocks,
    "Recordings and slides": {
        name: block
        for field in ("recording", "slides")
        for name, block in streams_of(LecturePage)[field].child_blocks.items()
    },
}
QUESTIONS = {
    "quiz": streams_of(QuizPage)["questions"].child_blocks,
    "survey": streams_of(SurveyPage)["questions"].child_blocks,
}
# Written in Markdown, and in no other way.
PLAIN = {"text", "footnotes", "code"}


def children_of(block: StructBlock, besides: set[str]) -> dict[str, list[Block]]:
    """The keys of a struct, those within its lists among them."""
    found: dict[str, list[Block]] = {}
    for name, child in block.child_blocks.items():
        if name in besides:
            continue
        found.setdefault(name, []).append(child)
        if isinstance(child, ListBlock) and isinstance(child.child_block, StructBlock):
            for below, grandchild in child.child_block.child_blocks.items():
                found.setdefault(below, []).append(grandchild)
    return found


def assert_said(children: dict[str, list[Block]], said: dict[str, str]) -> None:
    """Are these keys named, those alone, and each with its limits?"""
    assert said.keys() == children.keys()
    for name, blocks in children.items():
        for block in blocks:
            if isinstance(block, ListBlock):
                assert str(block.meta.max_num) in said[name], name
                block = block.child_block
            if limit := limit_of(block):
                assert f"({limit:,}" in said[name], name


def limit_of(block: Block) -> int | None:
    if isinstance(block, RichTextBlock):
        return block.max_length
    return block.field.max_length if isinstance(block, CharBlock | TextBlock) else None


def test_blocks_without_a_name_of_their_own_have_their_row_among_the_markdown():
    body = STREAMS["Blocks of a text"]
    assert body.keys() - FORMS.keys() == PLAIN
    said = section("Text")
    for limit in (limit_of(body["text"]), limit_of(body["code"].child_blocks["code"])):
        assert f"{limit:,}" in said
    for child in body["footnotes"].child_block.child_blocks.values():
        assert f"({limit_of(child):,})" in said


@pytest.mark.parametrize("heading", STREAMS)
def test_each_block_has_its_row_with_its_keys_and_there_is_no_other(heading):
    blocks = {
        name: (block, FORMS[kind])
        for kind, block in STREAMS[heading].items()
        if kind in FORMS
        for name in (CALLOUTS if kind == "callout" else (kind,))
    }
    said = {name.strip("`"): cells for name, *cells in rows(heading)}
    assert said.keys() == blocks.keys()
    for name, (block, form) in blocks.items():
        behind, keys, words = said[name]
        if name == "table":
            assert keys_in(keys).keys() == {"header"}
            continue
        argument = "title" if name in CALLOUTS else form.argument
        besides = {argument, form.text} | ({"kind"} if name in CALLOUTS else set())
        assert_said(children_of(block, besides), keys_in(keys))
        for child, cell in ((argument, behind), (form.text, words)):
            assert (cell != "–") == bool(child), name
            if child and (limit := limit_of(block.child_blocks[child])):
                assert f"({limit:,}" in cell, name
                assert ("or none" in cell) != block.child_blocks[child].required, name


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_question_has_its_row_with_its_keys_and_there_is_no_other(kind):
    mine = [cells for where, *cells in rows("Questions") if where in ("both", kind)]
    every = {name: words for block, cell in mine if block == "every" for name, words in keys_in(cell).items()}
    said = {block.strip("`"): keys_in(cell) for block, cell in mine if block != "every"}
    assert said.keys() == QUESTIONS[kind].keys()
    for name, block in QUESTIONS[kind].items():
        assert_said(children_of(block, set()), said[name] | every)


# Examples ------------------------------------------------------------------------------------------------
CONTENTS = {"mp4": MP4, "mp3": MP3, "vtt": CAPTIONS, "pdf": b"%PDF-1.4"}
NAMED = re.compile(r"(?<![\w/])((?:\.\./)?(?:[\w-]+/)*[\w.-]+\.(png|mp4|mp3|vtt|pdf))")
LECTURE = "---\nuid: {uid}\nkind: lecture\ntitle: An example\nminutes: 1\n---\n"


def fences() -> list[Token]:
    return [token for token in MarkdownIt().parse(text()) if token.type == "fence"]


def written(folder: Path, examples: list[str]) -> SourceCourse:
    """These examples as a folder that is read, those without keys as the texts of lectures."""
    for number, example in enumerate(examples):
        if not example.startswith("---"):
            example = LECTURE.format(uid=f"example-{number}") + example
        name = f"week-01-arriving/{number:02}-step-{number}.md"
        if "\nformat: " in example:
            name = "course.md"
        elif "\noffset_days: " in example:
            name = "week-01-arriving/week.md"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example, encoding="utf-8")
        for file, ending in NAMED.findall(example):
            target = path.parent / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(CONTENTS.get(ending) or picture())
    return read_folder(folder)


def test_every_example_is_read_without_a_problem(tmp_path):
    assert {fence.info for fence in fences()} == {"sh", "markdown"}
    examples = [fence.content for fence in fences() if fence.info == "markdown"]
    course = written(tmp_path, examples)
    (week,) = course.page.children
    assert (len(week.children), course.unused) == (len(examples) - 2, [])
    kinds = {block.kind for page in week.children for blocks in page.streams.values() for block in blocks}
    assert kinds >= PLAIN | {"heading", "quote", "figure", "film", "slide", "table", "thread", "one"}


def test_the_first_three_examples_are_a_course(tmp_path):
    course = written(tmp_path, [fence.content for fence in fences() if fence.info == "markdown"][:3])
    assert [(week.uid, [step.uid for step in week.children]) for week in course.page.children] == [
        ("w1", ["w1-door"])
    ]


# The rest ------------------------------------------------------------------------------------------------
def test_files_are_said_to_be_what_the_site_takes():
    said = section("Pictures, documents, films and sounds")
    pictures, documents, media, _same = re.findall(r"^- .*$", said, flags=re.MULTILINE)
    films, sounds = media.split("sounds")
    for line, endings, limit in (
        (pictures, settings.WAGTAILIMAGES_EXTENSIONS, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
        (documents, settings.WAGTAILDOCS_EXTENSIONS, settings.DOCUMENT_MAX_BYTES),
        (films, judging.FILMS, 0),
        (sounds, judging.SOUNDS, settings.MEDIA_MAX_BYTES),
    ):
        assert set(re.findall(r"`([a-z0-9]+)`", line)) == set(endings)
        assert not limit or f"{limit // 1024**2} MB" in line
    assert f"{settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 10**6} million pixels" in pictures


def test_the_limits_of_a_folder_are_those_of_the_code():
    said = section("Files and folders")
    assert f"{files.MAX_FILES:,} files" in said
    assert f"{yamltext.MAX_CHARACTERS // 1024} KB of keys" in said
    assert (files.MAX_TEXT_BYTES, files.MAX_DEPTH, problems.SHOWN) == (1024**2, 6, 50)
    assert "1 MB at most" in said
    assert "five deep" in said  # below the course's own
    assert "fifty at most" in text()


def test_the_report_has_the_headings_that_are_named():
    lists = ("new", "updated", "moved", "unpublished", "left", "files", "unused")
    report = Report(**{name: ["x"] for name in lists})
    headings = [line for line in report.lines()[2:] if line and not line.startswith(" ")]
    said = " ".join(section("Importing again").split())
    assert len(headings) == len(lists)
    assert re.findall(r"“([^”]*:)”", said) == headings
