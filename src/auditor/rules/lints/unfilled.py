"""What a skeleton leaves to its author: every TODO in a text of the file, or in a comment of a query, is a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.documents import Path, Plain
from auditor.errors import Problem
from auditor.rules.lints.facts import RuleFacts

MARK = "TODO"
_MARK = re.compile(rf"(?<![A-Za-z]){MARK}(?![A-Za-z])[ :：]*(?P<what>[^\n]*)")


def unfilled(facts: RuleFacts) -> Iterator[Problem]:
    """`to-be-filled` at each TODO, with what it asks for."""
    for path, text in _texts(facts.document.data, ()):
        for match in _MARK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - text.rfind("\n", 0, match.start())
            place = facts.document.inside(path, line, column)
            yield Problem("to-be-filled", place, {"what": match["what"].strip()})


def _texts(data: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _texts(item, (*path, number))
    else:
        for key, value in data.items():
            yield from _texts(value, (*path, key))
