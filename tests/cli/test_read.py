"""`auditor read` as a person calls it: its forms, what is written where, and the way from a map to a reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main

PERSON = "500299197503121238"
STRANGE = f"代号,称呼,数目,何时\n{PERSON},张三,600,2022-10\n"
DEATHS = f"身份证号,姓名,死亡日期\n{PERSON},张三,2022-03-04\n"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "死亡名单.csv").write_text(DEATHS, encoding="utf-8")
    (folder / "某表.csv").write_text(STRANGE, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("AUDITOR_DATA", str(tmp_path / "data"))
    return Runner(tmp_path)


class Runner:
    """Runs commands in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *args: str | Path, status: int = 0) -> Result:
        done = CliRunner().invoke(main, [str(arg) for arg in args])
        assert done.exit_code == status, done.output
        return done

    def map(self, text: str) -> Path:
        path = self.folder / "map.yaml"
        path.write_text(text, encoding="utf-8")
        return path


def test_the_page_goes_to_the_file_or_to_standard_output(run: Runner, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "report.html"
    done = run("read", county, "--format", "html", "--out", out)
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert done.stdout == ""
    assert run("read", county, "--format", "html", "--lang", "en").stdout.startswith("<!doctype html>")


def test_json_goes_to_a_file_too(run: Runner, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    run("read", county, "--format", "json", "--out", out)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert {file["path"] for file in report["files"]} == {"死亡名单.csv", "某表.csv"}


def test_text_is_for_the_screen(run: Runner, county: Path, tmp_path: Path) -> None:
    done = run("read", county, "--out", tmp_path / "x.txt", status=2)
    assert "--format html" in done.output


def test_a_map_proposed_edited_and_given_back_settles_the_sheet(run: Runner, county: Path, tmp_path: Path) -> None:
    proposed = tmp_path / "map.yaml"
    before = run("read", county, "--write-map", proposed)
    assert "不是已知的台账" in before.stdout
    text = proposed.read_text(encoding="utf-8")
    assert '# - file: "某表.csv"' in text
    run("read", county, "--map", proposed)  # as it is it settles nothing, and is no mistake
    proposed.write_text(
        "sheets:\n"
        "  - file: 某表.csv\n"
        "    ledger: payroll\n"
        "    columns: {代号: person_id, 称呼: name, 数目: amount, 何时: month}\n",
        encoding="utf-8",
    )
    report = json.loads(run("read", county, "--map", proposed, "--format", "json").stdout)
    (sheet,) = next(file for file in report["files"] if file["path"] == "某表.csv")["sheets"]
    assert sheet["ledger"] == "payroll"
    assert sheet["settled_by"]["ledger"] == f"{proposed}:2:5"
    assert sheet["rows"]["read"] == 1


def test_a_map_is_not_written_over(run: Runner, county: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text("sheets: []\n", encoding="utf-8")
    assert "map-exists" in run("read", county, "--write-map", file, status=2).stderr
    assert file.read_text(encoding="utf-8") == "sheets: []\n"


def test_a_mistake_in_a_map_ends_the_command_with_its_place(run: Runner, county: Path) -> None:
    file = run.map("sheets:\n  - file: 某表.csv\n    ledger: payrol\n")
    for command in (("read", county), ("audit", county, "--out", run.folder / "out"), ("person", PERSON, county)):
        done = run(*command, "--map", file, status=2)
        assert f"{file}:3:13 profile-ledger-unknown" in done.stderr


def test_an_entry_that_fits_nothing_is_told_with_its_place(run: Runner, county: Path) -> None:
    file = run.map("sheets:\n  - {file: 别的.xlsx, ignore: true}\n")
    assert f"{file}:2:5" in run("read", county, "--map", file).stdout.replace("\n", "")
    report = json.loads(run("read", county, "--map", file, "--format", "json").stdout)
    assert [problem["code"] for problem in report["problems"]] == ["map-entry-unused"]


def test_a_profile_remembers_what_was_settled(run: Runner, county: Path) -> None:
    profile = run.folder / "profile.yaml"
    profile.write_text("as_of: 2022-12-31\nsheets:\n  - {file: 某表.csv, ignore: true}\n", encoding="utf-8")
    out = run.folder / "out"
    done = run("audit", county, "--profile", profile, "--out", out)
    assert "profile.yaml:3:5" in done.stdout.replace("\n", "")
    coverage = json.loads((out / "coverage.json").read_text(encoding="utf-8"))
    (entry,) = coverage["profile"]["sheets"]
    assert (entry["file"], entry["ignore"], entry["where"]) == ("某表.csv", True, f"{profile}:3:5")
    (sheet,) = next(file for file in coverage["files"] if file["path"] == "某表.csv")["sheets"]
    assert sheet["settled_by"] == {"sheet": f"{profile}:3:5"}
    rules = {json.loads(line)["rule"] for line in (out / "signals.jsonl").read_text(encoding="utf-8").splitlines()}
    assert "LT09" not in rules


def test_wrong_words_in_a_profile_end_the_reading_too(run: Runner, county: Path) -> None:
    profile = run.folder / "profile.yaml"
    profile.write_text("headers: {payrol: {amount: [款]}}\n", encoding="utf-8")
    assert "profile-ledger-unknown" in run("read", county, "--profile", profile, status=2).stderr


def test_headers_and_codes_of_a_map_count_in_the_audit(run: Runner, county: Path) -> None:
    (county / "名单.csv").write_text(f"证号码,姓名,死亡日期\n{PERSON},张三,2022-03-04\n", encoding="utf-8")
    file = run.map("headers: {deaths: {person_id: [证号码]}}\n")
    out = run.folder / "out"
    run("audit", county, "--map", file, "--out", out)
    coverage = json.loads((out / "coverage.json").read_text(encoding="utf-8"))
    assert coverage["profile"]["headers"] == {"deaths": {"person_id": ["证号码"]}}
    (sheet,) = next(one for one in coverage["files"] if one["path"] == "名单.csv")["sheets"]
    assert sheet["settled_by"] == {"column:person_id": "headers"}
