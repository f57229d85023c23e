"""Names within zips as Chinese programs write them, zips within zips, and archives that are not opened."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import expand

_CSV = "姓名,金额\n张三,1\n".encode()


def _zip(members: dict[bytes, bytes], extra: dict[bytes, bytes] | None = None) -> bytes:
    """A zip with the names as these bytes, which it does not say the encoding of."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number, (name, content) in enumerate(members.items()):
            info = zipfile.ZipInfo(f"{number:03d}".ljust(len(name), "~"))
            info.extra = (extra or {}).get(name, b"")
            archive.writestr(info, content)
    out = data.getvalue()
    for number, name in enumerate(members):
        out = out.replace(f"{number:03d}".ljust(len(name), "~").encode(), name)
    return out


def _paths(path: Path) -> list[str]:
    return [source.file.path for source in expand([path], Limits())[0]]


def test_all_names_of_a_zip_are_of_one_encoding(tmp_path: Path) -> None:
    # The GBK of 联通 is by chance valid UTF-8; the name beside it is not.
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"联通.csv".encode("gbk"): _CSV, "考勤.csv".encode("gbk"): _CSV}))

    assert _paths(path) == ["a.zip/考勤.csv", "a.zip/联通.csv"]


def test_the_unicode_path_field_names_the_member(tmp_path: Path) -> None:
    name = b"kq_____.csv"
    body = b"\x01" + struct.pack("<I", zlib.crc32(name)) + "考勤.csv".encode()
    stale = b"\x01" + struct.pack("<I", 1) + "假.csv".encode()
    other = b"gz_____.csv"
    extra = {name: struct.pack("<HH", 0x7075, len(body)) + body, other: struct.pack("<HH", 0x7075, len(stale)) + stale}
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({name: _CSV, other: _CSV}, extra))

    assert _paths(path) == ["a.zip/gz_____.csv", "a.zip/考勤.csv"]


def test_a_zip_within_a_zip_is_opened_and_the_next_is_told(tmp_path: Path) -> None:
    deepest = _zip({b"c.csv": _CSV})
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({b"b.zip": _zip({b"b.csv": _CSV, b"c.zip": deepest})}))

    sources, problems = expand([path], Limits())

    assert [source.file.path for source in sources] == ["a.zip/b.zip/b.csv"]
    assert [(p.code, str(p.where)) for p in problems] == [("archive-nested", "a.zip/b.zip/c.zip")]


def test_archives_of_other_kinds_are_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "考勤.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    (tmp_path / "b.csv").write_bytes(_CSV)

    sources, problems = expand([tmp_path], Limits())

    assert [source.file.role for source in sources] == ["workbook", "archive"]
    assert [(p.code, str(p.where), p.args["kind"]) for p in problems] == [("archive-kind-unopened", "考勤.rar", ".rar")]
