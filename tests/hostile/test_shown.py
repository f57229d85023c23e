"""What a hostile file calls itself and holds is shown, never obeyed: by a terminal, or by a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from tests.hostile import making_archives, making_folders, making_packages, making_sheets, making_texts
from tests.hostile.ledger import HEADERS, PEOPLE, csv_bytes

_MAKERS = (
    (making_folders.names_of_every_kind, ""),
    (making_archives.names_with_control_characters, ".zip"),
    (making_archives.name_that_reads_backwards, ".zip"),
    (making_archives.name_of_markup, ".zip"),
    (making_packages.sheet_with_a_name_of_markup, ".xlsx"),
    (making_sheets.markup_in_cells, ".xlsx"),
    (making_sheets.marks_of_direction_in_cells, ".xlsx"),
    (making_texts.csv_with_escape_sequences, ".csv"),
)
_ACTIVE = re.compile(r"<script>alert|<img[^>]*onerror", re.IGNORECASE)


@pytest.fixture(scope="module")
def upload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown")
    for make, suffix in _MAKERS:
        make(folder / f"{make.__name__}{suffix}")
    titles = (*HEADERS, "\x1b[2J备\u202e注", "[/red]", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    (folder / "headers.csv").write_bytes(csv_bytes((titles, (*PEOPLE[0], *["\x1b]0;x\x07[/b]"] * 4))))
    return folder


def _auditor(*of: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *of, "--data", str(data)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "FORCE_COLOR": ""},
    )


def _unseen(shown: str) -> set[str]:
    """Characters that a terminal obeys or that turn the writing around."""
    return {c for c in shown if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}


@pytest.mark.parametrize("command", ["read", "audit"])
def test_no_text_of_a_file_reaches_the_terminal_as_an_order(upload: Path, tmp_path: Path, command: str) -> None:
    more = ("--out", str(tmp_path / "out")) if command == "audit" else ()

    done = _auditor(command, str(upload), *more, data=tmp_path / "data")

    assert done.returncode in (0, 1), done.stderr
    assert "张" in done.stdout or command == "audit"
    assert _unseen(done.stdout) == set()
    assert _unseen(done.stderr) == set()


def test_no_text_of_a_file_becomes_markup_of_the_page(upload: Path, tmp_path: Path) -> None:
    page = _auditor("read", str(upload), "--format", "html", "--unmask", data=tmp_path / "data").stdout

    assert "&lt;script&gt;alert(1)" in page
    assert _ACTIVE.findall(page) == []
    assert _unseen(page) == set()


def test_the_name_of_a_file_that_cannot_be_read_gives_no_orders(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202e.exe"
    path.write_bytes(b"MZ")

    done = _auditor("read", str(path), data=tmp_path / "data")

    assert done.returncode == 2
    assert "file-kind-unknown" in done.stderr
    assert _unseen(done.stderr) == set()
