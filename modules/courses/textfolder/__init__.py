"""A course as a folder of text: read and judged as a whole, then written into pages.

The format is described in docs/reference/course-format.md. `source` reads the files, `markdown` their
bodies, `plan` compares them with the site, `write` writes.
"""

from .imported import mark_as_imported
from .problems import ImportRefused, Problem
from .report import Report
from .single import page_from_text
from .write import import_course

__all__ = ["ImportRefused", "Problem", "Report", "import_course", "mark_as_imported", "page_from_text"]
