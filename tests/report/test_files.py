"""Results are written all or none; the key is made once and kept private."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from auditor.errors import OutputError
from auditor.report.files import require_writable, write_all
from auditor.report.keyring import KEY_FILE, data_dir, pseudonym_key


def test_all_files_are_there_and_nothing_else(tmp_path: Path) -> None:
    write_all(tmp_path / "out", {"a.json": "{}\n", "b.jsonl": "甲\n"})
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.json", "b.jsonl"]
    assert (tmp_path / "out" / "b.jsonl").read_bytes() == "甲\n".encode()


def test_old_results_are_replaced(tmp_path: Path) -> None:
    write_all(tmp_path, {"a.json": "old"})
    write_all(tmp_path, {"a.json": "new"})
    assert (tmp_path / "a.json").read_text() == "new"


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError) as caught:
        require_writable(tmp_path / "out")
    assert caught.value.problems[0].code == "output-unwritable"
    with pytest.raises(OutputError):
        write_all(tmp_path / "out", {"a.json": "x"})
    assert (tmp_path / "out").read_text() == "x"


def test_a_failure_while_staging_leaves_the_old_results(tmp_path: Path) -> None:
    write_all(tmp_path, {"a.json": "old"})
    with pytest.raises(OutputError):
        write_all(tmp_path, {"a.json": "new", "no/such/folder.json": "x"})
    assert (tmp_path / "a.json").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = pseudonym_key(tmp_path / "data")
    assert len(first) == 32
    assert pseudonym_key(tmp_path / "data") == first
    assert stat.S_IMODE((tmp_path / "data" / KEY_FILE).stat().st_mode) == 0o600
    assert pseudonym_key(tmp_path / "other") != first


def test_a_damaged_key_is_an_error_not_a_new_key(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("zz")
    with pytest.raises(OutputError) as caught:
        pseudonym_key(tmp_path)
    assert caught.value.problems[0].code == "key-unusable"


def test_the_data_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AUDITOR_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_dir() == tmp_path / "auditor"
    monkeypatch.setenv("AUDITOR_DATA", "/srv/auditor")
    assert data_dir() == Path("/srv/auditor")
    assert data_dir(tmp_path) == tmp_path
