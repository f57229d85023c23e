"""Header texts without the accidents of typing: what is compared where headers are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[{【<《][^()\[\]{}【】<>《》]*[)\]}】>》]")
_SPACE_OR_MARK = re.compile(r"[\s\u200b\ufeff]+")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """A header with its brackets, but without accidents of typing: width, spaces, line breaks, a leading *, case."""
    folded = _SPACE_OR_MARK.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return folded.lstrip("*＊").rstrip("*:")


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """`fold`, and without anything in brackets: 发放金额（元） → 发放金额."""
    folded = fold(text)
    while (shorter := _BRACKETS.sub("", folded)) != folded:
        folded = shorter
    return folded.strip("*:")
