"""Marking of a quiz: an answer held against its question. Nothing here asks the database.

Answers as they are kept, in JSON, by the kind of the question:

    one     the digest of an option
    many    the digests of options, in the question's order
    short   the words as typed
    number  the number as typed
    order   the place of each item by the item's digest: {"3f…": 1, …}
    match   the digest of what was chosen by the item's digest: {"3f…": "a0…"}

Options, items and matches are known by a digest of their words: what an author rewords is another option, and
an answer keeps whatever is still the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .blocks.questions import WORDS, normal, normal_words
from .numbers import plain_number, readings

# The most characters that somebody may type.
LONGEST = {"short": WORDS, "number": 60}
ROUNDING = Decimal("0.0000005")  # of the number that an author can give, six places


class Outcome(StrEnum):
    RIGHT = "right"
    NEAR = "near"
    NOT = "not"
    UNANSWERED = "unanswered"


class Mark(StrEnum):
    """What is said beside an option: Yes, Not this one, Also this."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Marked:
    """What a question says to an answer.

    `said`: the feedback, in words. `marks` and `notes` (more feedback): by the digest of an option or item.
    `left`: how many parts wait for an answer; the question counts as unanswered until there is none.
    `unreadable`: the answer was no number, and `said` says so.
    """

    outcome: Outcome
    said: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    left: int = 0
    unreadable: bool = False


Question = Mapping[str, Any]  # the value of a question's block


def digest(words: str) -> str:
    """A short name for `words`, twelve characters, the same whatever their case and spaces."""
    return hashlib.blake2b(normal(words).encode(), digest_size=6).hexdigest()


def by_digest(words: Iterable[str]) -> dict[str, str]:
    """These words by their digests, in their order, each once."""
    found: dict[str, str] = {}
    for text in words:
        found.setdefault(digest(text), text)
    return found


def parts(kind: str, question: Question) -> dict[str, str]:
    """The words of the options or items of a question by their digests; none for what is typed."""
    if kind in ("one", "many"):
        return by_digest(option["text"] for option in question["options"])
    if kind == "order":
        return by_digest(question["items"])
    if kind == "match":
        return by_digest(pair["item"] for pair in question["pairs"])
    return {}


def choices(question: Question) -> dict[str, str]:
    """What the items of a match question can go with, by digest."""
    return by_digest([*(pair["match"] for pair in question["pairs"]), *question["others"]])


def shuffled(digests: Iterable[str], seed: str) -> list[str]:
    """`digests` in an order that is always the same for a seed, and never the one given if that can be."""
    given = list(digests)
    mixed = sorted(given, key=lambda name: hashlib.blake2b(f"{seed}:{name}".encode()).digest())
    return mixed[1:] + mixed[:1] if mixed == given else mixed


def fit(kind: str, question: Question, answer: Any) -> Any:
    """What of `answer` belongs to the question as it is now, as it is kept; None if nothing does."""
    known = parts(kind, question)
    if kind == "one":
        return answer if isinstance(answer, str) and answer in known else None
    if kind == "many":
        chosen = answer if isinstance(answer, list) else []
        return [name for name in known if name in chosen] or None
    if kind in LONGEST:
        return (answer.replace("\x00", "").strip() or None) if isinstance(answer, str) else None
    given = answer if isinstance(answer, dict) else {}
    allowed = set(range(1, len(known) + 1)) if kind == "order" else choices(question).keys()
    kept = {name: given[name] for name in known if isinstance(given.get(name), int | str)}
    return {name: chosen for name, chosen in kept.items() if chosen in allowed} or None


def mark(kind: str, question: Question, answer: Any) -> Marked:
    """Hold `answer`, as it is kept (`fit`), against its question; None is no answer."""
    return _MARKERS[kind](question, answer)


def solution(kind: str, question: Question) -> list[str]:
    """The right answer in words, a line for each option, item or pair."""
    if kind in ("one", "many"):
        return [option["text"] for option in question["options"] if option["right"]]
    if kind == "short":
        return [question["accept"][0]]
    if kind == "order":
        return list(question["items"])
    if kind == "match":
        return [
            _("%(item)s – %(match)s") % {"item": pair["item"], "match": pair["match"]}
            for pair in question["pairs"]
        ]
    words = f"{_plain(question['answer'])} {question['unit']}".strip()
    if not question["tolerance"]:
        return [words]
    return [
        _("%(number)s, give or take %(tolerance)s")
        % {"number": words, "tolerance": _plain(question["tolerance"])}
    ]


def _plain(number: Decimal) -> str:
    """“12.5” for 12.500000, with the reader's own mark before the decimals."""
    return number_format(plain_number(number), use_l10n=True)


# One kind after the other -----------------------------------------------------------------------------
def _mark_one(question: Question, answer: str | None) -> Marked:
    option = next((option for option in question["options"] if digest(option["text"]) == answer), None)
    if option is None:
        return Marked(Outcome.UNANSWERED, left=1)
    outcome = Outcome.RIGHT if option["right"] else Outcome.NOT
    return Marked(
        outcome,
        option["feedback"] or _said(question, outcome),
        {answer: Mark.RIGHT if option["right"] else Mark.WRONG},
    )


