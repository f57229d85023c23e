"""The reader that a file needs, chosen by what it is and not by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from auditor.errors import InputError
from auditor.intake.files.limits import Limits
from auditor.intake.files.sniff import HEAD_BYTES, Content, sniff
from auditor.intake.raw import RawSheet

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BIFF_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def read_file(path: Path, shown: str, limits: Limits) -> tuple[RawSheet, ...]:
    """Read the sheets of the workbook at `path`; only to be called in a reading process.

    Args:
        path: where its bytes are.
        shown: the path that problems name.
        limits: all of them.

    Raises:
        InputError: it cannot be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise InputError.at("file-unreadable", shown, detail=error.strerror or type(error).__name__) from error
    if not size:
        raise InputError.at("file-empty", shown)
    if size > limits.file_bytes:
        raise InputError.at("file-limit-size", shown, size=-(-size >> 20), limit=limits.file_bytes >> 20)
    content = sniff(head)
    if not isinstance(content, Content):
        raise InputError.at("file-not-a-workbook", shown, kind=content)
    if content is Content.OLE:
        _check_ole(path, shown)
    return _reader(content)(path, shown, limits)


def _reader(content: Content) -> Callable[[Path, str, Limits], tuple[RawSheet, ...]]:
    """Imported here, so that a process that reads csv never pays for the others."""
    if content is Content.ZIP:
        from auditor.intake.files.read_xlsx import read_xlsx  # noqa: PLC0415

        return read_xlsx
    if content is Content.OLE:
        from auditor.intake.files.read_calamine import read_xls  # noqa: PLC0415

        return read_xls
    if content is Content.PARQUET:
        from auditor.intake.files.read_parquet import read_parquet  # noqa: PLC0415

        return read_parquet
    from auditor.intake.files.read_csv import read_csv  # noqa: PLC0415

    return read_csv


def _check_ole(path: Path, shown: str) -> None:
    data = path.read_bytes()
    if _ENCRYPTED in data:
        raise InputError.at("file-password-protected", shown)
    if not any(stream in data for stream in _BIFF_STREAMS):
        raise InputError.at("file-not-a-workbook", shown, kind="Word" if _WORD_STREAM in data else "OLE")
