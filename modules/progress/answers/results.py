"""What came of a survey, counted by the database.

Shares are shown from ten answers up, question by question: fewer could tell whose they are. What somebody
wrote is for who leads the course; others read what its author allows to be quoted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import RowNumber

from modules.courses.models import CoursePage, SurveyPage

from ..models import Enrolment
from . import asking
from .models import SurveyAnswer, SurveySheet

ENOUGH = 10  # answers
READ_AT_MOST = 100  # answers in one's own words, to a question


@dataclass(slots=True)
class Bar:
    """Part of a chart: where it begins and how long it is, in percent. `name` gives its colour."""

    name: str
    start: str
    length: str


@dataclass(slots=True)
class Row:
    """An answer and how many people gave it; `is_gone`: it can no longer be chosen."""

    words: str
    count: int
    is_gone: bool = False
    bar: Bar | None = None


@dataclass(slots=True)
class Written:
    """What somebody wrote; `name` of who signed it, for who leads the course."""

    words: str
    name: str = ""
    is_quotable: bool = True


@dataclass(slots=True)
class Counted:
    """A question with what came of it. `people` answered it; `is_gone`: it is no longer asked."""

    key: str
    kind: str
    question: str
    people: int
    is_gone: bool = False
    rows: list[Row] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        return self.people >= ENOUGH


@dataclass(slots=True)
class Results:
    """`people` answered, of `on_course` who take the course. `scales`, `others`: in the survey's order."""

    people: int
    on_course: int
    scales: list[Counted]
    others: list[Counted]
    for_leaders: bool
    enough: int = ENOUGH

    @property
    def is_enough(self) -> bool:
        return self.people >= ENOUGH

    @property
    def scale_words(self) -> list[str]:
        return [str(words) for words in asking.SCALE.values()]


def results_of(survey: SurveyPage, course: CoursePage, *, for_leaders: bool) -> Results:
    """What came of `survey`. Five queries, however many people answered."""
    answers = SurveyAnswer.objects.filter(sheet__step_id=survey.pk)
    counts: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for question, choice, words, count in (
        answers.exclude(kind="open")
        .values_list("question", "choice")
        .annotate(words=Max("words"), count=Count("pk"))
        .order_by("question", "choice")
    ):
        counts[question][choice] = (count, words)
    kinds = answers.values_list("question").annotate(
        kind=Max("kind"), asked=Max("asked"), people=Count("sheet", distinct=True)
    )
    asked_of = {question: rest for question, *rest in kinds.order_by("question")}
    written = _written(answers, for_leaders=for_leaders)
    questions = [
        _counted(block.id, block.block_type, block.value["question"], block.value, asked_of, counts, written)
        for block in survey.questions
    ]
    now = {question.key for question in questions}
    for key, (kind, asked, _people) in asked_of.items():
        if key not in now:
            questions.append(_counted(key, kind, asked, None, asked_of, counts, written))
    return Results(
        people=SurveySheet.objects.filter(step_id=survey.pk).count(),
        on_course=Enrolment.objects.filter(course=course, left_at=None).count(),
        scales=[question for question in questions if question.kind == "scale"],
        others=[question for question in questions if question.kind != "scale"],
        for_leaders=for_leaders,
    )


def _written(answers: QuerySet, *, for_leaders: bool) -> dict[str, list[Written]]:
    """What people wrote, by question: the first hundred each, in the order of their keys, which is random."""
    texts = answers.filter(kind="open") if for_leaders else answers.filter(kind="open", quotable=True)
    texts = texts.annotate(
        place=Window(RowNumber(), partition_by="question", order_by="pk"),
        name=F("sheet__person__display_name"),
    ).filter(place__lte=READ_AT_MOST)
    found: dict[str, list[Written]] = defaultdict(list)
    for question, words, name, quotable in texts.order_by("question", "pk").values_list(
        "question", "words", "name", "quotable"
    ):
        found[question].append(Written(words, (name or "") if for_leaders else "", quotable))
    return found


def _counted(
    key: str,
    kind: str,
    question: str,
    value: Mapping | None,
    asked_of: Mapping[str, list],
    counts: Mapping[str, Mapping[str, tuple[int, str]]],
    written: Mapping[str, list[Written]],
) -> Counted:
    people = asked_of[key][2] if key in asked_of else 0
    counted = Counted(key, kind, question, people, is_gone=value is None, written=written.get(key, []))
    found = counts.get(key, {})
    known = asking.options(kind, value or {"options": []})
    counted.rows = [Row(str(words), found.get(name, (0, ""))[0]) for name, words in known.items()]
    counted.rows += [
        Row(words, count, is_gone=True) for name, (count, words) in found.items() if name not in known
    ]
    if people and kind == "scale":
        counted.bars = _one_bar([row.count for row in counted.rows])
    elif people:
        for row in counted.rows:
            row.bar = Bar("sc4", "0", f"{100 * row.count / people:.2f}%")
    return counted


def _one_bar(counts: Iterable[int]) -> list[Bar]:
    """A bar of five parts, a hair of the ground between two of them."""
    counts = list(counts)
    total, start, bars = sum(counts), 0.0, []
    for number, count in enumerate(counts, 1):
        share = 100 * count / total
        if count:
            bars.append(Bar(f"sc{number}", f"{start + 0.15:.2f}%", f"{max(share - 0.3, 0.2):.2f}%"))
        start += share
    return bars
