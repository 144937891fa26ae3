"""Why answers were not taken. Whoever catches one gives back what was sent, with the words."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus


class AnswersRefused(Exception):
    """Nothing was stored, for a reason in words. `problems`: what is wrong with a question, by its id."""

    def __init__(
        self,
        words: str,
        problems: Mapping[str, str] | None = None,
        *,
        status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    ) -> None:
        super().__init__(words)
        self.problems = problems or {}
        self.status = status
