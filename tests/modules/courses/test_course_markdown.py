"""Bodies and heads of course files: every text gives blocks or a problem with a line."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from modules.courses.blocks import RICH_TEXT
from modules.courses.models import LecturePage, QuizPage, ReadingPage, SurveyPage
from modules.courses.textfolder.frontmatter import check_values, read_head, read_values, refuse_unknown
from modules.courses.textfolder.markdown import Block, read_streams
from modules.courses.textfolder.problems import FileProblems, Problem
from modules.courses.textfolder.richtext import STYLES_OF_WRITING, Run, from_html, to_html, to_markdown
from modules.courses.textfolder.schema import READING_KEYS, SHEETS, streams_of
from modules.courses.textfolder.values import faults

from . import drawn


def read(text: str, model=LecturePage) -> tuple[dict[str, list[Block]], list[tuple[int, str]]]:
    """The blocks of a text by stream, and its problems, those of the blocks last."""
    problems: list[Problem] = []
    report = FileProblems("x.md", problems)
    streams = streams_of(model)
    found = read_streams(text, streams, first_line=1, report=report)
    for name, blocks in found.items():
        for block in blocks:
            for words in faults(streams[name].child_blocks[block.kind], block.value):
                report.add(block.line, words)
    return found, [(problem.line, problem.words) for problem in problems]


def blocks_of(text: str, model=LecturePage, stream: str = "body") -> list[tuple[str, object]]:
    found, problems = read(text, model)
    assert problems == []
    return [(block.kind, block.value) for block in found[stream]]


def problems_of(text: str, model=LecturePage) -> list[tuple[int, str]]:
    return read(text, model)[1]


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
        ("figure", {"image": "door 1.jpg", "alt": "A red door", "caption": "Ours", "credit": ""}),
        ("callout", {"kind": "try", "title": "Five minutes", "text": "<p>Look.</p><ul><li>up</li></ul>"}),
    ]


def test_text_that_looks_like_html_is_escaped():
    assert blocks_of(r"5 < 6 & \<b> &lt;i&gt; “q”") == [
        ("text", "<p>5 &lt; 6 &amp; &lt;b&gt; &lt;i&gt; “q”</p>")
    ]


def test_a_callout_ends_a_list_and_a_paragraph_above_it():
    kinds = [kind for kind, _value in blocks_of("words\n:::note\na\n:::\n- b\n:::question c\nd\n:::")]
    assert kinds == ["text", "callout", "text", "question"]


FILM = """\
:::film At the door
address: https://vimeo.com/22439234
chapters: |
  0:00 Outside
  1:05 The pause
---
Good *evening*.

- A door opens.
:::
"""


def test_blocks_belong_to_the_streams_of_their_page_wherever_they_stand():
    slide = ":::slide one.png\nalt: A door\n---\nThis is a door.\n:::"
    found, problems = read(f"Notes\n\n{slide}\n\n{FILM}\nMore\n\n{slide}")
    assert problems == []
    assert [(block.kind, block.line) for block in found["body"]] == [("text", 1), ("text", 20)]
    assert [(block.kind, block.line) for block in found["recording"]] == [("film", 9)]
    assert [(block.kind, block.line) for block in found["slides"]] == [("slide", 3), ("slide", 22)]
    assert found["slides"][0].value == {
        "image": "one.png", "alt": "A door", "title": "", "words": "<p>This is a door.</p>",
    }  # fmt: skip


def test_a_film_has_its_keys_and_its_transcript_as_its_text():
    (film,) = blocks_of(FILM, stream="recording")
    assert film == (
        "film",
        {
            "title": "At the door",
            "file": None,
            "address": "https://vimeo.com/22439234",
            "poster": None,
            "captions": [],
            "chapters": "0:00 Outside\n1:05 The pause",
            "audio": None,
            "transcript": "<p>Good <i>evening</i>.</p><ul><li>A door opens.</li></ul>",
        },
    )


def test_a_table_has_a_caption_header_cells_and_plain_text_in_its_cells():
    rows = "| Kind | Hours\\|h |\n|---|---|\n| Chalk<br>and *s* | |\n| a |"
    text = f":::table Of trials\nheader: both\n---\n{rows}\n:::"
    assert problems_of(text) == [(6, "A cell is plain text: nothing in it can be a link or stressed.")]
    ((kind, value),) = blocks_of(text.replace("*s*", r"\*s\*"))
    assert kind == "table"
    assert value["data"] == [["Kind", "Hours|h"], ["Chalk\nand *s*", ""], ["a", ""]]
    assert (value["table_caption"], value["table_header_choice"]) == ("Of trials", "both")
    assert value["first_row_is_table_header"]
    assert value["first_col_is_header"]


def test_code_keeps_its_spaces():
    assert blocks_of("````html\n\n    <b>:::</b>\n```\n  x  \n\n````") == [
        ("code", {"language": "html", "code": "    <b>:::</b>\n```\n  x"})
    ]


def test_notes_in_a_row_are_one_block():
    text = "First.[^tin]\n\n[^tin]: The *note*.\n\n    And more.\n[^two-2]: Another\n\nAfter."
    assert blocks_of(text) == [
        ("text", "<p>First.[^tin]</p>"),
        (
            "footnotes",
            [
                {"name": "tin", "text": "<p>The <i>note</i>.</p><p>And more.</p>"},
                {"name": "two-2", "text": "<p>Another</p>"},
            ],
        ),
        ("text", "<p>After.</p>"),
    ]


QUIZ = """\
:::one
question: Which of these?
hint: Look again
options:
  - text: "A: no"
    feedback: Not this.
  - text: No
    right: true
