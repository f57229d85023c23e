"""The rows of a table in their groups, with what stands between them: notes, blank rows, headers again, totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from tests.layouts.drawing import Row, TypedLedger
from tests.layouts.features import Chances
from tests.layouts.page import Block
from tests.layouts.rows import Draft, RowWriter
from tests.layouts.spelling import Cell

from auditor.intake import Band

ASIDES = ("注：以下人员本月新增。", "备注：含上月补发人员", "说明：经核实无误。")
PROSE = "以上人员已在村务公开栏公示七天，公示期间无异议，特此说明。"
_ORDINALS = "一二三四五六七八九十"


class Body:
    """The rows of a table on their way to the sheet."""

    def __init__(self, chances: Chances, block: Block, typed: TypedLedger, writer: RowWriter, title: str) -> None:
        self.chances, self.block, self.typed, self.writer, self.title = chances, block, typed, writer, title
        self.features, self.group = writer.features, writer.group
        self.drafts: list[Draft] = []
        self.numbers: list[int] = []  # of their rows in the block
        self.groups = 0

    def write(self, header: Sequence[Mapping[int, str]]) -> None:
        """All rows, and what stands between them."""
        chance = self.chances.of("between")
        rows = self.typed.rows
        start = 0
        for number, row in enumerate(rows):
            new = number == 0 or self.group is None or row[self.group] != rows[number - 1][self.group]
            if number and new:
                self._end_group(start)
                self._between(chance, header)
            if new:
                start = number
                self._begin_group(row)
            draft = self.writer.draft(number, row, first=new)
            self.drafts.append(draft)
            self.numbers.append(self.block.add(draft.cells, Band.READ))
            self.block.placed.extend(draft.placed(self.typed.ledger.id, self.numbers[-1]))
        self._end_group(start)

    def _between(self, chance: Random, header: Sequence[Mapping[int, str]]) -> None:
        if "blank rows" in self.features and chance.random() < 0.15:
            self.block.add({}, Band.BLANK)
        if "asides" in self.features and chance.random() < 0.15:
            self.block.add({0: chance.choice((*ASIDES, PROSE))}, Band.NOTE)
        if "repeated" in self.features and chance.random() < 0.15:
            if self.title and chance.random() < 0.4:
                self.block.add({0: self.title}, Band.TITLE, Band.NOTE)
            for cells in header:
                over_all = len(header) > 1 and set(cells) == {0}  # one parent over all columns: a title as well
                self.block.add(cells, Band.HEADER, *([Band.TITLE] if over_all else []))

    def _begin_group(self, row: Row) -> None:
        if "sections" in self.features and self.group is not None and self.groups < len(_ORDINALS):
            self.block.add({0: f"{_ORDINALS[self.groups]}、{row[self.group]}"}, Band.SECTION)
            self.groups += 1

    def _end_group(self, first: int) -> None:
        """Merge the group's name over its rows, and sum them up."""
        if self.group is None:
            return
        top, bottom = self.numbers[first], self.numbers[-1]
        if "merged" in self.features and bottom > top:
            fields = enumerate(self.writer.fields)
            column = next(i for i, one in fields if one.whole is not None and one.whole.name == self.group)
            self.block.merges.append((top, column, bottom, column))
        if "subtotals" in self.features:
            chance = self.chances.of(f"subtotal/{first}")
            name = str(self.typed.rows[first][self.group])
            self.total(chance.choice(("小计", "小 计", f"{name}小计")), first)

    def total(self, label: str, since: int = 0) -> None:
        """A row of the sums of the rows since one; its label stands in the first column that is none of them."""
        sums: dict[int, Cell] = self.writer.sums(self.drafts[since:])
        free = next(index for index in range(len(self.writer.fields)) if index not in sums)
        self.block.add({free: label, **sums}, Band.TOTAL)
