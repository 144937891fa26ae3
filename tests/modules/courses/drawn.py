"""What hypothesis draws courses from: texts that nobody would write on purpose, rich text, blocks, keys."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import cycle, pairwise
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from hypothesis import Phase, settings
from hypothesis import strategies as st
from wagtail.blocks import (
    Block,
    BooleanBlock,
    ChoiceBlock,
    ChooserBlock,
    DecimalBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from modules.courses.blocks.body import CodeBlock, FootnoteBlock, TableBlock, ThreadBlock, canonical_table
from modules.courses.blocks.notes import references_in, rich_texts_in
from modules.courses.blocks.questions import (
    ManyBlock,
    MatchBlock,
    OneBlock,
    ShortBlock,
    normal,
    normal_words,
)
from modules.courses.blocks.recordings import CaptionsBlock, ChaptersBlock, VideoBlock
from modules.courses.numbers import plain_number
from modules.courses.textfolder.attachments import kind_of_chooser
from modules.courses.textfolder.plaintext import tidy_code, tidy_line, tidy_lines, tidy_text
from modules.courses.textfolder.richtext import Item, List, Paragraph, Run, from_html, to_html

# Texts ---------------------------------------------------------------------------------------------------
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)


def examples(count: int) -> settings:
    """The same `count` examples in each run. TIMES=100 in the environment: 100 times as many, at random."""
    times = int(os.environ.get("TIMES", "1"))
    return settings(max_examples=count * times, derandomize=times == 1, deadline=None, phases=PHASES)


def _split(words: str) -> list[str]:
    return words.split()


MARKDOWN = _split(r"""
# ## ### #hash > | - + * ** *** _ __ 1. 1) 12. 3.14 --- === *** ___ ``` ` `` ~~~ ~~ ~ \ \\ \* ! ![ ]( [ ]
[a] [a](b) ![a](b) [a]: [^a] [^a]: [^tin] <b> </b> <br> <br/> <i> <!-- --> <p> <div> <https://a.b> &amp; &lt;
& &#8232; &nbsp; &copy &#x27; ::: :::note :::: :::end :- |---| a|b \| — – -- — -a ^ $ {} {{x}} %d %(x)s
""")
YAML = _split(r"""
No no yes on ~ null true 1e3 0x1F 010 1_000 12:30 2027-03-01 .inf .nan = << : :: a: # #a - -a ? | > % @ !
!!str
&a *a [a] {a: [} " ' "" '' \n --- ... , - 0.5 1,5 1.234 -0
""")
UNICODE = [
    *_split("é e\u0301 ñ ß İ ı ﬁ Å A\u030a 한국 ㅎㅏㄴ 中文 ไทย हिन्दी 𝔄 𐍈 “ ” ’ … ٣ ½ ² 👩‍🚒 👩🏽‍🚒 🏳️‍🌈 🇸🇪"),
    *_split("עברית العربية \u200fא\u200e \u202bא\u202c \u2067a\u2069 \u0301 \ufdd0 \U0001fffe"),
    # Spaces and what is not seen at all.
    *"\u00a0\u2028\u2029\u200b\u200c\u200d\ufeff\u00ad\u3000\u2003\u202f",
]
WORDS = _split("a b c an ab word å ß x y z")
BITS = st.one_of(
    *[
        st.lists(
            st.sampled_from([*WORDS, *MARKDOWN, *YAML, *UNICODE, *("  ", " ") * 20, "\t"]),
            min_size=1,
            max_size=12,
        )
    ]
    * 3,
    st.lists(st.sampled_from([*WORDS, " "]), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6),
).map("".join)
BREAKS = st.sampled_from(["\n", "\n", "\n\n", " \n ", "\n\n\n", "\n    ", "\n---\n", "\n:::\n"])


def _at_most(text: str, most: int | None, tidy: Callable[[str], str]) -> str:
    return tidy(tidy(text)[: most or None])


def lines(most: int | None = 200, *, required: bool = True) -> st.SearchStrategy[str]:
    """A line of odd characters."""
    text = BITS.map(lambda bits: _at_most(bits, most, tidy_line))
    return text.filter(bool) if required else st.one_of(st.just(""), text)


def texts(
    most: int | None = 600, *, required: bool = True, tidy: Callable[[str], str] = tidy_text
) -> st.SearchStrategy[str]:
    """Some lines of them."""
    text = st.lists(st.tuples(BITS, BREAKS).map("".join), min_size=1, max_size=4).map("".join)
    text = text.map(lambda bits: _at_most(bits, most, tidy))
    return text.filter(bool) if required else st.one_of(st.just(""), text)


ADDRESSES = st.sampled_from(
    _split(r"""
        https://example.org http://example.org/a?b=c&d=e#f https://example.org/(a)/b) https://example.org/<a>
        https://example.org/a%20b https://example.org/a"b https://example.org/a'b https://exämple.org/ü
        https://example.org/[a] https://example.org/*a*_b_ https://example.org/a\b https://intranet/x http://127.0.0.1:8/
        ftp://example.org/a mailto:a@example.org mailto:a@example.org?subject=B%20c tel:+44123
        /courses/ /p/1/ #part
        https://example.org/&copy https://example.org/&amp;copy;
    """)
)
SPACED = st.just("https://example.org/a b")

# Rich text -----------------------------------------------------------------------------------------------
RUN_TEXT = st.one_of(BITS, BITS, st.sampled_from([" ", "\n", "a ", " a", "\na", "a\n", "\n\n"]))
STYLES = st.sampled_from([(), (), (), ("b",), ("i",), ("b", "i")]).map(frozenset)


def runs(addresses: st.SearchStrategy[str]) -> st.SearchStrategy[list[Run]]:
    link = st.one_of(st.just(""), st.just(""), addresses)
    run = st.builds(
        lambda text, styles, href: Run(text, styles, (("href", href),) if href else ()),
        RUN_TEXT,
        STYLES,
        link,
    )
    return st.lists(run, max_size=5)


def list_nodes(words: st.SearchStrategy[list[Run]], level: int = 1) -> st.SearchStrategy[List]:
    """Lists of up to five levels, of one kind or mixed."""
    below = (
        st.lists(st.deferred(lambda: list_nodes(words, level + 1)), max_size=1) if level < 5 else st.just([])
    )
    item = st.builds(Item, words, st.one_of(st.just([]), below))
    return st.builds(List, st.sampled_from(["ul", "ul", "ol"]), st.lists(item, min_size=1, max_size=3))


def rich_texts(
    addresses: st.SearchStrategy[str], *, required: bool = True, with_lists: bool = True
) -> st.SearchStrategy[str]:
    """Rich text in its canonical form."""
    words = runs(addresses)
    parts = [st.builds(Paragraph, words)]
    if with_lists:
        parts.append(list_nodes(words).map(as_the_editor_keeps_it))
    html = (
        st.lists(st.one_of(*parts), min_size=1, max_size=3).map(canonical).map(_without_notes_in_dead_links)
    )
    return html.filter(bool) if required else st.one_of(st.just(""), html)


def _without_notes_in_dead_links(html: str) -> str:
    """Within a link, “[^a]” refers to no note; out of a link that led nowhere it would."""
    return html.replace("[^", "[") if ":gone" in html else html


def canonical(tree: list) -> str:
    html = to_html(tree)
    while html != (again := to_html(from_html(html))):
        html = again
    return html


def as_the_editor_keeps_it(node: List) -> List:
    """`node`, all of one kind if the editor would lose items of it."""
    items = list(_items(node, 1))
    if any(1 < level <= before and tag != above for (before, above), (level, tag) in pairwise(items)):
        _make_uniform(node, node.tag)
    return node


def _items(node: List, level: int) -> Iterator[tuple[int, str]]:
    for item in node.items:
        yield level, node.tag
        for below in item.lists:
            yield from _items(below, level + 1)


def _make_uniform(node: List, tag: str) -> None:
    node.tag = tag
    for item in node.items:
        for below in item.lists:
            _make_uniform(below, tag)


# Blocks --------------------------------------------------------------------------------------------------
class Values:
    """Values of blocks by their definition, valid as the editor would have it.

    `files` has what can be drawn for a file of each kind; `addresses` are where links of rich text lead.
    """

    def __init__(self, files: dict[str, list[Any]], addresses: st.SearchStrategy[str] = ADDRESSES):
        self.files = files
        self.addresses = st.one_of(addresses, SPACED)

    def streams(self, stream: StreamBlock, *, least: int = 0, most: int = 4):
        """Blocks of a stream: pairs of kind and value."""
        block = st.sampled_from(list(stream.child_blocks)).flatmap(
            lambda kind: st.tuples(st.just(kind), self.of(stream.child_blocks[kind]))
        )
        least = max(least, stream.meta.min_num or 0)
        most = min(most, stream.meta.max_num or most)
        return st.lists(block, min_size=least, max_size=max(least, most)).map(_one_set_of_notes)

    def of(self, block: Block) -> st.SearchStrategy:
        """A value of `block` as a folder has it."""
        if isinstance(block, FootnoteBlock):
            name = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
            text = rich_texts(self.addresses, with_lists=False)
            return st.fixed_dictionaries({"name": name, "text": text})
        if isinstance(block, StructBlock):
            children = {name: self.of(child) for name, child in block.child_blocks.items()}
            if isinstance(block, CodeBlock):
                children["code"] = texts(2000, tidy=tidy_code)
            if isinstance(block, ThreadBlock):
                children["address"] = st.sampled_from(
                    ["/p/1/", "/p/22", "https://example.org/forum/topic/3-a/"]
                )
            return st.fixed_dictionaries(children).map(lambda value: _valid(block, value))
        if isinstance(block, ListBlock):
            return self._list(block)
        if isinstance(block, TableBlock):
            return tables()
        if isinstance(block, RichTextBlock):
            return rich_texts(self.addresses, required=block.field.required)
        if isinstance(block, ChooserBlock):
            files = st.sampled_from(self.files[kind_of_chooser(block)])
            return files if block.required else st.one_of(st.none(), files)
        if isinstance(block, BooleanBlock):
            return st.booleans()
        if isinstance(block, ChoiceBlock):
            return st.sampled_from([value for value, _label in block.field.choices if value])
        if isinstance(block, DecimalBlock):
            return _numbers(block.field.min_value)
        return self._text(block)

    def _text(self, block: Block) -> st.SearchStrategy[str]:
        most, required = block.field.max_length, block.field.required
        if isinstance(block, ChaptersBlock):
            return st.sampled_from(
                ["", "0:00 A", "0:00 –: “a”\n1:05 b # c\n1:00:00 #", "0:01 \u05d0 \u200f\n59:59 -"]
            )
        if isinstance(block, TextBlock):
            return texts(most, required=required)
        if type(block).__name__ == "URLBlock":
            return st.sampled_from(["", "https://vimeo.com/1", "https://example.org/?a=b&c=d#e: f"[:28]])
        if type(block).__name__ == "RegexBlock":
            return st.sampled_from(["", "python", "c++", "html", "c#", "a.b-c"])
        return lines(most, required=required)

    def _list(self, block: ListBlock) -> st.SearchStrategy[list]:
        least, most = block.meta.min_num or 0, block.meta.max_num or 3
        items = self.of(block.child_block)
        return st.lists(items, min_size=least, max_size=min(most, least + 2), unique_by=_gist)


def _gist(item: Any) -> str:
    """What two items of a list must not have in common."""
    if isinstance(item, dict):
        first = next(key for key in ("text", "item", "name", "language", "alt") if key in item)
        item = item["name" if "name" in item else first]
    return normal(item)


def _one_set_of_notes(blocks: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    notes = [block for block in blocks if block[0] == "footnotes"]
    return [block for block in blocks if block not in notes[1:]]


def with_its_notes(stream: StreamBlock, blocks: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """`blocks` with a note for each reference in their texts, and no others."""
    others = [block for block in blocks if block[0] != "footnotes"]
    texts = [note["text"] for kind, value in blocks if kind == "footnotes" for note in value]
    names = dict.fromkeys(
        name
        for kind, value in others
        for html in rich_texts_in(stream.child_blocks[kind], value)
        for name in references_in(html)
    )
    notes = [{"name": name, "text": text} for name, text in zip(names, cycle(texts or ["<p>a</p>"]))]
    return [*others, ("footnotes", notes)] if notes else others


def _valid(block: StructBlock, value: dict[str, Any]) -> dict[str, Any]:
    """`value` with what its parts must not be together put right."""
    if isinstance(block, OneBlock | ManyBlock):
        for number, option in enumerate(value["options"]):
            option["right"] = number == 0 or (isinstance(block, ManyBlock) and option["right"])
    if isinstance(block, ShortBlock) and not any(map(normal_words, value["accept"])):
        value["accept"][0] += "a"
    if isinstance(block, MatchBlock):
        matches = {normal(pair["match"]) for pair in value["pairs"]}
        value["others"] = [choice for choice in value["others"] if normal(choice) not in matches]
    if isinstance(block, CaptionsBlock):
        value["language"] = "pt-BR" if len(value["language"]) % 2 else "ar"
    if isinstance(block, VideoBlock):
        value["address"] = "" if value["file"] else value["address"] or "https://vimeo.com/1"
        value["captions"] = value["captions"][:1] if value["file"] else []
    return value


def _numbers(least: Decimal | None) -> st.SearchStrategy[str]:
    number = st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False)
    short = st.sampled_from(["0", "1.234", "-1.234", "1200", "0.125", "1000000", "12.5", "3.142", "0.000001"])
    found = st.one_of(short.map(Decimal), number)
    return found.map(lambda value: plain_number(abs(value) if least is not None else value))


def tables() -> st.SearchStrategy[dict[str, Any]]:
    cell = st.one_of(
        st.just(""), lines(40), texts(60), st.sampled_from(["|", "\\|", "a|b", "1,5", "–", "\\\\|"])
    )
    rows = st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=4)
    )
    headers = st.sampled_from(sorted(TableBlock.HEADERS))
    said = rows.filter(lambda some: any(cell for row in some for cell in row))
    return st.builds(canonical_table, said, headers, lines(200))


# Keys ----------------------------------------------------------------------------------------------------
def field_values(field: models.Field, *, many: bool = False) -> st.SearchStrategy:
    """What a field of a page may hold."""
    if isinstance(field, models.ForeignKey):
        return st.sampled_from([None, 1])
    if field.flatchoices:
        words = [value for value, _label in field.flatchoices]
        return st.sampled_from([*words, ""] if field.blank else words)
    if isinstance(field, models.BooleanField):
        return st.booleans()
    if isinstance(field, models.IntegerField):
        most = min(
            [check.limit_value for check in field.validators if isinstance(check, MaxValueValidator)] or [999]
        )
        least = max(
            [check.limit_value for check in field.validators if isinstance(check, MinValueValidator)] or [0]
        )
        number = st.integers(least, most)
        return st.one_of(st.none(), number) if field.null else number
    if isinstance(field, models.TimeField):
        return st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
    if field.name in ODD_FIELDS:
        return st.sampled_from(ODD_FIELDS[field.name])
    most = field.max_length
    if isinstance(field, models.TextField):
        return texts(most, required=not field.blank, tidy=tidy_lines if many else tidy_text)
    return lines(most, required=not field.blank)


UIDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
SLUGS = ["a", "A-b_C", "día-uno", "早安", "слово", "x" * 255, "é" * 200, "no", "1e3", "-", "_"]

# Fields whose validators want something of their values.
ODD_FIELDS = {
    "time_zone": ["UTC", "Europe/London", "America/St_Johns"],
    "session_zone": ["", "Asia/Kathmandu"],
    "doi": ["", "10.5860/crl_29_03_178", "10.1000/<a>;b#c"],
    "isbn": ["", "978-0-306-40615-7", "0306406152"],
    "link": ["", "https://meet.example.org/a?b=c#d"],
    "work_url": ["", "https://example.org/a%20(b)"],
}
