"""Questions of a quiz, which have answers, and of a survey, which have none.

Options, items and matches are known by their words: two that say the same could not be told apart.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from .text import Struct, twins

MAX_OPTIONS = 20
WORDS = 300


def words_block(label, **kwargs) -> blocks.CharBlock:
    return blocks.CharBlock(max_length=WORDS, label=label, **kwargs)


def list_of(child: blocks.Block, label, *, least: int = 1, **kwargs) -> blocks.ListBlock:
    return blocks.ListBlock(child, min_num=least, max_num=MAX_OPTIONS, label=label, **kwargs)


class Question(Struct):
    question = words_block(gettext_lazy("Question"))
    hint = words_block(
        gettext_lazy("Hint"),
        required=False,
        help_text=gettext_lazy("Stands below the question, before anybody answers."),
    )


class Feedback(Question):
    """A question with what is said to an answer."""

    when_right = blocks.TextBlock(
        max_length=600,
        required=False,
        label=gettext_lazy("Said to a right answer"),
        help_text=gettext_lazy("Why it is right. A sentence or two."),
    )
    when_near = blocks.TextBlock(
        max_length=600,
        required=False,
        label=gettext_lazy("Said to one nearly right"),
        help_text=gettext_lazy(
            "Where some of it is right. Left empty, the page says so in a few words of its own."
        ),
    )
    when_not = blocks.TextBlock(
        max_length=600,
        required=False,
        label=gettext_lazy("Said to any other"),
        help_text=gettext_lazy("What to look at again. Never only that it is wrong."),
    )


class OptionBlock(Struct):
    text = words_block(gettext_lazy("Answer"))
    right = blocks.BooleanBlock(required=False, default=False, label=gettext_lazy("Is right"))
    feedback = words_block(
        gettext_lazy("What is said to who chooses it"),
        required=False,
        help_text=gettext_lazy("One sentence, of a right answer as well."),
    )

    class Meta:
        icon = "list-ul"


class OneBlock(Feedback):
    """One option is right."""

    options = list_of(OptionBlock(), gettext_lazy("Answers to choose from"), least=2)

    def faults(self, value):
        yield from option_faults(value, most_right=1)

    class Meta:
        icon = "radio-empty"
        label = gettext_lazy("Choose one")
        description = gettext_lazy("Several answers, one of them right")
        form_classname = "struct-block"


class ManyBlock(Feedback):
    """One option or more is right."""

    options = list_of(OptionBlock(), gettext_lazy("Answers to choose from"), least=2)

    def faults(self, value):
        yield from option_faults(value)

    class Meta:
        icon = "tick-inverse"
        label = gettext_lazy("Choose all that fit")
        description = gettext_lazy("Several answers, one or more of them right")


def option_faults(value, most_right: int = MAX_OPTIONS):
    right = sum(option["right"] for option in value["options"])
    twin = twins(option["text"] for option in value["options"])
    if twin:
        yield "options", _("“%(text)s” stands here twice.") % {"text": twin}
    elif not right:
        yield "options", _("No answer is marked as right.")
    elif right > most_right:
        yield "options", _("More than one answer is marked as right. Make this “Choose all that fit”.")


class ShortBlock(Feedback):
    """A few words, compared with some wordings."""

    accept = list_of(
        words_block(gettext_lazy("Wording")),
        gettext_lazy("Wordings that are right"),
        help_text=gettext_lazy(
            "Capital letters, accents and punctuation make no difference, and a slip is forgiven."
        ),
    )

    def faults(self, value):
        if not any(normal_words(wording) for wording in value["accept"]):
            yield "accept", _("Give at least one wording that is right.")

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Short text")
        description = gettext_lazy("A word or a few, to be typed")


def normal_words(text: str) -> str:
    """`text` as it is compared: without case, accents, marks and double spaces (NFKD, no combining marks)."""
    import unicodedata

    plain = "".join(
        char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char)
    )
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


class OrderBlock(Feedback):
    """Items to be brought into their order, which is the one in which they stand here."""

    items = list_of(words_block(gettext_lazy("Item")), gettext_lazy("Items, in the right order"), least=3)

    def faults(self, value):
        twin = twins(value["items"])
        if twin:
            yield (
                "items",
                _("“%(text)s” stands here twice. Nobody could tell which comes first.") % {"text": twin},
            )

    class Meta:
        icon = "order"
        label = gettext_lazy("Put in order")
        description = gettext_lazy("Three things or more, to be brought into their order")


class PairBlock(Struct):
    item = words_block(gettext_lazy("Item"))
    match = words_block(gettext_lazy("What it goes with"))
    feedback = words_block(gettext_lazy("What is said to a right match"), required=False)

    class Meta:
        icon = "link"


class MatchBlock(Feedback):
    """Items to be matched; `others` fit none."""

    pairs = list_of(PairBlock(), gettext_lazy("Pairs"), least=2)
    others = list_of(
        words_block(gettext_lazy("Choice")),
        gettext_lazy("More choices, which fit none"),
        least=0,
        default=[],
        help_text=gettext_lazy("So that the last pair does not solve itself."),
    )

    def faults(self, value):
        twin = twins(pair["item"] for pair in value["pairs"])
        if twin:
            yield "pairs", _("“%(text)s” stands here twice.") % {"text": twin}
        matches = {normal(pair["match"]) for pair in value["pairs"]}
        other = next((choice for choice in value["others"] if normal(choice) in matches), "")
        if other or twins(value["others"]):
            yield "others", _("“%(text)s” stands here twice.") % {"text": other or twins(value["others"])}

    class Meta:
        icon = "link"
        label = gettext_lazy("Match")
        description = gettext_lazy("Things, each with what goes with it")


def normal(text: str) -> str:
    """`text` without case and double spaces."""
    return " ".join(text.split()).casefold()


class NumberBlock(Feedback):
    answer = blocks.DecimalBlock(max_digits=20, decimal_places=6, label=gettext_lazy("The number"))
    tolerance = blocks.DecimalBlock(
        min_value=0,
        max_digits=20,
        decimal_places=6,
        default=0,
        label=gettext_lazy("Give or take"),
        help_text=gettext_lazy("0 if only the very number is right."),
    )
    unit = blocks.CharBlock(
        max_length=40,
        required=False,
        label=gettext_lazy("Unit"),
        help_text=gettext_lazy("Stands behind the field: km, %, people."),
    )

    class Meta:
        icon = "decimal"
        label = gettext_lazy("Number")
        description = gettext_lazy("A number, give or take")


class QuizBlock(blocks.StreamBlock):
    """The questions of a quiz."""

    one = OneBlock()
    many = ManyBlock()
    short = ShortBlock()
    order = OrderBlock()
    match = MatchBlock()
    number = NumberBlock()

    class Meta:
        min_num = 1
        max_num = 60


class ScaleBlock(Question):
    """A statement, answered in five words from “Not at all” to “Very much”."""

    class Meta:
        icon = "sliders"
        label = gettext_lazy("Scale")
        description = gettext_lazy("A statement, answered in five words from “Not at all” to “Very much”")


class ChoiceOfOneBlock(Question):
    options = list_of(words_block(gettext_lazy("Answer")), gettext_lazy("Answers to choose from"), least=2)

    def faults(self, value):
        yield from plain_option_faults(value)

    class Meta:
        icon = "radio-empty"
        label = gettext_lazy("Choose one")
        description = gettext_lazy("Several answers, of which one is chosen")


class ChoiceOfManyBlock(Question):
    options = list_of(words_block(gettext_lazy("Answer")), gettext_lazy("Answers to choose from"), least=2)

    def faults(self, value):
        yield from plain_option_faults(value)

    class Meta:
        icon = "tick-inverse"
        label = gettext_lazy("Choose any")
        description = gettext_lazy("Several answers, of which any number is chosen")


def plain_option_faults(value):
    twin = twins(value["options"])
    if twin:
        yield "options", _("“%(text)s” stands here twice.") % {"text": twin}


class OpenBlock(Question):
    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("In their own words")
        description = gettext_lazy("A sentence or more, to be typed")


class SurveyBlock(blocks.StreamBlock):
    """The questions of a survey. Each can be skipped."""

    scale = ScaleBlock()
    one = ChoiceOfOneBlock()
    many = ChoiceOfManyBlock()
    open = OpenBlock()

    class Meta:
        min_num = 1
        max_num = 40
