"""The pages of a course: a list of courses, the course (a run), its weeks, their steps."""

from .course import CourseIndexPage, CoursePage, CourseRole, CourseSpace
from .step import KINDS, ActivityPage, LecturePage, ReadingPage, StepPage, kind_of
from .week import ModulePage, WeekForum

__all__ = [
    "KINDS",
    "ActivityPage",
    "CourseIndexPage",
    "CoursePage",
    "CourseRole",
    "CourseSpace",
    "LecturePage",
    "ModulePage",
    "ReadingPage",
    "StepPage",
    "WeekForum",
    "kind_of",
]