def _mark_many(question: Question, answer: list[str] | None) -> Marked:
    if not answer:
        return Marked(Outcome.UNANSWERED, left=1)
    marks: dict[str, Mark] = {}
    notes: dict[str, str] = {}
    for option in question["options"]:
        name = digest(option["text"])
        if name in answer:
            marks[name] = Mark.RIGHT if option["right"] else Mark.WRONG
            if option["feedback"]:
                notes[name] = option["feedback"]
        elif option["right"]:
            marks[name] = Mark.MISSED
    count = list(marks.values()).count
    if count(Mark.RIGHT) == len(marks):
        outcome = Outcome.RIGHT
    else:
        outcome = Outcome.NEAR if 0 < count(Mark.RIGHT) >= count(Mark.WRONG) else Outcome.NOT
    return Marked(outcome, _said(question, outcome), marks, notes)


def _mark_short(question: Question, answer: str | None) -> Marked:
    if not answer:
        return Marked(Outcome.UNANSWERED, left=1)
    words = normal_words(answer).split()
    wordings = [normal_words(wording).split() for wording in question["accept"]]
    if any(_same_spelling(words, wording) for wording in wordings):
        outcome = Outcome.RIGHT
    elif any(_contains(words, wording) for wording in wordings):
        outcome = Outcome.NEAR
    else:
        outcome = Outcome.NOT
    if outcome == Outcome.NEAR and not question["when_near"]:
        said = _("Nearly. Ours is “%(wording)s”.") % {"wording": question["accept"][0]}
        return Marked(outcome, said)
    return Marked(outcome, _said(question, outcome))


def _same_spelling(words: list[str], wording: list[str]) -> bool:
    """The same words, but for one slip in each of the longer ones. What has a digit in it allows none."""
    return len(words) == len(wording) and all(map(_one_slip, words, wording))


def _one_slip(word: str, other: str) -> bool:
    """One letter too many, missing, wrong, or two that have changed places; not the first: “amoral”."""
    if word == other:
        return True
    if min(len(word), len(other)) < 5 or word[0] != other[0] or any(map(str.isdigit, word + other)):
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(word) - len(other)) == 1
    a, b = word[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _contains(words: list[str], wording: list[str]) -> bool:
    """The wording stands somewhere in the words."""
    return any(
        words[at : at + len(wording)] == wording for at in range(len(words) - len(wording) + 1) if wording
    )


def _mark_number(question: Question, answer: str | None) -> Marked:
    if not answer:
        return Marked(Outcome.UNANSWERED, left=1)
    found = readings(answer)
    if not found:
        words = _("We can’t read “%(text)s” as a number. Write it in figures, like 12, 1.5 or 3/4.")
        return Marked(Outcome.UNANSWERED, words % {"text": answer[:40]}, left=1, unreadable=True)
    off = min(abs(number - question["answer"]) for number in found) - ROUNDING
    if off <= question["tolerance"]:
        outcome = Outcome.RIGHT
    else:
        # “Give or take 5” makes what is 10 off nearly right; where only the very number counts, nothing is.
        outcome = Outcome.NEAR if off <= 2 * question["tolerance"] else Outcome.NOT
    return Marked(outcome, _said(question, outcome))


def _mark_order(question: Question, answer: Mapping[str, int] | None) -> Marked:
    names = list(parts("order", question))
    places = [(answer or {}).get(name) for name in names]
    left = places.count(None)
    if left:
        return Marked(Outcome.UNANSWERED, left=left)
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice:
        words = _("Place %(place)d is taken twice. Give each a place of its own.") % {"place": twice}
        return Marked(Outcome.UNANSWERED, words, left=len(places) - len(set(places)))
    if places == sorted(places):
        outcome = Outcome.RIGHT
    else:
        outcome = Outcome.NEAR if _nearly_ordered(places) else Outcome.NOT
    return Marked(outcome, _said(question, outcome))


def _nearly_ordered(places: list[int]) -> bool:
    """One item, put elsewhere, makes it right; of three, two neighbours have changed places."""
    if len(places) < 4:
        return sum(first > second for first, second in combinations(places, 2)) == 1
    without = (places[:at] + places[at + 1 :] for at in range(len(places)))
    return any(rest == sorted(rest) for rest in without)


def _mark_match(question: Question, answer: Mapping[str, str] | None) -> Marked:
    marks: dict[str, Mark] = {}
    notes: dict[str, str] = {}
    for pair in question["pairs"]:
        name = digest(pair["item"])
        chosen = (answer or {}).get(name)
        if chosen is None:
            continue
        is_right = chosen == digest(pair["match"])
        marks[name] = Mark.RIGHT if is_right else Mark.WRONG
        if is_right and pair["feedback"]:
            notes[name] = pair["feedback"]
    left = len(question["pairs"]) - len(marks)
    if left:
        return Marked(Outcome.UNANSWERED, marks=marks, notes=notes, left=left)
    right = list(marks.values()).count(Mark.RIGHT)
    if right == len(marks):
        outcome = Outcome.RIGHT
    else:
        outcome = Outcome.NEAR if right * 2 >= len(marks) else Outcome.NOT
    said = _said(question, outcome)
    if outcome == Outcome.NEAR and not question["when_near"]:
        said = ngettext("Nearly. %(count)d of them fits.", "Nearly. %(count)d of them fit.", right)
        said %= {"count": right}
    return Marked(outcome, said, marks, notes)


def _said(question: Question, outcome: Outcome) -> str:
    """The author's words for an outcome, or the shortest that there are."""
    if outcome == Outcome.RIGHT:
        return question["when_right"] or _("Yes.")
    if outcome == Outcome.NEAR:
        return question["when_near"] or _("Nearly.")
    return question["when_not"] or _("Not quite.")


_MARKERS: dict[str, Callable[[Question, Any], Marked]] = {
    "one": _mark_one,
    "many": _mark_many,
    "short": _mark_short,
    "number": _mark_number,
    "order": _mark_order,
    "match": _mark_match,
}
