"""Files in an OLE container: xls (and et) of every age, and workbooks behind a password, whatever their format."""

from __future__ import annotations

import re
from pathlib import Path

import olefile

from auditor.errors import InputError, Problem
from auditor.intake.files.active_parts import listed
from auditor.intake.files.biff import KINDS, BiffBook, check_walked, walk
from auditor.intake.files.contents import Contents, note
from auditor.intake.files.limits import Limits
from auditor.intake.files.read_calamine import read_xls

_BIFF8 = 0x0600
_EMBEDDED = re.compile(r"mbd[0-9a-f]{8}")
_RIGHTS = "\x09drmcontent"
_BIFF_NAMES = ("workbook", "book")
_BIFF_IN_UTF16 = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_ENCRYPTED, _WORD = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_DAMAGE = (OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError)


def read_ole(path: Path, shown: str, limits: Limits, password: str | None) -> Contents:
    """Read a file in an OLE container.

    Raises:
        InputError: no workbook, damaged, over a limit, or its password is not known.
    """
    names, stream = _opened(path, shown, password)
    tops = {name[0].lower() for name in names}
    if "encryptedpackage" in tops:
        if _RIGHTS in tops or ("\x06dataspaces" in tops and _managed(names)):
            raise InputError.at("file-rights-managed", shown)
        return _encrypted(path, shown, limits, password)
    if stream is None:
        raise _no_workbook(path, shown, password, broken=not names)
    book = walk(stream)
    if book is None:
        raise InputError.at("file-damaged", shown, detail="BOF")
    if book.encrypted and book.version == _BIFF8:
        return _encrypted(path, shown, limits, password)
    check_walked(book, shown)
    book.active["active-embedded"] += sum(bool(_EMBEDDED.fullmatch(name)) for name in tops)
    if "_vba_project_cur" in tops or any(sheet.kind == 1 for sheet in book.sheets):
        book.active["active-macros"] = max(book.active["active-macros"], 1)
    contents = _cells(path, book, shown, limits)
    return Contents(contents.sheets, (*_notes(book, shown), *contents.notes))


def _cells(path: Path, book: BiffBook, shown: str, limits: Limits) -> Contents:
    if book.version == _BIFF8:
        return read_xls(path, book, shown, limits)
    from auditor.intake.files.read_old_xls import read_old_xls  # noqa: PLC0415 - few files need it

    return read_old_xls(path, shown, limits, book)


def _notes(book: BiffBook, shown: str) -> tuple[Problem, ...]:
    skipped = [
        note("sheet-skipped", shown, name=sheet.name or str(number), kind=KINDS.get(sheet.kind, "other"))
        for number, sheet in enumerate(book.sheets, start=1)
        if sheet.kind
    ]
    return (*listed(book.active, shown), *skipped)


def _opened(path: Path, shown: str, password: str | None) -> tuple[list[list[str]], bytes | None]:
    """The names in the container, and the workbook's stream where there is one."""
    try:
        with path.open("rb") as file, olefile.OleFileIO(file) as ole:
            names = ole.listdir(streams=True, storages=True)
            for wanted in _BIFF_NAMES:
                if ole.exists(wanted):
                    return names, ole.openstream(wanted).read()
            return names, None
    except _DAMAGE as error:
        raise _no_workbook(path, shown, password, broken=True) from error


def _no_workbook(path: Path, shown: str, password: str | None, *, broken: bool) -> InputError:
    """What a container is in which no workbook was found: the names within it tell, though it be broken."""
    data = path.read_bytes()
    error = InputError.at("file-not-a-workbook", shown, kind="OLE")
    if _ENCRYPTED in data and password is None:
        error = InputError.at("file-password-protected", shown)
    elif _WORD in data:
        error = InputError.at("file-not-a-workbook", shown, kind="Word")
    elif broken or any(name in data for name in (*_BIFF_IN_UTF16, _ENCRYPTED)):
        error = InputError.at("file-damaged", shown, detail="OLE")
    assert isinstance(error, InputError)
    return error


def _managed(names: list[list[str]]) -> bool:
    return any("drm" in part.lower() for name in names for part in name)


def _encrypted(path: Path, shown: str, limits: Limits, password: str | None) -> Contents:
    from auditor.intake.files.decrypt import decrypted  # noqa: PLC0415 - few workbooks need it
    from auditor.intake.files.readers import zip_reader  # noqa: PLC0415 - readers leads here

    with decrypted(path, shown, limits, password) as plain:
        with plain.open("rb") as file:
            is_zip = file.read(2) == b"PK"
        if is_zip:
            return zip_reader(plain)(plain, shown, limits)
        return read_ole(plain, shown, limits, None)
