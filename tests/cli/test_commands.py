"""The commands as a person calls them: in a process of their own, by exit status, files and what is said."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditor.cli import main

PERSON = "500299197503121238"


def auditor(*args: str | Path, data: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=cwd,
        env={**os.environ, "AUDITOR_DATA": str(data), "PYTHONHASHSEED": "random", "COLUMNS": "160"},
    )


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county in which one dead person is still paid."""
    folder = tmp_path / "county"
    folder.mkdir()
    head = ["身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"]
    workbook(
        folder / "发放表.xlsx",
        [head, [PERSON, "张三", "2022-05", 600, "6217000012345678901", "2022-06-05"]],
    )
    workbook(folder / "死亡名单.xlsx", [["身份证号", "姓名", "死亡日期"], [PERSON, "张三", "2022-03-04"]])
    return folder


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_finding_from_folder_to_files(county: Path, tmp_path: Path) -> None:
    run = auditor("audit", county, "--as-of", "2022-12-31", "--out", tmp_path / "out", data=tmp_path / "data")
    assert run.returncode == 1, run.stderr
    (finding,) = lines(tmp_path / "out" / "findings.jsonl")
    assert (finding["violation"], finding["grade"], finding["severity"]) == ("ghost_payroll", "conclusive", "critical")
    signals = lines(tmp_path / "out" / "signals.jsonl")
    assert "GP03" in {s["rule"] for s in signals}
    assert {s["key"] for s in signals if str(s["rule"]).startswith("GP")} >= set(finding["signals"])  # type: ignore[call-overload]
    assert "拟认定" in run.stdout
    assert "未运行" in run.stdout
    assert str(tmp_path / "out") in run.stdout.replace("\n", "")


def test_nothing_whole_is_written_or_said_unless_asked_for(county: Path, tmp_path: Path) -> None:
    masked = auditor(
        "audit",
        county,
        "--as-of",
        "2022-12-31",
        "--out",
        tmp_path / "m",
        "--log-file",
        tmp_path / "log",
        data=tmp_path / "d",
    )
    texts = [masked.stdout, masked.stderr, (tmp_path / "log").read_text(encoding="utf-8")]
    texts += [p.read_text(encoding="utf-8") for p in (tmp_path / "m").iterdir()]
    for text in texts:
        assert PERSON not in text
        assert "6217000012345678901" not in text
    whole = auditor("audit", county, "--as-of", "2022-12-31", "--out", tmp_path / "w", "--unmask", data=tmp_path / "d")
    assert PERSON in (tmp_path / "w" / "signals.jsonl").read_text(encoding="utf-8")
    assert PERSON not in whole.stdout
    ids = [[f["id"] for f in lines(tmp_path / where / "findings.jsonl")] for where in ("m", "w")]
    assert ids[0] == ids[1]


