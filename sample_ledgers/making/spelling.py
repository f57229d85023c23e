"""How people type the same value: every spelling here means exactly the value that it is made from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sample_ledgers.making.county import RIVER_GUARD, Value

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_MONTHS = {"month_from", "month_to", "since"}
_CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("labour_capacity", "弱劳动力"): ("弱劳动力", "弱劳力", "半劳动力"),
    ("employed", "是"): ("已就业", "是"),
    ("employed", "否"): ("未就业", "否"),
    ("work_region", "乡（镇）内"): ("乡镇内", "乡（镇）内", "镇内"),
    ("region", "省外"): ("省外", "跨省", "市外"),
    ("region", "县外省内"): ("市内县外",),
    ("insurance", "城乡居民养老保险"): ("居民养老", "城乡居民养老保险", "城乡居民基本养老保险"),
    ("insurance", "企业职工基本养老保险"): ("职工养老", "企业职工基本养老保险"),
    ("status", "成功"): ("交易成功", "已入账"),
    ("status", "失败"): ("退票",),
    ("status", "存续"): ("在业", "存续", "开业"),
    ("employer", RIVER_GUARD): ("清溪县护河队(河长办)", RIVER_GUARD, "清溪县护河队 （河长办）"),
}
_IDS = {"person_id", "official_id", "relative_id", "approver_id", "owner_id"}
_NAMES = {"name", "account_name", "signed_by", "official", "relative", "owner"}


def spell(column: str, value: Value, turn: int) -> Value:
    """`value` of `column` in one of its spellings; `turn` (the row's number, say) chooses which."""
    match value:
        case None:
            return None
        case date():
            return _spell_month(value, turn) if column in _MONTHS else _spell_date(value, turn)
        case Decimal():
            return _spell_money(value, turn)
        case int() if column in {"days_present", "days_required"}:
            return str(value).translate(_WIDE) if turn % 9 == 4 else value
        case str() if column in _IDS:
            return _spell_id(value, turn)
        case str() if column in _NAMES:
            return _spell_name(value, turn)
        case str() if column == "account_no":
            return " ".join(value[at : at + 4] for at in range(0, len(value), 4)) if turn % 6 == 2 else value
        case str():
            spellings = _CODES.get((column, value), (value,))
            return spellings[turn % len(spellings)]
    return value


def _spell_date(value: date, turn: int) -> Value:
    return (
        value,
        f"{value.year}.{value.month}.{value.day}",
        f"{value.year}年{value.month}月{value.day}日",
        f"{value:%Y%m%d}",
        f"{value.year}/{value.month}/{value.day}",
        f"{value:%Y-%m-%d}",
    )[turn % 6]


def _spell_month(value: date, turn: int) -> str:
    return (f"{value:%Y%m}", f"{value.year}年{value.month}月", f"{value:%Y-%m}", f"{value.year}.{value.month:02d}")[
        turn % 4
    ]


def _spell_money(value: Decimal, turn: int) -> Value:
    short = f"{value.normalize():f}"
    return (value, f"{short}元", f"{value:,.2f}", short.translate(_WIDE), value)[turn % 5]


def _spell_id(value: str, turn: int) -> str:
    spellings = {
        1: f"{value[:6]} {value[6:14]} {value[14:]}",
        3: value.translate(_WIDE),
        5: f"'{value}",
        6: value.lower(),
        8: f"{value} ",
    }
    return spellings.get(turn % 11, value)


def _spell_name(value: str, turn: int) -> str:
    if len(value) == 2 and turn % 2 == 0:
        return f"{value[0]}　{value[1]}"
    return f"{value} " if turn % 8 == 3 else value
