"""Opening a zip, whether an upload or an xlsx, only after its directory has been found harmless."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from auditor.errors import InputError
from auditor.intake.files.limits import Limits

_ENCRYPTED = 0x1
_UTF8 = 0x800
_AES = 99
_UNICODE_PATH = 0x7075
_PIECE = 1 << 20
_HEADER = 30  # bytes before an entry, its name apart
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


def open_zip(file: Path | IO[bytes], shown: str, limits: Limits, password: str | None = None) -> zipfile.ZipFile:
    """Open a zip and hold its directory against the limits.

    Args:
        file: the zip.
        shown: the path that problems name.
        limits: on entries, sizes and ratio.
        password: opens its members where they are encrypted (ZipCrypto, or AES as of WinZip and 7-Zip).

    Raises:
        InputError: damaged, encrypted, or over a limit.
    """
    try:
        archive = zipfile.ZipFile(file)
        if password is not None and any(info.compress_type == _AES for info in archive.infolist()):
            archive.close()
            archive = _aes_zip(file)
    except _DAMAGE as error:
        raise InputError.at("archive-damaged", shown, detail=type(error).__name__) from error
    try:
        _check(archive.infolist(), shown, limits, locked=password is None)
        if password is not None and any(info.flag_bits & _ENCRYPTED for info in archive.infolist()):
            archive.setpassword(_password_bytes(archive, shown, password))
    except InputError:
        archive.close()
        raise
    return archive


def member_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names; zips made by Chinese Windows hold GBK names without saying so.

    All names of a zip that do not say what they are were written by one program: they are UTF-8 together, or GB18030
    together.
    """
    unmarked = [_raw(info) for info in infos if not info.flag_bits & _UTF8 and _declared(info) is None]
    encoding = next((one for one in ("utf-8", "gb18030") if all(_decodes(raw, one) for raw in unmarked)), None)
    return [_name(info, encoding) for info in infos]


def pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, size: int = _PIECE) -> Iterator[bytes]:
    """The member's bytes, unpacked a piece at a time; never more than the directory declared.

    Raises:
        InputError: the member is damaged, or longer than declared.
    """
    try:
        with archive.open(info) as member:
            while piece := member.read(size):
                yield piece
    except _faults(archive) as error:
        if info.flag_bits & _ENCRYPTED:
            raise InputError.at("archive-password-wrong", shown) from error
        raise InputError.at("archive-damaged", shown, detail=type(error).__name__) from error


def _aes_zip(file: Path | IO[bytes]) -> zipfile.ZipFile:
    import pyzipper  # noqa: PLC0415 - few zips need it

    try:
        archive: zipfile.ZipFile = pyzipper.AESZipFile(file)
    except pyzipper.BadZipFile as error:
        raise zipfile.BadZipFile from error
    return archive


def _faults(archive: zipfile.ZipFile) -> tuple[type[Exception], ...]:
    """What reading a member may raise; pyzipper has a class of its own for a damaged zip."""
    if type(archive) is zipfile.ZipFile:
        return _DAMAGE
    import pyzipper  # noqa: PLC0415 - it has come in already

    return (*_DAMAGE, pyzipper.BadZipFile)


def _password_bytes(archive: zipfile.ZipFile, shown: str, password: str) -> bytes:
    """The password as the zip's program wrote it: it may have been typed on a Windows in GBK."""
    smallest = min((i for i in archive.infolist() if i.flag_bits & _ENCRYPTED), key=lambda info: info.file_size)
    for encoding in ("utf-8", "gb18030"):
        try:
            data = password.encode(encoding)
        except UnicodeEncodeError:
            continue
        archive.setpassword(data)
        try:
            with archive.open(smallest) as member:
                while member.read(_PIECE):
                    pass
        except _faults(archive):
            continue
        return data
    raise InputError.at("archive-password-wrong", shown)


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _name(info: zipfile.ZipInfo, encoding: str | None) -> str:
    declared = _declared(info)
    if declared is not None:
        return declared
    if info.flag_bits & _UTF8:
        return info.orig_filename
    return _raw(info).decode(encoding or "gb18030", "replace")


def _declared(info: zipfile.ZipInfo) -> str | None:
    """The name of Info-ZIP's Unicode Path field (APPNOTE 4.6.9), where it belongs to the name that it stands beside."""
    extra = info.extra
    while len(extra) >= 4:  # noqa: PLR2004
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:  # noqa: PLR2004
            if struct.unpack_from("<I", body, 1)[0] != zlib.crc32(_raw(info)):
                return None
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _check(infos: list[zipfile.ZipInfo], shown: str, limits: Limits, *, locked: bool) -> None:
    if len(infos) > limits.entries:
        raise InputError.at("file-limit-entries", shown, count=len(infos), limit=limits.entries)
    seen: set[str] = set()
    total = 0
    for info, name in zip(infos, member_names(infos), strict=True):
        if locked and info.flag_bits & _ENCRYPTED:
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
    _check_places(infos, shown)


def _check_places(infos: list[zipfile.ZipInfo], shown: str) -> None:
    """Entries that lie within one another are no packer's work: the same bytes counted many times."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise InputError.at("archive-damaged", shown, detail="overlap")
        end = info.header_offset + _HEADER + info.compress_size


def _mb(size: int) -> int:
    return -(-size // (1 << 20))
