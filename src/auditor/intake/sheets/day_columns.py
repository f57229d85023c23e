"""Attendance by the day: which columns of a sheet are days of the month, and for how much of a day each stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LONGEST_MONTH = 31
_FEWEST_DAYS = 18  # the working days of a month
_FEWEST_OF_HALF_A_MONTH = 13  # 16 to 28
_SECOND_HALF = 16
_SHORTEST_MONTH = 28
_LATEST_FIRST = 8  # the holidays of October come first
_OWN_HEADERS = 0.5  # of the day columns that may have a header of their own in the row above
_UNDER_SHARE = 0.6
_HEAD = 6  # rows below the first one with a header

_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})[-/.年])?(?:(?P<month>0?[1-9]|1[0-2])[-/.月])?(?P<day>0?[1-9]|[12]\d|3[01])(?:[日号])?"
    r"(?:[(]?(?:星期|周)?[一二三四五六日天][)]?)?"
)
_WEEKDAY = re.compile(r"[(]?(?:星期|周|礼拜)?[一二三四五六日天][)]?|(?i:mon|tue|wed|thu|fri|sat|sun)\.?")
_HALVES = {"上午": 1, "上": 1, "早": 1, "am": 1, "下午": 2, "下": 2, "晚": 2, "pm": 2}


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A column of marks.

    Attributes:
        index: its grid column.
        day: the day of the month.
        halves: half-days that it stands for: 2, or 1 where a day has two columns or two rows.
        before: the day is one of the month before, in a table that runs from the 26th to the 25th.
    """

    index: int
    day: int
    halves: int = 2
    before: bool = False


@dataclass(frozen=True, slots=True)
class DayGrid:
    """The day columns of a table.

    Attributes:
        lines: the columns of each line that a person has; one line but for half months below each other (1 to 15 over
            16 to 31) and for mornings over afternoons.
        rows: the numbers, among the rows looked at, of those that make its header: days, weekdays, halves of the day.
        month: the month that the days are said to be of, as `2022-03`, where their headers are whole dates.
    """

    lines: tuple[tuple[DayColumn, ...], ...]
    rows: tuple[int, ...]
    month: str = ""

    @property
    def indices(self) -> frozenset[int]:
        """Every grid column that holds marks."""
        return frozenset(column.index for line in self.lines for column in line)

    @property
    def by_halves_below(self) -> DayGrid:
        """The same days with a morning row over an afternoon row for each person."""
        line = tuple(replace(column, halves=1) for column in self.lines[0])
        return replace(self, lines=(line, line))


