"""The text of a file: Markdown to the blocks of a page.

Only what a page can show is read. Everything else that Markdown knows is a problem with its line, so the
parser keeps the rules for it switched on: what it does not recognise would pass as text. Files and other
pages are kept by the names that the text gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode
from wagtail.blocks import StreamBlock

from . import forms, richtext
from .forms import CALLOUTS, FORMS
from .links import is_good_address
from .plaintext import tidy_code
from .problems import FileProblems
from .richtext import Item, List, Paragraph, Run
from .syntax import count_cells, parser

SOURCE = re.compile(r"(?:—|–|--)\s*")
# Draft.js, in which pages are edited, knows five levels of a list.
LIST_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `value` is as StreamField keeps it, but for lists (plain ones), files and pages (names)."""

    kind: str
    value: Any
    line: int


Streams = Mapping[str, StreamBlock]


def read_streams(
    text: str, streams: Streams, *, first_line: int, report: FileProblems
) -> dict[str, list[Block]]:
    """The blocks that `text` makes, by the field of `streams` that they belong to.

    What cannot be read is reported; the text begins on `first_line`.
    """
    reader = _Reader(first_line, report, streams)
    reader.read_text(text)
    return reader.found


def read_rich_text(text: str, *, first_line: int, report: FileProblems) -> str:
    """Paragraphs and lists as HTML."""
    return _Reader(first_line, report, {}).rich_text_of(text)


