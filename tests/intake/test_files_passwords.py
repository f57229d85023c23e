"""Workbooks and zips with a password: opened in memory with the right one, refused in plain words without."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import pyzipper
import xlwt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import DocumentRC4
from tests.intake.conftest import Fail, cells
from xlwt.CompoundDoc import XlsDoc

from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import expand
from auditor.intake.raw import RawFile

_PASSWORD = "云山县2022"  # noqa: S105 - of workbooks made here
_ROWS: list[list[str | int]] = [["姓名", "金额"], ["张三", 600]]
_WANTED = {(1, 1): "姓名", (1, 2): "金额", (2, 1): "张三", (2, 2): "600"}
_BOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x002F, 0x0085


def _plain_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _ROWS:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _plain_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for i, row in enumerate(_ROWS):
        for j, value in enumerate(row):
            sheet.write(i, j, value)
    return bytes(book.get_biff_data())


def agile(password: str) -> bytes:
    data = io.BytesIO()
    OOXMLFile(io.BytesIO(_plain_xlsx())).encrypt(password, data)
    return data.getvalue()


def standard(password: str) -> bytes:
    """AES-128 in ECB, as Excel 2007 does it ([MS-OFFCRYPTO] 2.3.4.5)."""
    plain, salt, verifier = _plain_xlsx(), bytes(range(16)), bytes(range(16, 32))
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, salt)

    def encrypt(data: bytes) -> bytes:
        cipher = Cipher(algorithms.AES(bytes(key)), modes.ECB()).encryptor()  # noqa: S305 - so the format has it
        return cipher.update(data + bytes(-len(data) % 16)) + cipher.finalize()

    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + name
    verifying = struct.pack("<I", 16) + salt + encrypt(verifier) + struct.pack("<I", 20)
    verifying += encrypt(hashlib.sha1(verifier).digest())  # noqa: S324
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header + verifying
    out = io.BytesIO()
    ECMA376Encrypted(struct.pack("<Q", len(plain)) + encrypt(plain), info).write_to(out)
    return out.getvalue()


def rc4(password: str) -> bytes:
    """An xls with its records under RC4 ([MS-XLS] 2.2.10)."""
    stream, salt, verifier = _plain_xls(), bytes(range(16)), bytes(range(16, 32))
    verifying = verifier + hashlib.md5(verifier).digest()  # noqa: S324
    body = struct.pack("<HHH", 1, 1, 1) + salt + DocumentRC4.decrypt(password, salt, io.BytesIO(verifying)).read()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    filepass = struct.pack("<HH", _FILEPASS, len(body)) + body
    rest = -(len(stream) + len(filepass)) % 4  # the container is filled up with zeros, which are records of four bytes
    stream += struct.pack("<HH", 0, rest) + bytes(rest)
    stream = stream[:first] + filepass + stream[first:]
    secret = DocumentRC4.decrypt(password, salt, io.BytesIO(stream), blocksize=1024).read()
    out = bytearray(stream)
    for kind, at, size in _records(stream):
        if kind == _BOUNDSHEET:
            out[at : at + 4] = struct.pack("<I", struct.unpack_from("<I", stream, at)[0] + len(filepass))
            out[at + 4 : at + size] = secret[at + 4 : at + size]
        elif kind not in (_BOF, _FILEPASS):
            out[at : at + size] = secret[at : at + size]
    data = io.BytesIO()
    XlsDoc().save(data, bytes(out))
    return data.getvalue()


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


_MAKERS = {"agile.xlsx": agile, "standard.xlsx": standard, "rc4.xls": rc4}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        for file, make in _MAKERS.items():
            Path(name, file).write_bytes(make(_PASSWORD))
        yield Path(name)


def _read(path: Path, password: str | None) -> RawFile | list[str]:
    sources, problems = expand([path], Limits(), password)
    if problems:
        return [p.code for p in problems]
    with ReadingPool(Limits(), workers=1, password=password) as pool:
        result = pool.read(sources[0])
    return result if isinstance(result, RawFile) else [p.code for p in result]


@pytest.mark.parametrize("name", _MAKERS)
def test_the_right_password_opens_the_workbook(folder: Path, name: str) -> None:
    result = _read(folder / name, _PASSWORD)

    assert isinstance(result, RawFile)
    assert cells(result.sheets[0]) == _WANTED


@pytest.mark.parametrize("name", _MAKERS)
def test_a_wrong_password_is_said(folder: Path, name: str) -> None:
    assert _read(folder / name, "falsch") == ["file-password-wrong"]


@pytest.mark.parametrize("name", _MAKERS)
def test_without_a_password_the_option_is_named(folder: Path, name: str, fail: Fail) -> None:
    assert fail(folder / name).code == "file-password-protected"


def test_what_excel_protects_with_its_own_password_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(rc4("VelvetSweatshop"))

    result = _read(tmp_path / "a.xls", None)

    assert isinstance(result, RawFile)
    assert cells(result.sheets[0]) == _WANTED


def test_a_workbook_without_a_password_is_read_beside_one_with(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_plain_xlsx())

    result = _read(tmp_path / "a.xlsx", _PASSWORD)

    assert isinstance(result, RawFile)
    assert cells(result.sheets[0]) == _WANTED


@pytest.mark.parametrize("name", _MAKERS)
def test_neither_password_nor_workbook_is_written_down(
    folder: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    sources, _ = expand([folder / name], Limits(), _PASSWORD)
    with ReadingPool(Limits(), workers=1, password=_PASSWORD) as pool:
        pool.read(sources[0])
        child = pool._slots.get()
        assert child is not None
        process = Path("/proc", str(child._process.pid))
        told = process.joinpath("cmdline").read_bytes() + process.joinpath("environ").read_bytes()
        child._stderr.seek(0)
        told += child._stderr.read()
        pool._slots.put(child)

    assert _PASSWORD.encode() not in told
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_encrypted_workbook_is_a_problem_of_that_file(folder: Path, tmp_path: Path) -> None:
    data = bytearray((folder / "agile.xlsx").read_bytes())
    data[len(data) // 2 :] = os.urandom(len(data) - len(data) // 2)
    (tmp_path / "a.xlsx").write_bytes(data)

    result = _read(tmp_path / "a.xlsx", _PASSWORD)

    assert not isinstance(result, RawFile)
    assert result[0] in ("file-damaged", "archive-damaged", "file-password-kind", "file-password-wrong")


_CSV = "姓名,金额\n张三,600\n".encode()


def _aes_zip(path: Path, password: bytes) -> Path:
    with pyzipper.AESZipFile(path, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        archive.writestr("a.csv", _CSV)
    return path


def _zip_crypto(path: Path, password: bytes) -> Path:
    """A stored member under the old zip encryption (APPNOTE 6.1)."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", _CSV)
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [_crc_entry(i) for i in range(256)]

    def update(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        update(byte)
    data = bytearray(path.read_bytes())
    secret = bytearray()
    for byte in bytes(11) + bytes([data[17]]) + _CSV:  # the last of the twelve is the checksum's highest byte
        key = keys[2] | 2
        secret.append(byte ^ (((key * (key ^ 1)) >> 8) & 0xFF))
        update(byte)
    start = 30 + len("a.csv")
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    data[central + 20 : central + 24] = struct.pack("<I", len(secret))
    data[6] |= 1
    data[18:22] = struct.pack("<I", len(secret))
    data[start : start + len(_CSV)] = secret
    end = data.index(b"PK\x05\x06")
    at = struct.unpack_from("<I", data, end + 16)[0]
    data[end + 16 : end + 20] = struct.pack("<I", at + 12)
    path.write_bytes(data)
    return path


def _crc_entry(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
    return value


@pytest.mark.parametrize("make", [_aes_zip, _zip_crypto])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_zip_is_opened_with_its_password_typed_on_whatever_system(
    tmp_path: Path, make: Callable[[Path, bytes], Path], encoding: str
) -> None:
    path = make(tmp_path / "a.zip", _PASSWORD.encode(encoding))

    result = _read(path, _PASSWORD)

    assert isinstance(result, RawFile)
    assert cells(result.sheets[0]) == _WANTED
    assert _read(path, None) == ["archive-encrypted"]
    assert _read(path, "falsch") == ["archive-password-wrong"]


@pytest.mark.parametrize("make", [_aes_zip, _zip_crypto])
def test_an_encrypted_zip_that_was_changed_is_not_read(tmp_path: Path, make: Callable[[Path, bytes], Path]) -> None:
    path = make(tmp_path / "a.zip", _PASSWORD.encode())
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") - 12] ^= 0xFF
    path.write_bytes(data)

    assert _read(path, _PASSWORD) == ["archive-password-wrong"]


def test_names_in_gbk_within_an_aes_zip_are_understood(tmp_path: Path) -> None:
    path = _aes_zip(tmp_path / "a.zip", _PASSWORD.encode())
    path.write_bytes(path.read_bytes().replace(b"a.csv", "考".encode("gbk") + b"csv"))

    sources, problems = expand([path], Limits(), _PASSWORD)

    assert problems == ()
    assert [source.file.path for source in sources] == ["a.zip/考csv"]
