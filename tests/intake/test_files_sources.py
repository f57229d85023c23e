"""What is taken from folders, files and zips, under which path."""

from __future__ import annotations

import gc
import hashlib
import io
import os
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import Source, expand

_LIMITS = Limits()
_CSV = "姓名,金额\n张三,1\n".encode()


def _zip(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _paths(sources: tuple[Source, ...]) -> list[tuple[str, str]]:
    return [(source.file.path, source.file.role) for source in sources]


def test_a_folder_is_read_through_in_order_without_what_nobody_meant(tmp_path: Path) -> None:
    for name in (
        "b.xlsx",
        "a/c.csv",
        "a/照片.jpg",
        "a/说明.txt",
        ".DS_Store",
        "~$b.xlsx",
        "Thumbs.db",
        "__MACOSX/b.xlsx",
        ".git/x.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_CSV)

    sources, problems = expand([tmp_path], _LIMITS)

    assert problems == ()
    assert _paths(sources) == [
        ("a/c.csv", "workbook"),
        ("a/照片.jpg", "attachment"),
        ("a/说明.txt", "attachment"),
        ("b.xlsx", "workbook"),
    ]
    assert sources[0].file.sha256 == hashlib.sha256(_CSV).hexdigest()
    assert sources[0].file.size == len(_CSV)


def test_faults_of_what_was_named(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    empty = tmp_path / "empty"
    empty.mkdir()

    assert [p.code for p in expand([picture], _LIMITS)[1]] == ["file-kind-unknown"]
    assert [p.code for p in expand([tmp_path / "none.xlsx"], _LIMITS)[1]] == ["path-missing"]
    assert [p.code for p in expand([empty], _LIMITS)[1]] == ["upload-empty"]


def test_equal_paths_of_two_arguments_are_told_apart_and_one_file_is_taken_once(tmp_path: Path) -> None:
    for folder in ("甲", "乙", "丙/甲"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.csv").write_bytes(_CSV)
    first = tmp_path / "甲"

    sources, _ = expand([first, tmp_path / "乙", tmp_path / "丙" / "甲", first / "a.csv"], _LIMITS)

    assert [source.file.path for source in sources] == ["a.csv", "乙/a.csv", "甲/a.csv"]


def test_a_zip_gives_its_members_and_those_of_a_zip_within(tmp_path: Path) -> None:
    deep = _zip({"deep.csv": _CSV})
    inner = _zip({"inner.csv": _CSV, "deeper.zip": deep})
    path = tmp_path / "包.zip"
    path.write_bytes(_zip({"表/a.csv": _CSV, "in.zip": inner, "__MACOSX/a.csv": b"x", "p.jpg": b"x"}))

    sources, problems = expand([path], _LIMITS)

    assert _paths(sources) == [
        ("包.zip/in.zip/inner.csv", "workbook"),
        ("包.zip/p.jpg", "attachment"),
        ("包.zip/表/a.csv", "workbook"),
    ]
    assert [(p.code, str(p.where)) for p in problems] == [("archive-nested", "包.zip/in.zip/deeper.zip")]
    assert sources[0].location.read_bytes() == _CSV


def test_member_names_in_gbk_are_understood(tmp_path: Path) -> None:
    data = _zip({"XXXX.csv": _CSV}).replace(b"XXXX", "考勤".encode("gbk"))
    path = tmp_path / "a.zip"
    path.write_bytes(data)

    assert [source.file.path for source in expand([path], _LIMITS)[0]] == ["a.zip/考勤.csv"]


def test_members_that_climb_out_stay_in_the_spool(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(_zip({"../../evil.csv": _CSV, "/etc/evil.csv": _CSV, "..\\..\\win.csv": _CSV}))

    sources, _ = expand([path], _LIMITS)

    assert [source.file.path for source in sources] == ["a.zip/etc/evil.csv", "a.zip/evil.csv", "a.zip/win.csv"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_the_spool_goes_with_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"a.csv": _CSV}))

    sources, _ = expand([path], _LIMITS)
    assert sources[0].location.read_bytes() == _CSV
    del sources
    gc.collect()

    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (replace(_LIMITS, entries=2), "file-limit-entries"),
        (replace(_LIMITS, inflated_bytes=1000), "file-limit-inflated"),
        (replace(_LIMITS, entry_bytes=900), "file-limit-entry"),
        (replace(_LIMITS, ratio=2, ratio_from=100), "file-limit-ratio"),
        (replace(_LIMITS, archive_bytes=100), "file-limit-size"),
    ],
)
def test_zips_over_a_limit(tmp_path: Path, limits: Limits, code: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"1.csv": b"a" * 999, "2.csv": b"b", "3.csv": b"c"}) + bytes(0))

    sources, problems = expand([path], limits)

    assert sources == ()
    assert [p.code for p in problems] == [code]


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.csv": _CSV}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(data)

    assert [p.code for p in expand([path], _LIMITS)[1]] == ["archive-encrypted"]


def test_a_zip_with_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"a.csv": _CSV, "b.csv": _CSV}).replace(b"b.csv", b"a.csv"))

    assert [p.code for p in expand([path], _LIMITS)[1]] == ["archive-duplicate"]


def test_a_broken_zip_beside_good_files_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "b.csv").write_bytes(_CSV)

    sources, problems = expand([tmp_path], _LIMITS)

    assert _paths(sources) == [("b.csv", "workbook")]
    assert [p.code for p in problems] == ["archive-damaged"]


def test_a_name_on_disk_that_is_no_utf_8_is_shown_as_gb18030(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("考勤.csv".encode("gb18030"))).write_bytes(_CSV)

    assert [source.file.path for source in expand([tmp_path], _LIMITS)[0]] == ["考勤.csv"]
