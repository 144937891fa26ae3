"""YAML, read with the line of everything in it and nothing guessed: a title “No” is a word."""

from __future__ import annotations

import yaml
from django.utils.translation import gettext as _

from .plaintext import UNPRINTABLE
from .problems import FileProblems

MAX_CHARACTERS = 64 * 1024
WORDS = ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in WORDS}
NULL = "tag:yaml.org,2002:null"
YES = {"true": True, "yes": True, "false": False, "no": False}


class Unfit(Exception):
    """What stands at a key is of the wrong kind. `line` counts from 0, the first line of the keys."""

    def __init__(self, node: yaml.Node, words: str):
        super().__init__(words)
        self.line = line_of(node)


def line_of(node: yaml.Node) -> int:
    """The line of a node in its source, from 0 on. To YAML, “\\n” is not the only end of a line."""
    return _line(node.start_mark)


def _line(mark: yaml.Mark) -> int:
    return mark.buffer.count("\n", 0, mark.pointer)


def compose(source: str, line: int, report: FileProblems) -> yaml.Node | None:
    """The node of `source`, which begins on `line`; None if it is no YAML (then reported), or empty."""
    if len(source) > MAX_CHARACTERS:
        report.add(line, _("There are too many keys here: 64 KB at most."))
        return None
    try:
        return yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = _("This is not YAML: %(problem)s. A value with a colon in it needs quotation marks.")
        problem = error.problem or error.context
        report.add(line + _line(mark) if mark else line, words % {"problem": problem})
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        # Unprintable characters, escapes beyond Unicode, thousands of brackets.
        report.add(line, _("What stands here is not YAML."))
    return None


def scalar(node: yaml.Node, name: str) -> str:
    """The text at a node as it was written. Raises Unfit."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in PLAIN_TAGS:
        raise Unfit(node, _("“%(key)s” is a text, not a list or keys of its own.") % {"key": name})
    if is_null(node):
        return ""
    value = node.value.strip()
    if UNPRINTABLE.search(value):
        raise Unfit(node, _("There is an invisible character in “%(key)s”. Take it out.") % {"key": name})
    return value


def items_of(node: yaml.Node, name: str) -> list[yaml.Node]:
    """The nodes of a list. Raises Unfit."""
    if is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        words = _("“%(key)s” is a list, each item on a line that begins with “- ”.")
        raise Unfit(node, words % {"key": name})
    return node.value


def is_null(node: yaml.Node) -> bool:
    """Stands nothing there? “~”, “null” in quotation marks and a title “Null” are words."""
    return isinstance(node, yaml.ScalarNode) and node.tag == NULL