class _Reader:
    """Walks the tree of one text. `line` is where it is, for whoever finds a problem."""

    def __init__(self, first_line: int, report: FileProblems, streams: Streams):
        self.first_line = first_line
        self.report = report
        self.streams = streams
        self.fields = {
            kind: field for field, stream in reversed(streams.items()) for kind in stream.child_blocks
        }
        self.directives = {
            name: kind
            for kind in self.fields
            if kind in FORMS
            for name in (CALLOUTS if kind == "callout" else (kind,))
        }
        self.found: dict[str, list[Block]] = {field: [] for field in streams}
        self.line = first_line
        self.item_before = (0, "")  # level and kind of the item of a list that was read last

    def read_text(self, text: str) -> None:
        for is_text, nodes in groupby(self._parse(text).children, key=_is_text):
            if is_text:
                nodes = list(nodes)
                self._move_to(nodes[0])
                self._add("text", self.line, richtext.to_html(self._tree(nodes)))
            else:
                for part, group in groupby(nodes, key=lambda node: node.type == "note"):
                    if part:
                        self._read_notes(list(group))
                    else:
                        for node in group:
                            self._move_to(node)
                            self._read_block(node)

    def rich_text_of(self, text: str) -> str:
        """`text` as rich text."""
        return richtext.to_html(self._tree(self._parse(text).children))

    def _parse(self, text: str) -> SyntaxTreeNode:
        environment: dict[str, Any] = {}
        tree = SyntaxTreeNode(parser().parse(text, environment))
        used = {node.meta["label"] for node in tree.walk() if node.type != "root" and "label" in node.meta}
        for label, reference in environment.get("references", {}).items():
            if label not in used:
                words = _("No link uses “[%(name)s]:”.") % {"name": label.lower()}
                self._problem_at(reference["map"][0], words)
        for reference in environment.get("duplicate_refs", ()):
            words = _("“[%(name)s]:” stands here a second time.")
            self._problem_at(reference["map"][0], words % {"name": reference["label"].lower()})
        return tree

    def _inside(self, first_line: int) -> _Reader:
        return _Reader(first_line, self.report, {})

    def _read_block(self, node: SyntaxTreeNode) -> None:
        if node.type == "heading":
            self._read_heading(node)
        elif node.type == "blockquote":
            self._read_quote(node)
        elif node.type == "paragraph":
            self._read_figure(node.children[0].children[0])
        elif node.type == "fence":
            value = {"language": node.info.strip(), "code": tidy_code(node.content)}
            self._add("code", self.line, value)
        elif node.type == "directive":
            self._read_directive(node)
        else:
            self._problem(_unread(node.type))

    def _read_heading(self, node: SyntaxTreeNode) -> None:
        if node.markup not in ("##", "###"):
            self._problem(_("Headings are written with ## and ###. The title of the page is a key."))
            return
        value = {"text": self._words(node.children, _("A heading")), "level": str(len(node.markup))}
        if not value["text"]:
            self._problem(_("This heading is empty."))
            return
        self._add("heading", self.line, value)

    def _read_quote(self, node: SyntaxTreeNode) -> None:
        line, words, source = self.line, [], ""
        for child in node.children:
            self._move_to(child)
            if child.type != "paragraph":
                self._problem(_("A quotation holds paragraphs only."))
                continue
            inline = self._inline_of(child)
            said, tail = inline.children, []
            if child is node.children[-1] and SOURCE.match(inline.content.rpartition("\n")[2]):
                said, tail = _split_last_line(said)
            words.append(self._words(said, _("A quotation")))
            if tail:
                source = SOURCE.sub("", self._words(tail, _("The source of a quotation")), count=1)
        text = "\n\n".join(filter(None, words))
        self.line = line
        if not text:
            self._problem(_("This quotation has no words."))
            return
        self._add("quote", line, {"text": text, "source": source})

    def _read_figure(self, image: SyntaxTreeNode) -> None:
        alt = "".join(_alternative(image)).strip()
        if not alt:
            words = _("The picture has no description. Say what it shows: ![A red door](door.jpg).")
            self._problem(words)
            return
        # Who writes an address in Markdown writes %20 for a space; here it is the name of a file.
        name = unquote(str(image.attrs.get("src", "")))
        caption = str(image.attrs.get("title", "")).strip()
        self._add("figure", self.line, {"image": name, "alt": alt, "caption": caption, "credit": ""})

    def _read_notes(self, nodes: list[SyntaxTreeNode]) -> None:
        notes = []
        for node in nodes:
            self._move_to(node)
            html = self._inside(self.line).rich_text_of(node.content)
            if "<li>" in html:
                self._problem(_("A note holds paragraphs only."))
            notes.append({"name": node.meta["name"], "text": html})
        self._move_to(nodes[0])
        self._add("footnotes", self.line, notes)

    def _read_directive(self, node: SyntaxTreeNode) -> None:
        line, name, title = self.line, node.meta["kind"], node.meta["title"]
        if not name:
            self._problem(_("This “:::” ends nothing: none is open above it."))
        elif name not in self.directives:
            words = _("“:::%(kind)s” is unknown here. There are %(all)s.")
            self._problem(words % {"kind": name, "all": ", ".join(sorted(self.directives))})
        elif not node.meta["closed"]:
            words = _("This “:::%(kind)s” is never ended. Put “:::” on a line below its text.")
            self._problem(words % {"kind": name})
        else:
            value = self._directive_value(name, title, node.content, line)
            if value is not None:
                self._add(self.directives[name], line, value)

    def _directive_value(self, name: str, title: str, content: str, line: int) -> dict | None:
        kind = self.directives[name]
        form = FORMS[kind]
        block = self.streams[self.fields[kind]].child_blocks[kind]
        keys, text, text_line = content, "", line + 1
        if form.text and not form.keys:
            keys, text = "", content
        elif form.text:
            keys, text, text_line = forms.split(content, line + 1)
        if kind == "table":
            rows = self._inside(text_line).table(text)
            return rows and forms.read_table(rows, title, keys, line + 1, self.report)
        value = forms.read_struct(block, keys, line + 1, self.report, besides=form)
        if value is None:
            return None
        if form.argument:
            value[form.argument] = title
        elif title and kind != "callout":
            self._problem(_("Behind “:::%(kind)s” stands nothing.") % {"kind": name})
        if kind == "callout":
            value |= {"kind": name, "title": title}
        if form.text:
            value[form.text] = self._inside(text_line).rich_text_of(text)
            if not value[form.text] and block.child_blocks[form.text].required:
                self._problem(
                    _("There is no text between this “:::%(kind)s” and its “:::”.") % {"kind": name}
                )
                return None
        return value

    def table(self, text: str) -> list[list[str]] | None:
        """The cells of a table in `text`, its first row included; None if there is none (then reported)."""
        nodes, lines = self._parse(text).children, text.split("\n")
        if [node.type for node in nodes] != ["table"]:
            self._problem(_("Here stands one table and nothing else: | a cell | another |, a line each."))
            return None
        rows = []
        for part in nodes[0].children:
            for row in part.children:
                self._move_to(row)
                rows.append([self._cell(cell) for cell in row.children])
                if count_cells(lines[row.map[0]]) > len(row.children):
                    words = _(
                        "There are more cells here than in the first row. A “|” in a cell is written “\\|”."
                    )
                    self._problem(words)
        return rows

    def _cell(self, cell: SyntaxTreeNode) -> str:
        if cell.attrs.get("style"):
            self._problem(
                _("Columns are not aligned here: take the colons out of the line below the first row.")
            )
        return self._words(cell.children, _("A cell"))

    def _add(self, kind: str, line: int, value: Any) -> None:
        """Keep a block, if this page has a place for its kind."""
        field = self.fields.get(kind)
        if field is None:
            self._problem(_unread(kind))
            return
        self.found[field].append(Block(kind, value, line))

    def _tree(self, nodes: Iterable[SyntaxTreeNode]) -> list[Paragraph | List]:
        """Paragraphs and lists."""
        tree: list[Paragraph | List] = []
        for node in nodes:
            self._move_to(node)
            if node.type == "paragraph":
                tree.append(Paragraph(self._runs(node)))
            elif node.type == "html_block" and node.content.strip() == "<br>":
                tree.append(Paragraph())
            elif node.type in LISTS:
                self.item_before = (0, "")
                tree.append(self._list(node, 1))
            else:
                self._problem(
                    _unread(node.type) if node.type in UNREAD else _("Here stand paragraphs and lists only.")
                )
        return tree

    def _list(self, node: SyntaxTreeNode, level: int) -> List:
        if level > LIST_LEVELS:
            self._problem(_("Lists go five levels deep at most."))
            return List(LISTS[node.type])
        if node.attrs.get("start", 1) != 1:
            self._problem(
                _(
                    "A numbered list begins with 1. For a line that begins with this number, "
                    "write a \\ before its dot."
                )
            )
        found = List(LISTS[node.type])
        for item in node.children:
            self._move_to(item)
            if not item.children:
                self._problem(_("This item of the list is empty."))
            self._refuse_what_the_editor_loses(level, node.type)
            found.items.append(Item())
            for part in item.children:
                self._read_item_part(found.items[-1], item, part, level)
        return found

    def _read_item_part(self, found: Item, item: SyntaxTreeNode, part: SyntaxTreeNode, level: int) -> None:
        self._move_to(part)
        is_first = part is item.children[0]
        if part.type == "paragraph" and is_first:
            found.runs = self._runs(part)
        elif part.type == "html_block" and is_first and part.content.strip() == "<br>":
            found.runs = []
        elif part.type in LISTS:
            found.lists.append(self._list(part, level + 1))
        else:
            self._problem(_("An item of a list is one paragraph, and perhaps a list below it."))

    def _refuse_what_the_editor_loses(self, level: int, kind: str) -> None:
        """Where a list within another ends, draftjs_exporter 5.2 looks at the kind of its last item.

        If the next item is of another kind, it is dropped when the page is saved in the editor.
        """
        level_before, kind_before = self.item_before
        if 1 < level <= level_before and kind != kind_before:
            words = _(
                "The editor of pages would lose this line, since a list of another kind ends above it. "
                "Make both numbered, or both with dashes."
            )
            self._problem(words)
        self.item_before = (level, kind)

    def _runs(self, paragraph: SyntaxTreeNode) -> list[Run]:
        tags: list[str] = []
        runs = richtext.tidy(self._inline(self._inline_of(paragraph).children, frozenset(), (), tags))
        if tags:
            self._problem(_("<%(tag)s> is never ended.") % {"tag": tags[-1]})
        return runs

    def _inline_of(self, paragraph: SyntaxTreeNode) -> SyntaxTreeNode:
        """What a paragraph holds. A directive that was taken for a part of it is reported."""
        inline = paragraph.children[0]
        for number, line in enumerate(inline.content.split("\n")):
            if line.lstrip().startswith(":::"):
                words = _(
                    "“:::” stands at the very beginning of a line that is not part of a list or quotation."
                )
                self.report.add(self.line + number, words)
        return inline

    def _inline(
        self, nodes: Iterable[SyntaxTreeNode], styles: frozenset[str], link: tuple, tags: list[str]
    ) -> Iterator[Run]:
        for node in nodes:
            now = styles | frozenset(tags)
            if node.type in ("text", "text_special"):
                yield Run(node.content, now, link)
            elif node.type in BREAKS:
                self.line += 1
                yield Run(BREAKS[node.type], now, link)
            elif node.type in STYLES:
                yield from self._inline(node.children, styles | {STYLES[node.type]}, link, tags)
            elif node.type == "link":
                address = (("href", self._address(node)),)
                yield from self._inline(node.children, styles, address, tags)
            elif node.type == "html_inline" and node.content in TAGS:
                if node.content == "<br>":
                    yield Run("\n", now, link)
                elif not node.content.startswith("</"):
                    tags.append(node.content[1])
                elif tags and tags[-1] == node.content[2]:
                    tags.pop()
                else:
                    self._problem(_("%(tag)s ends nothing.") % {"tag": node.content})
            else:
                self._problem(_unread(node.type))
                self.line += node.content.count("\n")

    def _words(self, nodes: Iterable[SyntaxTreeNode], whose: str) -> str:
        """The text of `nodes`, where nothing but text can be kept."""
        words = ""
        for node in nodes:
            if node.type in ("text", "text_special"):
                words += node.content
            elif node.type in BREAKS:
                self.line += 1
                words += BREAKS[node.type]
            elif node.type == "html_inline" and node.content == "<br>":
                words += "\n"
            elif node.type == "inline":
                words += self._words(node.children, whose)
            else:
                self._problem(
                    _("%(whose)s is plain text: nothing in it can be a link or stressed.") % {"whose": whose}
                )
        return words.strip()

    def _address(self, link: SyntaxTreeNode) -> str:
        """Where a link leads; reported unless it is the web, mail, a page or a file of the course."""
        address = str(link.attrs.get("href", ""))
        if link.attrs.get("title"):
            self._problem(
                _("A link has no title here: take out what stands in quotation marks behind its address.")
            )
        if not is_good_address(address):
            words = _(
                "“%(address)s” cannot be linked. Links begin with https://, http://, mailto:, tel:, / or "
                "page:, or name a file of the folder."
            )
            self._problem(words % {"address": address[:200]})
        return address

    def _move_to(self, node: SyntaxTreeNode) -> None:
        if node.map:
            self.line = self.first_line + node.map[0]

    def _problem(self, words: str) -> None:
        self.report.add(self.line, words)

    def _problem_at(self, line: int, words: str) -> None:
        self.report.add(self.first_line + line, words)


