"""What an author may have meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def nearest(text: str, known: Collection[str], cutoff: float = 0.5) -> str:
    """The known word most like `text`; where none is, all of them; where there are none at all, a dash."""
    near = get_close_matches(text, known, 1, cutoff)
    return near[0] if near else ", ".join(filter(None, known)) or "—"
