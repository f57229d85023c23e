"""The columns of a sheet: which there are, in which order, and what stands over each."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.layouts.drawing import YEAR, Row, TypedLedger, Value
from tests.layouts.features import Chances
from tests.layouts.heads import header_of, strangers

from auditor.ledgers import Column, ColumnType

_PARENTS = ("基本信息", "有关信息", "相关情况", "其他情况")
_SPANS = {  # pairs of columns → what stands over 起 and 止
    ("notice_start", "notice_end"): ("公示时间", "公示", "公示期"),
    ("agreement_start", "agreement_end"): ("协议期限", "协议", "协议起止"),
}
_ENDS = (("起", "止"), ("开始", "结束"), ("开始日期", "结束日期"))
_PARTS = {ColumnType.DATE: ("年", "月", "日"), ColumnType.MONTH: ("年", "月")}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the sheet: of the ledger, a serial number, one that the ledger does not know, or blank.

    Attributes:
        header: what stands over it, None for a blank column.
        column: the ledger's column.
        serial: it only counts the rows.
        parent: what stands over it and its neighbours with the same `span`.
        span: number of the group of neighbours under one parent, 0 for none.
        part: 年, 月 or 日 where the column holds a part of the value.
        also: the ledger's other column whose value stands in the same cell.
        day: the day of the month whose marks it holds, 0 for none.
        month: the month whose figure it holds.
        sums: it adds up the marks or months of its row.
    """

    header: str | None
    column: Column | None = None
    serial: bool = False
    parent: str | None = None
    span: int = 0
    part: str = ""
    also: Column | None = None
    day: int = 0
    month: date | None = None
    sums: bool = False

    @property
    def whole(self) -> Column | None:
        """The ledger's column, where its value stands in this one cell."""
        return self.column if not (self.part or self.month) else None


def make_fields(
    chances: Chances, typed: TypedLedger, context: Mapping[str, Value], features: frozenset[str]
) -> list[Field]:
    """The columns of a table; those of `context` are left out."""
    ledger = typed.ledger
    chance = chances.of("fields")
    columns = [column for name, column in ledger.columns.items() if name in typed.columns - set(context)]
    if "dropped" in features and typed.loose:
        columns = [column for column in columns if column.required or chance.random() < 0.6]
    if "shuffled" in features:
        chance.shuffle(columns)
    fields = [Field(header_of(chances, ledger, column, features), column) for column in columns]
    if is_grid(typed, features):
        fields = _days(chances.of("days"), fields, features)
    elif is_wide(typed, features):
        fields = _months(chances.of("months"), fields, features)
    if "joined" in features:
        fields = _joined(chances.of("joined"), fields)
    if "strangers" in features:
        for header in strangers(chance, ledger, chance.choice((1, 1, 2))):
            fields.insert(chance.choice(_edges(fields)), Field(header))
    if features & {"two levels", "split"} and not (is_grid(typed, features) or is_wide(typed, features)):
        fields = _levels(chances.of("levels"), fields, features)
    if "gaps" in features:
        fields.insert(chance.choice(_edges(fields)), Field(None))
    if "serial" in features:
        fields.insert(0, Field(chance.choice(("序号", "序 号", "No.")), serial=True))
    return fields


def is_grid(typed: TypedLedger, features: frozenset[str]) -> bool:
    """Whether the days of attendance are marked one by one."""
    if typed.ledger.id != "attendance" or "grid" not in features:
        return False
    return typed.loose or all(_countable(row) for row in typed.rows)


def _countable(row: Row) -> bool:
    """Whether marks can say the row's days."""
    month, present, leave = (row[name] for name in ("month", "days_present", "leave_days"))
    if not (isinstance(month, date) and isinstance(present, int) and isinstance(leave, int)):
        return False
    return present >= 0 and leave >= 0 and present + leave <= monthrange(month.year, month.month)[1]


