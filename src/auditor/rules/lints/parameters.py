"""Lints of a parameter file: its type, and a series of dated values without overlaps, each with its instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from auditor.errors import Problem
from auditor.rules.compiling import BUILT_IN_PLACEHOLDERS
from auditor.rules.lints.texts import empty_text
from auditor.rules.model import Parameter
from auditor.rules.parameters import TYPES, parse_value
from auditor.rules.suggesting import nearest

_ID = re.compile(r"^[a-z][a-z0-9_]*$")


def lint_parameter(parameter: Parameter) -> tuple[Problem, ...]:
    """Every mistake of the parameter."""
    return (*_head(parameter), *_values(parameter))


def _head(parameter: Parameter) -> Iterator[Problem]:
    document = parameter.document
    if not _ID.match(parameter.id) or parameter.id in BUILT_IN_PLACEHOLDERS:
        yield Problem("parameter-name", document.place(("id",)), {"parameter": parameter.id})
    if parameter.type not in TYPES:
        args = {"text": parameter.type, "suggestion": nearest(parameter.type, TYPES, 0.4)}
        yield Problem("parameter-type-unknown", document.place(("type",)), args)
    empty = empty_text(document, ("title",), parameter.title)
    if empty is not None:
        yield empty
    if not parameter.values:
        yield Problem("parameter-no-values", document.key_place(("values",)), {"parameter": parameter.id})


def _values(parameter: Parameter) -> Iterator[Problem]:
    document, latest = parameter.document, None
    for i, entry in enumerate(parameter.values):
        path = ("values", i)
        if parameter.type in TYPES and parse_value(parameter.type, entry.value) is None:
            args = {"parameter": parameter.id, "type": parameter.type, "text": entry.value[:60]}
            yield Problem("parameter-type", document.place((*path, "value")), args)
        if not entry.instrument.strip():
            yield Problem("basis-empty", document.place((*path, "instrument")), {"key": "instrument"})
        if entry.valid_from and entry.valid_to and entry.valid_from > entry.valid_to:
            yield Problem("dates-reversed", document.place((*path, "to")))
        start = entry.valid_from or date.min
        if latest is not None and start <= latest:
            yield Problem("parameter-series", document.place((*path, "from")), {"parameter": parameter.id})
        latest = max(latest or date.min, entry.valid_to or date.max)
