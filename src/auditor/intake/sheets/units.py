"""In what money is counted: yuan, unless a unit line or a column's header says 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.errors import Gravity, Problem, Where
from auditor.intake.reading import MappedColumn
from auditor.ledgers import ColumnType, Ledger

_SIZES = {"元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
_UNIT = "|".join(sorted(_SIZES, key=len, reverse=True))
_SAID = re.compile(
    rf"(?:金额|计量|货币|数量|计价|计算)?单\s*位\s*[:：]\s*(?P<list>(?:[^\s:：()（）]{{0,12}}?[/、,，;；])*?(?:人民币)?(?:{_UNIT})(?:[/、,，;；][^\s:：()（）]{{0,12}})*)"
    rf"(?=$|[\s()（）;；])"
)
_ALONE = re.compile(rf"^\s*[（(]?\s*(?:人民币|金额)?[:：]?\s*(?P<list>{_UNIT})\s*[)）]?\s*$")
_EMPTY_LABEL = re.compile(r"(?:金额|计量|货币|数量)?单\s*位\s*[:：]?\s*$")
_PIECE = re.compile(r"[/、,，;；]")
_HEADER = re.compile(
    rf"[（(【\[]\s*(?:单位\s*[:：]?)?\s*(?:人民币)?(?P<in>{_UNIT})(?:[/每／][^()（）]{{0,6}})?\s*[)）】\]]|[/／:：_]\s*(?P<after>{_UNIT})\s*$"
)


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """Yuan that a bare number means, as the line at `where` says."""

    yuan: int
    text: str
    where: Where


def _sizes(text: str) -> set[str]:
    return {piece.removeprefix("人民币") for piece in _PIECE.split(text)} & set(_SIZES)


def unit_of(titles: Sequence[tuple[str, Where]]) -> MoneyUnit | None:
    """The unit of money that the lines above a header say, or None where they say none, or several.

    单位：清星村 names an office, and says nothing of money.
    """
    found: dict[str, Where] = {}
    row, labelled = None, False
    for text, where in titles:
        labelled = labelled and where.row == row
        row = where.row
        said = [match["list"] for match in _SAID.finditer(text)]
        alone = _ALONE.match(text)
        if alone and (labelled or alone["list"] != "元" or "元" in text):
            said.append(alone["list"])
        labelled = _EMPTY_LABEL.search(text) is not None
        for size in {size for one in said for size in _sizes(one)}:
            found.setdefault(size, where)
    if len(found) != 1:
        return None
    ((text, where),) = found.items()
    return MoneyUnit(_SIZES[text], text, where)


def unit_of_header(header: str) -> int | None:
    """The unit of money in a header (发放金额（万元） → 10000), or None."""
    found = [match["in"] or match["after"] for match in _HEADER.finditer(re.sub(r"\s+", "", header))]
    return _SIZES[found[-1]] if found else None


def unit_problems(
    ledger: Ledger, columns: Sequence[MappedColumn], said: MoneyUnit | None, place: Where
) -> Iterator[Problem]:
    """What is worth knowing of the units: amounts that are not in yuan, and a header that contradicts the unit line.

    Args:
        ledger: what the table is.
        columns: its columns, with their units.
        said: what the unit line says.
        place: the header's row.
    """
    names = {size: name for name, size in _SIZES.items()}
    for one in columns:
        if ledger.columns[one.column].type is not ColumnType.MONEY:
            continue
        where = Where(place.file, place.sheet, place.row, one.letter)
        if said is not None and one.unit is not None and one.unit != said.yuan:
            args = {"header": one.header, "unit": names[one.unit], "other": said.text, "place": str(said.where)}
            yield Problem("money-unit-contradicts", where, args, Gravity.WARNING)
        unit = one.unit or (said.yuan if said is not None else 1)
        if unit != 1:
            yield Problem("money-unit", where, {"header": one.header, "unit": names[unit]}, Gravity.NOTE)
