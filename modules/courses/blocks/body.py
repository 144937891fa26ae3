"""The blocks of a body.

`styles` and `scripts` of a block are the files under static/ that a page needs only where it has such a one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from community.discussions.quoted import Quoted, address_of_post

from ..desk.talk_input import TalkBlock
from . import samples
from .notes import NOTE_NAME, note_faults
from .recordings import AudioBlock, VideoBlock
from .text import NOTE_TEXT, Struct, rich_text, twins

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 200, 20, 500


class HeadingBlock(Struct):
    text = blocks.CharBlock(max_length=160, label=gettext_lazy("Heading"))
    level = blocks.ChoiceBlock(
        choices=[("2", gettext_lazy("Section")), ("3", gettext_lazy("Part of a section"))],
        default="2",
        label=gettext_lazy("Level"),
        help_text=gettext_lazy("A part comes below a section, never first."),
    )

    class Meta:
        icon = "title"
        label = gettext_lazy("Heading")
        description = gettext_lazy("The name of a section, or of a part of one")
        template = "modules/blocks/heading.html"
        preview_value = {"text": "The last hundred steps", "level": "2"}


class QuoteBlock(Struct):
    text = blocks.TextBlock(
        max_length=2000,
        label=gettext_lazy("Words quoted"),
        help_text=gettext_lazy("Word for word, and without quotation marks."),
    )
    source = blocks.CharBlock(max_length=200, required=False, label=gettext_lazy("Who said it, and where"))

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quotation")
        description = gettext_lazy("Somebody’s words, and whose they are")
        template = "modules/blocks/quote.html"
        preview_value = {"text": "Books are for use.", "source": "S. R. Ranganathan, 1931"}


class FigureBlock(Struct):
    image = ImageChooserBlock(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("1300 pixels wide or more look sharp on every screen."),
    )
    alt = blocks.CharBlock(
        max_length=400,
        label=gettext_lazy("What the picture shows"),
        help_text=gettext_lazy("Read aloud in place of the picture. One or two sentences."),
    )
    caption = blocks.CharBlock(
        max_length=400,
        required=False,
        label=gettext_lazy("Caption"),
        help_text=gettext_lazy("What the picture alone does not say."),
    )
    credit = blocks.CharBlock(
        max_length=200,
        required=False,
        label=gettext_lazy("Credit"),
        help_text=gettext_lazy("Who made it. Left empty, the credit of the picture itself is shown."),
    )

    class Meta:
        icon = "image"
        label = gettext_lazy("Figure")
        description = gettext_lazy("A picture with what it shows, a caption and a credit")
        template = "modules/blocks/figure.html"

    def get_preview_value(self):
        return self.normalize(samples.figure())


class GalleryBlock(Struct):
    title = blocks.CharBlock(max_length=160, label=gettext_lazy("What these pictures are"))
    pictures = blocks.ListBlock(FigureBlock(), min_num=2, max_num=24, label=gettext_lazy("Pictures"))

    class Meta:
        icon = "image"
        label = gettext_lazy("Gallery")
        description = gettext_lazy("Two to twenty-four pictures side by side")
        template = "modules/blocks/gallery.html"
        styles = ("css/gallery.css",)

    def get_preview_value(self):
        return self.normalize(
            {
                "title": "The way in, in four steps",
                "pictures": [samples.figure(number) for number in range(4)],
            }
        )


class CalloutBlock(Struct):
    kind = blocks.ChoiceBlock(
        choices=[("note", gettext_lazy("Note")), ("try", gettext_lazy("Try this"))],
        default="note",
        label=gettext_lazy("Kind"),
    )
    title = blocks.CharBlock(
        max_length=120,
        required=False,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Left empty, something to try is called “Try this”, and a note has no title."),
    )
    text = rich_text()

    class Meta:
        icon = "info-circle"
        label = gettext_lazy("Callout")
        description = gettext_lazy("A note beside the flow, or something to try at once")
        template = "modules/blocks/callout.html"
        preview_value = {
            "kind": "try",
            "title": "Two minutes, now",
            "text": "<p>Read what your door says.</p>",
        }


class QuestionBlock(Struct):
    question = blocks.CharBlock(
        max_length=240,
        label=gettext_lazy("Question"),
        help_text=gettext_lazy("One that is worth a walk round the block."),
    )
    text = rich_text(required=False, label=gettext_lazy("More about it"))

    class Meta:
        icon = "help"
        label = gettext_lazy("Question to think about")
        description = gettext_lazy("A question that nobody has to answer aloud")
        template = "modules/blocks/question.html"
        preview_value = {
            "question": "Who near you has a good reason not to come in?",
            "text": "<p>Think of one person, with a name.</p>",
        }


class DefinitionBlock(Struct):
    term = blocks.CharBlock(
        max_length=160, label=gettext_lazy("Term"), help_text=gettext_lazy("As it stands in the text.")
    )
    text = rich_text(label=gettext_lazy("What it means"))

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Definition")
        description = gettext_lazy("A term, and what it means here")
        template = "modules/blocks/definition.html"
        styles = ("css/definition.css",)
        preview_value = {"term": "Desire path", "text": "<p>The way people walk where no path was laid.</p>"}


class CodeBlock(Struct):
    language = blocks.RegexBlock(
        r"^[A-Za-z0-9+#.-]*$",
        max_length=30,
        required=False,
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("One word, like “html”. Left empty, none is named."),
        error_messages={"invalid": gettext_lazy("One word, like “html” or “python”.")},
    )
    code = blocks.TextBlock(max_length=20000, label=gettext_lazy("Code"))

    def clean(self, value):
        """The field alone would take the spaces before the first line for slips."""
        cleaned = super().clean(value)
        cleaned["code"] = value["code"]
        return cleaned

    class Meta:
        icon = "code"
        label = gettext_lazy("Code")
        description = gettext_lazy("Lines that are read or copied as they stand")
        template = "modules/blocks/code.html"
        styles = ("css/code.css",)
        preview_value = {"language": "html", "code": '<label for="name">Name</label>'}


class DownloadBlock(Struct):
    file = DocumentChooserBlock(
        label=gettext_lazy("File"), help_text=gettext_lazy("Its kind and size are said by the page.")
    )
    title = blocks.CharBlock(
        max_length=160,
        label=gettext_lazy("What it is"),
        help_text=gettext_lazy("For who has not seen it yet: “The card for your door, to print”."),
    )

    class Meta:
        icon = "download"
        label = gettext_lazy("Download")
        description = gettext_lazy("A file to take along, with its kind and size")
        template = "modules/blocks/download.html"
        styles = ("css/download.css",)

    def get_preview_value(self):
        return self.normalize({"file": samples.document(), "title": "The card for your door, to print"})


class Footnote(blocks.StructValue):
    """A note. Its number and the ways back to what refers to it are known where the body is prepared."""

    number: int | None = None
    ways: tuple[tuple[str, str], ...] = ()  # of each reference to it: “a”, “b” … and its id

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"note-{self['name']}"


class FootnoteBlock(Struct):
    name = blocks.CharBlock(
        max_length=40,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Letters and digits. Write [^name] in the text where the note belongs."),
    )
    text = blocks.RichTextBlock(features=NOTE_TEXT, max_length=4000, label=gettext_lazy("Note"))

    def faults(self, value):
        if not NOTE_NAME.fullmatch(value["name"]):
            yield "name", _("A name has letters of the English alphabet, digits, “-” and “_”.")

    class Meta:
        value_class = Footnote


class FootnotesBlock(blocks.ListBlock):
    """The notes of a body, in their order."""

    def __init__(self, **kwargs):
        super().__init__(FootnoteBlock(), min_num=1, max_num=100, **kwargs)

    def clean(self, value):
        cleaned = super().clean(value)
        faults = [ValidationError(words) for words in self.list_faults(cleaned)]
        if faults:
            raise blocks.ListBlockValidationError(non_block_errors=faults)
        return cleaned

    def list_faults(self, items: Iterable[dict]) -> Iterator[str]:
        """What is wrong with the notes together, in words."""
        if twin := twins(note["name"] for note in items):
            yield _("Two footnotes are called “%(name)s”.") % {"name": twin}

    class Meta:
        icon = "list-ol"
        label = gettext_lazy("Footnotes")
        description = gettext_lazy("Notes to the text, each with a way there and back")
        template = "modules/blocks/footnotes.html"
        styles = ("css/notes.css",)
        preview_value = [
            {"name": "tin", "text": "<p>The tins were paid for by the county.</p>"},
            {"name": "hope", "text": "<p>On hope as a liability, see Quiroga, 15.</p>"},
        ]


class TableBlock(WagtailTableBlock):
    """A table with a caption and header cells; without them it says nothing to who hears it read."""

    HEADERS = {"row": (True, False), "column": (False, True), "both": (True, True)}

    def __init__(self, **kwargs):
        options = {
            "contextMenu": [
                "row_above", "row_below", "---------", "col_left", "col_right", "---------",
                "remove_row", "remove_col", "---------", "undo", "redo",
            ],
            "startRows": 3, "startCols": 3, "language": "en-US",  # the editor of tables knows no other
        }  # fmt: skip
        super().__init__(table_options=options, **kwargs)

    def clean(self, value):
        value = super().clean(value) or {}
        rows = [["" if cell is None else str(cell) for cell in row] for row in value.get("data") or []]
        width = max(map(len, rows), default=0)
        if not (value.get("table_caption") or "").strip():
            raise ValidationError(_("Say in the caption what the table is about."))
        if value.get("table_header_choice") not in self.HEADERS:
            raise ValidationError(_("Say which cells are headers: the first row, the first column, or both."))
        if not any(cell.strip() for row in rows for cell in row):
            raise ValidationError(_("This table is empty."))
        if len(rows) > MAX_ROWS or width > MAX_COLUMNS:
            words = _(
                "A table has %(rows)d rows and %(columns)d columns at most. A longer one is a download."
            )
            raise ValidationError(words % {"rows": MAX_ROWS, "columns": MAX_COLUMNS})
        longest = max(len(cell) for row in rows for cell in row)
        if longest > MAX_CELL:
            raise ValidationError(_("A cell holds %(most)d characters at most.") % {"most": MAX_CELL})
        return canonical_table(rows, value["table_header_choice"], value["table_caption"].strip())

    def render(self, value, context=None):
        # Wagtail's block makes its own context, and never asks get_context.
        return super().render(value, {**(context or {}), "numeric": numeric_columns(value or {})})

    class Meta:
        icon = "table"
        label = gettext_lazy("Table")
        description = gettext_lazy("Rows and columns with a caption and header cells")
        template = "modules/blocks/table.html"
        styles = ("css/table.css",)

    def get_preview_value(self):
        rows = [
            ["Kind of trial", "Hours to start", "Hours to stop"],
            ["Chalk", "0.5", "0.5"],
            ["Swaps", "3", "9"],
        ]
        return canonical_table(rows, "both", "Starting and stopping, in hours of staff")


def canonical_table(rows: list[list[str]], header: str, caption: str) -> dict:
    """A table as Wagtail's block keeps it, its rows of one length."""
    width = max(map(len, rows), default=0)
    first_row, first_column = TableBlock.HEADERS[header]
    return {
        "data": [[*row, *[""] * (width - len(row))] for row in rows],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": first_row,
        "first_col_is_header": first_column,
        "table_header_choice": header,
        "table_caption": caption,
    }


