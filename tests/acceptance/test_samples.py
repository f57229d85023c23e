"""The sample ledgers: made anew they are the same, and the audit finds in them exactly what was planted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_ledgers"
COUNTIES = ("clean", "planted", "messy")


@cache
def audited(county: str) -> tuple[int, dict[str, Any]]:
    """Exit status and output files of the audit of a sample county, by the command that people type."""
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "auditor", "audit", str(SAMPLES / county / "upload")),
                *("--profile", str(SAMPLES / county / "profile.yaml"), "--unmask", "--out", f"{folder}/out"),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode in {0, 1}, done.stderr
        out = Path(folder, "out")
        written: dict[str, Any] = {
            name: [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]
            for name in ("signals", "findings")
        }
        written["coverage"] = json.loads((out / "coverage.json").read_text("utf-8"))
    return done.returncode, written


def expected(county: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((SAMPLES / county / "expected.json").read_text("utf-8"))
    return result


def expected_signals(county: str) -> Counter[tuple[str, str, str, str | None]]:
    """(rule, kind, subject, month) of what must fire."""
    return Counter((item["rule"], item["kind"], item["id"], item["period"]) for item in expected(county)["signals"])


def expected_findings(county: str) -> Counter[tuple[str, str, str, str]]:
    """(violation, kind, subject, grade) of what must be concluded."""
    return Counter(
        (item["violation"], item["kind"], item["id"], item["grade"]) for item in expected(county)["findings"]
    )


def sheets(county: str) -> list[tuple[str, dict[str, Any]]]:
    """(file, sheet) of every sheet that was read."""
    return [(file["path"], sheet) for file in audited(county)[1]["coverage"]["files"] for sheet in file["sheets"]]


def test_made_anew_the_files_are_the_same(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "sample_ledgers.make_samples", str(tmp_path)], cwd=ROOT, check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(SAMPLES): path.read_bytes()
        for county in COUNTIES
        for path in (SAMPLES / county).rglob("*")
        if path.is_file()
    }
    assert sorted(made) == sorted(kept)
    assert [path for path, content in made.items() if content != kept[path]] == []


def test_every_rule_is_planted_and_has_a_county_without_it() -> None:
    last = {"GP": 10, "WG": 3, "IP": 12, "IM": 8, "NP": 5, "DH": 7}
    rules = {f"{group}{number:02d}" for group, count in last.items() for number in range(1, count + 1)}
    assert expected("planted")["groups"] == list(last)
    assert {signal["rule"] for signal in expected("planted")["signals"]} == rules
    assert {finding["grade"] for finding in expected("planted")["findings"]} == {"clue", "strong", "conclusive"}
    assert expected("clean")["signals"] == expected("clean")["findings"] == expected("clean")["ledger"] == []
    for part in ("signals", "findings", "near_misses", "rows"):
        assert expected("messy")[part] == expected("planted")[part]


@pytest.mark.parametrize(("county", "status"), [("clean", 0), ("planted", 1), ("messy", 1)])
def test_exit_status(county: str, status: int) -> None:
    assert audited(county)[0] == status


@pytest.mark.parametrize("county", COUNTIES)
def test_signals_are_exactly_those_planted(county: str) -> None:
    truth = expected(county)
    found = Counter(
        (signal["rule"], signal["subject"]["kind"], signal["subject"]["id"], signal["period"])
        for signal in audited(county)[1]["signals"]
        if signal["rule"][:2] in truth["groups"]
    )
    assert found == expected_signals(county)


@pytest.mark.parametrize("county", COUNTIES)
def test_findings_are_exactly_those_planted(county: str) -> None:
    truth = expected(county)
    found = Counter(
        (finding["violation"], finding["subject"]["kind"], finding["subject"]["id"], finding["grade"])
        for finding in audited(county)[1]["findings"]
        if finding["violation"] in truth["violations"]
    )
    assert found == expected_findings(county)


def test_nothing_at_all_fires_in_the_clean_county() -> None:
    _, written = audited("clean")
    assert written["signals"] == written["findings"] == []
    assert {rule["status"] for rule in written["coverage"]["rules"]} == {"silent"}


@pytest.mark.parametrize("county", ["planted", "messy"])
def test_near_misses_are_nobodys_signals(county: str) -> None:
    found = {(signal["rule"], signal["subject"]["id"]) for signal in audited(county)[1]["signals"]}
    assert [miss for miss in expected(county)["near_misses"] if (miss["rule"], miss["id"]) in found] == []


@pytest.mark.parametrize("county", COUNTIES)
def test_what_is_wrong_with_the_ledgers_themselves(county: str) -> None:
    found = {
        (signal["rule"], Path(row["file"]).name, row["sheet"], row["row"])
        for signal in audited(county)[1]["signals"]
        if signal["rule"].startswith("LT")
        for row in signal["evidence"]
    }
    assert found == {(item["rule"], item["file"], item["sheet"], item["row"]) for item in expected(county)["ledger"]}


@pytest.mark.parametrize("county", COUNTIES)
def test_every_row_is_accounted_for_and_none_rejected(county: str) -> None:
    read: Counter[str] = Counter()
    for file, sheet in sheets(county):
        rows = sheet["rows"]
        assert rows["rejected"] == {}, file
        assert rows["read"] + sum(rows["set_aside"].values()) == rows["total"], file
        if sheet["ledger"] is not None:
            read[sheet["ledger"]] += rows["read"]
    assert read == expected(county)["rows"]


def test_sheets_that_are_no_ledger_are_none() -> None:
    unknown = {(file.rsplit("/", 1)[-1], sheet["sheet"]) for file, sheet in sheets("messy") if sheet["ledger"] is None}
    no_ledger = {(item["file"], item["sheet"]) for item in expected("messy")["ledger"] if item["rule"] == "LT09"}
    assert unknown == no_ledger


@pytest.mark.parametrize("county", ["planted", "messy"])
def test_sheets_not_handed_in_are_named_as_not_evaluated(county: str) -> None:
    rules = {rule["rule"]: rule for rule in audited(county)[1]["coverage"]["rules"]}
    for rule, employer in (("GP01", "护河队"), ("WG03", "云峰镇人民政府")):
        items = rules[rule]["not_evaluated"]["items"]
        assert any(employer in str(item["unit"]) for item in items), (rule, items)
