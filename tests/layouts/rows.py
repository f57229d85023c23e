"""One row of a ledger as it is written: each value in some spelling, its days as marks, its months side by side."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tests.layouts.drawing import Kept, Row, TypedLedger, Value
from tests.layouts.features import Chances
from tests.layouts.fields import Field
from tests.layouts.page import Placed
from tests.layouts.spelling import Cell, Spelled, in_wan, plain, spell, spoil

from auditor.ledgers import Column, ColumnType

ONCE = frozenset({"merged", "once"})
_SUMMED = {ColumnType.MONEY, ColumnType.INT}
_PRESENT, _LEAVE, _AWAY = "√", ("事", "病"), ("×", "休", None)


@dataclass(slots=True)
class Draft:
    """A row on its way: its cells, what they mean, and the figures that a total adds up."""

    cells: dict[int, Cell] = field(default_factory=dict)
    values: dict[str, Value | None] = field(default_factory=dict)
    at: dict[str, tuple[int, int]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    paid: dict[date, int] = field(default_factory=dict)
    figures: dict[int, Decimal] = field(default_factory=dict)

    def placed(self, ledger: str, row: int) -> Iterator[Placed]:
        """The row of the ledger that it is, or one for each month that has a figure."""
        one = Placed(ledger, row, self.values, self.at, frozenset(self.lost))
        if not self.paid:
            yield one
        for month, index in self.paid.items():
            if self.cells[index] is not None:
                amount = {"month": month, "amount": self.values["amount"]}
                yield replace(one, values={**one.values, **amount}, at={**one.at, "amount": (index, index)})


class RowWriter:
    """Writes the rows of one table."""

    def __init__(
        self,
        chances: Chances,
        typed: TypedLedger,
        fields: Sequence[Field],
        context: Mapping[str, Value],
        year: int | None,
        group: str | None,
        features: frozenset[str],
    ) -> None:
        self.typed, self.fields, self.context = typed, fields, context
        self.year, self.group, self.features = year, group, features
        self.spelling, self.spoiling, self.marking = (chances.of(part) for part in ("spelling", "spoiling", "marking"))

    def draft(self, number: int, row: Row, *, first: bool) -> Draft:
        """Row `number` of the ledger; `first` of its group."""
        draft = Draft()
        draft.values = dict.fromkeys(self.typed.ledger.columns) | dict(self.context)
        marks = self._marks(row, draft) if any(one.day for one in self.fields) else []
        for index, one in enumerate(self.fields):
            if one.serial:
                draft.cells[index] = number + 1
            elif one.day:
                draft.cells[index] = marks[one.day - 1]
            elif one.sums:
                draft.cells[index] = self._sum_of_row(draft)
            elif one.column is None:
                draft.cells[index] = self.spelling.choice(("汉族", "初中", "群众", None, 3)) if one.header else None
            else:
                self._value(draft, index, one, one.column, row, first=first)
        return draft

    def _value(self, draft: Draft, index: int, one: Field, column: Column, row: Row, *, first: bool) -> None:
        name, value = column.name, row[column.name]
        if one.month is not None:
            assert isinstance(value, Decimal)
            draft.values[name] = value
            draft.paid[one.month] = index
            paid = len(draft.paid) == 1 or self.marking.random() < 0.8
            draft.cells[index] = self._sound(column, value) if paid else None
            draft.figures[index] = value if paid else Decimal(0)
            return
        draft.at[name] = (draft.at[name][0] if one.part and name in draft.at else index, index)
        if isinstance(value, Kept):
            draft.cells[index] = value.text
            draft.lost.add(name)
            return
        draft.values[name] = value
        if one.also is not None:
            other = row[one.also.name]
            draft.at[one.also.name] = (index, index)
            if isinstance(other, Kept):
                draft.lost.add(one.also.name)
                draft.cells[index] = f"{value} {other.text}"
            else:
                draft.values[one.also.name] = other
                draft.cells[index] = self._both(value, other)
        elif one.part:
            draft.cells[index] = _part(value, one.part)
        elif name == self.group and self.features & ONCE:
            draft.cells[index] = plain(column, value) if first else None
        else:
            draft.cells[index], gone = self._cell(column, value)
            if gone:
                draft.values[name] = None
                draft.lost.add(name)
            if column.type in _SUMMED and name != "year":
                draft.figures[index] = Decimal(0) if gone or not isinstance(value, int | Decimal) else Decimal(value)

    def _marks(self, row: Row, draft: Draft) -> list[Cell]:
        """31 marks that count to the row's days present and on leave, as far as the month has days."""
        month, present, leave = row["month"], row["days_present"], row["leave_days"]
        assert isinstance(month, date)
        last = monthrange(month.year, month.month)[1]
        there = min(present, last) if isinstance(present, int) else 0
        away = min(leave, last - there) if isinstance(leave, int) else 0
        marks: list[Cell] = [*([_PRESENT] * there)]
        marks += [self.marking.choice(_LEAVE) for _ in range(away)]
        marks += [self.marking.choice(_AWAY) for _ in range(last - there - away)]
        self.marking.shuffle(marks)
        days = [index for index, one in enumerate(self.fields) if one.day]
        draft.values |= {"days_present": there, "leave_days": away}
        draft.at |= dict.fromkeys(("days_present", "leave_days"), (days[0], days[-1]))
        own = next((index for index, one in enumerate(self.fields) if one.sums), None)
        if own is not None:  # the sheet's own figure is the one that was signed
            draft.at["days_present"] = (own, own)
        return marks + [None] * (31 - last)

    def _sum_of_row(self, draft: Draft) -> Cell:
        if not draft.paid:
            present = draft.values["days_present"]
            return present if isinstance(present, int) else None
        total = sum(draft.figures[index] for index in draft.paid.values())
        return _number(Decimal(total), wan="wan" in self.features)

    def _both(self, name: Value | None, identity: Value | None) -> str:
        mark = self.spelling.choice((" ", "/", "\n", "，", "（", ""))
        return f"{name}{mark}{identity}{'）' if mark == '（' else ''}"

    def _cell(self, column: Column, value: Value | None) -> tuple[Cell, bool]:
        if "spoilt" in self.features and value is not None and self.spoiling.random() < 0.04:
            spoilt = spoil(self.spoiling, column, value)
            if spoilt is not None:
                return spoilt.cell, True
        spelled = self._spelled(column, value)
        return spelled.cell, spelled.lost

    def _sound(self, column: Column, value: Value | None) -> Cell:
        return self._spelled(column, value).cell

    def _spelled(self, column: Column, value: Value | None) -> Spelled:
        if column.type is ColumnType.MONEY and "wan" in self.features and isinstance(value, Decimal):
            return Spelled(in_wan(self.spelling, value, plainly="spellings" not in self.features))
        if "spellings" in self.features and self.spelling.random() < 0.5:
            return spell(self.spelling, column, value, self.year)
        return Spelled(plain(column, value))

    def sums(self, drafts: Sequence[Draft]) -> dict[int, Cell]:
        """The sums of the figures of some rows, by grid column."""
        found: dict[int, Cell] = {}
        for index in sorted({index for draft in drafts for index in draft.figures}):
            column = self.fields[index].column
            money = column is not None and column.type is ColumnType.MONEY
            total = sum((draft.figures.get(index, Decimal(0)) for draft in drafts), start=Decimal(0))
            found[index] = _number(total, wan=money and "wan" in self.features)
        return found


def _number(value: Decimal, *, wan: bool) -> int | float:
    shown = value / 10000 if wan else value
    return int(shown) if shown == int(shown) else float(shown)


def _part(value: Value | None, part: str) -> Cell:
    if not isinstance(value, date):
        return None
    return {"年": value.year, "月": value.month, "日": value.day}[part]
