"""One page from one text, without a folder around it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import Block as ChildBlock
from wagtail.blocks import RichTextBlock
from wagtail.models import Page

from .files import read_text
from .frontmatter import check_values, read_head, read_values, refuse_unknown
from .markdown import Block, read_streams
from .problems import FileProblems, ImportRefused, Problem
from .schema import Key, streams_of
from .values import faults, stream_faults, to_stored, transform

LINK_WITHIN = re.compile(r'href="(?!https?:|ftp:|mailto:|tel:|[/#])')
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
    stream = streams_of(model)["body"]
    body = read_streams(head.body, {"body": stream}, first_line=head.body_line, report=report)["body"]
    for block in body:
        _judge(stream.child_blocks[block.kind], block, report)
    for words in stream_faults(stream, "", [(block.kind, block.value) for block in body]):
        report.add(head.body_line, words)
    if problems:
        raise ImportRefused(problems)
    blocks = [
        {"type": block.kind, "value": to_stored(stream.child_blocks[block.kind], block.value)}
        for block in body
    ]
    return found.values | {"body": model._meta.get_field("body").to_python(json.dumps(blocks))}


def _judge(definition: ChildBlock, block: Block, report: FileProblems) -> None:
    def refuse(child: ChildBlock, value: Any) -> Any:
        is_rich = isinstance(child, RichTextBlock)
        if (is_rich and LINK_WITHIN.search(value)) or (value and not is_rich):
            report.add(block.line, _("Files and other pages of a course are read in courses only."))
        return value

    transform(definition, block.value, refuse)
    for words in faults(definition, block.value):
        report.add(block.line, words)
