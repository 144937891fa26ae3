"""One page from one text, without a folder around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from .files import read_text
from .frontmatter import check_values, read_head, read_values, refuse_unknown
from .markdown import read_body
from .problems import FileProblems, ImportRefused, Problem
from .schema import Key

KEYS = (Key("title", "title", required=True), Key("lede", "lede"))


def page_from_text(path: Path, model: type[Page]) -> dict[str, Any]:
    """Title, lede and body for a page of `model`, from a text without pictures. Raises ImportRefused."""
    problems: list[Problem] = []
    report = FileProblems(path.name, problems)
    text = read_text(path, report)
    head = read_head(text, report) if text is not None else None
    if head is None:
        raise ImportRefused(problems)
    refuse_unknown(head, [key.name for key in KEYS], _("a page"), report)
    found = read_values(head, KEYS, model, report)
    check_values(found, KEYS, model, report)
    body = read_body(head.body, first_line=head.body_line, report=report)
    for block in body.blocks:
        if block.kind == "figure":
            report.add(block.line, _("Pictures are read in courses only."))
    if problems:
        raise ImportRefused(problems)
    blocks = json.dumps([{"type": block.kind, "value": block.value} for block in body.blocks])
    return found.values | {"body": model._meta.get_field("body").to_python(blocks)}
