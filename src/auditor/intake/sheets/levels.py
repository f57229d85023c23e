"""Headers of several levels: which rows they take, and which cells stand over each column.

A parent stands over the columns that it is merged over, or, where nobody merged, over its own column and the blank ones
to its right as far as the row below has leaves. A row below belongs to the header where a cell of the header is merged
down into it, or where it holds nothing but such leaves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.intake.raw import RawSheet
from auditor.intake.sheets.folding import fold
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.headers import is_serial

_MOST_LEVELS = 4
_LONGEST_LEAF = 20
_FEWEST_GROUPS = 2  # parents that make a row of nothing but parents a level of the header
_NO_LEAF = re.compile(r"\d{3}|[。；：:]|^\d+[./-]\d|^(?:合计|小计|总计|填表|制表|审核|备注[:：])")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])日?")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A line above the header that says when, where or for whom, and is no level of it.
_CONTEXT = re.compile(r"[\d:：]|[省市县区镇乡村局办月日年度]$|(?:街道|社区|单位|车间|公司)$")
_HEADING = re.compile(r"[\u3400-\u9fff]{1,8}(?:情况|信息|资料|项目|内容|概况|数据|事项|要素)")
_ORDINAL = re.compile(r"[(\[（]?(?:第)?(?P<number>\d{1,3})(?:栏|列)?(?:=.*)?[)\]）]?")
_FEWEST_NUMBERED = 3
_STEMS = "甲乙丙丁戊己庚辛abcdefgh"
_NO_NUMBER = frozenset({"栏次", "行次", "列次", "栏目"})

Merges = Mapping[int, Sequence[tuple[int, int, int, int]]]


@dataclass(frozen=True, slots=True)
class Levels:
    """The header's rows.

    Attributes:
        first, last: their grid positions [first, last).
        named: the position after the last of them that names columns; a row below only numbers them.
        rows: their cells as they stand.
        leaves: the lowest level over each grid column, "" where nothing stands there or a cell further left reaches.
        above: grid column → the levels above its leaf, the outermost first.
    """

    first: int
    last: int
    named: int
    rows: tuple[tuple[str, ...], ...]
    leaves: tuple[str, ...]
    above: Mapping[int, tuple[str, ...]]

    @property
    def headers(self) -> tuple[str, ...]:
        """What stands over each grid column, its levels joined by a slash."""
        return tuple("/".join((*self.above.get(i, ()), leaf)) if leaf else "" for i, leaf in enumerate(self.leaves))


def is_heading(text: str) -> bool:
    """Whether the text says only that a group of columns stands below: 基本信息, 就业情况."""
    return _HEADING.fullmatch(text) is not None


def header_around(grid: Grid, position: int, floor: int, known: Callable[[str], bool]) -> Levels:
    """The header that the grid row `position` belongs to, from the grid row `floor` on."""
    rows = np.arange(max(floor, position - _MOST_LEVELS), min(position + _MOST_LEVELS + 1, grid.raw.row_count))
    cells = grid.texts(rows.astype(np.int64))
    return HeadRows(grid.raw, dict(zip(rows.tolist(), cells, strict=True)), known).top_of(position)


class HeadRows:
    """The first rows of a table, and what is merged in them."""

    __slots__ = ("_known", "_merges", "_rows", "_top")

    def __init__(self, raw: RawSheet, rows: Mapping[int, Sequence[str]], known: Callable[[str], bool]) -> None:
        """Take the rows by grid position; `known` tells the accepted headers."""
        self._rows = rows
        self._known = known
        self._top = raw.row_count
        found: dict[int, list[tuple[int, int, int, int]]] = {}
        last = max(rows, default=-1)
        for top, left, bottom, right in raw.merges:
            row = top - raw.first_row
            if row <= last and row in rows:
                found.setdefault(row, []).append(
                    (row, left - raw.first_column, bottom - raw.first_row, right - raw.first_column)
                )
        self._merges: Merges = found

    def header_at(self, position: int) -> Levels:
        """The header whose uppermost row with accepted headers is `position`, with all the levels below."""
        last = self._merged_down(position)
        while last - position < _MOST_LEVELS:
            if last in self._rows and self._hangs(position, last):
                last = max(last + 1, self._merged_down(last))
            else:
                break
        if last in self._rows and self._numbers(last):
            return self.between(position, last + 1, last)
        return self.between(position, last)

    def with_parents(self, levels: Levels) -> Levels | None:
        """The same header with the row above it, where that can be a level of it."""
        above = levels.first - 1
        if above not in self._rows:
            return None
        cells = self._rows[above]
        below = self._rows[levels.first]
        owners = self._owners(above, [bool(cell) for cell in below])
        groups = {owner for owner in owners if owner is not None}
        wide = {owner for owner in groups if owners.count(owner) > 1}
        alone = all(owner in wide or not below[owner] or cells[owner] == below[owner] for owner in groups)
        title = (
            len(wide) == 1
            and all(owners[index] in wide for index, cell in enumerate(below) if cell)
            and not self._stands_alone(above)
        )
        wordy = any(len(cells[owner]) > _LONGEST_LEAF or ":" in fold(cells[owner]) for owner in groups)
        if not self._reaches_down(above) and (not wide or title or not alone or wordy):
            return None
        return self.between(above, levels.last, levels.named)

    def is_banner(self, levels: Levels) -> bool:
        """Whether the uppermost level is one beyond doubt.

        One of its cells heads a column that has no header below, or all are headings of groups over all columns.
        """
        if self._reaches_down(levels.first) or self._stands_alone(levels.first):
            return True
        cells = self._rows[levels.first]
        merged = [m for m in self._merges.get(levels.first, ()) if m[3] > m[1] and cells[m[1]]]
        heads = [cell for cell in cells if cell]
        if len(heads) >= _FEWEST_GROUPS and all(is_heading(cell) for cell in heads):
            return True
        return (
            len(merged) >= _FEWEST_GROUPS
            and not any(_CONTEXT.search(cell) for cell in heads)
            and all(levels.above.get(index) or not leaf or cells[index] for index, leaf in enumerate(levels.leaves))
        )

    def _reaches_down(self, position: int) -> bool:
        """Whether a cell of the row, and not all of them together, is the header of a column that has none below."""
        cells, below = self._rows[position], self._rows.get(position + 1)
        if below is None:
            return False
        if any(cell and not below[index] and is_serial(cell) for index, cell in enumerate(cells)):
            return True
        return any(
            bottom > top and right - left + 1 < len(cells) and left >= 0 and cells[left] != ""
            for top, left, bottom, right in self._merges.get(position, ())
        )

    def top_of(self, position: int) -> Levels:
        """The header that the row belongs to, with all the levels above that are levels beyond doubt."""
        levels = self.header_at(position)
        parents = self.with_parents(levels)
        while parents is not None and parents.last - parents.first <= _MOST_LEVELS and self.is_banner(parents):
            levels, parents = parents, self.with_parents(parents)
        return levels

    def _stands_alone(self, position: int) -> bool:
        """Whether an accepted header of the row stands over a column that has none below."""
        below = self._rows.get(position + 1)
        return below is not None and any(
            cell and not below[index] and self._known(cell) for index, cell in enumerate(self._rows[position])
        )

    def between(self, first: int, last: int, named: int | None = None) -> Levels:
        """The levels of the rows [first, last), of which those from `named` on only number the columns."""
        end = last if named is None else named
        width = max((len(row) for row in self._rows.values()), default=0)
        positions = [p for p in range(first, end) if p in self._rows]
        reach: list[list[int | None]] = []
        for number, position in enumerate(positions):
            under = [any(self._rows[p][i] for p in positions[number + 1 :]) for i in range(width)]
            reach.append(self._owners(position, under, reach[-1] if reach else None))
        leaves, above = [], {}
        seen: set[tuple[int | None, ...]] = set()
        for index in range(width):
            owners = tuple(row[index] for row in reach)
            texts: list[str] = []
            for position, owner in zip(positions, owners, strict=True):
                cell = self._rows[position][owner] if owner is not None else ""
                if cell and (not texts or texts[-1] != cell):
                    texts.append(cell)
            if owners in seen or not texts:
                leaves.append("")
                continue
            seen.add(owners)
            leaves.append(texts[-1])
            if len(texts) > 1:
                above[index] = tuple(texts[:-1])
        rows = tuple(tuple(self._rows[p]) for p in range(first, last) if p in self._rows)
        return Levels(first, last, end, rows, tuple(leaves), above)

    def _merged_down(self, position: int) -> int:
        """The row after the last that a cell of the row is merged down into."""
        down = [bottom for top, _, bottom, _ in self._merges.get(position, ()) if top < bottom <= top + 2]
        return min(max([position, *down]) + 1, self._top)

    def _owners(
        self, position: int, under: Sequence[bool], outer: Sequence[int | None] | None = None
    ) -> list[int | None]:
        """For each grid column the column of the cell of the row that stands over it."""
        cells = self._rows[position]
        merged: dict[int, int] = {}
        for _, left, _, right in self._merges.get(position, ()):
            merged |= dict.fromkeys(range(max(left, 0), min(right + 1, len(cells))), left)
        owners: list[int | None] = []
        for index, cell in enumerate(cells):
            if cell:
                owners.append(index)
                continue
            if index in merged:
                left = merged[index]
                owners.append(left if left >= 0 and cells[left] else None)
                continue
            owner = owners[-1] if owners else None
            reaches = (
                owner is not None
                and owner not in merged
                and under[index]
                and under[owner]
                and (outer is None or outer[index] == outer[owner])
            )
            owners.append(owner if reaches else None)
        return owners

    def _hangs(self, first: int, position: int) -> bool:
        """Whether the row holds nothing but leaves under cells of the header's last row above it."""
        upper, lower = self._rows.get(position - 1), self._rows[position]
        if upper is None or position - 1 < first:
            return False
        owners: list[int | None] | None = None
        for row in range(first, position):
            under = [bool(cell) for cell in self._rows.get(row + 1, ())]
            owners = self._owners(row, under, owners) if row in self._rows else owners
        if owners is None:
            return False
        leaves = [index for index, cell in enumerate(lower) if cell]
        groups = [owners[index] for index in leaves]
        for index, owner in zip(leaves, groups, strict=True):
            cell = lower[index]
            if owner is None or len(cell) > _LONGEST_LEAF or _NO_LEAF.search(_YEAR.sub("", cell)):
                return False
            if not (_HAN.search(cell) or _DAY.fullmatch(cell)):
                return False
            beside = [upper[i] for i in (index - 1, index + 1) if 0 <= i < len(upper)]
            twin = upper[index] != "" and upper[index] in beside
            if groups.count(owner) < 2 and not twin and upper[index] != cell and not self._known(cell):  # noqa: PLR2004
                return False  # a parent of one leaf, which no ledger knows for a header: rather a cell of the table
        return len(leaves) > 1 and any(lower[index] != upper[index] for index in leaves)

    def _numbers(self, position: int) -> bool:
        """Whether the row only numbers the columns: 1 | 2 | 3 … or 甲 | 乙 | 1 | 2 …."""
        cells = [fold(cell) for cell in self._rows[position] if cell]
        while cells and (cells[0] in _NO_NUMBER or (cells[0] in _STEMS and len(cells[0]) == 1)):
            cells = cells[1:]
        found = [_ORDINAL.fullmatch(cell) for cell in cells]
        numbers = [int(match["number"]) for match in found if match is not None]
        return len(cells) >= _FEWEST_NUMBERED and numbers == list(range(1, len(cells) + 1))
