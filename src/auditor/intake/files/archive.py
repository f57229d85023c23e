"""Opening a zip, whether an upload or an xlsx, only after its directory has been found harmless."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from auditor.errors import InputError
from auditor.intake.files.limits import Limits

_ENCRYPTED = 0x1
_UTF8 = 0x800
_PIECE = 1 << 20


def open_zip(file: Path | IO[bytes], shown: str, limits: Limits) -> zipfile.ZipFile:
    """Open a zip and hold its directory against the limits.

    Args:
        file: the zip.
        shown: the path that problems name.
        limits: on entries, sizes and ratio.

    Raises:
        InputError: damaged, encrypted, or over a limit.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError.at("archive-damaged", shown, detail=type(error).__name__) from error
    try:
        _check(archive.infolist(), shown, limits)
    except InputError:
        archive.close()
        raise
    return archive


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; zips made by Chinese Windows hold GBK names without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, size: int = _PIECE) -> Iterator[bytes]:
    """The member's bytes, unpacked a piece at a time; never more than the directory declared.

    Raises:
        InputError: the member is damaged, or longer than declared.
    """
    try:
        with archive.open(info) as member:
            while piece := member.read(size):
                yield piece
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError.at("archive-damaged", shown, detail=type(error).__name__) from error


def _check(infos: list[zipfile.ZipInfo], shown: str, limits: Limits) -> None:
    if len(infos) > limits.entries:
        raise InputError.at("file-limit-entries", shown, count=len(infos), limit=limits.entries)
    seen: set[str] = set()
    total = 0
    for info in infos:
        name = member_name(info)
        if info.flag_bits & _ENCRYPTED:
            raise InputError.at("archive-encrypted", shown, name=name)
        if name in seen:
            raise InputError.at("archive-duplicate", shown, name=name)
        seen.add(name)
        if info.file_size > limits.entry_bytes:
            raise InputError.at(
                "file-limit-entry", shown, name=name, size=_mb(info.file_size), limit=_mb(limits.entry_bytes)
            )
        total += info.file_size
        if total > limits.inflated_bytes:
            raise InputError.at("file-limit-inflated", shown, limit=_mb(limits.inflated_bytes))
        if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
            raise InputError.at("file-limit-ratio", shown, name=name, limit=limits.ratio)


def _mb(size: int) -> int:
    return -(-size // (1 << 20))