def is_wide(typed: TypedLedger, features: frozenset[str]) -> bool:
    """Whether a row has a figure for each month."""
    asked = {"wide", "title"} <= features  # months alone do not tell what is paid in them
    return asked and typed.loose and {"month", "amount", "name"} <= set(typed.ledger.columns)


def _days(chance: Random, fields: list[Field], features: frozenset[str]) -> list[Field]:
    """A column for each day at the end, in place of the days present and on leave."""
    kept = [one for one in fields if one.column is None or one.column.name not in {"days_present", "leave_days"}]
    kept += [Field(str(day), day=day) for day in range(1, 32)]
    return kept + [Field(chance.choice(("合计", "出勤天数")), sums=True)] * ("sums" in features)


def _months(chance: Random, fields: list[Field], features: frozenset[str]) -> list[Field]:
    """A column of amounts for each of some months, in place of the month and the amount."""
    amount = next(one for one in fields if one.column is not None and one.column.name == "amount")
    kept = [one for one in fields if one.column is None or one.column.name not in {"month", "amount"}]
    first, count = chance.randrange(1, 8), chance.choice((2, 3, 4, 6))
    form = chance.choice(("{0}年{1}月", "{0}年{1:02d}月", "{0}-{1:02d}"))
    months = [date(YEAR, first + number, 1) for number in range(count)]
    kept += [replace(amount, header=form.format(month.year, month.month), month=month) for month in months]
    return kept + [Field("合计", sums=True)] * ("sums" in features)


def _edges(fields: Sequence[Field]) -> list[int]:
    """Where another column may come between the others."""
    return [
        index
        for index in range(1, len(fields) + 1)
        if index == len(fields) or not (_inside(fields, index) or fields[index].day > 1 or fields[index].month)
    ]


def _inside(fields: Sequence[Field], index: int) -> bool:
    return fields[index].span != 0 and fields[index].span == fields[index - 1].span


def _joined(chance: Random, fields: list[Field]) -> list[Field]:
    """Name and identity number in one cell."""
    by_name = {one.column.name: one for one in fields if one.column is not None}
    if "name" not in by_name or "person_id" not in by_name:
        return fields
    header = chance.choice(("姓名/身份证号", "姓名、身份证号码", "姓名\n身份证号", "姓名及身份证号"))
    both = Field(header, by_name["name"].column, also=by_name["person_id"].column)
    return [both if one is by_name["name"] else one for one in fields if one is not by_name["person_id"]]


def _levels(chance: Random, fields: list[Field], features: frozenset[str]) -> list[Field]:
    """Put neighbours under a parent: start and end of a span, year, month and day of a date, or any few."""
    number = 0
    if "split" in features:
        found: list[Field] = []
        for one in fields:
            parts = _PARTS.get(one.column.type) if one.column is not None else None
            if parts is None or number >= 2 or chance.random() < 0.4:
                found.append(one)
                continue
            number += 1
            found += [replace(one, header=part, parent=one.header, span=number, part=part) for part in parts]
        fields = found
    if "two levels" not in features:
        return fields
    for names, parents in _SPANS.items():
        pair = [one for name in names for one in fields if one.whole is not None and one.whole.name == name]
        if len(pair) == 2 and chance.random() < 0.7:
            number += 1
            ends, parent = chance.choice(_ENDS), chance.choice(parents)
            under = [replace(one, header=end, parent=parent, span=number) for one, end in zip(pair, ends, strict=True)]
            at = fields.index(pair[0])
            rest = [one for one in fields if one not in pair]
            at = min(at, len(rest))
            while 0 < at < len(rest) and _inside(rest, at):
                at += 1
            fields = [*rest[:at], *under, *rest[at:]]
    for parent in chance.sample(_PARENTS, 2):
        start, length = chance.randrange(len(fields)), chance.choice((2, 3, 4))
        if all(one.span == 0 for one in fields[start : start + length]) and len(fields) >= start + length:
            number += 1
            fields[start : start + length] = [
                replace(one, parent=parent, span=number) for one in fields[start : start + length]
            ]
    return fields
