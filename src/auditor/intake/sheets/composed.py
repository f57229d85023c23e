"""By their headers: values that stand in several columns (年 | 月 | 日), columns that hold two (姓名/身份证号)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.intake.sheets.folding import bare
from auditor.intake.sheets.halves import BANKS
from auditor.intake.sheets.headers import Fit, HeaderIndex
from auditor.intake.sheets.phrases import Standing, standing
from auditor.ledgers import ColumnType

Above = Mapping[int, tuple[str, ...]]

_PART_OF_DAY = (
    re.compile(r"(?P<stem>.*?)(?:年份|年度|年)"),
    re.compile(r"(?P<stem>.*?)(?:月份|月)"),
    re.compile(r"(?P<stem>.*?)(?:日期|日|号)"),
)
_MOMENT_ENDS = ("", "时间", "日期", "年月", "年月日", "月份")
_SPLIT_TYPES = frozenset(
    {ColumnType.PERSON_ID, ColumnType.NAME, ColumnType.PHONE, ColumnType.ACCOUNT, ColumnType.TEXT, ColumnType.CODE}
)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring columns that hold one value together.

    Attributes:
        column: the ledger's column.
        indices: the grid columns: year and month, or year, month and day.
    """

    column: str
    indices: tuple[int, ...]


def moments(headers: Sequence[str], ledger: str, index: HeaderIndex, above: Above) -> Iterator[Run]:
    """The runs 年 | 月 | 日 and 年 | 月 that the headers tell of a date or month of the ledger."""
    at = 0
    while at < len(headers) - 1:
        run = _run(headers, at, ledger, index, above) if headers[at] else None
        if run is not None:
            yield run
        at += len(run.indices) if run is not None else 1


def _run(headers: Sequence[str], at: int, ledger: str, index: HeaderIndex, above: Above) -> Run | None:
    stem: str | None = None
    count = 0
    for pattern, place in zip(_PART_OF_DAY, range(at, len(headers)), strict=False):
        found = pattern.fullmatch(bare(headers[place]))
        if found is None or (stem is not None and (found["stem"], above.get(place)) != (stem, above.get(at))):
            break
        stem, count = found["stem"], count + 1
    if stem is None or count == 1:
        return None
    parents = above.get(at, ())
    if index.fits(headers[at], ledger) and not parents:
        return None  # 年度 is a column of its own
    types = {ColumnType.DATE} if count == len(_PART_OF_DAY) else {ColumnType.DATE, ColumnType.MONTH}
    columns = index.ledgers[ledger].columns
    for fit in _of_run(stem, parents, ledger, index):
        if columns[fit.column].type in types:
            return Run(fit.column, tuple(range(at, at + count)))
    return None


def _of_run(stem: str, parents: tuple[str, ...], ledger: str, index: HeaderIndex) -> Iterator[Fit]:
    if stem:
        for end in _MOMENT_ENDS[1:]:
            yield from index.fits(stem + end, ledger, parents)
    elif parents:
        for end in _MOMENT_ENDS:
            yield from index.fits(parents[-1] + end, ledger, parents[:-1])
    elif "month" in index.ledgers[ledger].key:  # 年 | 月 alone: of what the rows are about
        yield Fit("month", 0, 0)


def two_in_one(header: str, ledger: str, index: HeaderIndex, above: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """The two columns of the ledger whose values the header announces in one cell; "" for one that no ledger has.

    None where it announces one, or where it could be cut in several ways.
    """
    cuts = index.cuts(header)
    if not cuts or any(fit.tier == 0 for fit in index.fits(header, ledger, above)):
        return None
    columns = index.ledgers[ledger].columns
    found: list[tuple[str, str]] = []
    for first, second in cuts:
        bank = first in BANKS
        left = "" if bank else _one(first, ledger, index, above)
        right = _one(second, ledger, index, above)
        if left and (right is None or standing((first,), columns[right].type) is Standing.FOREIGN):
            right = _one(second, ledger, index, (first,))  # 身份证号 beside 法定代表人 is that of the 法定代表人
        if left is None or right is None or left == right:
            continue
        if bank and columns[right].type is not ColumnType.ACCOUNT:
            continue
        if all(columns[name].type in _SPLIT_TYPES for name in (left, right) if name):
            found.append((left, right))
    return found[0] if len(set(found)) == 1 else None


def _one(header: str, ledger: str, index: HeaderIndex, above: tuple[str, ...]) -> str | None:
    """The one column that the header stands for exactly, or None."""
    exact = (0, 2) if above else (0,)  # with its parents, or alone under the heading of a group
    fits = {fit.column for fit in index.fits(header, ledger, above) if fit.tier in exact}
    return fits.pop() if len(fits) == 1 else None
