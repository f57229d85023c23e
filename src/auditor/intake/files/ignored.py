"""Files that programs leave beside ledgers and nobody means to hand in."""

from __future__ import annotations

_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_PREFIXES = (".", "~$")


def is_ignored(path: str) -> bool:
    """Whether any part of the path (with `/`) is a hidden file, a lock file or the like."""
    return any(part.lower() in _NAMES or part.startswith(_PREFIXES) for part in path.split("/"))