def fold(text: str) -> str:
    """A header or mark without accidents of width and space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def half_of_day(text: str) -> int:
    """1 for the morning, 2 for the afternoon, else 0."""
    return _HALVES.get(fold(text), 0)


def _day(text: str) -> tuple[int, str] | None:
    """The day that a header cell names, and its month where it names that."""
    found = _DAY.fullmatch(fold(text)) if text else None
    if found is None:
        return None
    month = f"{found['year']}-{int(found['month']):02d}" if found["year"] and found["month"] else ""
    return int(found["day"]), month


@dataclass(frozen=True, slots=True)
class _Run:
    """Rising days in a row: (grid column, day, of the month before) and the months that their headers name."""

    days: tuple[tuple[int, int, bool], ...] = ()
    months: frozenset[str] = frozenset()

    @property
    def first(self) -> int:
        return self.days[0][0]

    @property
    def step(self) -> int:
        """How many grid columns a day has."""
        return min((b[0] - a[0] for a, b in pairwise(self.days)), default=1)

    @property
    def whole(self) -> bool:
        """Whether it can be a month."""
        return len(self.days) >= _FEWEST_DAYS and (self.days[0][2] or self.days[0][1] <= _LATEST_FIRST)

    def half(self, first: int) -> bool:
        """Whether it is the half of a month that begins with the day `first`, without a gap."""
        numbers = [day for _, day, _ in self.days]
        return (
            _FEWEST_OF_HALF_A_MONTH <= len(numbers) <= _SECOND_HALF
            and numbers[0] == first
            and numbers[-1] - first == len(numbers) - 1
        )


def _run(row: Sequence[str]) -> _Run:
    """The longest run of rising days of the row; a blank cell or the same day again is passed over.

    After the 28th and later the days may begin anew: the table runs from the 26th to the 25th.
    """
    runs: list[list[tuple[int, int, str]]] = [[]]
    for index, cell in enumerate(row):
        found = _day(cell)
        if not cell or (found is not None and runs[-1] and found[0] == runs[-1][-1][1]):
            continue
        if found is None:
            runs.append([])
        elif runs[-1] and found[0] < runs[-1][-1][1]:
            runs.append([(index, *found)])
        else:
            runs[-1].append((index, *found))
    best = _Run()
    for number, run in enumerate(runs):
        days = tuple((index, day, False) for index, day, _ in run)
        months = frozenset(month for _, _, month in run if month)
        earlier = runs[number - 1] if number else []
        if earlier and run and earlier[-1][1] >= _SHORTEST_MONTH and run[0][1] == 1 and run[-1][1] < earlier[0][1]:
            days = (*((index, day, True) for index, day, _ in earlier), *days)
        if len(days) > len(best.days):
            best = _Run(days, months)
    return best


def _columns(row: Sequence[str], run: _Run, halves: Sequence[str] | None) -> tuple[DayColumn, ...]:
    """The columns of each day: from its own to the next day's, as far as they are for it."""
    found: list[DayColumn] = []
    ends = [*(index for index, _, _ in run.days[1:]), run.days[-1][0] + run.step]
    for (index, day, before), end in zip(run.days, ends, strict=True):
        reach = [i for i in range(index, min(end, len(row))) if i == index or not row[i] or _day(row[i]) is not None]
        if halves is not None:
            found.extend(DayColumn(i, day, 1, before) for i in reach if half_of_day(halves[i]))
        elif run.step == 2:  # noqa: PLR2004 - each day has two columns
            found.extend(DayColumn(i, day, 1, before) for i in reach[:2])
        else:
            found.append(DayColumn(index, day, 2, before))
    return tuple(found)


def find_days(rows: Sequence[Sequence[str]], near: int) -> DayGrid | None:
    """The day columns in the header of a table, or None.

    Args:
        rows: the cells of the sheet's first rows, "" where blank.
        near: which of them holds the headers of the other columns.
    """
    for number in range(max(0, near - 1), min(near + 3, len(rows))):
        run, second, below = _run(rows[number]), _Run(), number
        if not run.whole and run.days and run.half(1):
            later = range(number + 1, min(number + 3, len(rows)))
            halves = ((other, half) for other in later if (half := _run(rows[other])).days and half.half(_SECOND_HALF))
            below, second = next(halves, (number, second))
        if not (run.whole or second.days) or _numbers_of_columns(rows, number, run):
            continue
        used, parts = _under(rows, number, below, run)
        lines = [_columns(rows[number], run, parts)] + ([_columns(rows[below], second, None)] if second.days else [])
        months = run.months | second.months
        return DayGrid(tuple(lines), used, next(iter(months)) if len(months) == 1 else "")
    return None


def _under(
    rows: Sequence[Sequence[str]], number: int, below: int, run: _Run
) -> tuple[tuple[int, ...], Sequence[str] | None]:
    """The rows of the days' header, weekdays and halves of the day over and under it; and which says the halves."""
    used, halves = {number, below}, None
    end = run.days[-1][0] + run.step
    for other in [number - 1, *range(number + 1, min(number + _HEAD, len(rows)))]:
        texts = [fold(cell) for cell in rows[other][run.first : end] if cell] if other >= 0 else []
        if other in used:
            continue
        if len(texts) * 2 >= len(run.days) and _most(texts, lambda text: text in _HALVES):
            halves = rows[other]
            used.add(other)
        elif len(texts) * 2 >= len(run.days) and _most(texts, lambda text: _WEEKDAY.fullmatch(text) is not None):
            used.add(other)
        elif other > number:
            break
    return tuple(sorted(used)), halves


def _most(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(1 for text in texts if holds(text)) >= _UNDER_SHARE * len(texts)


def _numbers_of_columns(rows: Sequence[Sequence[str]], number: int, run: _Run) -> bool:
    """Whether 1, 2, 3 … only count the columns, each of which has a header of its own above."""
    if number == 0:
        return False
    above = rows[number - 1]
    own = {above[index] for index, _, _ in run.days if above[index] and _WEEKDAY.fullmatch(fold(above[index])) is None}
    return len(own) > _OWN_HEADERS * len(run.days)
