"""What a quiz says to an answer, and numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.courses.blocks import QuizBlock
from modules.courses.marking import Mark, Outcome, choices, digest, fit, mark, parts, shuffled, solution
from modules.courses.numbers import readings

RIGHT, NEAR, NOT, UNANSWERED = Outcome.RIGHT, Outcome.NEAR, Outcome.NOT, Outcome.UNANSWERED


def asked(kind: str, **value) -> dict:
    """The value of a question's block, with what an author leaves empty."""
    return QuizBlock().child_blocks[kind].to_python({"question": "Which?", **value})


def option(text: str, right: bool = False, feedback: str = "") -> dict:
    return {"text": text, "right": right, "feedback": feedback}


CHALK = asked(
    "one",
    options=[option("A catalogue"), option("A chalk line", True, "It washes off."), option("A survey")],
    when_not="Look at the door.",
)
STOPPED = asked(
    "many",
    options=[
        option("The last day on the sign", True, "All of them."),
        option("The cost of undoing it", True),
        option("Permission first"),
        option("A larger budget"),
    ],
    when_near="Two of these fit.",
)
WORDS = asked("short", accept=["reversible", "undone by Friday", "1953"], when_right="Ours too.")
ORDER = asked("order", items=["Say it", "End it", "Spend it", "Take it down"])
MATCH = asked(
    "match",
    pairs=[
        {"item": "Seeds", "match": "Reversible", "feedback": "It holds other people’s things."},
        {"item": "A door", "match": "Visible", "feedback": ""},
        {"item": "A van", "match": "Small", "feedback": ""},
    ],
    others=["None of these"],
)


def number(answer: str, tolerance: str = "0", unit: str = "") -> dict:
    return asked("number", answer=Decimal(answer), tolerance=Decimal(tolerance), unit=unit)


def many(*texts: str) -> list[str]:
    return [digest(text) for text in texts]


def order(*places: int) -> dict[str, int]:
    return dict(zip(parts("order", ORDER), places, strict=True))


def match(**chosen: str) -> dict[str, str]:
    return {digest(item.replace("_", " ")): digest(choice) for item, choice in chosen.items()}


def test_one_answer_gets_its_own_words_or_those_of_the_question():
    marked = mark("one", CHALK, digest("A chalk line"))
    assert (marked.outcome, marked.said) == (RIGHT, "It washes off.")
    assert marked.marks == {digest("A chalk line"): Mark.RIGHT}
    marked = mark("one", CHALK, digest("A survey"))
    assert (marked.outcome, marked.said) == (NOT, "Look at the door.")
    assert marked.marks == {digest("A survey"): Mark.WRONG}  # and not a word about the right one
    assert mark("one", CHALK, None).outcome == UNANSWERED


@pytest.mark.parametrize(
    ("chosen", "outcome", "marks"),
    [
        (("The last day on the sign", "The cost of undoing it"), RIGHT, ("right", "right")),
        (("The last day on the sign",), NEAR, ("right", "missed")),
        (("The last day on the sign", "Permission first"), NEAR, ("right", "missed", "wrong")),
        (("The last day on the sign", "Permission first", "A larger budget"), NOT, None),
        (("Permission first",), NOT, ("missed", "missed", "wrong")),
        (("A larger budget", "Permission first"), NOT, None),
    ],
)
def test_many_answers_are_marked_one_by_one(chosen, outcome, marks):
    marked = mark("many", STOPPED, fit("many", STOPPED, many(*chosen)))
    assert marked.outcome == outcome
    if marks:
        assert tuple(marked.marks.values()) == marks
    assert (digest("The last day on the sign") in marked.notes) == ("The last day on the sign" in chosen)
    if outcome == NEAR:
        assert marked.said == "Two of these fit."


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("Reversible", RIGHT),
        ("  REVERSIBLE! ", RIGHT),
        ("reversable", RIGHT),
        ("reversibel", RIGHT),
        ("reversble", RIGHT),
        ("Undone, by friday.", RIGHT),
        ("undone bye friday", NOT),  # a short word
        ("irreversible", NOT),
        ("not reversible", NEAR),
        ("I think it is reversible", NEAR),
        ("1953", RIGHT),
        ("1954", NOT),
        ("in 1953", NEAR),
        ("…", NOT),
    ],
)
def test_short_text_is_compared_with_the_wordings_but_for_a_slip(typed, outcome):
    marked = mark("short", WORDS, typed)
    assert marked.outcome == outcome
    if outcome == NEAR:
        assert marked.said == "Nearly. Ours is “reversible”."


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("1,5", RIGHT),
        ("1.5 litres", RIGHT),
        ("3/2", RIGHT),
        ("1 ½", RIGHT),
        ("١٫٥", RIGHT),
        ("1.62", NEAR),
        ("1.75", NOT),
        ("-1.5", NOT),
        ("two", UNANSWERED),
        ("1e999", UNANSWERED),
        ("9" * 60, UNANSWERED),
    ],
)
def test_numbers_are_right_within_the_tolerance_in_any_notation(typed, outcome):
    marked = mark("number", number("1.5", "0.1"), typed)
    assert marked.outcome == outcome
    assert marked.unreadable == (outcome == UNANSWERED)


def test_a_number_that_can_be_read_in_two_ways_is_read_in_the_right_one():
    assert mark("number", number("1500"), "1,500").outcome == RIGHT
    assert mark("number", number("1.5"), "1,500").outcome == RIGHT
    assert mark("number", number("15"), "14").outcome == NOT  # without a tolerance nothing is nearly right
    assert mark("number", number("0.333333"), "1/3").outcome == RIGHT  # as many places as an author can give


