"""Answers given in words, as a script or a test has them, in the form in which they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from modules.courses.marking import digest
from modules.courses.marking import fit as fit_quiz
from modules.courses.models import QuizPage, SurveyPage

from . import asking


def answers_in_words(page: QuizPage | SurveyPage, said: Iterable[Any]) -> dict[str, Any]:
    """One answer for each question, in their order, None for one that is skipped.

    In a quiz: the words of an option, a list of them, what is typed, the items in their order, or
    {item: what it goes with}. In a survey: a number from 1 to 5, the words of an option, a list of them, or
    what is written. Raises ValueError for words that a question does not have.
    """
    is_quiz = isinstance(page, QuizPage)
    read, fit = (_of_quiz, fit_quiz) if is_quiz else (_of_survey, asking.fit)
    kept = {}
    for block, words in zip(page.questions, said, strict=True):
        if words is None:
            continue
        answer = read(block.block_type, words)
        fitting = fit(block.block_type, block.value, answer)
        if fitting is None or (fitting != answer and set(fitting) != set(answer)):
            raise ValueError(f"“{block.value['question']}” has no answer {words!r}")
        kept[block.id] = fitting
    return kept


def _of_quiz(kind: str, words: Any) -> Any:
    if kind == "one":
        return digest(words)
    if kind == "many":
        return [digest(option) for option in words]
    if kind == "order":
        return {digest(item): place for place, item in enumerate(words, 1)}
    if kind == "match":
        return {digest(item): digest(match) for item, match in words.items()}
    return str(words)


def _of_survey(kind: str, words: Any) -> Any:
    if kind == "one":
        return digest(words)
    if kind == "many":
        return [digest(option) for option in words]
    return str(words)