when_right: |
  Yes.
  Quite.
:::

:::number
question: How many?
answer: 1,5
unit: km
:::
"""


def test_questions_of_a_quiz_are_yaml():
    empty = {"hint": "", "when_right": "", "when_near": "", "when_not": ""}
    assert blocks_of(QUIZ, QuizPage, "questions") == [
        (
            "one",
            {
                "question": "Which of these?",
                "hint": "Look again",
                "when_right": "Yes.\nQuite.",
                "when_near": "",
                "when_not": "",
                "options": [
                    {"text": "A: no", "right": False, "feedback": "Not this."},
                    {"text": "No", "right": True, "feedback": ""},
                ],
            },
        ),
        ("number", {"question": "How many?", **empty, "answer": "1.5", "tolerance": "0", "unit": "km"}),
    ]


def test_options_of_a_survey_are_plain():
    text = ":::one\nquestion: Where?\noptions: [At home, 1, On]\n:::"
    assert blocks_of(text, SurveyPage, "questions") == [
        ("one", {"question": "Where?", "hint": "", "options": ["At home", "1", "On"]})
    ]


def test_lists_of_both_kinds_may_be_mixed_where_the_editor_keeps_them():
    assert blocks_of("- a\n  1. b\n  2. c\n- - d\n") == [
        ("text", "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li><ul><li>d</li></ul></li></ul>")
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n# Title", 3, "Headings are written with ## and ###"),
        ("a\n\n#### Four", 3, "Headings are written with ## and ###"),
        ("Title\n=====", 1, "Headings are written with ## and ###"),
        ("## A *word*", 1, "A heading is plain text"),
        ("##", 1, "This heading is empty"),
        ("## " + "x" * 161, 1, "160"),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 |", 3, "A table stands in “:::table"),
        ("a\nb <u>c</u>", 2, "HTML cannot be read"),
        ("a <b>c", 1, "<b> is never ended"),
        ("a c</i>", 1, "</i> ends nothing"),
        ("<div>\nx\n</div>", 1, "HTML cannot be read"),
        ("<!-- a remark -->", 1, "HTML cannot be read"),
        ("a\n\n```\n\n```", 3, "Code: This field is required"),
        ("```two words\ncode\n```", 1, "One word, like"),
        ("a\n\n    four spaces", 3, "Four spaces"),
        ("a `b`", 1, "backticks"),
        ("a\n\n---\n\nb", 3, "A rule across the page"),
        ("~~gone~~", 1, "struck through"),
        ("a\n\n[^1]: - note", 3, "A note holds paragraphs only"),
        ("a\n\n[^1]:", 3, "Note: This field is required"),
        ("[^1]: a\n[^1]: b", 1, "Two footnotes are called “1”"),
        ("a\n\n[b]: https://example.org", 3, "No link uses “[b]:”"),
        ("[b]\n\n[b]: /a\n[b]: /c", 4, "stands here a second time"),
        ("[a](javascript:alert(1))", 1, "cannot be linked"),
        ("[a](JavaScript&colon;alert(1))", 1, "cannot be linked"),
        ("[a](data:text/html,x)", 1, "cannot be linked"),
        ("[a](//example.org)", 1, "cannot be linked"),
        ("[a](<other page>)", 1, "cannot be linked"),
        ("[a](#)", 1, "cannot be linked"),
        ("[a](page:)", 1, "cannot be linked"),
        ("[a](https:/example.org)", 1, "cannot be linked"),
        ("[a](http://[::1)", 1, "cannot be linked"),
        ("[a](mailto:nobody)", 1, "cannot be linked"),
        ("[a](file:///etc/passwd)", 1, "cannot be linked"),
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
        ("- a\n  - b\n    1. c\n  - d", 4, "The editor of pages would lose this line"),
        ("- a\n  1. b\n  - c", 3, "The editor of pages would lose this line"),
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
        ("a\n  :::note", 2, "at the very beginning of a line"),
        (":::quote Words\ntext: Words\n:::", 1, "Behind “:::quote” stands nothing"),
        (":::one\nquestion: a\n:::", 1, "“:::one” is unknown here. There are audio, definition, download,"),
        (":::transcript\na\n:::", 1, "“:::transcript” is unknown here"),
        (":::callout\na\n:::", 1, "“:::callout” is unknown here"),
        (":::figure a.png\nalt: A\n\ncolour: red\n:::", 4, "“colour” is not a key here. The keys are alt,"),
        (":::figure a.png\nalt: A\nalt: B\n:::", 3, "“alt” stands here twice"),
        (":::figure a.png\nalt: [A]\n:::", 2, "“alt” is a text"),
        (":::figure a.png\nalt: |\n  A\n  b\n:::", 2, "“alt” is one line"),
        (":::figure a.png\n- A\n:::", 2, "Here belong keys and values"),
        (":::figure a.png\nalt: A: b\n:::", 2, "This is not YAML"),
        (":::figure\nalt: A\n:::", 1, "Picture: This field is required"),
        (":::gallery G\npictures:\n  - image: a.png\n    alt: A\n:::", 1, "Pictures: there are 2 at least"),
        (":::gallery G\npictures: a.png\n:::", 2, "“pictures” is a list"),
        (":::gallery G\npictures:\n  - a.png\n:::", 3, "Here belong keys and values"),
        (":::table\n---\n| a |\n|---|\n:::", 1, "Say in the caption what the table is about"),
        (":::table T\nheader: top\n---\n| a |\n|---|\n:::", 2, "“header” is row, column, both"),
        (":::table T\n---\nWords\n:::", 3, "Here stands one table and nothing else"),
        (":::table T\n---\n| a |\n|--:|\n:::", 3, "Columns are not aligned here"),
        (":::table T\n---\n| a |\n|---|\n| b | c |\n:::", 5, "more cells here than in the first row"),
        (":::film F\n---\na\n:::", 1, "Choose a film, or give the address of one"),
        (":::film F\naddress: vimeo\n:::", 1, "valid URL"),
        (":::film F\naddress: https://a.org\nchapters: 1 Pause\n:::", 1, "write the time and the title"),
        (":::thread /q/1/\nquote: a\n:::", 1, "This is not the address of a thread or post"),
        (":::sound S\nfile: a.mp3\n:::", 1, "There is no text between this “:::sound”"),
    ],
)
def test_what_a_page_cannot_show_is_named_with_its_line(text, line, words):
    assert any(at == line and words in said for at, said in problems_of(text)), problems_of(text)


def test_lines_are_counted_within_a_paragraph_and_from_the_head_on():
    problems: list[Problem] = []
    read_streams("a\nb\nc `d`", streams_of(LecturePage), first_line=10, report=FileProblems("x.md", problems))
    assert str(problems[0]) == "x.md, line 12: Code within a line cannot be shown: there are backticks here."


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (":::one\nquestion: a\noptions:\n  - text: b\n  - text: c\n:::", 1, "No answer is marked as right"),
        (
            ":::one\noptions:\n  - text: b\n    right: true\n  - text: c\n:::",
            1,
            "Question: This field is required",
        ),
        (
            ":::one\nquestion: a\noptions:\n  - text: b\n    right: yes\n  - text: c\n    right: yes\n:::",
            1,
            "More than one answer is marked as right",
        ),
        (
            ":::many\nquestion: a\noptions:\n  - text: b\n    right: true\n  - text: B\n:::",
            1,
            "“B” stands here twice",
        ),
        (
            ":::many\nquestion: a\noptions:\n  - text: b\n    right: maybe\n:::",
            5,
            "“right” is either true or false",
        ),
        (
            ":::many\nquestion: a\noptions:\n  - text: b\n    correct: true\n:::",
            5,
            "“correct” is not a key here",
        ),
        (":::many\nquestion: a\noptions:\n  - b\n:::", 4, "Here belong keys and values"),
        (":::order\nquestion: a\nitems: [b, c, ' B']\n:::", 1, "“B” stands here twice. Nobody could tell"),
        (":::order\nquestion: a\nitems: [b, c]\n:::", 1, "Items, in the right order: there are 3 at least"),
        (":::order\nquestion: a\nitems: [b, [c], d]\n:::", 3, "“items” is a text, not a list"),
        (":::short\nquestion: a\naccept: ['?']\n:::", 1, "Give at least one wording"),
        (
            ":::match\nquestion: a\npairs:\n  - {item: b, match: c}\n  - {item: b, match: d}\n:::",
            1,
            "“b” stands here twice",
        ),
        (
            ":::match\nquestion: a\npairs:\n  - {item: b, match: c}\n  - {item: d, match: e}\n"
            "others: [C]\n:::",
            1,
            "“C” stands here twice",
        ),
        (":::number\nquestion: a\nanswer: 1,500\n:::", 3, "can be read in two ways. Write 1500 or 1.5."),
        (":::number\nquestion: a\nanswer: 1.234\n:::", 3, "can be read in two ways. Write 1234 or 1.2340."),
        (":::number\nquestion: a\nanswer: many\n:::", 3, "“many” is not a number"),
        (":::number\nquestion: a\nanswer: 1/3\n:::", 1, "no more than"),
        (":::number\nquestion: a\nanswer: 1e99\n:::", 1, "no more than"),
        (":::number\nquestion: a\nanswer: 2\ntolerance: -1\n:::", 1, "greater than or equal to 0"),
        (":::number\nquestion: a\n:::", 1, "The number: This field is required"),
        (":::scale\nquestion: a\n:::", 1, "“:::scale” is unknown here"),
        (":::one\n" + "# x\n" * 20000 + ":::", 2, "There are too many keys here: 64 KB at most"),
        (":::one\nquestion: " + "[" * 3000 + "\n:::", 2, "not YAML"),
        (":::one\nquestion: &a [*a]\n:::", 2, "“question” is a text"),
        (":::one\n? [a]\n: b\n:::", 2, "“” is not a key here"),
        (":::one\nquestion: '\u2028a'\nhint: [b]\n:::", 3, "“hint” is a text"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_with_its_line(text, line, words):
    said = problems_of(text, QuizPage)
    assert any(at == line and words in one for at, one in said), said


def test_a_numbers_comma_is_read_and_what_can_be_read_in_two_ways_is_not():
    for written, number in [
        ("1,5", "1.5"),
        ("1 500", "1500"),
        ("0.125", "0.125"),
        ("1.2340", "1.234"),
        ("٣", "3"),
    ]:
        text = f":::number\nquestion: a\nanswer: {written}\n:::"
        assert blocks_of(text, QuizPage, "questions")[0][1]["answer"] == number


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
    ":::film F",
    ":::figure a.png",
    ":::one",
    "alt: ",
    '"',
    "a",
    "b",
]
# Surrogates and control characters are refused when a file is read.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TEXTS = st.lists(st.one_of(st.sampled_from(MARKS), WORDS), max_size=40).map("".join)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS, st.sampled_from([LecturePage, QuizPage]))
@example("- " * 400 + "a", LecturePage)
@example("> " * 400 + "a", LecturePage)
@example("[a](" * 400, LecturePage)
@example("*a **b " * 200, LecturePage)
@example(":::table T\n---\n" + "|a" * 400 + "|\n" + "|---" * 400 + "|\n:::", LecturePage)
def test_any_text_gives_blocks_or_a_problem_with_a_line(text, model):
    found, problems = read(text, model)
    blocks = [block for some in found.values() for block in some]
    last = text.count("\n") + 1
    assert all(1 <= line <= last and words for line, words in problems), problems
    assert all(isinstance(block, Block) and 1 <= block.line <= last for block in blocks)
    assert problems or blocks or not text.strip()
    for html in rich_texts(blocks):
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


@settings(max_examples=60, deadline=None, derandomize=True)
@given(GOOD)
def test_no_word_of_a_text_that_is_read_gets_lost(text):
    found, problems = read(text)
    assert problems == []
    kept = " ".join(re.sub(r"<[^>]*>", " ", html) for html in rich_texts(found["body"]))
    words = re.sub(r"\]\(/[ab]\)|1\.|[^a-zé]", " ", text).split()
    assert words == kept.split()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(GOOD)
def test_opening_and_saving_rich_text_in_the_editor_is_no_edit(text):
    found, _problems = read(text)
    editor = ContentstateConverter(features=RICH_TEXT)
    for html in rich_texts(found["body"]):
        saved = editor.to_database_format(editor.from_database_format(html))
        assert "data-block-key" in saved
        assert to_html(from_html(saved)) == to_html(from_html(html))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(drawn.list_nodes(ONE_WORD.map(lambda word: [Run(word)])))
def test_a_list_is_refused_where_the_editor_would_lose_a_line_of_it_and_only_there(node):
    found, problems = read(to_markdown([node], STYLES_OF_WRITING[0]))
    html = found["body"][0].value
    editor = ContentstateConverter(features=RICH_TEXT)
    saved = editor.to_database_format(editor.from_database_format(html))
    assert all("The editor of pages would lose this line" in words for _line, words in problems)
    assert (to_html(from_html(saved)) == to_html(from_html(html))) == (not problems)


def rich_texts(blocks) -> list[str]:
    return [
        html
        for block in blocks
        for html in (
            [block.value]
            if block.kind == "text"
            else [block.value.get(name, "") for name in ("text", "transcript", "words")]
            if block.kind in ("callout", "film", "slide")
            else []
        )
    ]


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


@settings(max_examples=400, deadline=None, derandomize=True)
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