def numeric_columns(table: dict) -> list[int]:
    """The columns (from 0) whose cells, but for the header, are numbers or empty."""
    rows = table.get("data") or []
    body = rows[1:] if table.get("first_row_is_table_header") else rows
    columns = zip(*body, strict=False)
    return [number for number, cells in enumerate(columns) if any(cells) and all(map(_is_number, cells))]


def _is_number(cell: str | None) -> bool:
    return not cell or bool(re.fullmatch(r"[-−+]?[€£$]?\s?[\d.,\u00a0\u202f ]*\d\s?%?", cell.strip()))


class QuotedThread(blocks.StructValue):
    """`quoted` is what its reader may see of it, known where the body is prepared; None if nothing."""

    quoted: Quoted | None = None

    @property
    def passage(self) -> str:
        """The words that are quoted; empty for a whole thread."""
        return self.quoted.passage(self["quote"]) if self.quoted else ""


class ThreadBlock(Struct):
    """A thread or post of this site, shown where it is quoted. What was hidden since is not shown."""

    address = TalkBlock(max_length=200, label=gettext_lazy("Thread or post"))
    quote = blocks.TextBlock(
        required=False,
        max_length=600,
        label=gettext_lazy("Passage"),
        help_text=gettext_lazy("Word for word. Left empty, the post’s beginning is shown."),
    )
    words = rich_text(
        required=False,
        label=gettext_lazy("What you say about it"),
        help_text=gettext_lazy("Why it is worth going there. Shown above the passage."),
    )

    def faults(self, value):
        if value["address"] and address_of_post(value["address"]) is None:
            yield "address", _("This is not the address of a thread or post of this site, like /p/123/.")

    class Meta:
        icon = "comment"
        label = gettext_lazy("Conversation")
        description = gettext_lazy(
            "A thread or post of this site with your words about it, and the way there"
        )
        template = "modules/blocks/thread.html"
        styles = ("css/quoted.css",)
        value_class = QuotedThread

    def get_preview_value(self):
        value = self.normalize(
            {"address": "/p/1/", "quote": "", "words": "<p>The reply that turned it round.</p>"}
        )
        value.quoted = samples.quoted()
        return value


