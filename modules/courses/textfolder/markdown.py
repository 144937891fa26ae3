"""The body of a file: Markdown to the blocks of a page.

Only what a page can show is read. Everything else that Markdown knows is a problem with its line, so the
parser keeps the rules for it switched on: what it does not recognise would pass as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.tree import SyntaxTreeNode
from wagtail.blocks import StructBlock

from ..blocks import BodyBlock
from .problems import FileProblems

MARK = re.compile(r":::(?!:)[ \t]*([^\s]*)[ \t]*(.*)")
CALLOUTS = ("note", "try", "question")
TRANSCRIPT = "transcript"
SOURCE = re.compile(r"(?:—|–|--)\s*")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
# Draft.js, in which pages are edited, knows five levels of a list.
LIST_LEVELS = 5
web_address = URLValidator(schemes=["http", "https"])
mail_address = EmailValidator()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body as StreamField keeps it. A figure's “image” is the file's name as written."""

    kind: str
    value: Any
    line: int


@dataclass
class Body:
    """The blocks of a text, and its transcript as rich text (empty without one)."""

    blocks: list[Block] = field(default_factory=list)
    transcript: str = ""


def read_body(text: str, *, first_line: int, report: FileProblems, transcript_allowed: bool = False) -> Body:
    """The blocks that `text` makes. What cannot be read is reported; the text begins on `first_line`."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    reader = _Reader(first_line, report, transcript_allowed)
    reader.read(SyntaxTreeNode(tokens))
    reader.refuse_unused_addresses(environment)
    return reader.body


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"store_labels": True}).enable(["table", "strikethrough"])
    # Which addresses may be linked is judged below, where a line can be named.
    parser.validateLink = lambda address: True
    parser.block.ruler.before(
        "fence", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return parser


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for markdown-it: “:::kind Title”, text, “:::”, at the left edge and not inside each other."""
    mark = _mark_at(state, start)
    if mark is None:
        return False
    if silent:
        return True
    if state.level:
        return False
    kind, title = mark
    close = start + 1
    if kind:
        while close < end and _mark_at(state, close) is None:
            close += 1
    opening = state.push("directive_open", "", 1)
    opening.map = [start, close]
    opening.meta = {
        "kind": kind,
        "title": title,
        "closed": close < end and _mark_at(state, close) == ("", ""),
    }
    if kind:
        parent, last = state.parentType, state.lineMax
        state.parentType, state.lineMax = "directive", close
        state.md.block.tokenize(state, start + 1, close)
        state.parentType, state.lineMax = parent, last
    state.push("directive_close", "", -1)
    state.line = close + 1 if kind and opening.meta["closed"] else close
    return True


def _mark_at(state: StateBlock, line: int) -> tuple[str, str] | None:
    """Kind and title of the directive mark in `line`; None if there is no mark."""
    if state.sCount[line] != 0:
        return None
    found = MARK.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return (found.group(1), found.group(2).strip()) if found else None


