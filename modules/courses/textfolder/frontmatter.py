"""The head of a file: YAML between two lines of three dashes, read with the line of every key."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from .problems import FileProblems
from .schema import Key
from .yamltext import YES, Unfit, compose, is_null, items_of, line_of, scalar

FENCE = re.compile(r"---[ \t]*")
TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass
class Entry:
    """What stands at one key: the line of the key, and the node that YAML made of its value."""

    line: int
    node: yaml.Node


@dataclass
class Head:
    """The keys of a file by name (those inside “work” as “work.title”), and the text that follows."""

    entries: dict[str, Entry] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1


def read_head(text: str, report: FileProblems) -> Head | None:
    """Split a text into its keys and its body; None if that cannot be done (then reported)."""
    lines = text.split("\n")
    if not FENCE.fullmatch(lines[0]):
        report.add(1, _("The file must begin with “---” on a line of its own, then its keys."))
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if FENCE.fullmatch(line)), None)
    if end is None:
        report.add(1, _("The keys that begin here never end. Put “---” on a line of its own below them."))
        return None
    source = "\n".join(lines[1:end])
    head = Head(body="\n".join(lines[end + 1 :]), body_line=end + 2)
    node = _compose(source, report)
    if node is None:
        return None
    _read_mapping(node, "", head.entries, report)
    return head


def _compose(source: str, report: FileProblems) -> yaml.MappingNode | None:
    before = len(report.problems)
    node = compose(source, 2, report)
    if node is None:
        if len(report.problems) == before:
            report.add(1, _("There is nothing between the two “---”."))
    elif not isinstance(node, yaml.MappingNode):
        report.add(line_of(node) + 2, _("Here belong keys and values, like “title: Arriving”."))
    else:
        return node
    return None


def _read_mapping(
    node: yaml.MappingNode, prefix: str, entries: dict[str, Entry], report: FileProblems
) -> None:
    for key, value in node.value:
        line = line_of(key) + 2
        if not isinstance(key, yaml.ScalarNode):
            report.add(line, _("A key is a word."))
            continue
        name = prefix + key.value
        if name in entries:
            report.add(line, _("“%(key)s” stands here twice.") % {"key": name})
        elif name == "work" and isinstance(value, yaml.MappingNode):
            entries[name] = Entry(line, value)
            _read_mapping(value, "work.", entries, report)
        else:
            entries[name] = Entry(line, value)


def refuse_unknown(head: Head, known: Iterable[str], whose: str, report: FileProblems) -> None:
    """Report every key that `whose` file does not have, with the known one that looks most like it."""
    known = list(known)
    for name, entry in head.entries.items():
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        values = {"key": name, "whose": whose, "near": near[0] if near else "", "all": ", ".join(known)}
        if near:
            words = _("“%(key)s” is not a key of %(whose)s. Is “%(near)s” meant?")
        else:
            words = _("“%(key)s” is not a key of %(whose)s. Its keys are %(all)s.")
        report.add(entry.line, words % values)


@dataclass
class Values:
    """What the keys of a file say about a page, by the field they fill, with the line of each key.

    `unfit` are fields whose key was reported already; they have their default.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    unfit: set[str] = field(default_factory=set)


def read_values(head: Head, keys: Iterable[Key], model: type[models.Model], report: FileProblems) -> Values:
    """The values for the fields of `model`. A key that is absent or empty gives the field's default."""
    found = Values()
    for key in keys:
        target = model._meta.get_field(key.field)
        entry = head.entries.get(key.name)
        found.lines[key.field] = entry.line if entry else 1
        value = None
        try:
            value = _read(entry.node, key, target) if entry else None
        except Unfit as error:
            report.add(error.line + 2, str(error))
            found.unfit.add(key.field)
        else:
            if value is None and _is_due(key, head):
                words = _("“%(key)s” is empty.") if entry else _("“%(key)s” is missing.")
                report.add(found.lines[key.field], words % {"key": key.name})
                found.unfit.add(key.field)
        found.values[key.field] = target.get_default() if value is None else value
    work = head.entries.get("work")
    if work and not isinstance(work.node, yaml.MappingNode) and not is_null(work.node):
        report.add(work.line, _("“work” holds keys of its own, like “title” and “year”, one to a line."))
    return found


