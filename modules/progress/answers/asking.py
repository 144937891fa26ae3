"""The questions of a survey, and what fits them.

Answers, by the id of the question: “1” to “5” on a scale, the digest of an option, a list of such digests, or
what somebody wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from modules.courses.marking import by_digest
from modules.courses.models import SurveyPage

# Five worded points, never bare numbers.
SCALE = {
    "1": _("Not at all"),
    "2": _("A little"),
    "3": _("Somewhat"),
    "4": _("Mostly"),
    "5": _("Very much"),
}
LONGEST = 4000  # characters of an answer in one's own words


def options(kind: str, question: Mapping[str, Any]) -> Mapping[str, str]:
    """The words of what can be chosen, by what an answer calls it; nothing for an open question."""
    if kind == "scale":
        return SCALE
    return by_digest(question["options"]) if kind in ("one", "many") else {}


def fit(kind: str, question: Mapping[str, Any], answer: Any) -> Any:
    """What of `answer` belongs to the question as it is now; None if nothing does."""
    known = options(kind, question)
    if kind == "many":
        chosen = answer if isinstance(answer, list) else []
        return [name for name in known if name in chosen] or None
    if not isinstance(answer, str):
        return None
    if kind == "open":
        return answer.replace("\x00", "").strip() or None
    return answer if answer in known else None


def version(survey: SurveyPage) -> str:
    """A short name for what is asked and in whose name; another as soon as that has changed."""
    asked = [
        [block.id, block.block_type, block.value["question"], list(options(block.block_type, block.value))]
        for block in survey.questions
    ]
    text = json.dumps([survey.anonymous, asked])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
