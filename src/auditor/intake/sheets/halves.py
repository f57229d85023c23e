"""How a header that announces two values in one cell may be cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.intake.sheets.folding import fold

# What may stand before an account in its cell; no ledger has a column for it.
BANKS = frozenset({"开户行", "开户银行", "银行", "银行名称", "开户行名称", "开户银行名称", "银行及网点"})
_BETWEEN = re.compile(r"[\s/／\\、，,;；&+|｜及和与]+")
_IN_BRACKETS = re.compile(r"([^（()）]+)[（(]([^（()）]+)[)）]")
_LONGEST = 24  # characters; a longer header announces something else


def halves(header: str) -> Iterator[tuple[str, str]]:
    """The cuts, folded: at what stands between, at brackets, and where two headers stand without anything between."""
    parts = [part for part in _BETWEEN.split(header.strip("*＊ \n")) if part]
    if len(parts) == 2:  # noqa: PLR2004 - two values in a cell
        yield fold(parts[0]), fold(parts[1])
    if found := _IN_BRACKETS.fullmatch(header.strip("*＊ \n")):
        yield fold(found[1]), fold(found[2])
    whole = fold(header)
    if len(whole) <= _LONGEST:
        for place in range(1, len(whole)):
            yield whole[:place], whole[place:]
