"""The columns of a table, once its rows are known: plain ones, those made of several, and those cut out of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.errors import Gravity, Problem, Where, column_letter
from auditor.intake.raw import RawSheet
from auditor.intake.reading import BandArray, MappedColumn
from auditor.intake.sheets.columns import Assignment
from auditor.intake.sheets.head import Head
from auditor.intake.sheets.headers import HeaderIndex
from auditor.intake.sheets.joined import join_digits, join_moment, number_columns
from auditor.intake.sheets.split_cells import split
from auditor.intake.sheets.units import unit_of_header
from auditor.ledgers import ColumnType, Ledger

JOINED, SPLIT = "made-joined", "made-split"
_NUMBERS = frozenset({ColumnType.PERSON_ID, ColumnType.ACCOUNT})


def make_columns(
    raw: RawSheet, file: str, ledger: Ledger, head: Head, assigned: Assignment, bands: BandArray, index: HeaderIndex
) -> tuple[tuple[MappedColumn, ...], tuple[Problem, ...]]:
    """The mapped columns in the order of the sheet, and what is to be told of those cut out of one."""
    columns: list[MappedColumn] = []
    problems: list[Problem] = []
    runs = {run.indices[0]: run for run in assigned.runs}
    for at, name in assigned.columns.items():
        header = head.headers[at]
        plain = MappedColumn(
            name, at, column_letter(raw.first_column + at), header, assigned.confidence[at], unit=unit_of_header(header)
        )
        if at in assigned.pairs:
            held = {other for place, other in assigned.columns.items() if place != at}
            halves, told = _halves(raw, file, ledger, plain, assigned.pairs[at], bands)
            problems.extend(told)
            made = halves or _whole(ledger, head, plain, index)
            columns.extend(half for half in made if half.column not in held)
        elif at in runs:
            columns.append(_joined(raw, plain, runs[at].indices, bands, head))
        elif ledger.columns[name].type in _NUMBERS:
            indices = number_columns(raw, at, head.headers, range(head.first, head.last), bands)
            columns.append(_joined(raw, plain, indices, bands, head) if len(indices) > 1 else plain)
        else:
            columns.append(plain)
    return tuple(columns), tuple(problems)


def _joined(raw: RawSheet, plain: MappedColumn, indices: tuple[int, ...], bands: BandArray, head: Head) -> MappedColumn:
    last = indices[-1]
    moment = bool(head.headers[last])  # the digits of a number stand under one header
    cells, stood = (join_moment if moment else join_digits)(raw, indices, bands)
    leaves = " | ".join(head.leaves[index] for index in indices if head.leaves[index])
    return replace(
        plain,
        header="/".join((*head.above.get(plain.index, ()), leaves)),
        last_index=last,
        last_letter=column_letter(raw.first_column + last),
        cells=cells,
        stood=stood,
        made=JOINED,
    )


def _halves(
    raw: RawSheet, file: str, ledger: Ledger, plain: MappedColumn, pair: tuple[str, str], bands: BandArray
) -> tuple[tuple[MappedColumn, ...], tuple[Problem, ...]]:
    first, second = (ledger.columns[name] if name else None for name in pair)
    made = split(raw.columns[plain.index], first, second, bands)
    if made is None:
        return (), ()
    halves = tuple(
        replace(plain, column=name, cells=cells, stood=raw.columns[plain.index].text, made=SPLIT, unit=None)
        for name, cells in zip(pair, (made.first, made.second), strict=True)
        if name
    )
    return halves, tuple(_unclear(raw, file, plain, made.unclear))


def _unclear(raw: RawSheet, file: str, plain: MappedColumn, rows: tuple[int, ...]) -> Iterator[Problem]:
    if rows:
        where = Where(file, raw.name, raw.first_row + rows[0], plain.letter)
        yield Problem("cells-unsplit", where, {"header": plain.header, "rows": len(rows)}, Gravity.WARNING)


def _whole(ledger: Ledger, head: Head, plain: MappedColumn, index: HeaderIndex) -> tuple[MappedColumn, ...]:
    """The column as what its header says without the words in brackets, where its cells hold one value only."""
    fits = index.fits(head.leaves[plain.index], ledger.id, head.above.get(plain.index, ()))
    return (replace(plain, column=fits[0].column),) if fits else ()
