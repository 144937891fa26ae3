"""The pages of a course: a list of courses, the course (a run), its weeks, their steps."""

from .course import CourseIndexPage, CoursePage, CourseRole, CourseSpace
from .kinds import KINDS, Kind, kind_of
from .session import SessionPage
from .step import ActivityPage, LecturePage, QuizPage, ReadingPage, StepPage, SurveyPage, WrapUpPage
from .week import ModulePage, WeekForum

__all__ = [
    "KINDS",
    "ActivityPage",
    "CourseIndexPage",
    "CoursePage",
    "CourseRole",
    "CourseSpace",
    "Kind",
    "LecturePage",
    "ModulePage",
    "QuizPage",
    "ReadingPage",
    "SessionPage",
    "StepPage",
    "SurveyPage",
    "WeekForum",
    "WrapUpPage",
    "kind_of",
]
