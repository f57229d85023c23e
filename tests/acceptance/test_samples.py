"""The sample ledgers: made anew they are the same, and the audit finds in them exactly what was planted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
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
        written["statements"] = json.loads((out / "reconciliation.json").read_text("utf-8"))
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


# The last number of each group of rules, and the numbers in between that are no rule's.
LAST = {"GP": 10, "WG": 3, "IP": 12, "IM": 8, "NP": 5, "DH": 7}
LAST |= {"NE": 23, "DS": 3, "SV": 4, "TS": 7, "IS": 1, "LN": 2, "TG": 5, "LC": 3, "RC": 3, "EV": 2, "PV": 1}
NO_RULES = {"NE09", "NE10", *(f"NE{number}" for number in range(17, 21))}
# One-sided by the nature of the two ledgers, and no difference: most people of the roster hold no post, …
NATURAL = {"RX03": "right_only", "RX06": "left_only", "RX08": "right_only"}
STATEMENTS = [*(f"RX{number:02d}" for number in range(1, 11)), *(f"RX{number}" for number in range(21, 27))]
FIGURES = ("matched", "different", "left_only", "right_only", "duplicates")
AMOUNTS = ("amount_left", "amount_right", "amount_difference")
# Groups some of whose rules are planted once.
ONCE = {"GP", "WG", "IP", "IM", "NP", "DH"}


def test_every_rule_is_planted_and_has_a_county_without_it() -> None:
    rules = {f"{group}{number:02d}" for group, count in LAST.items() for number in range(1, count + 1)} - NO_RULES
    planted = expected("planted")
    assert set(planted["groups"]) == set(LAST)
    assert {signal["rule"] for signal in planted["signals"]} == rules
    assert {finding["grade"] for finding in planted["findings"]} == {"clue", "strong", "conclusive"}
    assert expected("clean")["signals"] == expected("clean")["findings"] == expected("clean")["ledger"] == []
    for part in ("signals", "findings", "near_misses", "rows"):
        assert expected("messy")[part] == planted[part]


def test_every_later_rule_has_two_subjects_and_a_near_miss() -> None:
    planted = expected("planted")
    subjects = Counter(rule for rule, _ in {(item["rule"], item["id"]) for item in planted["signals"]})
    near = {item["rule"] for item in planted["near_misses"]}
    later = {rule for rule in subjects if rule[:2] not in ONCE}
    assert {rule for rule in later if subjects[rule] < 2} == set()
    assert later - near == set()


def test_every_statement_balances_in_the_clean_county_and_none_in_the_planted() -> None:
    """Of the clean county's keys none differs; but people of its roster hold no post (RX03, right side)."""
    apart = ("different", "left_only", "right_only")
    clean, planted = expected("clean")["statements"], expected("planted")["statements"]
    assert list(clean) == list(planted) == STATEMENTS
    assert {name for name in STATEMENTS if any(clean[name][figure] for figure in apart)} == {"RX03"}
    assert clean["RX03"]["different"] == clean["RX03"]["left_only"] == 0
    assert {name for name in STATEMENTS if clean[name].get("amount_difference", "0.00") != "0.00"} == set()
    assert {name for name in STATEMENTS if not any(planted[name][figure] for figure in apart)} == set()
    assert {"RX01", "RX21", "RX22", "RX23"} == {
        name for name in STATEMENTS if planted[name].get("amount_difference", "0.00") != "0.00"
    }


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


def statements(county: str) -> dict[str, dict[str, Any]]:
    """The statements that the product drew up, by id."""
    written = audited(county)[1]["statements"]
    return {each["id"]: each for each in (written if isinstance(written, list) else written["statements"])}


@pytest.mark.parametrize("county", COUNTIES)
def test_statements_have_exactly_the_figures_worked_out(county: str) -> None:
    truth, found = expected(county)["statements"], statements(county)
    assert {name: {figure: found[name][figure] for figure in FIGURES} for name in truth} == {
        name: {figure: figures[figure] for figure in FIGURES} for name, figures in truth.items()
    }


@pytest.mark.parametrize("county", COUNTIES)
def test_the_money_of_the_statements_is_exactly_that_worked_out(county: str) -> None:
    truth, found = expected(county)["statements"], statements(county)
    with_money = {name: figures for name, figures in truth.items() if "amount_left" in figures}
    assert sorted(with_money) == ["RX01", "RX21", "RX22", "RX23"]
    assert {name: [Decimal(str(found[name][amount])) for amount in AMOUNTS] for name in with_money} == {
        name: [Decimal(figures[amount]) for amount in AMOUNTS] for name, figures in with_money.items()
    }


@pytest.mark.parametrize("county", COUNTIES)
def test_a_finding_for_each_statement_that_does_not_balance_and_for_no_other(county: str) -> None:
    truth = expected(county)["statements"]
    apart = {
        name
        for name, figures in truth.items()
        if any(figures[part] for part in FIGURES[1:4] if part != NATURAL.get(name))
    }
    found: dict[str, set[str]] = {"ledger_match": set(), "accounts_match": set()}
    for finding in audited(county)[1]["findings"]:
        if finding["violation"] in found:
            assert finding["grade"] in {"clue", "strong"}
            found[finding["violation"]].add(finding["subject"]["id"].partition("/")[0])
    assert found["ledger_match"] == {name for name in apart if name < "RX21"}
    assert found["accounts_match"] == {name for name in apart if name >= "RX21"}


def test_no_rule_fires_in_the_clean_county() -> None:
    _, written = audited("clean")
    assert written["signals"] == []
    assert written["findings"] == []
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
