"""A group's name that is written once, with blank cells below it, stands in all rows of its group.

Nobody marks such groups, so they are believed only where nothing else can be meant. All of this must hold of a column:

- it is one by which rows are grouped (township, village, household, employer, workshop);
- the first row that is read is filled, and so is the first after each total row or section line;
- no value comes twice; where heads of households are known, each village and household begins with one;
- the blanks are those of groups: each new value follows a total row; or, of a household's number, every head of a
  household has one and nobody else; or else there are two groups at least (three where the ledger does not require the
  column and no heads are known), the blanks are as many as the values, and two groups of three have more than one row.

A value that is written once for all rows is carried where such groups stand within it.

Otherwise a blank may mean that somebody did not know: it stays blank, and is told. Identity
numbers, names, amounts and accounts are never carried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from auditor.errors import Gravity, Problem, Where
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.reading import Band, BandArray, MappedColumn
from auditor.ledgers import Ledger

GROUPED = "made-grouped"
_HOUSEHOLD = "household_id"
_OF_PLACES = frozenset({"township", "village", _HOUSEHOLD})
_GROUPING = _OF_PLACES | {"employer", "workshop", "workshop_id"}
_HEADS = frozenset({"户主", "本人", "本人或户主", "户主本人"})
_FEWEST, _FEWEST_OPTIONAL = 2, 3

# The rows that are those of heads of households, and whether each group has one of them.
_Heads: TypeAlias = "tuple[Sequence[bool], bool] | None"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that are read: their grid positions, and the numbers among them of those that begin a part."""

    positions: list[int]
    starts: frozenset[int]

    @classmethod
    def of(cls, bands: BandArray) -> _Rows:
        positions = np.flatnonzero(bands == Band.READ)
        breaks = np.flatnonzero((bands == Band.TOTAL) | (bands == Band.SECTION))
        after = np.searchsorted(positions, breaks)
        starts = {int(number) for number in after if number < len(positions)}
        return cls(positions.tolist(), frozenset({0, *starts}))


def carry_groups(
    raw: RawSheet, file: str, ledger: Ledger, mapped: Sequence[MappedColumn], bands: BandArray
) -> tuple[tuple[MappedColumn, ...], tuple[Problem, ...]]:
    """Fill what is written once for a group, in the rows that are read.

    Args:
        raw: the sheet.
        file: its path, for the notes.
        ledger: what the table is.
        mapped: its columns.
        bands: what each row is.

    Returns:
        The columns, with the texts carried down, and a problem for each column that was filled or left in doubt.
    """
    sparse = dict(_sparse(raw, mapped, bands))
    if not sparse:
        return tuple(mapped), ()
    rows = _Rows.of(bands)
    heads = _heads(raw, mapped, rows)
    carried = {
        place
        for place, texts in sparse.items()
        if _is_grouped(texts, rows, _of_heads(mapped[place].column, heads), _fewest(ledger, mapped[place].column))
    }
    # A value that is written once for all rows is carried where there are groups within it.
    if carried:
        carried |= {place for place, texts in sparse.items() if not any(texts[1:])}
    columns = list(mapped)
    told: list[Problem] = []
    for place, texts in sparse.items():
        one, blanks = mapped[place], texts.count("")
        code, gravity = "group-unclear", Gravity.WARNING
        if place in carried:
            code, gravity = "group-carried-down", Gravity.NOTE
            cells = _filled(one.cells or raw.columns[one.index], rows, texts)
            columns[place] = replace(one, cells=cells, made=GROUPED)
        elif 2 * blanks < len(texts):
            continue  # a cell here and there was left out, which is told of each where it matters
        where = Where(file, raw.name, None, one.letter)
        told.append(Problem(code, where, {"header": one.header, "rows": blanks}, gravity))
    return tuple(columns), tuple(told)


def _sparse(raw: RawSheet, mapped: Sequence[MappedColumn], bands: BandArray) -> Iterator[tuple[int, list[str]]]:
    """The places of the columns that may be written once for each group, with the cells of the rows that are read."""
    positions = pa.array(np.flatnonzero(bands == Band.READ))
    for place, one in enumerate(mapped):
        if one.column not in _GROUPING or one.made or len(positions) < _FEWEST:
            continue
        cells = (one.cells or raw.columns[one.index]).text.take(positions)
        if not cells.null_count or not cells[0].is_valid:
            continue
        texts = [text.strip() if text else "" for text in cells.to_pylist()]
        if texts[0]:
            yield place, texts


def _heads(raw: RawSheet, mapped: Sequence[MappedColumn], rows: _Rows) -> list[bool]:
    """For each row that is read whether it is that of a household's head; empty where the table does not say."""
    for one in mapped:
        if one.column == "relation":
            cells = (one.cells or raw.columns[one.index]).text.take(pa.array(rows.positions))
            heads = [text is not None and text.strip() in _HEADS for text in cells.to_pylist()]
            return heads if any(heads) else []
    return []


def _of_heads(column: str, heads: Sequence[bool]) -> _Heads:
    return (heads, column == _HOUSEHOLD) if heads and column in _OF_PLACES else None


def _fewest(ledger: Ledger, column: str) -> int:
    return _FEWEST if ledger.columns[column].required else _FEWEST_OPTIONAL


def _is_grouped(texts: Sequence[str], rows: _Rows, heads: _Heads, fewest: int) -> bool:
    values = [text for text in texts if text]
    if len(set(values)) < len(values) or not all(texts[start] for start in rows.starts):
        return False
    firsts = [number for number, text in enumerate(texts) if text]
    if heads is not None:
        said, one_each = heads
        # A group of households begins with the head of one; a household has one head.
        if not all(said[number] for number in firsts) or (one_each and len(firsts) < sum(said)):
            return False
        if one_each:
            return len(firsts) >= _FEWEST
        fewest = _FEWEST
    if len(firsts) >= _FEWEST and set(firsts) == rows.starts:
        return True
    lengths = [after - before for before, after in pairwise([*firsts, len(texts)])]
    several = sum(1 for length in lengths if length > 1)
    return len(firsts) >= fewest and len(texts) >= 2 * len(firsts) and several * 3 >= 2 * len(firsts)


def _filled(cells: RawColumn, rows: _Rows, texts: Sequence[str]) -> RawColumn:
    whole, kinds = cells.text.to_pylist(), np.array(cells.kind)
    source = rows.positions[0]
    for position, text in zip(rows.positions, texts, strict=True):
        if text:
            source = position
        else:
            whole[position], kinds[position] = whole[source], kinds[source]
    return RawColumn(pa.array(whole, pa.string()), kinds)
