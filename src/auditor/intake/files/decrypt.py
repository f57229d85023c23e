"""Workbooks with a password, opened in memory: neither the password nor the plain workbook is written anywhere."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format import xls97

from auditor.errors import InputError
from auditor.intake.files.limits import Limits

# The password with which Excel itself encrypts a workbook that is only protected against changes: it asks nobody.
_EXCELS_OWN = "VelvetSweatshop"
# The library writes the plain workbook to a temporary file on its way; here that file is memory.
xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)


@contextmanager
def decrypted(path: Path, shown: str, limits: Limits, password: str | None) -> Iterator[Path]:
    """The path of the plain workbook, which is a piece of memory and goes at the end.

    Args:
        path: the encrypted workbook: xlsx (standard, agile) or xls (RC4, RC4 CryptoAPI, XOR).
        shown: the path that problems name.
        limits: on the plain workbook's size.
        password: given by the user, or None; then Excel's own is tried.

    Raises:
        InputError: no password, the wrong one, damaged, or a kind of encryption that cannot be opened.
    """
    try:
        plain = _plain(path.read_bytes(), password)
    except InvalidKeyError as error:
        code = "file-password-protected" if password is None else "file-password-wrong"
        raise InputError.at(code, shown) from error
    except (DecryptionError, FileFormatError, ParseError, NotImplementedError) as error:
        raise InputError.at("file-password-kind", shown, detail=type(error).__name__) from error
    except (OSError, ValueError, LookupError, AssertionError, AttributeError, ExpatError, struct.error) as error:
        raise InputError.at("file-damaged", shown, detail=type(error).__name__) from error
    if len(plain) > limits.file_bytes:
        raise InputError.at("file-limit-size", shown, size=-(-len(plain) >> 20), limit=limits.file_bytes >> 20)
    memory = os.memfd_create("plain", os.MFD_CLOEXEC)
    try:
        with open(memory, "wb", closefd=False) as file:
            file.write(plain)
        yield Path(f"/proc/self/fd/{memory}")
    finally:
        os.close(memory)


def _plain(data: bytes, password: str | None) -> bytes:
    try:
        return _decrypt(data, _EXCELS_OWN)
    except InvalidKeyError:
        if password is None:
            raise
    return _decrypt(data, password)


def _decrypt(data: bytes, password: str) -> bytes:
    book = msoffcrypto.OfficeFile(io.BytesIO(data))
    if book.format == "ooxml":
        book.load_key(password=password, verify_password=True)
    else:
        book.load_key(password=password)
    plain = io.BytesIO()
    book.decrypt(plain)
    return plain.getvalue()
