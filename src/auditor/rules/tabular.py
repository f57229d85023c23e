r"""The text tables of rule cases: a header row and rows, cells between `|`.

An empty cell is empty, `\|` is a bar within a cell, blank lines are skipped, and `@甲` is a made-up identity number
(`persona`). Every cell is text: the real intake reads it as it reads a spreadsheet's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class CaseFileRow:
    """A file of a case's upload: its path, a label that stands for its content's digest, the hash of a photo."""

    path: str
    content: str
    picture: str | None


FILE_COLUMNS = ("path", "content", "picture")
_PICTURE = re.compile(r"[0-9a-f]{16}")


def file_faults(table: CaseTable) -> Iterator[Fault]:
    """What is wrong with a table of files: its columns, a path that is empty or stands twice, no content, no hash."""
    header = table.rows[0]
    for column in FILE_COLUMNS[:2]:
        if column not in header:
            yield Fault("case-files-column", table.lines[0], 1, {"column": column})
    for i, (column, at) in enumerate(zip(header, table.header_columns, strict=True)):
        if column not in FILE_COLUMNS or header.index(column) != i:
            yield Fault("case-files-header", table.lines[0], at, {"column": column, "known": ", ".join(FILE_COLUMNS)})
    paths: set[str] = set()
    for row, line in zip(table.rows[1:], table.lines[1:], strict=True):
        cells = dict(zip(header, row, strict=False))
        path = cells.get("path", "")
        if not path or path in paths:
            yield Fault("case-files-path", line, 1, {"path": path})
        paths.add(path)
        if not cells.get("content", ""):
            yield Fault("case-files-content", line, 1, {"path": path})
        if cells.get("picture") and not _PICTURE.fullmatch(cells["picture"]):
            yield Fault("case-files-picture", line, 1, {"text": cells["picture"]})


def case_files(text: str) -> list[CaseFileRow]:
    """The files of a case's upload, personas in their paths expanded.

    Raises:
        ValueError: the table is malformed; the lints keep that from a loaded rule.
    """
    header, *rows = case_table(text)
    found = (dict(zip(header, row, strict=True)) for row in rows)
    return [CaseFileRow(cells["path"], cells["content"], cells.get("picture") or None) for cells in found]
