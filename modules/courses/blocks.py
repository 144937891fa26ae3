"""What a body is made of. Each block has its template under templates/modules/blocks/."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=160, label=_("Heading"))
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2", label=_("Level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "modules/blocks/heading.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=2000, label=_("Words quoted"))
    source = blocks.CharBlock(max_length=200, required=False, label=_("Who said it, and where"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "modules/blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        max_length=400,
        label=_("What the picture shows"),
        help_text=_("Read aloud in place of the picture. One or two sentences."),
    )
    caption = blocks.CharBlock(max_length=400, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "modules/blocks/figure.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("note", _("Note")), ("try", _("Try this")), ("question", _("Question to think about"))],
        default="note",
        label=_("Kind"),
    )
    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "modules/blocks/callout.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a course, week or step."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"), icon="pilcrow")
    quote = QuoteBlock()
    figure = FigureBlock()
    callout = CalloutBlock()

    class Meta:
        block_counts = {}

    @cached_property
    def required(self) -> bool:
        return False
