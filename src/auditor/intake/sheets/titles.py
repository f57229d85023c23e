"""What the names around a sheet say: how much a title, sheet name or file name speaks for a ledger kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from auditor.intake.sheets.headers import bare
from auditor.ledgers import Catalogue

_LONGEST = 200
_FILE_WEIGHT = 0.8  # a file may hold several sheets; what the sheet says of itself is nearer


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def stem(path: str) -> str:
    """The file's name without folders and ending."""
    return re.sub(r"\.[A-Za-z0-9]{1,8}$", "", path.rsplit("/", 1)[-1])


class TitleIndex:
    """The Chinese names of the ledgers as pairs of characters, each weighed by how few ledgers' names hold it."""

    __slots__ = ("_pairs", "_support", "_weights")

    def __init__(self, catalogue: Catalogue) -> None:
        self._pairs = {ledger.id: _pairs(bare(ledger.zh)) for ledger in catalogue.values()}
        seen = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        self._weights = {pair: 1 / count for pair, count in seen.items()}
        # A title is asked for with each header that it may stand over.
        self._support = lru_cache(maxsize=4096)(self._support_of)

    def _support_of(self, text: str) -> dict[str, float]:
        present = _pairs(bare(text[:_LONGEST]))
        found: dict[str, float] = {}
        for ledger, pairs in self._pairs.items():
            whole = sum(self._weights[pair] for pair in pairs)
            shared = sum(self._weights[pair] for pair in pairs & present)
            if shared:
                found[ledger] = shared / whole
        return found

    def support(self, titles: Iterable[str], sheet: str | None, file: str) -> dict[str, float]:
        """How much the names speak for each ledger, 0 to 1; a ledger that nothing speaks for is left out."""
        best: dict[str, float] = {}
        named = [(title, 1.0) for title in titles] + [(sheet or "", 1.0), (stem(file), _FILE_WEIGHT)]
        for text, weight in named:
            for ledger, value in self._support(text).items():
                best[ledger] = max(best.get(ledger, 0.0), value * weight)
        return best
