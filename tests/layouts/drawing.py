"""Random typed ledgers: rows of values as the tables must hold them in the end, for any kind of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeAlias

from auditor.ledgers import Column, ColumnType, Ledger


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell from which no value can be had, to be written as it stood."""

    text: str


Value: TypeAlias = "str | int | bool | Decimal | date"
Row: TypeAlias = "dict[str, Value | Kept | None]"

YEAR = 2022
TOWNSHIPS = ("兴隆镇", "柳坝乡", "月池镇", "石岭街道", "清溪镇")
VILLAGES = ("清星村", "红岩村", "柏树村", "新桥社区", "大田村", "龙洞村")
EMPLOYERS = ("兴隆镇人民政府", "柳坝乡村镇建设服务中心", "清溪县林业局", "云山县环卫所", "月池镇便民服务中心")
WORKSHOPS = ("云织服饰车间", "兴农食品加工厂", "巧手竹编合作社", "明达电子有限公司")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SURNAMES = "张王李陈刘杨覃田向彭周吴冉"
_GIVEN = "伟芳秀兰军静丽强敏杰明华玉平春生桂英德贵"
_WORDS = ("东风", "长江", "中心", "滨河", "团结", "新华", "金桥", "双龙")
_BLANK = 0.12  # of the cells that need no value
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "township": TOWNSHIPS,
    "village": VILLAGES,
    "area": TOWNSHIPS,
    "employer": EMPLOYERS,
    "work_employer": ("宁波海天塑机有限公司", "东莞市新业电子厂", "成都建工集团", "云山县环卫所"),
    "unit": EMPLOYERS,
    "workshop": WORKSHOPS,
    "post_type": ("保洁员", "护林员", "巡河员", "乡村振兴信息员", "村道管护"),
    "relation": ("户主", "配偶", "之子", "之女", "之父"),
    "position": ("村主任", "支部书记", "会计", "经办员"),
    "work_place": ("广东省东莞市", "浙江省宁波市", "重庆市云山县", "成都市双流区"),
    "place": ("山东省济南市", "山东省烟台市", "云山县"),
    "fund": ("就业补助资金", "衔接资金", "村集体经济"),
    "work_time": ("全日制", "非全日制"),
    "category": ("脱贫人口", "监测对象", "零就业家庭人员"),
    "purpose": ("代发工资", "公益岗补贴", "BFGZ"),
    "school": ("云山中学", "重庆大学", "清溪职教中心"),
    "business_kind": ("个体工商户", "有限责任公司", "农民专业合作社"),
    "problem": ("台账不完整", "照片缺失", "公示不到位", "补贴发放不及时"),
    "detail": ("缝纫工", "保安岗位", "家政培训班第2期", "政策解读"),
    "provider": ("云山县就业服务中心", "诚信人力资源公司", "渝东职业培训学校"),
    "household_type": ("脱贫户",),
    "destination": ("浙江省", "广东省"),
}


@dataclass(frozen=True, slots=True)
class TypedLedger:
    """A ledger as it is.

    Attributes:
        ledger: its kind.
        rows: a value or None for each column.
        columns: those that the ledger has; the others are not written.
        loose: its values may be changed to fit a layout, and optional columns left out.
    """

    ledger: Ledger
    rows: tuple[Row, ...]
    columns: frozenset[str]
    loose: bool = True


def identity_number(chance: Random, *, born: date | None = None) -> str:
    """A made-up identity number of area 500299 with the right check digit."""
    day = born or date(1948, 1, 1) + timedelta(days=chance.randrange(20000))
    serial = chance.randrange(1, 999)  # 000 at the end would be a number that a spreadsheet has rounded
    body = f"500299{day:%Y%m%d}{serial:03d}"
    number = body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
    return identity_number(chance, born=day) if number.endswith("000") else number


def person_name(chance: Random) -> str:
    """A name of two or three characters, now and then one with a middle dot."""
    if chance.random() < 0.03:
        return "阿依古丽·买买提"
    return chance.choice(_SURNAMES) + "".join(chance.choice(_GIVEN) for _ in range(chance.choice((1, 2, 2))))


def _day(chance: Random, column: Column) -> date:
    if "birth" in column.name:
        return date(1950, 1, 1) + timedelta(days=chance.randrange(19000))
    return date(YEAR - 1, 6, 1) + timedelta(days=chance.randrange(570))


def _int(chance: Random, column: Column) -> int:
    if column.name == "year":
        return YEAR
    if "days" in column.name:
        return chance.randrange(31)
    if "months" in column.name:
        return chance.randrange(13)
    return chance.randrange(1, 400)


def _money(chance: Random, _: Column) -> Decimal:
    return Decimal(
        chance.choice((600, 800, 1200, 1500, chance.randrange(1, 9000), chance.randrange(100, 900_000) / 100))
    )


def _text(chance: Random, column: Column, number: int) -> str:
    for name, choices in _TEXTS.items():
        if column.name == name:
            return chance.choice(choices)
    if column.name.endswith(("_id", "_no", "no")) or column.name == "batch":
        return f"{column.name[0].upper()}{chance.randrange(10, 99)}{number:05d}"
    text = f"{chance.choice(_WORDS)}{chance.choice(_WORDS)}"
    return f"{text}（{chance.choice('一二三')}期）" if chance.random() < 0.1 else text


_DRAW: Mapping[ColumnType, Callable[[Random, Column], Value]] = {
    ColumnType.PERSON_ID: lambda chance, _: identity_number(chance),
    ColumnType.NAME: lambda chance, _: person_name(chance),
    ColumnType.MONEY: lambda chance, column: _money(chance, column).quantize(Decimal("0.01")),
    ColumnType.INT: _int,
    ColumnType.DATE: _day,
    ColumnType.MONTH: lambda chance, _: date(YEAR, chance.randrange(1, 13), 1),
    ColumnType.BOOL: lambda chance, _: chance.random() < 0.5,
    ColumnType.ACCOUNT: lambda chance, _: f"6217{chance.randrange(10**11, 10**12)}{chance.randrange(100, 1000)}",
    ColumnType.PHONE: lambda chance, _: f"1{chance.choice('3578')}{chance.randrange(10**8, 10**9)}",
    ColumnType.USCC: lambda chance, _: f"91500299MA{chance.randrange(10**7, 10**8)}",
    ColumnType.CODE: lambda chance, column: chance.choice(column.codes),
    ColumnType.REF: lambda chance, _: ";".join(
        f"IMG_{chance.randrange(1000, 9999)}.jpg" for _ in range(chance.choice((1, 1, 2)))
    ),
}


def draw_ledger(chance: Random, ledger: Ledger, count: int) -> TypedLedger:
    """`count` random rows of a kind; each differs from the others, required columns are filled."""
    rows: list[Row] = []
    for number in range(count):
        row: Row = {}
        for name, column in ledger.columns.items():
            if not column.required and name not in ledger.key and chance.random() < _BLANK:
                row[name] = None
            elif column.type is ColumnType.TEXT:
                row[name] = _text(chance, column, number)
            else:
                row[name] = _DRAW[column.type](chance, column)
        rows.append(row)
    return TypedLedger(ledger, tuple(rows), frozenset(ledger.columns))
