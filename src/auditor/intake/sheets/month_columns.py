"""A column for each month: which columns of a sheet are months, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.intake.sheets.headers import HeaderIndex, bare
from auditor.intake.sheets.months import number_of, year_of
from auditor.ledgers import ColumnType, Ledger

MONTH = "month"
_FEWEST = 2  # months or quarters that make a table wide
_LEAF_SHARE = 0.6
_SUPPORT = 0.5  # how much the title must speak for a ledger, where no header says what the months hold

_N = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_MONTH = re.compile(
    rf"(?:(?P<year>(?:19|20)?\d\d)年度?)?(?P<month>{_N})月(?:份)?(?![\d日号至到~\-—–])(?P<leaf>.{{0,12}})"
)
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-./年](?P<month>1[0-2]|0?[1-9])|(?P<packed>1[0-2]|0[1-9]))(?:[-/]0?1)?(?P<leaf>)"
)
_LEAVES = frozenset("实发 应发 工资 补贴 天数 出勤 发放 扣款 签字 标准 应发数 实发数".split())  # noqa: SIM905
_SPAN = re.compile(
    rf"(?P<span>(?:(?:19|20)\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|(?:{_N})月?(?:份)?[-—–~至到](?:{_N})月(?:份)?))(?P<leaf>.{{0,12}})"
)
_BY_FORM, _BY_TITLE = 100, 1000  # how much farther from the canonical header than the best accepted one
_EXPANDED = ("{}", "{}金额", "{}工资", "实发{}", "发放{}", "{}天数", "出勤{}")


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column of a month.

    Attributes:
        index: its grid column.
        year, month: of the month; the year is None where no header says it.
        span: the words, where it is a quarter or another span of months, which is never divided.
        words: what says what it holds: what stands under the month or after it.
        parent: what stands over it.
        header: its header as it stands, the month with the words under it.
    """

    index: int
    year: int | None
    month: int
    span: str
    words: str
    parent: str
    header: str

    @property
    def period(self) -> tuple[int | None, int, str]:
        """What tells it from the columns of other months."""
        return self.year, self.month, self.span

    def text(self, year: int | None) -> str:
        """The month as it would be typed in a cell; `year` is the one that the title speaks of."""
        known = self.year or year
        if self.span:
            return self.span if known is None or year_of(self.span) else f"{known}年{self.span}"
        return f"{self.month}月" if known is None else f"{known:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """The month columns of a table.

    Attributes:
        columns: the columns.
        rows: the numbers, among the rows looked at, of those that make its header.
    """

    columns: tuple[MonthColumn, ...]
    rows: tuple[int, ...]

    @property
    def indices(self) -> frozenset[int]:
        """Every grid column of a month."""
        return frozenset(column.index for column in self.columns)


def _parsed(cell: str) -> tuple[int | None, int, str, str] | None:
    """Year, month, span and the words after it, of a header cell."""
    text = bare(cell)
    if found := _SPAN.fullmatch(text):
        return None, 0, found["span"], found["leaf"]
    found = _NUMERIC.fullmatch(text) or _MONTH.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    digits = parts["year"]
    year = None if digits is None else int(digits) if len(digits) > 2 else 2000 + int(digits)  # noqa: PLR2004
    return year, number_of(parts["month"] or parts.get("packed") or ""), "", parts["leaf"] or ""


def find_months(rows: Sequence[Sequence[str]], near: int, index: HeaderIndex) -> MonthGrid | None:
    """The month columns in the header of a table, or None.

    Args:
        rows: the cells of the sheet's first rows, "" where blank.
        near: which of them holds the headers of the other columns.
        index: the accepted headers, which may stand under a month.
    """
    for number in range(max(0, near - 1), min(near + 2, len(rows))):
        if number > near and holds_data(rows, number, near, index):
            break
        starts = {i: found for i, cell in enumerate(rows[number]) if cell and (found := _parsed(cell))}
        if len({found[:3] for found in starts.values()}) < _FEWEST:
            continue
        below = rows[number + 1] if number + 1 < len(rows) else []
        above = rows[number - 1] if number else []
        reach = dict(_reach(rows[number], sorted(starts)))
        under = [below[i] for span in reach.values() for i in span if i < len(below) and below[i]]
        leaves = bool(under) and sum(map(index.known, under)) + sum(map(_is_leaf, under)) >= _LEAF_SHARE * len(under)
        columns = []
        for start, (year, month, span, leaf) in starts.items():
            parent, parent_year = _over(above, min(starts), start)
            for i in reach[start] if leaves else range(start, start + 1):
                leaf_here = below[i] if leaves and i < len(below) else ""
                if i != start and not leaf_here:
                    continue
                header = " ".join(filter(None, (rows[number][start], leaf_here)))
                words = bare(leaf_here) or leaf
                columns.append(MonthColumn(i, year or parent_year, month, span, words, parent, header))
        return MonthGrid(tuple(columns), tuple([number, number + 1] if leaves else [number]))
    return None


def holds_data(rows: Sequence[Sequence[str]], number: int, near: int, index: HeaderIndex) -> bool:
    """Whether the row `number` has cells under accepted headers of the row `near`: it is no level of the header."""
    return any(cell and rows[near][i] and index.known(rows[near][i]) for i, cell in enumerate(rows[number]))


def _is_leaf(cell: str) -> bool:
    return bare(cell) in _LEAVES


def _reach(row: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, range]]:
    """For each month the columns that its header stands over: blank cells to its right belong to it."""
    width = min((b - a for a, b in pairwise(starts)), default=1)
    for start in starts:
        end = start + 1
        while end < len(row) and not row[end] and end < start + width:
            end += 1
        yield start, range(start, end)


def _over(above: Sequence[str], first: int, index: int) -> tuple[str, int | None]:
    """What stands over a column of a month, in its own cell or in one merged over it, and the year that it names."""
    over = next((above[i] for i in range(min(index, len(above) - 1), first - 1, -1) if above[i]), "")
    return bare(over), year_of(over)


def measure_of(ledger: Ledger) -> str | None:
    """The one figure that a row of a month holds, in ledgers that have a row for each month."""
    if MONTH not in ledger.key:
        return None
    figures = [c.name for c in ledger.columns.values() if c.required and c.type in {ColumnType.MONEY, ColumnType.INT}]
    return figures[0] if len(figures) == 1 else None


def columns_for(
    grid: MonthGrid, ledger: Ledger, support: Mapping[str, float], index: HeaderIndex
) -> dict[int, tuple[str, int]]:
    """Grid column → (column of the ledger, how far its header is from the canonical one), of the months' columns.

    Empty where they do not hold the ledger's figure. Columns of months without any words are the ledger's figure where
    the title speaks for the ledger.
    """
    measure = measure_of(ledger)
    if measure is None:
        return {}
    speaks = support.get(ledger.id, 0.0) >= _SUPPORT
    found: dict[int, tuple[str, int]] = {}
    for column in grid.columns:
        fit = _fit(column.words or column.parent, ledger, index)
        if fit is not None:
            found[column.index] = fit
        elif speaks and not column.words and not _is_other(column.parent, index):
            found[column.index] = (measure, _BY_TITLE)
    return found if any(column == measure for column, _ in found.values()) else {}


def _is_other(parent: str, index: HeaderIndex) -> bool:
    """Whether what stands over the months is a figure that some other ledger knows."""
    return bool(parent) and any(index.known(form.format(parent)) for form in _EXPANDED)


def _fit(words: str, ledger: Ledger, index: HeaderIndex) -> tuple[str, int] | None:
    """The column that the words stand for, and how far they are from its canonical header."""
    fits = [
        (fit.column, fit.rank + _BY_FORM * number)
        for number, form in enumerate(_EXPANDED)
        for fit in (index.fits(form.format(words), ledger.id) if words else ())
        if fit.column not in ledger.key
    ]
    return min(fits, key=lambda fit: fit[1]) if fits else None
