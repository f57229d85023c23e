"""`auditor reconcile` as a person calls it: tables, items, files, exit statuses; masked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.test_commands import workbook

from auditor.cli import main

PERSON, OTHER, THIRD = "500299197503121238", "500299198001010013", "500299198105050010"
ACCOUNT = "6217000012345678901"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county that paid one person less than the wage, one not at all and one who is on no post."""
    folder = tmp_path / "county"
    folder.mkdir()
    posts = ["岗位类型", "用人单位", "身份证号", "姓名", "上岗时间", "月工资标准"]
    workbook(
        folder / "岗位.xlsx",
        [
            posts,
            ["保洁", "甲单位", PERSON, "张三", "2021-01-05", 800],
            ["保洁", "甲单位", OTHER, "李四", "2021-01-05", 800],
        ],
    )
    pay = ["身份证号", "姓名", "发放月份", "用人单位", "发放金额", "银行账号", "发放日期"]
    workbook(
        folder / "发放.xlsx",
        [
            pay,
            [PERSON, "张三", "2022-01", "甲单位", 600, ACCOUNT, "2022-02-05"],
            [THIRD, "王五", "2022-01", "甲单位", 800, "6217000012345678902", "2022-02-05"],
        ],
    )
    return folder


def run(tmp_path: Path, *args: str | Path) -> Result:
    given = [str(arg) for arg in args]
    if "--as-of" not in given:
        given += ["--as-of", "2022-01-31"]
    return CliRunner().invoke(main, ["reconcile", *given, "--data", str(tmp_path / "data")], env={"COLUMNS": "200"})


def test_the_tables_of_a_county(county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county)

    assert result.exit_code == 0, result.output  # differences are of medium severity, and --fail-on is high
    for part in (
        "审核基准日 2022-01-31，期间 2022-01 至 2022-01",
        "对账总表",
        "编制 ",
        "未编制：",
        "没有收到台账“公益性岗位考勤表”",
        "滚动核对",
        "甲单位",
    ):
        assert part in result.output
    (line,) = [line for line in result.output.splitlines() if re.match(r"RX01 .*\[账账\]", line)]
    assert line.split()[-6:] == ["0", "1", "1", "1", "·", "200.00"]


def test_in_english(county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county, "--lang", "en")

    assert "The statements" in result.output
    assert "not drawn up:" in result.output
    assert "Roll-forward" in result.output


def test_a_difference_counts_when_it_is_asked_to(county: Path, tmp_path: Path) -> None:
    assert run(tmp_path, county, "--fail-on", "medium").exit_code == 1
    assert run(tmp_path, county, "--fail-on", "never").exit_code == 0


def test_only_some_statements(county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county, "--only", "rx01，RX03", "--format", "json")

    file = json.loads(result.stdout)
    assert [one["id"] for one in file["statements"]] == ["RX01"]
    assert [one["id"] for one in file["not_drawn_up"]] == ["RX03"]
    assert file["roll_forward"] == []


def test_the_items_of_one_statement(county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county, "--show", "RX01")

    assert "RX01" in result.stdout.splitlines()[0]
    assert "符合条件 3 项，列出 3 项" in result.output
    for part in (
        "1. 不同",
        "2. 只在左方",
        "3. 只在右方",
        "岗位.xlsx[Sheet] 第 2 行",
        "月工资标准 F2 800",
        "发放金额 E2 600",
    ):
        assert part in result.output
    left = run(tmp_path, county, "--show", "rx01", "--standing", "left_only", "--unit", "甲单位", "--limit", "1")
    assert "1. 只在左方" in left.output
    assert "李四" in left.output
    assert "张三" not in left.output


def test_matched_items_on_demand(county: Path, tmp_path: Path) -> None:
    workbook(
        county / "发放2.xlsx",
        [
            ["身份证号", "姓名", "发放月份", "用人单位", "发放金额", "银行账号", "发放日期"],
            [OTHER, "李四", "2022-01", "甲单位", 800, "6217000012345678903", "2022-02-05"],
        ],
    )

    def standings(*more: str) -> list[str]:
        file = json.loads(run(tmp_path, county, "--only", "RX01", "--format", "json", *more).stdout)
        return [item["standing"] for item in file["statements"][0]["items"]]

    assert sorted(standings()) == ["different", "right_only"]
    assert sorted(standings("--items", "all")) == ["different", "matched", "right_only"]
    assert "1. 一致" in run(tmp_path, county, "--show", "RX01", "--standing", "matched").output


def test_the_file_and_what_is_masked_in_it(county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county, "--out", tmp_path / "out")
    masked = (tmp_path / "out" / "reconciliation.json").read_text(encoding="utf-8")

    assert "reconciliation.json" in result.stderr
    assert json.loads(masked)["masked"] is True
    shown = run(tmp_path, county, "--show", "RX01").output
    for text in (masked, result.output, shown):
        assert not re.search(r"(?<!\d)\d{17}[\dX]", text)
        assert ACCOUNT not in text
    whole = run(tmp_path, county, "--show", "RX01", "--unmask").output
    assert PERSON in whole
    run(tmp_path, county, "--out", tmp_path / "whole", "--unmask")
    assert ACCOUNT in (tmp_path / "whole" / "reconciliation.json").read_text(encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes(county: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(tmp_path, county, "--out", tmp_path / name)

    first, second = ((tmp_path / name / "reconciliation.json").read_bytes() for name in ("a", "b"))
    assert first == second


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--only", "RX99"], "没有对账表“RX99”"),
        (["--show", "RX0"], "没有对账表“RX0”"),
        (["--limit", "3"], "--show"),
        (["--show", "RX01", "--limit", "0"], "--limit"),
    ],
)
def test_bad_usage(args: list[str], said: str, county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county, *args)

    assert result.exit_code == 2
    assert said in result.output


def test_a_statement_that_could_not_be_drawn_up_says_why(county: Path, tmp_path: Path) -> None:
    result = run(tmp_path, county, "--show", "RX03")

    assert result.exit_code == 2
    assert "对账表 RX03 未编制：没有收到台账" in result.output


def test_what_cannot_be_read_ends_with_two(county: Path, tmp_path: Path) -> None:
    (county / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")

    result = run(tmp_path, county)

    assert result.exit_code == 2
    assert "坏.xlsx" in result.output
    assert "对账总表" in result.output  # the rest is reconciled


def test_an_audit_leaves_the_statements_and_their_findings(county: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main,
        ["audit", str(county), "--as-of", "2022-01-31", "--out", str(tmp_path / "out"), "--data", str(tmp_path / "d")],
        env={"COLUMNS": "200"},
    )

    assert "五、对账" in result.output
    assert re.search(r"RX01 .*\[账账\]", result.output)
    lines = (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    (finding,) = [one for one in map(json.loads, lines) if one["subject"]["id"].startswith("RX01/")]
    assert (finding["violation"], finding["grade"]) == ("ledger_match", "strong")
    assert (finding["subject"]["kind"], finding["subject"]["id"]) == ("statement", "RX01/甲单位")
    assert finding["amount"] == "200.00"
    coverage = json.loads((tmp_path / "out" / "coverage.json").read_text(encoding="utf-8"))
    statements = {one["id"]: one["status"] for one in coverage["statements"]}
    assert (statements["RX01"], statements["RX02"]) == ("drawn_up", "not_drawn_up")
    assert coverage["roll_forward"][0]["reasons"] == []
    file = json.loads((tmp_path / "out" / "reconciliation.json").read_text(encoding="utf-8"))
    assert file["items"] == "open"
    assert [roll["ledger"] for roll in file["roll_forward"]] == ["posts", "workshop_workers"]
