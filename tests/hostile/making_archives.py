"""Hostile zips: bombs of every build, directories that lie, names that lead elsewhere."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

from tests.hostile.ledger import csv_bytes
from tests.hostile.raw_zip import Entry, deflated, overlapping, raw_zip
from tests.hostile.verdicts import hostile, reads, reads_but, refused

_MB = 1 << 20
_CSV = csv_bytes()
_NAMES = "path traversal and names"
_BOMB = "zip bomb"


def zip_of(*members: tuple[str, bytes]) -> bytes:
    """A zip of these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


@hostile(".zip", _BOMB, refused("file-limit-ratio"))
def flat_bomb(path: Path) -> None:
    path.write_bytes(zip_of(("a.csv", bytes(32 * _MB))))


@hostile(".zip", _BOMB, refused("file-limit-inflated"))
def bomb_of_many_small_entries(path: Path) -> None:
    """Each entry is below the size from which the ratio counts; together they go over the sum."""
    path.write_bytes(_same_entry_many_times(1_100))


def _same_entry_many_times(count: int) -> bytes:
    data = bytes(_MB)
    packed, crc = deflated(data), zlib.crc32(data)
    return raw_zip([Entry(f"{i}.csv".encode(), b"", packed, _MB, crc) for i in range(count)])


@hostile(".zip", _BOMB, refused("archive-nested"))
def zips_within_zips(path: Path) -> None:
    """Ten deep, as a zip that holds itself would be without end."""
    data = zip_of(("a.csv", _CSV))
    for i in range(10):
        data = zip_of((f"{i}.zip", data))
    path.write_bytes(data)


@hostile(".zip", _BOMB, refused("file-limit-ratio"))
def bomb_in_the_inner_zip(path: Path) -> None:
    path.write_bytes(zip_of(("inner.zip", zip_of(("a.csv", bytes(32 * _MB))))))


@hostile(".zip", _BOMB, refused("file-limit-inflated"))
def entries_that_overlap_and_inflate(path: Path) -> None:
    path.write_bytes(overlapping(1_200, bytes(_MB - 100_000)))


@hostile(".zip", _BOMB, refused("archive-damaged"))
def a_few_entries_that_overlap(path: Path) -> None:
    path.write_bytes(overlapping(5, _CSV))


@hostile(".zip", _BOMB, refused("file-limit-entries"))
def more_entries_than_allowed(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(f"{i}.csv".encode(), _CSV) for i in range(2_001)]))


@hostile(".zip", _BOMB, refused("archive-damaged"))
def entry_declared_smaller_than_it_is(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV * 50, size=100)]))


@hostile(".zip", _BOMB, refused("file-limit-entry"))
def entry_declared_as_four_gigabytes(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV, size=0xFFFFFFFE)]))


@hostile(".zip", "damage", refused("archive-damaged"))
def entry_with_a_wrong_checksum(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV, crc=1)]))


@hostile(".zip", "damage", refused("archive-damaged"))
def entry_packed_by_an_unknown_method(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV, method=77)]))


@hostile(".zip", "damage", refused("archive-damaged"))
def entry_whose_deflate_is_garbage(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV, packed=b"\xa5" * 300)]))


@hostile(".zip", "damage", refused("archive-damaged"))
def directory_that_points_past_the_end(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV)], offsets=[1 << 30]))


@hostile(".zip", "damage", refused("archive-damaged"))
def zip_cut_in_its_directory(path: Path) -> None:
    path.write_bytes(zip_of(("a.csv", _CSV))[:-30])


@hostile(".zip", "password", refused("archive-encrypted"))
def zip_with_a_password(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV, flags=0x801)]))


@hostile(".zip", _NAMES, refused("archive-duplicate"))
def one_name_twice(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV), Entry(b"a.csv", _CSV)]))


@hostile(".zip", _NAMES, refused("archive-duplicate"))
def one_name_twice_once_cleaned(path: Path) -> None:
    """Two different entries that would both be shown as a.csv."""
    path.write_bytes(raw_zip([Entry(b"a.csv", _CSV), Entry(b"../a.csv", _CSV)]))


@hostile(".zip", _NAMES, reads(3, "张三"))
def names_that_climb(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"../../../../tmp/auditor-climbed.csv", _CSV)]))


@hostile(".zip", _NAMES, reads(3, "张三"))
def names_from_the_root(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"/tmp/auditor-rooted.csv", _CSV)]))


@hostile(".zip", _NAMES, reads(6, "张三"))
def names_with_a_drive(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"C:\\Windows\\a.csv", _CSV), Entry(b"\\\\server\\share\\b.csv", _CSV)]))


@hostile(".zip", _NAMES, reads(9, "张三"))
def names_of_devices(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(name, _CSV) for name in (b"CON.csv", b"NUL .csv", b"aux.csv")]))


@hostile(".zip", _NAMES, reads(3, "张三"))
def name_that_reads_backwards(path: Path) -> None:
    path.write_bytes(raw_zip([Entry("发放表\u202excod.csv".encode(), _CSV)]))


@hostile(".zip", _NAMES, reads(6, "张三"))
def names_composed_and_decomposed(path: Path) -> None:
    names = (unicodedata.normalize(form, "é表.csv").encode() for form in ("NFC", "NFD"))
    path.write_bytes(raw_zip([Entry(name, _CSV) for name in names]))


@hostile(".zip", _NAMES, reads(3, "张三"))
def name_of_four_thousand_characters(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(("长" * 4_000 + ".csv").encode(), _CSV)]))


@hostile(".zip", _NAMES, reads(6, "张三"))
def names_with_control_characters(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"a\x1b[2J\r\nb.csv", _CSV), Entry(b"c\x07\x08\x7f.csv", _CSV)]))


@hostile(".zip", _NAMES, reads(3, "张三"))
def name_with_a_nul(path: Path) -> None:
    """Other programs end the name at the NUL."""
    path.write_bytes(raw_zip([Entry(b"a.exe\x00.csv", _CSV)]))


@hostile(".zip", _NAMES, reads(3, "张三"))
def name_of_markup(path: Path) -> None:
    path.write_bytes(raw_zip([Entry(b"[red]<script>alert(1)<.csv", _CSV)]))


@hostile(".zip", _NAMES, refused("csv-one-column"))
def link_as_an_entry(path: Path) -> None:
    """A Unix zip can hold a symbolic link; its bytes are the path, and are only ever read as such."""
    mode = (stat.S_IFLNK | 0o777) << 16
    path.write_bytes(raw_zip([Entry(b"a.csv", b"/etc/passwd\n/etc/shadow\n", attributes=mode)]))


@hostile(".zip", "empty", refused("upload-empty", "archive-empty"))
def zip_of_nothing(path: Path) -> None:
    path.write_bytes(zip_of())


@hostile(".zip", "not what it says", refused("archive-damaged"))
def zip_that_is_none(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 5_000)


@hostile(".zip", "not what it says", reads(3, "张三"))
def zip_behind_another_file(path: Path) -> None:
    """A picture with a zip behind it: its directory counts from the end."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1_000) + zip_of(("a.csv", _CSV)))


@hostile(".zip", "partly hostile", reads_but("file-not-a-workbook", 3, "张三"))
def good_member_beside_a_bad_one(path: Path) -> None:
    path.write_bytes(zip_of(("a.csv", _CSV), ("b.xlsx", b"MZ" + struct.pack("<I", 0) * 100)))
