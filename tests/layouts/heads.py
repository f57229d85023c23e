"""What stands above the rows: names of file and sheet, titles, lines, the header's cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.layouts.drawing import YEAR, Value
from tests.layouts.features import Chances

from auditor.ledgers import Column, ColumnType, Ledger

COUNTY = "云山县"
CONTEXT = ("month", "township", "village", "workshop", "workshop_id", "party")
_OFFICES = {"人社": "云山县人社局", "乡村振兴": "云山县乡村振兴局", "山东": "山东方"}
_LABELS = {
    "month": ("所属月份", "月份", "所属期"),
    "township": ("乡镇", "所属乡镇"),
    "village": ("村（社区）", "行政村"),
    "workshop": ("车间名称", "帮扶车间名称"),
    "workshop_id": ("车间编号",),
    "party": ("报送单位", "台账方"),
}
STRANGERS = ("民族", "文化程度", "政治面貌", "领导批示", "录入批次", "健康状况")
_UNITS = {ColumnType.MONEY: ("（元）", "(元)"), ColumnType.INT: ("（个）",)}
_ROOM = re.compile(r"[\s()（）/]")


@dataclass(slots=True)
class Around:
    """What is said around a table.

    Attributes:
        title: the table's title, "" for none.
        labelled: `label：value` pieces.
        sheet, file: their names, without the file's ending.
        year: the year that is named, for months written as 10月.
        named: whether the kind of ledger is named.
    """

    title: str = ""
    labelled: list[str] = field(default_factory=list)
    sheet: str = "Sheet1"
    file: str = "台账"
    year: int | None = None
    named: bool = False


def _said(name: str, value: Value, chance: Random, *, year: bool) -> str:
    if name == "month" and isinstance(value, date):
        full = (
            f"{value.year}年{value.month}月",
            f"{value.year}年{value.month:02d}月",
            f"{value:%Y-%m}",
            f"{value:%Y%m}",
        )
        return f"{value.month}月" if year and chance.random() < 0.5 else chance.choice(full)
    return _OFFICES[str(value)] if name == "party" else str(value)


def around(
    chances: Chances,
    ledger: Ledger,
    context: Mapping[str, Value],
    features: frozenset[str],
    *,
    alone: bool = True,
    loose: bool = True,
) -> Around:
    """Names and titles that say the values of `context`, and no others of those columns.

    Where the table is not `alone` on its sheet, the names of sheet and file say nothing. Names that are not made for
    these tests (not `loose`) stand behind a label.
    """
    chance = chances.of("around")
    found = Around()
    places = ["title"] * ("title" in features) + ["label"] + ["sheet", "file"] * alone
    in_title: dict[str, str] = {}
    sheet: list[str] = []
    file: list[str] = []
    for name in CONTEXT:
        if name not in context:
            continue
        place = chance.choice(places)
        value = context[name]
        behind = place == "sheet" and sheet in ([], [context.get("workshop")])
        plainly = (name == "workshop_id" and not behind) or (not loose and "workshop" in name)
        if place == "label" or plainly:
            found.labelled.append(f"{chance.choice(_LABELS[name])}：{_said(name, value, chance, year=False)}")
        elif place == "title":
            in_title[name] = _said(name, value, chance, year=False)
        else:
            (sheet if place == "sheet" else file).append(_said(name, value, chance, year=False))
    if "title" in features:
        words = [COUNTY if chance.random() < 0.7 else "", in_title.get("township", ""), in_title.get("village", "")]
        words.append(in_title.get("party", ""))
        when = in_title.get("month", "")
        if not when and chance.random() < 0.5:
            when = f"{YEAR}年"
        words += [when, ledger.zh]
        if "workshop" in in_title:
            words.append(f"（{in_title['workshop']}）")
        found.title = "".join(words)
        found.named = True
    telling = not found.named and bool({"workshop", "workshop_id", "party"} & set(context))
    if alone and (telling or chance.random() < 0.4):
        file.append(ledger.zh)
        found.named = True
    elif alone and chance.random() < 0.2:
        sheet.append(ledger.zh[:20])
        found.named = True
    if sheet:
        found.sheet = "-".join(sheet)[:31]
    if file:
        found.file = chance.choice(("-", "_")).join(file)
    everything = " ".join([found.title, *found.labelled, found.sheet, found.file])
    found.year = YEAR if f"{YEAR}年" in everything and "month" not in context else None
    return found


def lines(chances: Chances, about: Around, ledger: Ledger, features: frozenset[str]) -> list[list[str]]:
    """The rows above the header, each as its texts: title, labelled values, office and date, a note."""
    chance = chances.of("lines")
    rows: list[list[str]] = []
    if about.title:
        rows.append([about.title])
    pieces = list(about.labelled)
    if "lines" in features:
        if "party" not in ledger.columns:
            pieces.append("填报单位：云山县人力资源和社会保障局")
        pieces += ["填报日期：2022年12月30日"]
    if features & {"lines", "wan"}:
        pieces.append("单位：万元" if "wan" in features else "单位：元")
    if pieces:
        rows.append(pieces if chance.random() < 0.6 else ["    ".join(pieces)])
    if "explained" in features:
        rows.append([chance.choice(("填表说明：本表一式三份，乡镇、村、车间各存一份。", "注：红色栏目必填。"))])
    return rows


def key(header: str) -> str:
    """By what two headers are the same to any reader: width, spaces and brackets make no difference."""
    folded = re.sub(r"\s|[*]", "", unicodedata.normalize("NFKC", header)).casefold()
    return re.sub(r"\([^()]*\)", "", folded) or folded


def header_of(chances: Chances, ledger: Ledger, column: Column, features: frozenset[str]) -> str:
    """A header for the column: canonical or another accepted one that means no other column of the ledger."""
    chance = chances.of(f"header/{column.name}")
    others = {key(h) for other in ledger.columns.values() if other is not column for h in other.headers}
    sure = [header for header in column.headers if key(header) not in others] or [column.header]
    header = chance.choice(sure) if "synonyms" in features else sure[0]
    if (
        "units" in features
        and column.type in _UNITS
        and not ("wan" in features and column.type is ColumnType.MONEY)
        and chance.random() < 0.6
        and key(header) == header
    ):
        header += chance.choice(_UNITS[column.type]) if "days" not in column.name else "（天）"
    if "broken" in features and not _ROOM.search(header) and chance.random() < 0.4:
        middle = chance.randrange(1, len(header)) if len(header) > 1 else 1
        header = header[:middle] + chance.choice(("\n", " ", "　")) + header[middle:]
    if "starred" in features and column.required:
        header = chance.choice(("*", "＊", "* ")) + header
    return header


def strangers(chance: Random, ledger: Ledger, count: int) -> Sequence[str]:
    """Headers that the ledger does not accept."""
    accepted = {key(header) for column in ledger.columns.values() for header in column.headers}
    return chance.sample([header for header in STRANGERS if key(header) not in accepted], count)
