"""Over which rows a total row sums: its level, and the last total of that level or above before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.intake.reading import TotalRow

_SPACE = re.compile(r"\s+")
_TOTAL = re.compile(r"^(?P<prefix>.*?)(?P<word>总合计|合计|小计|总计|累计|共计|subtotal|total)", re.IGNORECASE)
_WHOLE = re.compile(r"^(全|本表|总)")

_PART, _ALL, _GRAND = 1, 2, 3


def level(label: str) -> int:
    """1: a part of the table (小计, 本页合计, 清星村合计); 2: the table (合计); 3: everything (总计, 累计)."""
    match = _TOTAL.match(_SPACE.sub("", label))
    if match is None:
        return _ALL
    word, prefix = match["word"].casefold(), match["prefix"]
    if word in {"小计", "subtotal"}:
        return _PART
    if word in {"总计", "累计", "总合计"}:
        return _GRAND
    return _ALL if not prefix or _WHOLE.match(prefix) else _PART


def spans(labels: Sequence[tuple[int, str]], start: int) -> tuple[TotalRow, ...]:
    """The total rows `(position, label)`, in order, of a table whose data begin at `start`.

    A total sums the data rows since the last total of its own level or above: 小计 those of its group, 合计 those of
    all groups. 累计 runs on from the start. Two totals of a level with nothing between them sum the same rows.
    """
    last: dict[int, int] = {}
    found: list[TotalRow] = []
    for position, label in labels:
        rank = level(label)
        since = max((after for other, after in last.items() if other >= rank), default=start)
        if "累" in label:
            since = start
        elif found and since == position and level(found[-1].label) == rank:
            since = found[-1].first
        found.append(TotalRow(position, label, since, position))
        last[rank] = position + 1
    return tuple(found)