def read_word(head: Head, name: str, report: FileProblems) -> str | None:
    """The text at a key that fills no field (“format”, “kind”); None if there is none (then reported)."""
    entry = head.entries.get(name)
    if entry is None:
        report.add(1, _("“%(key)s” is missing.") % {"key": name})
        return None
    try:
        return scalar(entry.node, name)
    except Unfit as error:
        report.add(error.line + 2, str(error))
        return None


def check_values(found: Values, keys: Iterable[Key], model: type[models.Model], report: FileProblems) -> None:
    """Report every value that its field of `model` refuses. Asks no database."""
    for key in keys:
        target, value = model._meta.get_field(key.field), found.values[key.field]
        if key.field in found.unfit or (target.blank and value in target.empty_values):
            continue
        if isinstance(target, models.ForeignKey):
            continue  # a file, judged where the folder is known
        try:
            target.clean(value, None)
        except ValidationError as error:
            for words in error.messages:
                report.add(
                    found.lines[key.field], _("“%(key)s”: %(words)s") % {"key": key.name, "words": words}
                )


def _is_due(key: Key, head: Head) -> bool:
    group, dot, _name = key.name.partition(".")
    return key.required and (
        not dot or isinstance(getattr(head.entries.get(group), "node", None), yaml.MappingNode)
    )


def _read(node: yaml.Node, key: Key, target: models.Field) -> Any:
    """What stands at `key`, as `target` wants it; None if nothing stands there. Raises Unfit."""
    if is_null(node):
        return None
    if key.many:
        value = "\n".join(_items(node, key.name))
    elif isinstance(target, models.BooleanField):
        return _yes_or_no(node, key.name)
    elif isinstance(target, models.IntegerField):
        return _whole_number(node, key.name)
    elif isinstance(target, models.TimeField):
        return _time_of_day(node, key.name)
    else:
        value = scalar(node, key.name)
        if "\n" in value and not isinstance(target, models.TextField | models.ForeignKey):
            raise Unfit(node, _("“%(key)s” is one line.") % {"key": key.name})
    if target.choices and value and value not in dict(target.flatchoices):
        words = _("“%(value)s” is none of the words for “%(key)s”. They are %(all)s.")
        names = ", ".join(str(choice) for choice, _label in target.flatchoices)
        raise Unfit(node, words % {"value": value, "key": key.name, "all": names})
    # Forms keep to the length of a TextField, models do not.
    if isinstance(target, models.TextField) and target.max_length and len(value) > target.max_length:
        words = _("“%(key)s” is too long: %(count)d characters, and %(most)d is the most.")
        raise Unfit(node, words % {"key": key.name, "count": len(value), "most": target.max_length})
    return value or None


def _items(node: yaml.Node, name: str) -> list[str]:
    items = []
    for item in items_of(node, name):
        value = scalar(item, name)
        if not value or "\n" in value:
            raise Unfit(item, _("Each item of “%(key)s” is one line of text.") % {"key": name})
        items.append(value)
    return items


def _yes_or_no(node: yaml.Node, name: str) -> bool:
    value = YES.get(scalar(node, name).lower())
    if value is None:
        raise Unfit(node, _("“%(key)s” is either true or false.") % {"key": name})
    return value


def _whole_number(node: yaml.Node, name: str) -> int:
    value = scalar(node, name)
    if not WHOLE_NUMBER.fullmatch(value):
        raise Unfit(
            node, _("“%(value)s” at “%(key)s” is not a whole number.") % {"value": value[:40], "key": name}
        )
    return int(value)


def _time_of_day(node: yaml.Node, name: str) -> dt.time:
    found = TIME.fullmatch(scalar(node, name))
    hour, minute = (int(part) for part in found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        words = _("“%(key)s” is a time of day, like 17:00, in quotation marks.")
        raise Unfit(node, words % {"key": name})
    return dt.time(hour, minute)
