"""Bodies and heads of course files: every text gives blocks or a problem with a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from modules.courses.blocks import RICH_TEXT
from modules.courses.models import ReadingPage
from modules.courses.textfolder.fingerprint import canonical_block
from modules.courses.textfolder.frontmatter import check_values, read_head, read_values, refuse_unknown
from modules.courses.textfolder.markdown import CALLOUTS, TRANSCRIPT, Block, read_body
from modules.courses.textfolder.problems import FileProblems, Problem
from modules.courses.textfolder.schema import FORMAT, READING_KEYS, SHEETS


def blocks_of(text: str) -> list[tuple[str, object]]:
    problems: list[Problem] = []
    body = read_body(text, first_line=1, report=FileProblems("x.md", problems))
    assert problems == []
    return [(block.kind, block.value) for block in body.blocks]


def problems_of(text: str, **options) -> list[tuple[int, str]]:
    problems: list[Problem] = []
    read_body(text, first_line=1, report=FileProblems("x.md", problems), **options)
    return [(problem.line, problem.words) for problem in problems]


def test_paragraphs_and_lists_in_a_row_are_one_block():
    text = "One *word*\nand **more**.\n\n- a\n- b\n  - c\n\nLast <https://example.org/?a=1&b>."
    assert blocks_of(text) == [
        (
            "text",
            "<p>One <i>word</i> and <b>more</b>.</p><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"
            '<p>Last <a href="https://example.org/?a=1&amp;b">https://example.org/?a=1&amp;b</a>.</p>',
        )
    ]


def test_headings_quotations_figures_and_callouts_are_blocks_of_their_own():
    text = (
        "## Part\n\n### Smaller\n\n> Said once.\n>\n> And\n> again.\n> — Somebody, somewhere\n\n"
        '![A *red* door](door%201.jpg "Ours")\n\n:::try Five minutes\nLook.\n\n- up\n:::\n'
    )
    assert blocks_of(text) == [
        ("heading", {"text": "Part", "level": "2"}),
        ("heading", {"text": "Smaller", "level": "3"}),
        ("quote", {"text": "Said once.\n\nAnd again.", "source": "Somebody, somewhere"}),
        ("figure", {"image": "door 1.jpg", "alt": "A red door", "caption": "Ours"}),
        ("callout", {"kind": "try", "title": "Five minutes", "text": "<p>Look.</p><ul><li>up</li></ul>"}),
    ]


def test_text_that_looks_like_html_is_escaped():
    assert blocks_of(r"5 < 6 & \<b> &lt;i&gt; “q”") == [
        ("text", "<p>5 &lt; 6 &amp; &lt;b&gt; &lt;i&gt; “q”</p>")
    ]


def test_a_callout_ends_a_list_and_a_paragraph_above_it():
    kinds = [kind for kind, _value in blocks_of("words\n:::note\na\n:::\n- b\n:::question\nc\n:::")]
    assert kinds == ["text", "callout", "text", "callout"]


def test_a_transcript_is_kept_apart_and_stands_at_the_end():
    problems: list[Problem] = []
    report = FileProblems("x.md", problems)
    body = read_body(
        "Notes\n\n:::transcript\nHello\n:::\n", first_line=1, report=report, transcript_allowed=True
    )
    assert (len(body.blocks), body.transcript, problems) == (1, "<p>Hello</p>", [])
    words = "The transcript stands at the end: nothing may follow it."
    text = ":::transcript\nHello\n:::\n\nMore\n\n## And more"
    assert problems_of(text, transcript_allowed=True) == [(5, words)]
    assert problems_of(":::transcript\nHello\n:::\n") == [(1, "Only a lecture has a transcript.")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n# Title", 3, "Headings are written with ## and ###"),
        ("a\n\n#### Four", 3, "Headings are written with ## and ###"),
        ("Title\n=====", 1, "Headings are written with ## and ###"),
        ("## A *word*", 1, "A heading is plain text"),
        ("##", 1, "This heading is empty"),
        ("## " + "x" * 161, 1, "160"),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 |", 3, "Tables cannot be shown"),
        ("a\nb <b>c</b>", 2, "HTML cannot be read"),
        ("<div>\nx\n</div>", 1, "HTML cannot be read"),
        ("<!-- a remark -->", 1, "HTML cannot be read"),
        ("a\n\n```\ncode\n```", 3, "Code cannot be shown"),
        ("a\n\n    four spaces", 3, "Four spaces"),
        ("a `b`", 1, "backticks"),
        ("a\n\n---\n\nb", 3, "A rule across the page"),
        ("~~gone~~", 1, "struck through"),
        ("a[^1]\n\n[^1]: note", 1, "Footnotes cannot be read"),
        ("[^1]: note", 1, "Footnotes cannot be read"),
        ("a\n\n[b]: https://example.org", 3, "No link uses “[b]:”"),
        ("[b]\n\n[b]: /a\n[b]: /c", 4, "stands here a second time"),
        ("[a](javascript:alert(1))", 1, "cannot be linked"),
        ("[a](JavaScript&colon;alert(1))", 1, "cannot be linked"),
        ("[a](data:text/html,x)", 1, "cannot be linked"),
        ("[a](//example.org)", 1, "cannot be linked"),
        ("[a](../other.md)", 1, "cannot be linked"),
        ("[a](#part)", 1, "cannot be linked"),
        ("[a](http://[::1)", 1, "cannot be linked"),
        ("[a](mailto:nobody)", 1, "cannot be linked"),
        ('[a](/b "title")', 1, "A link has no title"),
        ("a ![door](door.jpg)", 1, "A picture stands in a paragraph of its own"),
        ("![](door.jpg)", 1, "The picture has no description"),
        ("![ ](door.jpg)", 1, "The picture has no description"),
        ("![" + "x" * 401 + "](door.jpg)", 1, "400"),
        ("> a\n>\n> - b", 3, "A quotation holds paragraphs only"),
        ("> *a*", 1, "A quotation is plain text"),
        ("> — nobody", 1, "This quotation has no words"),
        (">", 1, "This quotation has no words"),
        ("a\n\n3. three", 3, "A numbered list begins with 1"),
        ("- a\n\n  b", 3, "An item of a list is one paragraph"),
        ("- a\n  1. b", 2, "both numbered, or both with dashes"),
        ("- a\n-\n- b", 2, "This item of the list is empty"),
        ("- a\n  - b\n    - c\n      - d\n        - e\n          - f", 6, "five levels"),
        ("a\n\n:::warning\nb\n:::", 3, "“:::warning” is unknown"),
        ("a\n\n:::note\nb", 3, "never ended"),
        (":::note\na\n:::try\nb\n:::", 1, "never ended"),
        (":::", 1, "ends nothing"),
        (":::note\n:::", 1, "There is no text"),
        (":::note\n## a\n:::", 2, "paragraphs and lists only"),
        ("- :::note", 1, "at the very beginning of a line"),
        ("> :::note", 1, "at the very beginning of a line"),
    ],
)
def test_what_a_page_cannot_show_is_named_with_its_line(text, line, words):
    assert any(at == line and words in said for at, said in problems_of(text)), problems_of(text)


def test_lines_are_counted_within_a_paragraph_and_from_the_head_on():
    problems: list[Problem] = []
    read_body("a\nb\nc `d`", first_line=10, report=FileProblems("x.md", problems))
    assert str(problems[0]) == "x.md, line 12: Code cannot be shown: there are backticks here."


MARKS = [
    "#",
    "##",
    ">",
    "- ",
    "1. ",
    "3) ",
    ":::",
    ":::note",
    "```",
    "    ",
    "|",
    "---",
    "===",
    "*",
    "**",
    "_",
]
MARKS += [
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "<b>",
    "&amp;",
    "&#0;",
    "\\",
    "`",
    "~~",
    "\n",
    "\n\n",
    "\t",
    "— ",
]
MARKS += [
    "http://",
    "mailto:",
    "javascript:",
    "/",
    "://",
    "%00",
    "[a]: /b",
    "[^1]",
    ":::transcript",
    '"',
    "a",
    "b",
]
# Surrogates and control characters are refused when a file is read.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TEXTS = st.lists(st.one_of(st.sampled_from(MARKS), WORDS), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
@example("- " * 400 + "a", False)
@example("> " * 400 + "a", False)
@example("[a](" * 400, True)
@example("*a **b " * 200, True)
def test_any_text_gives_blocks_or_a_problem_with_a_line(text, transcript_allowed):
    problems: list[Problem] = []
    report = FileProblems("x.md", problems)
    body = read_body(text, first_line=1, report=report, transcript_allowed=transcript_allowed)
    last = text.count("\n") + 1
    assert all(1 <= problem.line <= last and problem.words for problem in problems), problems
    assert all(isinstance(block, Block) and 1 <= block.line <= last for block in body.blocks)
    assert problems or body.blocks or body.transcript or not text.strip()
    for html in rich_texts(body):
        assert re.sub(r'</?(p|ul|ol|li|b|i)>|<br/>|<a href="[^"<>]*">|</a>', "", html).count("<") == 0


ONE_WORD = st.from_regex(r"[a-zé]{1,6}", fullmatch=True)
STYLED = st.tuples(
    st.sampled_from(["{}", "*{}*", "**{}**", "***{}***", "**a *{}* b**", "[{}](/a)", "*[{}](/b) c*"]),
    ONE_WORD,
)
LINE = st.lists(STYLED.map(lambda pair: pair[0].format(pair[1])), min_size=1, max_size=5).map(" ".join)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3).flatmap(
    lambda lines: st.sampled_from([" \n".join(lines), "\\\n".join(lines)])
)
ITEMS = st.recursive(
    st.lists(st.tuples(LINE, st.none()), min_size=1, max_size=3),
    lambda inner: st.lists(st.tuples(LINE, st.one_of(st.none(), inner)), min_size=1, max_size=3),
    max_leaves=5,
)


def written(mark: str, items: list, depth: int = 0) -> str:
    lines = []
    for line, inner in items:
        lines.append("   " * depth + f"{mark} {line}")
        if inner and depth < 4:
            lines.append(written(mark, inner, depth + 1))
    return "\n".join(lines)


GOOD = st.lists(
    st.one_of(PARAGRAPH, st.builds(written, st.sampled_from(["-", "1."]), ITEMS)), min_size=1, max_size=5
).map("\n\n".join)


@settings(max_examples=60, deadline=None)
@given(GOOD)
def test_no_word_of_a_text_that_is_read_gets_lost(text):
    problems: list[Problem] = []
    body = read_body(text, first_line=1, report=FileProblems("x.md", problems))
    assert problems == []
    kept = " ".join(re.sub(r"<[^>]*>", " ", html) for html in rich_texts(body))
    words = re.sub(r"\]\(/[ab]\)|1\.|[^a-zé]", " ", text).split()
    assert words == kept.split()


@settings(max_examples=60, deadline=None)
@given(GOOD)
def test_opening_and_saving_rich_text_in_the_editor_is_no_edit(text):
    body = read_body(text, first_line=1, report=FileProblems("x.md", []))
    editor = ContentstateConverter(features=RICH_TEXT)
    for html in rich_texts(body):
        saved = editor.to_database_format(editor.from_database_format(html))
        assert "data-block-key" in saved
        assert canonical_block("text", saved, {}) == canonical_block("text", html, {})


def rich_texts(body) -> list[str]:
    texts = [block.value for block in body.blocks if block.kind == "text"]
    texts += [block.value["text"] for block in body.blocks if block.kind == "callout"]
    return texts + [body.transcript] * bool(body.transcript)


YAML_BITS = [
    "a: ",
    "title: ",
    "work:\n  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&x ",
    "*x",
    "!!binary ",
    "|\n",
    ">\n",
    "'",
    '"',
]
YAML_BITS += [
    "\\U00110000",
    '"\\ud800"',
    '"\\0"',
    "\n",
    "  ",
    ": ",
    "#",
    "---\n",
    "...\n",
    "? ",
    "<<: ",
    "%",
    "2",
    "~",
]
YAML_BITS += [f"{key.name.rpartition('.')[2]}: " for key in READING_KEYS]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(YAML_BITS), WORDS), max_size=40).map("".join))
@example("[" * 5000)
@example("a: " * 5000)
@example('title: "\\UFFFFFFFF"')
@example("a: &x [*x]\nb: *x")
def test_any_head_gives_values_or_a_problem_with_a_line(head):
    problems: list[Problem] = []
    report = FileProblems("x.md", problems)
    text = f"---\n{head}\n---\nbody"
    found = read_head(text, report)
    if found:
        refuse_unknown(found, SHEETS[ReadingPage].known, "a reading", report)
        values = read_values(found, READING_KEYS, ReadingPage, report)
        check_values(values, READING_KEYS, ReadingPage, report)
    assert found or problems
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


def test_the_reference_has_every_key_and_directive():
    text = (Path(__file__).parents[3] / "docs" / "reference" / "course-format.md").read_text()
    names = {name.rpartition(".")[2] for sheet in SHEETS.values() for name in sheet.known}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
    assert [kind for kind in (*CALLOUTS, TRANSCRIPT) if kind not in text] == []
    assert f"Format {FORMAT}." in text
