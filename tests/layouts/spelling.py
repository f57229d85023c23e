"""How people type a value: several cells for each, all of which must be read as that value, or be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeAlias

from tests.layouts.drawing import Value

from auditor.ledgers import Column, ColumnType
from auditor.values import has_right_check_digit

Cell: TypeAlias = "str | int | float | bool | date | None"
"""What a cell holds: a float or int is a number, a date a cell with a date format."""

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_NUMERALS = "〇一二三四五六七八九"
_BASE = date(1899, 12, 30)
_FIRST_SURE_SERIAL = 20_000  # 19546 is July 1953, or June 1954 with its zero lost


@dataclass(frozen=True, slots=True)
class Spelled:
    """A cell, and whether its value cannot be had from it and must be told instead."""

    cell: Cell
    lost: bool = False


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _words(number: int) -> str:
    """A whole number below 100 in numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return "零一二三四五六七八九"[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _money(value: Decimal) -> list[Cell]:
    cells: list[Cell] = [_number(value), f"{value:.2f}", f"{value:,.2f}", f"¥{value:,.2f}", f"{_number(value)}元"]
    cells += [f"{value:.2f}".translate(_WIDE), f" {_number(value)} "]
    if value % 100 == 0 and 0 < value < 10000 and value % 1000 == 0:
        cells.append(f"{_words(int(value) // 1000)}千元")
    if value % 100 == 0 and value >= 10000:
        cells.append(f"{value / 10000:f}".rstrip("0").rstrip(".") + "万元")
    return cells


def in_wan(chance: Random, value: Decimal, *, plainly: bool) -> Cell:
    """An amount on a sheet whose bare numbers are 万元; an amount with a unit of its own is what it says."""
    wan = (value / 10000).normalize()
    cells: list[Cell] = [_number(wan), f"{wan:f}", f"{wan:f}万元", f"{value:.2f}元"]
    return cells[0] if plainly else chance.choice(cells)


def _date(value: date, year: int | None) -> list[Cell]:
    y, m, d = value.year, value.month, value.day
    cells: list[Cell] = [value, f"{y}-{m:02d}-{d:02d}", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}年{m}月{d}日"]
    cells += [f"{y}{m:02d}{d:02d}", int(f"{y}{m:02d}{d:02d}"), (value - _BASE).days, f"{y}-{m}-{d} 09:30:00"]
    cells.append("".join(_NUMERALS[int(c)] for c in str(y)) + f"年{_words(m)}月{_words(d)}日")
    if y >= 2013:
        cells.append(f"{y % 100:02d}.{m:02d}.{d:02d}")
    if year == y:
        cells.append(f"{m}月{d}日")
    return cells


def _month(value: date, year: int | None) -> list[Cell]:
    y, m = value.year, value.month
    cells: list[Cell] = [
        f"{y}-{m:02d}",
        f"{y}年{m}月",
        f"{y}年{m:02d}月",
        f"{y}{m:02d}",
        int(f"{y}{m:02d}"),
        f"{y}/{m}",
    ]
    cells += [f"{y}.{m:02d}", date(y, m, 1), f"{y}-{m:02d}-01", f"{y}年{m}月份"]
    if year == y:
        cells += [f"{m}月", f"{m}月份"]
    return cells


def _identity(value: str) -> list[Cell]:
    cells: list[Cell] = [value, f"{value} ", value.translate(_WIDE), f"{value[:6]} {value[6:14]} {value[14:]}"]
    cells += [f"'{value}", value.lower(), f'="{value}"', f"{value[:6]}\u00a0{value[6:]}", f"{value[:10]}\n{value[10:]}"]
    if not has_right_check_digit(value):
        return cells
    cells.append(f"{value}43")  # the number of a disability card: two digits more
    if value[6:8] == "19":
        cells.append(value[:6] + value[8:17])  # the old number of 15 digits
    return cells


def _name(value: str) -> list[Cell]:
    cells: list[Cell] = [value, f"{value} ", f"　{value}", value.replace("·", "•")]
    if len(value) == 2:
        cells += [f"{value[0]}　{value[1]}", f"{value[0]} {value[1]}"]
    return cells


def _account(value: str) -> list[Cell]:
    groups = " ".join(value[i : i + 4] for i in range(0, len(value), 4))
    return [value, groups, groups.replace(" ", "-"), f"'{value}", f"{value}\t", value.translate(_WIDE)]


def _text(value: str) -> list[Cell]:
    return [value, f"{value} ", value.replace("（", "(").replace("）", ")"), f" {value}"]


def _bool(value: bool, column: Column) -> list[Cell]:
    cells: list[Cell] = ["是", "√", "有", value] if value else ["否", "×", "没有", value]
    return cells + [text for text, meaning in column.spellings.items() if meaning == ("是" if value else "否")]


def _code(value: str, column: Column) -> list[Cell]:
    cells: list[Cell] = [value, f"{value} ", value.replace("（", "(").replace("）", ")")]
    return cells + [text for text, meaning in column.spellings.items() if meaning == value]


def spellings(column: Column, value: Value, year: int | None) -> list[Cell]:
    """Cells that mean `value` in `column`, the plainest first; `year` is what the sheet says besides."""
    match column.type, value:
        case ColumnType.MONEY, Decimal():
            return _money(value)
        case ColumnType.DATE, date():
            return _date(value, year)
        case ColumnType.MONTH, date():
            return _month(value, year)
        case ColumnType.BOOL, bool():
            return _bool(value, column)
        case ColumnType.INT, int():
            unit = "年" if column.name == "year" else "天" if "days" in column.name else "人"
            cells: list[Cell] = [value, str(value), f"{value}{unit}", str(value).translate(_WIDE)]
            return [*cells, _words(value)] if value < 100 else cells
        case ColumnType.PERSON_ID, str():
            return _identity(value)
        case ColumnType.NAME, str():
            return _name(value)
        case ColumnType.ACCOUNT, str():
            return _account(value)
        case ColumnType.CODE, str():
            return _code(value, column)
        case ColumnType.PHONE, str():
            return [value, int(value), f"{value[:3]}-{value[3:7]}-{value[7:]}", f"{value[:3]} {value[3:7]} {value[7:]}"]
        case ColumnType.USCC, str():
            return [value, value.lower(), f" {value}"]
        case ColumnType.REF, str():
            return [value, value.replace(";", "；"), value.replace(";", "\n"), value.replace(";", "、")]
        case _, str():
            return _text(value)
    raise ValueError(f"{column.name}: {value!r}")


def plain(column: Column, value: Value | None) -> Cell:
    """The plainest cell for a value."""
    return None if value is None else spellings(column, value, None)[0]


_EMPTY = ("—", "/", "-")
_OPEN_ENDS = ("长期", "至今")


def spell(chance: Random, column: Column, value: Value | None, year: int | None) -> Spelled:
    """A cell that means `value`: the plainest or any other spelling; None is blank or a mark of nothing."""
    if value is None:
        choices: list[Cell] = [None, None, None, chance.choice(_EMPTY)]
        if column.type in {ColumnType.DATE, ColumnType.MONTH}:
            choices.append(chance.choice(_OPEN_ENDS))
        return Spelled(chance.choice(choices))
    cell = chance.choice(spellings(column, value, year))
    return Spelled(cell, lost=column.type is ColumnType.DATE and isinstance(cell, int) and cell < _FIRST_SURE_SERIAL)


def spoil(chance: Random, column: Column, value: Value) -> Spelled | None:
    """A cell from which the value cannot be had any more, or None where the type knows none."""
    match column.type, value:
        case ColumnType.PERSON_ID, str():
            return Spelled(
                chance.choice((f"{value[:6]}********{value[14:]}", f"{value[0]}.{value[1:6]}E+17")), lost=True
            )
        case ColumnType.ACCOUNT, str():
            return Spelled(chance.choice((f"{value[0]}.{value[1:6]}E+18", f"{value[:4]}****{value[-4:]}")), lost=True)
        case ColumnType.MONEY, _:
            return Spelled(chance.choice(("壹佰伍", "约600", "600/800", "见附件")), lost=True)
        case ColumnType.DATE, _:
            return Spelled(chance.choice(("2022-02-30", "不详", "13月40日")), lost=True)
        case ColumnType.MONTH, _:
            return Spelled(chance.choice((2022.1, "1-3月", "第一季度")), lost=True)
        case ColumnType.CODE | ColumnType.BOOL, _:
            return Spelled("待定", lost=True)
        case ColumnType.INT, _:
            return Spelled(chance.choice(("若干", 21.5)), lost=True)
        case _:
            return None