class _Reader:
    """Walks the tree of one body. `line` is where it is, for whoever finds a problem."""

    def __init__(self, first_line: int, report: FileProblems, transcript_allowed: bool):
        self.first_line = first_line
        self.report = report
        self.transcript_allowed = transcript_allowed
        self.body = Body()
        self.line = first_line
        self.labels: set[str] = set()
        self.ended = False

    def read(self, tree: SyntaxTreeNode) -> None:
        for is_text, nodes in groupby(tree.children, key=_is_text):
            for node in [tuple(nodes)] if is_text else nodes:
                self._move_to(node[0] if is_text else node)
                if self.ended:
                    self._problem(_("The transcript stands at the end: nothing may follow it."))
                    self.ended = False
                if is_text:
                    self._add("text", self.line, self._rich_text(node))
                else:
                    self._read_block(node)

    def refuse_unused_addresses(self, environment: dict[str, Any]) -> None:
        """Report what “[name]: address” lines would lose: those that no link uses, and second ones."""
        for label, reference in environment.get("references", {}).items():
            if label not in self.labels:
                self._problem_at(reference["map"][0], _unused(label))
        for reference in environment.get("duplicate_refs", ()):
            words = _("“[%(name)s]:” stands here a second time.")
            self._problem_at(reference["map"][0], words % {"name": reference["label"].lower()})

    def _read_block(self, node: SyntaxTreeNode) -> None:
        if node.type == "heading":
            self._read_heading(node)
        elif node.type == "blockquote":
            self._read_quote(node)
        elif node.type == "paragraph":
            self._read_figure(node.children[0].children[0])
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
            inline = child.children[0]
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
        self._note_label(image)
        alt = "".join(_alternative(image)).strip()
        if not alt:
            words = _("The picture has no description. Say what it shows: ![A red door](door.jpg).")
            self._problem(words)
            return
        # The parser writes addresses; here it is the name of a file.
        name = unquote(str(image.attrs.get("src", "")))
        value = {"image": name, "alt": alt, "caption": str(image.attrs.get("title", "")).strip()}
        self._add("figure", self.line, value)

    def _read_directive(self, node: SyntaxTreeNode) -> None:
        line, kind, title = self.line, node.meta["kind"], node.meta["title"]
        if not kind:
            self._problem(_("This “:::” ends nothing: none is open above it."))
        elif kind not in (*CALLOUTS, TRANSCRIPT):
            words = _("“:::%(kind)s” is unknown. There are %(all)s.")
            self._problem(words % {"kind": kind, "all": ", ".join((*CALLOUTS, TRANSCRIPT))})
        elif not node.meta["closed"]:
            self._problem(
                _("This “:::%(kind)s” is never ended. Put “:::” on a line below its text.") % {"kind": kind}
            )
        else:
            html = self._rich_text(node.children)
            self.line = line
            if not html:
                self._problem(
                    _("There is no text between this “:::%(kind)s” and its “:::”.") % {"kind": kind}
                )
            elif kind == TRANSCRIPT:
                self._keep_transcript(html, title)
            else:
                self._add("callout", line, {"kind": kind, "title": title, "text": html})

    def _keep_transcript(self, html: str, title: str) -> None:
        if not self.transcript_allowed:
            self._problem(_("Only a lecture has a transcript."))
        elif title:
            self._problem(_("A transcript has no title."))
        self.body.transcript = html
        self.ended = True

    def _add(self, kind: str, line: int, value: Any) -> None:
        """Keep a block, and report what its own fields say against its value."""
        self.body.blocks.append(Block(kind, value, line))
        if not isinstance(value, dict):
            return
        for name, child in _blocks()[kind].child_blocks.items():
            if name == "image":
                continue
            try:
                child.clean(child.to_python(value[name]))
            except ValidationError as error:
                for words in error.messages:
                    self.report.add(line, f"{child.label}: {words}")

    def _rich_text(self, nodes: Iterable[SyntaxTreeNode], level: int = 0) -> str:
        """Paragraphs and lists as Wagtail keeps rich text."""
        html = ""
        for node in nodes:
            self._move_to(node)
            if node.type == "paragraph":
                html += f"<p>{self._inline(node.children[0].children)}</p>"
            elif node.type in LISTS:
                html += self._list(node, level + 1)
            else:
                self._problem(_("Here stand paragraphs and lists only."))
        return html

    def _list(self, node: SyntaxTreeNode, level: int) -> str:
        if level > LIST_LEVELS:
            self._problem(_("Lists go five levels deep at most."))
            return ""
        if node.attrs.get("start", 1) != 1:
            self._problem(
                _(
                    "A numbered list begins with 1. For a line that begins with this number, "
                    "write a \\ before its dot."
                )
            )
        tag = LISTS[node.type]
        items = ""
        for item in node.children:
            self._move_to(item)
            if not item.children:
                self._problem(_("This item of the list is empty."))
            items += f"<li>{''.join(self._item_part(item, part, level) for part in item.children)}</li>"
        return f"<{tag}>{items}</{tag}>"

    def _item_part(self, item: SyntaxTreeNode, part: SyntaxTreeNode, level: int) -> str:
        self._move_to(part)
        if part.type == "paragraph" and part is item.children[0]:
            return self._inline(part.children[0].children)
        if part.type in LISTS and part is not item.children[0]:
            if part.type != item.parent.type:
                # draftjs_exporter 5.2 drops lines of a mixed list when a page is saved in the editor.
                self._problem(_("A list inside another is of its kind: both numbered, or both with dashes."))
            return self._list(part, level + 1)
        self._problem(_("An item of a list is one paragraph, and perhaps a list below it."))
        return ""

    def _inline(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        html = ""
        for node in nodes:
            if node.type in ("text", "text_special"):
                html += escape(self._checked(node.content), quote=False)
            elif node.type in BREAKS:
                self.line += 1
                html += BREAKS[node.type]
            elif node.type in STYLES:
                html += f"<{STYLES[node.type]}>{self._inline(node.children)}</{STYLES[node.type]}>"
            elif node.type == "link":
                html += f'<a href="{escape(self._address(node))}">{self._inline(node.children)}</a>'
            else:
                self._problem(_unread(node.type))
                self.line += node.content.count("\n")
        return html

    def _words(self, nodes: Iterable[SyntaxTreeNode], whose: str) -> str:
        """The text of `nodes`, where nothing but text can be kept."""
        words = ""
        for node in nodes:
            if node.type in ("text", "text_special"):
                words += self._checked(node.content)
            elif node.type in BREAKS:
                self.line += 1
                words += "\n" if node.type == "hardbreak" else " "
            elif node.type == "inline":
                words += self._words(node.children, whose)
            else:
                self._problem(
                    _("%(whose)s is plain text: nothing in it can be a link or stressed.") % {"whose": whose}
                )
        return words.strip()

    def _address(self, link: SyntaxTreeNode) -> str:
        """Where a link leads; reported unless it is the web, mail, or a page of this site."""
        self._note_label(link)
        address = str(link.attrs.get("href", ""))
        if link.attrs.get("title"):
            self._problem(
                _("A link has no title here: take out what stands in quotation marks behind its address.")
            )
        if str(link.meta.get("label", "")).startswith("^"):
            self._problem(_footnotes())
        elif not _is_good_address(address):
            words = _("“%(address)s” cannot be linked. Links begin with https://, http://, mailto: or /.")
            self._problem(words % {"address": address[:200]})
        return address

    def _checked(self, text: str) -> str:
        if text.lstrip().startswith(":::"):
            self._problem(
                _("“:::” stands at the very beginning of a line that is not part of a list or quotation.")
            )
        if FOOTNOTE.search(text):
            self._problem(_footnotes())
        return text

    def _note_label(self, node: SyntaxTreeNode) -> None:
        if "label" in node.meta:
            self.labels.add(node.meta["label"])

    def _move_to(self, node: SyntaxTreeNode) -> None:
        if node.map:
            self.line = self.first_line + node.map[0]

    def _problem(self, words: str) -> None:
        self.report.add(self.line, words)

    def _problem_at(self, line: int, words: str) -> None:
        self.report.add(self.first_line + line, words)


LISTS = {"bullet_list": "ul", "ordered_list": "ol"}
STYLES = {"strong": "b", "em": "i"}
BREAKS = {"softbreak": " ", "hardbreak": "<br/>"}


def _is_text(node: SyntaxTreeNode) -> bool:
    """True for what goes into rich text: lists, and paragraphs but for a picture on its own."""
    if node.type == "paragraph":
        return [child.type for child in node.children[0].children] != ["image"]
    return node.type in LISTS


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


def _is_good_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            web_address(address)
            return True
        if parts.scheme == "mailto":
            mail_address(unquote(parts.path))
            return not parts.netloc
    except (ValueError, ValidationError):
        return False
    return address.startswith("/") and not address.startswith("//")


def _unread(kind: str) -> str:
    """What a page cannot show, in words, by markdown-it's name for it."""
    return {
        "fence": _("Code cannot be shown."),
        "code_block": _("Four spaces at the beginning of a line make code of it, which cannot be shown."),
        "code_inline": _("Code cannot be shown: there are backticks here."),
        "html_block": _("HTML cannot be read. Write Markdown."),
        "html_inline": _("HTML cannot be read. Write Markdown."),
        "hr": _("A rule across the page cannot be shown. Use a heading."),
        "table": _("Tables cannot be shown."),
        "s": _("Text cannot be struck through."),
        "image": _("A picture stands in a paragraph of its own, with an empty line above and below."),
    }.get(kind, _("This kind of Markdown (%(kind)s) cannot be read.") % {"kind": kind})


def _footnotes() -> str:
    return _("Footnotes cannot be read. Put the note into the text, or into a “:::note”.")


def _unused(label: str) -> str:
    if label.startswith("^"):
        return _footnotes()
    return _("No link uses “[%(name)s]:”.") % {"name": label.lower()}


@cache
def _blocks() -> Mapping[str, StructBlock]:
    return BodyBlock().child_blocks
