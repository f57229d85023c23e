"""`auditor workshop` and `auditor links` as a person calls them, and what `auditor person` shares with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.test_commands import PERSON, workbook

from auditor.cli import main

OTHER, OFFICIAL = "500299196801020010", "500299198001011239"
ACCOUNT = "6217000012345678901"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    workbook(
        folder / "就业帮扶车间台账.xlsx",
        [
            ["车间编号", "车间名称", "统一社会信用代码", "运行状态", "吸纳就业人数", "吸纳脱贫人口人数"],
            ["CJ1", "云山车间", None, "停产", 9, 9],
            ["CJ2", "平湖车间", None, "正常", 1, 1],
            ["CJ3", "平湖车间", None, "正常", 1, 1],
        ],
    )
    workbook(
        folder / "帮扶车间吸纳就业人员花名册.xlsx",
        [
            ["车间编号", "车间名称", "身份证号", "员工姓名", "是否脱贫人口", "入职时间", "离职时间"],
            ["CJ1", "云山车间", PERSON, "张三", "是", "2021-05-01", "2022-02-28"],
            ["CJ1", "云山车间", OTHER, "李四", "是", "2022-02-01", None],
        ],
    )
    workbook(
        folder / "公益性岗位补贴发放表.xlsx",
        [
            ["身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"],
            [PERSON, "张三", "2022-05", 600, ACCOUNT, "2022-06-05"],
            [OTHER, "李四", "2022-05", 600, ACCOUNT, "2022-06-05"],
        ],
    )
    workbook(
        folder / "干部亲属关系申报表.xlsx",
        [
            ["干部身份证号", "干部姓名", "亲属身份证号", "亲属姓名", "亲属关系"],
            [OFFICIAL, "王五", PERSON, "张三", "兄弟"],
        ],
    )
    return folder


def auditor(tmp_path: Path, *args: str | Path) -> Result:
    options = [*map(str, args), "--as-of", "2022-12-31"]
    return CliRunner().invoke(main, options, env={"AUDITOR_DATA": str(tmp_path / "data"), "COLUMNS": "300"})


def test_a_workshop_by_id_and_by_name(county: Path, tmp_path: Path) -> None:
    by_id, by_name = (auditor(tmp_path, "workshop", given, county) for given in ("CJ1", "云山 车间"))
    assert (by_id.exit_code, by_id.stdout) == (0, by_name.stdout)
    assert "CJ1 云山车间" in by_id.stdout
    assert "2022-02-28 →" not in by_id.stdout, "the roll is shown by month, not row by row"
    assert "NE03" in by_id.stdout
    assert "未提供" in by_id.stdout
    assert PERSON not in by_id.stdout


def test_a_workshop_as_json(county: Path, tmp_path: Path) -> None:
    told = json.loads(auditor(tmp_path, "workshop", "CJ1", county, "--format", "json").stdout)
    assert [(m["month"], m["workers"], m["joined"], m["left"], m["paid"]) for m in told["months"][:3]] == [
        ("2022-01", 1, 0, 0, None),
        ("2022-02", 2, 1, 1, None),
        ("2022-03", 1, 0, 0, None),
    ]
    assert told["roll"] == [{"on": "2022-12-31", "workers": 1, "poverty": 1}]
    assert "NE03" in {signal["rule"] for signal in told["signals"]}
    assert "workshop_payroll" in told["ledgers_absent"]


def test_a_name_of_two_workshops_and_a_name_of_none(county: Path, tmp_path: Path) -> None:
    twice, none = (auditor(tmp_path, "workshop", given, county) for given in ("平湖车间", "云山车简"))
    assert (twice.exit_code, none.exit_code) == (2, 2)
    assert "CJ2、CJ3" in twice.stderr
    assert "云山车间" in none.stderr
    assert "no ledger" in auditor(tmp_path, "workshop", "CJ9", county, "--lang", "en").stderr.lower()


def test_who_is_tied_to_whom(county: Path, tmp_path: Path) -> None:
    run = auditor(tmp_path, "links", county)
    assert run.exit_code == 0, run.stderr
    assert "兄弟" in run.stdout
    assert "同账户" in run.stdout
    assert "干部亲属关系申报表.xlsx[Sheet] 2" in run.stdout
    assert not any(whole in run.stdout for whole in (PERSON, OTHER, OFFICIAL, ACCOUNT))


def test_only_one_kind_and_only_around_one_person(county: Path, tmp_path: Path) -> None:
    def kinds(*args: str) -> list[str]:
        return [
            tie["kind"]
            for tie in json.loads(auditor(tmp_path, "links", county, "--format", "json", *args).stdout)["ties"]
        ]

    assert kinds() == ["account", "kinship"]
    assert kinds("--kind", "kinship") == ["kinship"]
    assert kinds("--of", OFFICIAL, "--steps", "1") == ["kinship"]
    assert kinds("--of", OFFICIAL) == ["account", "kinship"]
    assert kinds("--of", OTHER, "--steps", "1") == ["account"]


def test_the_key_of_a_masked_result_stands_for_the_person(county: Path, tmp_path: Path) -> None:
    told = json.loads(auditor(tmp_path, "links", county, "--format", "json").stdout)
    key = next(person["key"] for person in told["people"] if person["name"] == "王五")
    assert "兄弟" in auditor(tmp_path, "links", county, "--of", key).stdout


def test_nobody_and_a_number_that_is_not_repeated(county: Path, tmp_path: Path) -> None:
    unknown = auditor(tmp_path, "links", county, "--of", "500299199001010000")
    assert unknown.exit_code == 2
    assert "500299199001010000" not in unknown.output


def test_a_picture_into_a_file(county: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "links.html"
    run = auditor(tmp_path, "links", county, "--format", "html", "--out", out)
    assert run.exit_code == 0, run.output
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "王五" in page
    assert not any(whole in page for whole in (PERSON, OTHER, OFFICIAL, ACCOUNT))
    again = tmp_path / "again.html"
    auditor(tmp_path, "links", county, "--format", "html", "--out", again)
    assert again.read_bytes() == out.read_bytes()
    whole = tmp_path / "whole.json"
    auditor(tmp_path, "links", county, "--format", "json", "--out", whole, "--unmask")
    assert ACCOUNT in whole.read_text(encoding="utf-8")


def test_options_that_do_not_go_together(county: Path, tmp_path: Path) -> None:
    for args in (["--format", "html"], ["--steps", "2"], ["--out", "x.txt"]):
        assert auditor(tmp_path, "links", county, *args).exit_code == 2
