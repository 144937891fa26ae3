"""Take the answers to a quiz away."""

from __future__ import annotations

from django.db import transaction

from community.accounts.models import User
from modules.courses.models import QuizPage

from .answer_quiz import require_tries_left
from .models import QuizSheet
from .place import Place, place_of, require_may_answer


@transaction.atomic
def clear_quiz(*, person: User, quiz: QuizPage, place: Place | None = None) -> None:
    """Empty the sheet of `person`; how often and when it was checked stays on record.

    Clearing an empty sheet, or none, changes nothing. Raises as `answer_quiz`: where the tries are limited
    and used up, the answers stay.
    """
    place = place or place_of(person, quiz.pk)
    require_may_answer(place)
    sheet = QuizSheet.objects.select_for_update().filter(person=person, step_id=quiz.pk).first()
    if sheet is None:
        return
    require_tries_left(place.page, sheet)
    sheet.answers, sheet.outcomes = {}, {}
    sheet.save(update_fields=["answers", "outcomes"])
