"""Over which rows a total row sums: its level, and the last total of that level or above before it.

Totals stand under their rows, or over them (合计 as the first row, as statistics are printed). What a label leaves open
(过次页 may be the page's sum or the sum so far) is told with every span that it may mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from auditor.intake.reading import TotalRow
from auditor.intake.sheets.grid import Mask

Span = tuple[int, int]

_SPACE = re.compile(r"\s+")
_TOTAL = re.compile(r"^(?P<prefix>.*?)(?P<word>总合计|合计|小计|总计|累计|共计|subtotal|total)", re.IGNORECASE)
_WHOLE = re.compile(r"^(全|本表|总|人民币|金额|实发|应发|发放|补贴|补助|工资)")
_PERIOD = re.compile(r"本(?:月|季度?|年度?|次|期|批|轮)(?:实发|应发|发放|补贴|补助|工资|人民币|金额)*")
CARRIED = re.compile(r"过次页|转次页|转下页|结转下页|承前页|接上页|承上页")
_PAGE = re.compile(r"本页")
_IN_WORDS = re.compile(r"大写|人民币")

_PART, OF_THE_TABLE, _GRAND = 1, 2, 3


def level(label: str) -> int:
    """1: a part of the table (小计, 本页合计, 清星村合计); 2: the table (合计, 本月合计); 3: everything (总计)."""
    folded = _SPACE.sub("", label)
    match = _TOTAL.match(folded)
    if match is None:
        return OF_THE_TABLE if _IN_WORDS.search(folded) else _PART
    word, prefix = match["word"].casefold(), match["prefix"]
    if word in {"小计", "subtotal"}:
        return _PART
    if word in {"总计", "累计", "总合计"}:
        return _GRAND
    return OF_THE_TABLE if not prefix or _WHOLE.match(prefix) or _PERIOD.fullmatch(prefix) else _PART


@dataclass(slots=True)
class _Walk:
    """The totals met so far.

    Attributes:
        data: which rows are data.
        start: the first row under the header.
        ends: level → the row after the last total of that level.
        page: the row after the last total of a page.
        heading: levels whose totals stand over their rows.
        found: the totals.
        over: whether each of `found` stands over its rows.
    """

    data: Mask
    start: int
    ends: dict[int, int] = field(default_factory=dict)
    page: int = 0
    heading: set[int] = field(default_factory=set)
    found: list[TotalRow] = field(default_factory=list)
    over: list[bool] = field(default_factory=list)

    def _holds(self, first: int, last: int) -> bool:
        return bool(self.data[first:last].any())

    def add(self, position: int, label: str, below: int) -> None:
        """Take the next total; `below` is the row of the next one of its level or above."""
        rank = level(label)
        since = max((after for other, after in self.ends.items() if other >= rank), default=self.start)
        under: Span = (since, position)
        over: Span = (position + 1, below)
        whole: Span = (self.start, position)
        spans: list[Span]
        stands_over = False
        previous = self.found[-1] if self.found else None
        page: Span = (max(self.page, self.start), position)
        # Said again, in words or for another reader.
        repeats = previous is not None and not self.over[-1] and not self._holds(previous.position, position)
        if "累" in label:
            spans = [whole]
        elif CARRIED.search(label):
            spans = [whole, page, under]
        elif _PAGE.search(label):
            spans = [page, under]
        elif previous is not None and repeats and not self._holds(*under):
            spans = [(previous.first, position), whole]
        elif self._holds(*over) and (rank in self.heading or not self._holds(*under)):
            stands_over = True
            self.heading.add(rank)
            spans = [over, under]
        else:
            spans = [under, whole] if rank > _PART else [under]
            if previous is not None and repeats and level(previous.label) == rank:
                spans = [(previous.first, position), *spans]
        kept = [span for span in dict.fromkeys(spans) if self._holds(*span)] or spans[:1]
        self.found.append(TotalRow(position, label, *kept[0], tuple(kept[1:])))
        self.over.append(stands_over)
        self.ends[rank] = position + 1
        if _PAGE.search(label) or CARRIED.search(label):
            self.page = position + 1


def spans(labels: Sequence[tuple[int, str]], start: int, data: Mask) -> tuple[TotalRow, ...]:
    """The total rows `(position, label)`, in order, of a table whose data begin at `start`.

    A total sums the data rows since the last total of its own level or above: 小计 those of its group, 合计 those of
    all groups. 累计 runs on from the start. Two totals with nothing between them sum the same rows. A total with no
    rows before it stands over those that it sums.

    Args:
        labels: the total rows.
        start: the first row under the header.
        data: for each grid row, whether it is data.
    """
    rows = np.flatnonzero(data)
    end = int(rows[-1]) + 1 if len(rows) else start
    ranks = [level(label) for _, label in labels]
    following = [max(end, start)] * len(labels)
    nearest: dict[int, int] = {}
    for number in range(len(labels) - 1, -1, -1):
        position = labels[number][0]
        later = [at for rank, at in nearest.items() if rank >= ranks[number]]
        following[number] = max(position + 1, min([*later, following[number]]))
        nearest[ranks[number]] = position
    walk = _Walk(data, start, page=start)
    for (position, label), below in zip(labels, following, strict=True):
        walk.add(position, label, below)
    return tuple(walk.found)
