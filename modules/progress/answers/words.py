"""How answers stand, in words: no score anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from modules.courses.marking import Marked, Outcome


def in_words(number: int) -> str:
    """“two”; from thirteen on figures."""
    words = [
        pgettext("of the answers", "none"),
        pgettext("of the answers", "one"),
        pgettext("of the answers", "two"),
        pgettext("of the answers", "three"),
        pgettext("of the answers", "four"),
        pgettext("of the answers", "five"),
        pgettext("of the answers", "six"),
        pgettext("of the answers", "seven"),
        pgettext("of the answers", "eight"),
        pgettext("of the answers", "nine"),
        pgettext("of the answers", "ten"),
        pgettext("of the answers", "eleven"),
        pgettext("of the answers", "twelve"),
    ]
    return words[number] if number < len(words) else str(number)


def summary(marked: Iterable[Marked]) -> str:
    """“Two as the lecture has it, two nearly, one to look at.” Empty where nothing is answered in full."""
    counts = Counter(answer.outcome for answer in marked)
    open_ones = counts.pop(Outcome.UNANSWERED, 0)
    right = counts[Outcome.RIGHT]
    if right > 1 and right == counts.total() and not open_ones:
        return _("All %(number)s as the lecture has it.") % {"number": in_words(right)}
    parts = []
    if right:
        parts.append(_("%(number)s as the lecture has it") % {"number": in_words(right)})
    if near := counts[Outcome.NEAR]:
        parts.append(_("%(number)s nearly") % {"number": in_words(near)})
    if other := counts[Outcome.NOT]:
        parts.append(_("%(number)s to look at") % {"number": in_words(other)})
    if not parts:
        return ""
    words = _(", ").join(parts)
    return _("%(words)s.") % {"words": words[0].upper() + words[1:]}


def still_open(marked: Iterable[Marked]) -> str:
    """“Question 5 has one left. Questions 7 and 8 are still open.” `marked`: all questions in their order."""
    begun, untouched = [], []
    for number, answer in enumerate(marked, 1):
        if answer.outcome != Outcome.UNANSWERED:
            continue
        if answer.marks and not answer.said:
            words = ngettext(
                "Question %(number)d has %(left)s left.",
                "Question %(number)d has %(left)s left.",
                answer.left,
            )
            begun.append(words % {"number": number, "left": in_words(answer.left)})
        else:
            untouched.append(str(number))
    if untouched:
        words = ngettext(
            "Question %(numbers)s is still open.", "Questions %(numbers)s are still open.", len(untouched)
        )
        begun.append(words % {"numbers": get_text_list(untouched, _("and"))})
    return " ".join(begun)


def tries_words(left: int | None) -> str:
    """How often one may check: `left` times, or, where it is None, without end."""
    if left is None:
        return _("You can check as often as you like.")
    return ngettext("You can check once.", "You can check %(count)s times.", left) % {"count": in_words(left)}