@pytest.mark.parametrize(
    ("places", "outcome", "left"),
    [
        ((1, 2, 3, 4), RIGHT, 0),
        ((1, 3, 2, 4), NEAR, 0),
        ((4, 1, 2, 3), NEAR, 0),  # one stands elsewhere
        ((2, 1, 4, 3), NOT, 0),
        ((4, 3, 2, 1), NOT, 0),
        ((1, 2, 2, 4), UNANSWERED, 1),
    ],
)
def test_an_order_is_nearly_right_where_one_item_stands_elsewhere(places, outcome, left):
    marked = mark("order", ORDER, order(*places))
    assert (marked.outcome, marked.left) == (outcome, left)


def test_an_order_with_a_place_taken_twice_says_so_and_is_no_answer_yet():
    assert "Place 2 is taken twice" in mark("order", ORDER, order(1, 2, 2, 4)).said
    some = dict(list(order(1, 2, 3, 4).items())[:1])
    assert (mark("order", ORDER, some).outcome, mark("order", ORDER, some).left) == (UNANSWERED, 3)


def test_of_three_items_two_neighbours_may_have_changed_places():
    three = asked("order", items=["a", "b", "c"])
    names = list(parts("order", three))

    def outcome(*places):
        return mark("order", three, dict(zip(names, places, strict=True))).outcome

    assert outcome(2, 1, 3) == NEAR
    assert outcome(3, 1, 2) == NOT


def test_matches_are_marked_one_by_one_and_wait_for_the_last():
    some = mark("match", MATCH, match(Seeds="Reversible", A_door="Small"))
    assert (some.outcome, some.left) == (UNANSWERED, 1)
    assert some.marks == {digest("Seeds"): Mark.RIGHT, digest("A door"): Mark.WRONG}
    assert some.notes == {digest("Seeds"): "It holds other people’s things."}
    near = mark("match", MATCH, match(Seeds="Reversible", A_door="Visible", A_van="None of these"))
    assert (near.outcome, near.said) == (NEAR, "Nearly. 2 of them fit.")
    assert mark("match", MATCH, match(Seeds="Small", A_door="Small", A_van="Small")).outcome == NOT
    right = match(Seeds="Reversible", A_door="Visible", A_van="Small")
    assert mark("match", MATCH, right).outcome == RIGHT


def test_the_right_answer_is_said_in_words():
    assert solution("one", CHALK) == ["A chalk line"]
    assert solution("many", STOPPED) == ["The last day on the sign", "The cost of undoing it"]
    assert solution("short", WORDS) == ["reversible"]
    assert solution("order", ORDER) == ["Say it", "End it", "Spend it", "Take it down"]
    assert solution("match", MATCH)[0] == "Seeds – Reversible"
    assert solution("number", number("12.50", "0.5", "litres")) == ["12.5 litres, give or take 0.5"]
    assert solution("number", number("1500.000000", unit="people")) == ["1500 people"]


def test_an_answer_keeps_what_is_still_the_same_after_an_edit():
    edited = asked(
        "many",
        options=[option("the last  DAY on the sign", True), option("Something new"), option("A third")],
    )
    given = many("The last day on the sign", "Permission first")
    assert fit("many", edited, given) == many("The last day on the sign")
    assert fit("one", CHALK, digest("Reworded")) is None
    shorter = asked("order", items=["Say it", "End it", "Spend it"])
    assert fit("order", shorter, order(1, 2, 3, 4)) == dict(list(order(1, 2, 3, 4).items())[:3])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=6,
)


@given(JSON)
def test_whatever_is_sent_fits_or_is_nothing_and_is_marked_without_an_error(sent):
    questions = {"one": CHALK, "many": STOPPED, "short": WORDS, "order": ORDER, "match": MATCH}
    for kind, question in (questions | {"number": number("3")}).items():
        answer = fit(kind, question, sent)
        assert fit(kind, question, answer) == answer
        mark(kind, question, answer)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=8, unique_by=digest), st.text())
def test_shuffling_is_stable_and_never_gives_the_order_away(items, seed):
    given_order = [digest(item) for item in items]
    mixed = shuffled(given_order, seed)
    assert mixed == shuffled(given_order, seed)
    assert sorted(mixed) == sorted(given_order)
    assert mixed != given_order


def test_choices_that_say_the_same_are_one():
    twice = asked(
        "match",
        pairs=[{"item": "a", "match": "Small"}, {"item": "b", "match": "small "}],
        others=[],
    )
    assert list(choices(twice).values()) == ["Small"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("14.", {"14"}),
        (".5", {"0.5"}),
        ("½", {"0.5"}),
        ("-1½", {"-1.5"}),
        ("1 1/2", {"1.5"}),
        ("~7", {"7"}),
        ("3 euros", {"3"}),
        ("3e2", {"300"}),
        ("7 m²", {"7"}),
        ("१२", {"12"}),
        ("1.234,5", {"1234.5"}),
        ("1,500", {"1.5", "1500"}),
        ("10²", set()),
        ("1/0", set()),
        ("9 of 12", set()),
        (".", set()),
    ],
)
def test_numbers_as_people_write_them(text, numbers):
    assert readings(text) == {Decimal(number) for number in numbers}
