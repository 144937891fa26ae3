"""What bodies, recordings, slides, quizzes and surveys are made of.

Each block has its template under templates/modules/blocks/, a text form (docs/reference/course-format.md) and
a preview in the editor. What a block refuses, it refuses in `clean`: the editor and the import say the same.
"""

from .body import BodyBlock
from .questions import QuizBlock, SurveyBlock
from .recordings import RecordingBlock, SlidesBlock
from .text import RICH_TEXT

__all__ = ["RICH_TEXT", "BodyBlock", "QuizBlock", "RecordingBlock", "SlidesBlock", "SurveyBlock"]
