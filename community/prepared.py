"""Queries of the hot pages, whose SQL Django writes once instead of once a request.

Putting a queryset together and turning it into SQL costs several times what the database needs to answer it.
A prepared query keeps the SQL, with places for its arguments. The database's types are converted as ever.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

# Values that no row has: they mark the places of the arguments in the finished SQL.
_MARKS: dict[type, Callable[[int], object]] = {
    int: lambda place: 2_147_000_000 - place,
    str: lambda place: f"argument {place} \U0010fffd",
    dt.datetime: lambda place: dt.datetime(9000 + place, 1, 1, tzinfo=dt.UTC),
}


class Prepared:
    """`Prepared(build, int, str, datetime)`: `build(number, words, moment)` gives a queryset.

    The arguments may be used in the queryset as values to compare with, and nowhere else (not to decide how
    it is put together). One kind of SQL is kept for each database.
    """

    def __init__(self, build: Callable[..., QuerySet], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._known: dict[str, _Written] = {}

    def rows(self, *arguments) -> list[tuple]:
        """The rows of a queryset of `values_list()` for these arguments. One query."""
        written = self._written()
        with connection.cursor() as cursor:
            cursor.execute(written.sql, written.filled(arguments))
            rows = cursor.fetchall()
        if not written.converters:
            return rows
        changed = []
        for row in rows:
            cells = list(row)
            for place, (steps, expression) in written.converters:
                for step in steps:
                    cells[place] = step(cells[place], expression, connection)
            changed.append(tuple(cells))
        return changed

    def objects(self, *arguments) -> list[Model]:
        """The objects of a queryset for these arguments, with what it annotates and selects. One query."""
        written = self._written()
        compiler = copy.copy(written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (written.sql, written.filled(arguments))
        return list(ModelIterable(_Finished(compiler)))

    def first(self, *arguments) -> Model | None:
        """The first of `objects`, if there is one. One query."""
        return next(iter(self.objects(*arguments)), None)

    def _written(self) -> _Written:
        known = self._known.get(connection.vendor)
        if known is None:
            known = self._known[connection.vendor] = self._write()
        return known

    def _write(self) -> _Written:
        marks = [_MARKS[kind](place) for place, kind in enumerate(self._kinds)]
        compiler = self._build(*marks).query.get_compiler(connection.alias)
        sql, found = compiler.as_sql()
        places = {_plain(mark): _Place(place) for place, mark in enumerate(marks)}
        parameters = [places.get(value, value) if _may_mark(value) else value for value in found]
        if missing := set(places.values()) - {part for part in parameters if isinstance(part, _Place)}:
            raise ValueError(f"arguments that the query does not ask for: {missing}")
        columns = [column[0] for column in compiler.select[0 : compiler.col_count]]
        return _Written(sql, parameters, list(compiler.get_converters(columns).items()), compiler)


@dataclass(frozen=True)
class _Written:
    """A query as a database takes it."""

    sql: str
    parameters: list
    converters: list
    compiler: SQLCompiler

    def filled(self, arguments: Iterable) -> list:
        values = [_plain(argument) for argument in arguments]
        return [values[part.place] if isinstance(part, _Place) else part for part in self.parameters]


class _Finished:
    """What Django's ModelIterable asks of a queryset, around a compiler that knows its SQL already."""

    def __init__(self, compiler: SQLCompiler) -> None:
        self.compiler = compiler
        self.query = self
        self.db = connection.alias
        self._known_related_objects: dict = {}

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler


@dataclass(frozen=True)
class _Place:
    """Where an argument belongs."""

    place: int


def _plain(value):
    """A value as the database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value


def _may_mark(value) -> bool:
    return isinstance(value, int | str | dt.datetime) and not isinstance(value, bool)
