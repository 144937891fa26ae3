"""Where a course's pages lie in Wagtail's tree: home, list of courses, course, week, step.

Wagtail's materialised paths have four characters a level, so the course of a step is a prefix of its path.
"""

STEP_LENGTH = 4
COURSE_DEPTH, WEEK_DEPTH, STEP_DEPTH = 4, 5, 6


def course_path(path: str) -> str:
    """The path of the course that a page at `path` belongs to."""
    return path[: COURSE_DEPTH * STEP_LENGTH]


def week_path(path: str) -> str:
    """The path of the week that a week or step at `path` belongs to."""
    return path[: WEEK_DEPTH * STEP_LENGTH]