LISTS = {"bullet_list": "ul", "ordered_list": "ol"}
STYLES = {"strong": "b", "em": "i"}
BREAKS = {"softbreak": " ", "hardbreak": "\n"}
TAGS = {"<b>", "</b>", "<i>", "</i>", "<br>"}


def _is_text(node: SyntaxTreeNode) -> bool:
    """True for what goes into rich text: lists, and paragraphs but for a picture on its own."""
    if node.type == "paragraph":
        return [child.type for child in node.children[0].children] != ["image"]
    return node.type in LISTS or (node.type == "html_block" and node.content.strip() == "<br>")


def _split_last_line(nodes: list[SyntaxTreeNode]) -> tuple[list[SyntaxTreeNode], list[SyntaxTreeNode]]:
    """`nodes` up to their last line break, and that with what follows."""
    breaks = [place for place, node in enumerate(nodes) if node.type in BREAKS]
    place = breaks[-1] if breaks else 0
    return nodes[:place], nodes[place:]


def _alternative(image: SyntaxTreeNode) -> Iterator[str]:
    """The description of a picture without its markup (CommonMark 0.31, section 6.4)."""
    for node in image.walk(include_self=False):
        if node.type in BREAKS:
            yield " "
        elif not node.children:
            yield node.content


UNREAD = {
    "code_block": lambda: _(
        "Four spaces at the beginning of a line make code of it. Write it between lines of ```."
    ),
    "code_inline": lambda: _("Code within a line cannot be shown: there are backticks here."),
    "html_block": lambda: _("HTML cannot be read. Write Markdown."),
    "html_inline": lambda: _("HTML cannot be read. Write Markdown."),
    "hr": lambda: _("A rule across the page cannot be shown. Use a heading."),
    "table": lambda: _("A table stands in “:::table What it is about” and “:::”."),
    "s": lambda: _("Text cannot be struck through."),
    "image": lambda: _("A picture stands in a paragraph of its own, with an empty line above and below."),
}


def _unread(kind: str) -> str:
    """What a page cannot show, in words, by markdown-it's name for it."""
    if kind in UNREAD:
        return UNREAD[kind]()
    return _("This kind of Markdown (%(kind)s) cannot be read here.") % {"kind": kind}
