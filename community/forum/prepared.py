"""Queries of the hot pages, whose SQL Django writes once instead of once a request.

Putting a queryset together and turning it into SQL costs several times what the database needs to answer it.
A prepared query keeps the SQL, with places for its arguments. The database's types are converted as ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

# Values that no row has: they mark the places of the arguments in the finished SQL.
_NUMBERS = [2_147_000_000 - place for place in range(8)]
_MOMENTS = [dt.datetime(9000 + place, 1, 1, tzinfo=dt.UTC) for place in range(8)]


class Prepared:
    """`Prepared(build, int, datetime)`: `build(number, moment)` gives a queryset of `values_list()`.

    The arguments may be used in the queryset as values to compare with, and nowhere else (not to decide how
    it is put together). One kind of SQL is kept for each database.
    """

    def __init__(self, build: Callable[..., QuerySet], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._known: dict[str, tuple[str, list, list]] = {}

    def rows(self, *arguments) -> list[tuple]:
        """The rows of the query for these arguments. One query."""
        sql, parameters, converters = self._known.get(connection.vendor) or self._learn()
        values = [_plain(argument) for argument in arguments]
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [values[part.place] if isinstance(part, _Place) else part for part in parameters]
            )
            rows = cursor.fetchall()
        if not converters:
            return rows
        changed = []
        for row in rows:
            cells = list(row)
            for place, (steps, expression) in converters:
                for step in steps:
                    cells[place] = step(cells[place], expression, connection)
            changed.append(tuple(cells))
        return changed

    def _learn(self) -> tuple[str, list, list]:
        marks = [
            _MOMENTS[place] if kind is dt.datetime else _NUMBERS[place]
            for place, kind in enumerate(self._kinds)
        ]
        compiler = self._build(*marks).query.get_compiler(connection.alias)
        sql, found = compiler.as_sql()
        places = {_plain(mark): _Place(place) for place, mark in enumerate(marks)}
        parameters = [places.get(value, value) if _may_mark(value) else value for value in found]
        if missing := set(places.values()) - {part for part in parameters if isinstance(part, _Place)}:
            raise ValueError(f"arguments that the query does not ask for: {missing}")
        fields = [column[0] for column in compiler.select[0 : compiler.col_count]]
        converters = list(compiler.get_converters(fields).items())
        self._known[connection.vendor] = sql, parameters, converters
        return self._known[connection.vendor]


@dataclass(frozen=True)
class _Place:
    """Where an argument belongs."""

    place: int


def _plain(value):
    """A value as the database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value


def _may_mark(value) -> bool:
    return isinstance(value, int | str | dt.datetime) and not isinstance(value, bool)
