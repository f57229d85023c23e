"""The scoring gate on the county corpus that lies beside the project: signals and findings exact, tidy and messy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SCORE = ROOT.parent / "shared" / "tools" / "score.py"

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(
        not (CORPUS.is_dir() and SCORE.is_file()),
        reason="the county corpus and its scorer (../shared) are not beside this checkout",
    ),
]


@pytest.mark.parametrize("county", ["tidy", "messy"])
def test_signals_and_findings_are_exact_and_every_row_is_accounted_for(county: str, tmp_path: Path) -> None:
    folder, out = CORPUS / county, tmp_path / "out"
    audit = subprocess.run(
        [
            *(sys.executable, "-m", "auditor", "audit", str(folder / "upload")),
            *("--profile", str(folder / "profile.yaml"), "--unmask", "--out", str(out)),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert audit.returncode == 1, audit.stderr[-4000:]
    gate = ("--groups", "GP,WG", "--each", "--min-recall", "1", "--min-precision", "1", "--show", "5")
    score = subprocess.run(
        [sys.executable, str(SCORE), str(out), str(folder), *gate],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert score.returncode == 0, score.stdout + score.stderr

    coverage = json.loads((out / "coverage.json").read_text("utf-8"))
    assert len(coverage["files"]) >= sum(1 for path in (folder / "upload").rglob("*") if path.is_file())
    for file in coverage["files"]:
        for sheet in file.get("sheets", []):
            rows = sheet["rows"]
            counted = rows["read"] + sum(rows["set_aside"].values()) + sum(rows["rejected"].values())
            assert counted == rows["total"], (file["path"], sheet["sheet"])
