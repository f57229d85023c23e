"""Pages of a workbook that explain how to fill the others in: text, and no ledger."""

from __future__ import annotations

import re

import numpy as np
import pyarrow.compute as pc

from auditor.intake.sheets.grid import Grid

_NAMED = re.compile(
    r"填[表报写]说明|填[表报写]要求|填[表报写]须知|填[表报写]指南|指标(?:解释|说明)|使用说明|编制说明|注意事项|^\s*(?:说明|封面|目录|附注)\s*[:：]?\s*$"
)
_NUMBER = r"\d[\d\s-]{13,}[\dXx]"  # an identity number or an account
_MOST_ROWS = 400
_HEAD = 3  # rows in which the page says what it is
_TEXT_CELLS = 2  # a line of text has no more cells
_TEXT_SHARE = 0.8


def is_instructions(grid: Grid) -> bool:
    """Whether what the grid shows says of itself that it is a page of instructions, and looks like one."""
    rows = np.flatnonzero(grid.counts)
    if not len(rows) or len(rows) > _MOST_ROWS:
        return False
    head = [cell for row in grid.head(_HEAD) for cell in grid.row(int(row)) if cell]
    if not any(_NAMED.search(text) for text in (grid.raw.name or "", *head)):
        return False
    if np.count_nonzero(grid.counts[rows] <= _TEXT_CELLS) < _TEXT_SHARE * len(rows):
        return False
    return not any(
        pc.any(pc.match_substring_regex(grid.subset(index, rows.astype(np.int64)), _NUMBER)).as_py()
        for index, filled in enumerate(grid.filled)
        if filled.any()
    )
