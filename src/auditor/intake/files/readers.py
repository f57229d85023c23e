"""The reader that a file needs, chosen by what it is and not by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from auditor.errors import InputError
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.files.sniff import HEAD_BYTES, Content, sniff

Reader = Callable[[Path, str, Limits], Contents]


def read_file(path: Path, shown: str, limits: Limits, password: str | None = None) -> Contents:
    """Read the sheets of the workbook at `path`; only to be called in a reading process.

    Args:
        path: where its bytes are.
        shown: the path that problems name.
        limits: all of them.
        password: opens the workbook where it has one.

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
        from auditor.intake.files.read_ole import read_ole  # noqa: PLC0415

        return read_ole(path, shown, limits, password)
    return _reader(content, path)(path, shown, limits)


def _reader(content: Content, path: Path) -> Reader:
    """Imported here, so that a process that reads csv never pays for the others."""
    if content is Content.ZIP:
        return zip_reader(path)
    if content is Content.PARQUET:
        from auditor.intake.files.read_parquet import read_parquet  # noqa: PLC0415

        return read_parquet
    if content is Content.HTML:
        from auditor.intake.files.read_html import read_html  # noqa: PLC0415

        return read_html
    if content is Content.XML_2003:
        from auditor.intake.files.read_xml_2003 import read_xml_2003  # noqa: PLC0415

        return read_xml_2003
    if content is Content.FLAT_ODS:
        from auditor.intake.files.read_ods import read_flat_ods  # noqa: PLC0415

        return read_flat_ods
    if content is Content.OLD_XLS:
        from auditor.intake.files.read_old_xls import read_old_xls  # noqa: PLC0415

        return read_old_xls
    from auditor.intake.files.read_csv import read_csv  # noqa: PLC0415

    return read_csv


def zip_reader(path: Path) -> Reader:
    """The reader of a zip: an ods holds `content.xml`, whatever else is taken for an xlsx, whose reader tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = set()
    if "content.xml" in names and "xl/workbook.xml" not in names:
        from auditor.intake.files.read_ods import read_ods  # noqa: PLC0415

        return read_ods
    from auditor.intake.files.read_xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx
