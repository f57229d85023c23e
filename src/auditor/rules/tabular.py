r"""The text tables of rule cases: a header row and rows, cells between `|`.

An empty cell is empty, `\|` is a bar within a cell, blank lines are skipped, and `@甲` is a made-up identity number
(`persona`). Every cell is text: the real intake reads it as it reads a spreadsheet's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.rules.parsing import Fault
from auditor.rules.persona import expand, personas

_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A parsed table: the rows as written (header first), the line of each in the text, and what is wrong with it."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_columns: tuple[int, ...]
    faults: tuple[Fault, ...]


def _cells(line: str) -> list[tuple[str, int]]:
    """The cells of a line and the column (from 1) at which the text of each starts."""
    cells, start = [], 0
    for end in [*(match.start() for match in _BAR.finditer(line)), len(line)]:
        part = line[start:end]
        cells.append((part.strip().replace("\\|", "|"), start + len(part) - len(part.lstrip()) + 1))
        start = end + 1
    return cells


def parse_table(text: str) -> CaseTable:
    """The table of `text`, its ragged rows and impossible personas as faults."""
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    header: list[tuple[str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = _cells(line)
        if not header:
            header = cells
        elif len(cells) != len(header):
            args = {"cells": len(cells), "columns": len(header)}
            faults.append(Fault("case-row-ragged", number, cells[0][1], args))
        for cell, column in cells:
            faults.extend(Fault("case-persona", number, column, {"text": bad}) for bad in personas(cell) if _bad(bad))
        rows.append(tuple(cell for cell, _ in cells))
        lines.append(number)
    if not rows:
        faults.append(Fault("case-table-empty", 1, 1))
    return CaseTable(tuple(rows), tuple(lines), tuple(column for _, column in header), tuple(faults))


def _bad(persona: str) -> bool:
    try:
        expand(persona)
    except ValueError:
        return True
    return False


def case_table(text: str) -> list[list[str]]:
    """The rows of a case's ledger, header first, personas expanded, as a reader of spreadsheets would give them.

    Raises:
        ValueError: the table is malformed; the lints keep that from a loaded rule.
    """
    table = parse_table(text)
    if table.faults:
        fault = table.faults[0]
        raise ValueError(f"{fault.code} in line {fault.line} of the table")
    return [[expand(cell) for cell in row] for row in table.rows]