def test_the_same_inputs_give_the_same_bytes(county: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        auditor("audit", county, "--as-of", "2022-12-31", "--out", tmp_path / name, data=tmp_path / "data")
    for name in ("signals.jsonl", "findings.jsonl", "coverage.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    runs = [json.loads((tmp_path / name / "run.json").read_text(encoding="utf-8")) for name in ("a", "b")]
    for run in runs:
        del run["seconds"]
    assert runs[0] == runs[1]


def test_coverage_accounts_for_every_row_and_says_what_was_not_run(county: Path, tmp_path: Path) -> None:
    auditor("audit", county, "--as-of", "2022-12-31", "--out", tmp_path / "out", data=tmp_path / "data")
    coverage = json.loads((tmp_path / "out" / "coverage.json").read_text(encoding="utf-8"))
    for file in coverage["files"]:
        for sheet in file["sheets"]:
            rows = sheet["rows"]
            assert rows["total"] == rows["read"] + sum(rows["set_aside"].values()) + sum(rows["rejected"].values())
    rules = {r["rule"]: r for r in coverage["rules"]}
    assert rules["GP01"]["status"] == "not_run"
    assert rules["GP01"]["reasons"][0]["args"]["ledger"] == "attendance"
    assert "考勤" in rules["GP01"]["reasons"][0]["zh"]
    assert coverage["ledgers"]["attendance"] == {
        "present": False,
        "title": {"zh": "公益性岗位考勤表", "en": "Attendance sheet"},
    }
    assert coverage["ledgers"]["payroll"]["rows"] == 1


@pytest.mark.parametrize(("level", "status"), [("critical", 1), ("never", 0)])
def test_fail_on(county: Path, tmp_path: Path, level: str, status: int) -> None:
    run = auditor(
        "audit", county, "--as-of", "2022-12-31", "--out", tmp_path / "o", "--fail-on", level, data=tmp_path / "data"
    )
    assert run.returncode == status


def test_a_file_that_cannot_be_read_does_not_end_the_audit_but_is_not_silent(county: Path, tmp_path: Path) -> None:
    (county / "坏的.xlsx").write_bytes(b"PK\x03\x04 broken")
    run = auditor("audit", county, "--as-of", "2022-12-31", "--out", tmp_path / "out", data=tmp_path / "data")
    assert run.returncode == 2
    assert len(lines(tmp_path / "out" / "findings.jsonl")) == 1
    assert "坏的.xlsx" in run.stdout


def _empty(folder: Path) -> Path:
    return folder


def _truncated(folder: Path) -> Path:
    whole = workbook(folder / "x.xlsx", [["身份证号"]]).read_bytes()
    (folder / "x.xlsx").write_bytes(whole[: len(whole) // 2])
    return folder / "x.xlsx"


def _png(folder: Path) -> Path:
    (folder / "x.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    return folder / "x.xlsx"


def _one_column(folder: Path) -> Path:
    (folder / "x.csv").write_text("身份证号\n500299197503121231\n", encoding="utf-8")
    return folder / "x.csv"


def _far_cells(folder: Path) -> Path:
    return _sheet_xml(
        folder, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )


def _entities(folder: Path) -> Path:
    return _sheet_xml(folder, "<row r='1'/>", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>')


def _bomb(folder: Path) -> Path:
    return _sheet_xml(folder, '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 300_000_000)


def _gibberish(folder: Path) -> Path:
    (folder / "x.csv").write_bytes(b"\xff\xfe\xfd\x81,\xff\x80\n" * 50)
    return folder / "x.csv"


def _sheet_xml(folder: Path, rows: str, before: str = "") -> Path:
    path = workbook(folder / "x.xlsx", [["a"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}'
    xml = f'{head}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "build", [_empty, _truncated, _png, _one_column, _far_cells, _entities, _bomb, _gibberish], ids=lambda f: f.__name__
)
def test_bad_input_is_a_clear_error_with_status_2_and_nothing_written(
    build: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    run = auditor("audit", build(folder), "--as-of", "2022-12-31", "--out", tmp_path / "out", data=tmp_path / "data")
    assert run.returncode == 2, run.stdout
    assert "Traceback" not in run.stderr
    assert run.stderr.strip()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_rule_file_with_a_typo_is_an_error_with_its_place(county: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "gp90.yaml").write_text("id: GP90\nversoin: 1\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text("as_of: '2022-12-31'\nrules: {folders: [mine]}\n", encoding="utf-8")
    run = auditor("audit", county, "--profile", tmp_path / "p.yaml", "--out", tmp_path / "out", data=tmp_path / "data")
    assert run.returncode == 2
    assert "gp90.yaml:2:1" in run.stderr
    assert "version" in run.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_an_output_folder_that_cannot_be_written(county: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    run = auditor("audit", county, "--out", tmp_path / "file" / "out", data=tmp_path / "data")
    assert run.returncode == 2
    assert "output-unwritable" in run.stderr


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    run = auditor("audit", tmp_path / "nothing", "--out", tmp_path / "out", data=tmp_path / "data")
    assert run.returncode == 2
    assert "nothing" in run.stderr


def test_read_says_what_each_sheet_was_taken_for(county: Path, tmp_path: Path) -> None:
    run = auditor("read", county, data=tmp_path / "data")
    assert run.returncode == 0, run.stderr
    assert "公益性岗位补贴（工资）发放表" in run.stdout
    report = json.loads(auditor("read", county, "--format", "json", data=tmp_path / "data").stdout)
    sheet = next(s for f in report["files"] for s in f["sheets"] if s["ledger"] == "payroll")
    assert sheet["header_rows"] == [1]
    assert [c["column"] for c in sheet["columns"]][:2] == ["person_id", "name"]


def test_a_persons_trail_masked_and_by_key(county: Path, tmp_path: Path) -> None:
    auditor("audit", county, "--as-of", "2022-12-31", "--out", tmp_path / "out", data=tmp_path / "data")
    (finding,) = lines(tmp_path / "out" / "findings.jsonl")
    key = finding["subject"]["key"]  # type: ignore[index]
    run = auditor("person", key, county, "--as-of", "2022-12-31", "--format", "json", data=tmp_path / "data")
    assert run.returncode == 0, run.stderr
    trail = json.loads(run.stdout)
    assert [e["row"]["ledger"] for e in trail["events"]] == ["deaths", "payroll"]
    assert PERSON not in run.stdout
    shown = auditor("person", PERSON, county, "--as-of", "2022-12-31", data=tmp_path / "data")
    assert "GP03" in shown.stdout
    assert PERSON not in shown.stdout
    assert auditor("person", "500299199001010000", county, data=tmp_path / "data").returncode == 2


def test_english(county: Path, tmp_path: Path) -> None:
    run = auditor(
        "audit", county, "--as-of", "2022-12-31", "--lang", "en", "--out", tmp_path / "o", data=tmp_path / "d"
    )
    assert "What was not checked" in run.stdout
    assert "ghost payroll" in run.stdout


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["--help"], "audit"),
        (["--version"], "auditor"),
        (["ledgers", "list"], "bank_payments"),
        (["ledgers", "show", "payroll"], "银行卡号"),
        (["rules", "list"], "WG03"),
        (["rules", "show", "GP01"], "SELECT"),
    ],
)
def test_the_catalogues_can_be_looked_at(args: list[str], word: str, tmp_path: Path) -> None:
    run = auditor(*args, data=tmp_path)
    assert run.returncode == 0, run.stderr
    assert word in run.stdout


def test_a_defect_of_ours_does_not_look_like_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    command = importlib.import_module("auditor.cli.ledgers")

    def broken() -> None:
        raise RuntimeError(f"no such thing as {PERSON}")

    monkeypatch.setattr(command, "default_catalogue", broken)
    run = CliRunner().invoke(main, ["ledgers", "list"])
    assert run.exit_code == 2
    assert "内部错误" in run.output
    assert PERSON not in run.output


def test_an_unknown_ledger_or_rule_is_named(tmp_path: Path) -> None:
    for args in (["ledgers", "show", "payrol"], ["rules", "show", "GP99"]):
        run = auditor(*args, data=tmp_path)
        assert run.returncode == 2
        assert args[2] in run.stderr
