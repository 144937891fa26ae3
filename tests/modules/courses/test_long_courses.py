"""A long course: what it costs to bring it in, again and out grows with its pages and no faster."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.courses.models import CoursePage
from modules.courses.textfolder import import_course
from modules.courses.textfolder.export import export_course

from .folders import ACTIVITY, COURSE, COURSE_FILE, START, WEEK, picture

WEEKS = (2, 4, 8)
STEP = ACTIVITY.replace("uid: w2-activity", "uid: {uid}")


def long_course(folder, weeks: int) -> Path:
    """A folder with so many weeks of two steps each, which link to each other and show a picture each."""
    folder.root = folder.root.with_name(f"course-{weeks}")
    folder.write(COURSE_FILE, COURSE.replace("uid: listening", f"uid: long-{weeks}"))
    for week in range(weeks):
        place = f"week-{week}-week-{week}"
        folder.write(f"{place}/week.md", WEEK.format(uid=f"w{week}", title="A week", offset=7 * week))
        for number in range(2):
            folder.write(f"{place}/{number}.png", picture(size=(weeks, week + 1 + 9 * number)))
            text = (
                f"![A picture]({number}.png)\n\n[On](page:w{weeks - week - 1}) *or* [back](page:w{week}-0)\n"
            )
            folder.write(f"{place}/{number}-step-{number}.md", STEP.format(uid=f"w{week}-{number}") + text)
    return folder.root


def statements(job) -> int:
    with CaptureQueriesContext(connection) as captured:
        job()
    return len(captured)


def test_statements_grow_with_the_pages_and_no_faster(folder, tmp_path):
    """More than half a second, since three courses are imported: growth is not seen from fewer."""
    first, again, out = {}, {}, {}
    import_course(long_course(folder, 1), start=START)  # what is kept between imports is known from here on
    for weeks in WEEKS:
        root = long_course(folder, weeks)
        first[weeks] = statements(lambda root=root: import_course(root, start=START))
        again[weeks] = statements(lambda root=root: import_course(root))
        course = CoursePage.objects.get(uid=f"long-{weeks}")
        to = tmp_path / f"out-{weeks}"
        out[weeks] = statements(lambda course=course, to=to: export_course(course, to))
        assert len(list(to.rglob("*.*"))) == 1 + 5 * weeks
    for count in (first, again):
        grown = [(count[more] - count[fewer]) / (more - fewer) for fewer, more in pairwise(WEEKS)]
        assert grown[1] <= grown[0], count
    # Of a page that is the same nothing is asked; the order of what lies below a week is, twice.
    assert again[8] - again[4] == 2 * 4
    # Courses, weeks and steps with their kinds, files of each sort: whatever their number.
    assert out[2] == out[4] == out[8]
