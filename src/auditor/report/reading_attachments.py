"""Files of an upload that are not opened: which of them may be ledgers all the same, and are to be named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from auditor.intake import Upload

SHOWN_UNOPENED = 10
# Pictures, recordings, PDF and the like: never a table that could be read, and handed in by the hundred.
_NO_TABLES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif",
    ".svg", ".ico", ".psd", ".cdr", ".raw", ".pdf", ".ofd", ".ceb", ".mp3", ".wav", ".amr", ".m4a", ".aac",
    ".wma", ".mp4", ".avi", ".mov", ".wmv", ".mkv", ".flv", ".3gp", ".exe", ".dll", ".msi", ".bat", ".lnk",
    ".ttf", ".css", ".js",
})  # fmt: skip
# What may be read once its name says so: pages and Excel's XML as .xls, text as .csv.
_TO_BE_RENAMED = frozenset({".html", ".htm", ".xml", ".txt"})


def unopened(upload: Upload) -> tuple[str, ...]:
    """Paths of attachments that may hold ledgers, those that a new name would open first.

    Files of which a problem tells already (archives that are not opened) are not among them.
    """
    told = {problem.where.file for problem in upload.problems}
    paths = (file.path for file in upload.files if file.role == "attachment" and file.path not in told)
    may_be = [path for path in paths if _suffix(path) not in _NO_TABLES]
    return tuple(sorted(may_be, key=lambda path: (_suffix(path) not in _TO_BE_RENAMED, path)))


def can_be_renamed(paths: Sequence[str]) -> bool:
    """Whether another suffix would open any of the files."""
    return any(_suffix(path) in _TO_BE_RENAMED for path in paths)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
