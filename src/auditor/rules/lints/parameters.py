"""Lints of a parameter file: its type, and a series of dated values without overlaps, each with its instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.errors import Problem
from auditor.rules.compiling import BUILT_IN_PLACEHOLDERS
from auditor.rules.lints.texts import empty_text
from auditor.rules.model import Parameter
from auditor.rules.parameters import TYPES, series_arguments, series_problems
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
    elif all(value.regime is not None for value in parameter.values):
        yield Problem("parameter-regime-only", document.key_place(("values",)), {"parameter": parameter.id})


def _values(parameter: Parameter) -> Iterator[Problem]:
    document = parameter.document
    for path, code in series_problems(parameter.values, parameter.type):
        args = series_arguments(parameter.values[int(path[0])], parameter)
        yield Problem(code, document.place(("values", *path)), args)
    for i, entry in enumerate(parameter.values):
        if not entry.instrument.strip():
            yield Problem("basis-empty", document.place(("values", i, "instrument")), {"key": "instrument"})