class BodyBlock(blocks.StreamBlock):
    """The body of a course, week or step."""

    heading = HeadingBlock()
    text = rich_text(
        icon="pilcrow",
        description=gettext_lazy("Paragraphs and lists"),
        max_length=100_000,
        preview_value=(
            "<p>Nobody asked what the money was for. <i>Nobody</i> asked for a form.</p>"
            "<ul><li>Chalk</li><li>A moved chair</li></ul>"
        ),
    )
    quote = QuoteBlock(group=gettext_lazy("Words"))
    callout = CalloutBlock(group=gettext_lazy("Words"))
    question = QuestionBlock(group=gettext_lazy("Words"))
    definition = DefinitionBlock(group=gettext_lazy("Words"))
    footnotes = FootnotesBlock(group=gettext_lazy("Words"))
    table = TableBlock(group=gettext_lazy("Words"))
    code = CodeBlock(group=gettext_lazy("Words"))
    figure = FigureBlock(group=gettext_lazy("Pictures and sound"))
    gallery = GalleryBlock(group=gettext_lazy("Pictures and sound"))
    video = VideoBlock(group=gettext_lazy("Pictures and sound"))
    audio = AudioBlock(group=gettext_lazy("Pictures and sound"))
    download = DownloadBlock(group=gettext_lazy("From this site"))
    thread = ThreadBlock(group=gettext_lazy("From this site"))

    class Meta:
        block_counts = {"footnotes": {"max_num": 1}}

    @cached_property
    def required(self) -> bool:
        return False

    def clean(self, value):
        """A draft may refer to notes that are still to be written."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        faults = [
            ValidationError(words)
            for words in note_faults(self, ((block.block_type, block.value) for block in cleaned))
        ]
        if faults:
            raise blocks.StreamBlockValidationError(non_block_errors=faults)
        return cleaned
