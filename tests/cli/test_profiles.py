"""What a county changes by its profile: other results, and every change shown in coverage.json and on the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from auditor.ledgers import default_catalogue
from auditor.rules import person_number

A, B = person_number("甲"), person_number("乙")
POSTS = """\
person_id | name | employer | post_type | hired_on   | monthly_wage | fund         | work_time
A         | 张三 | 云山镇   | 保洁员    | 2018-05-01 | 3000         | 就业补助资金 | 全日制
B         | 李四 | 云山镇   | 保洁员    | 2018-05-01 | 3000         | 衔接资金     | 非全日制
"""
PAYROLL = """\
person_id | name | employer | month   | amount | paid_on
A         | 张三 | 云山镇   | 2022-03 | 1900   | 2022-04-30
A         | 张三 | 云山镇   | 2022-04 | 1900   | 2022-05-31
B         | 李四 | 云山镇   | 2022-04 | 2000   | 2022-05-10
"""


def sheet(folder: Path, ledger: str, table: str, **headers: str) -> None:
    """The table as a workbook; `headers` are other words for columns."""
    kind = default_catalogue()[ledger]
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([headers.get(name, kind.columns[name].header) for name in rows[0]])
    for row in rows[1:]:
        page.append([{"A": A, "B": B}.get(cell, cell) for cell in row])
    book.save(folder / f"{kind.zh}.xlsx")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    sheet(folder, "posts", POSTS)
    sheet(folder, "payroll", PAYROLL)
    return folder


def run(county: Path, profile: str, *more: str) -> Result:
    file = county.parent / "county.yaml"
    file.write_text("as_of: 2022-12-31\n" + profile, encoding="utf-8")
    out, data = str(county.parent / "out"), str(county.parent / "data")
    return CliRunner().invoke(
        main,
        ["audit", str(county), "--profile", str(file), "--out", out, "--data", data, "--unmask", "--lang", "en", *more],
        env={"COLUMNS": "400"},
    )


def fired(county: Path, *rules: str) -> set[str]:
    """`rule name month` of every signal of these rules."""
    lines = (county.parent / "out" / "signals.jsonl").read_text("utf-8").splitlines()
    found = [signal for line in lines if (signal := json.loads(line))["rule"] in rules]
    return {f"{s['rule']} {s['subject']['name']} {s['period'] or ''}".strip() for s in found}


def coverage(county: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((county.parent / "out" / "coverage.json").read_text("utf-8"))
    return result


def test_without_deviations_the_catalogues_numbers_hold(county: Path) -> None:
    done = run(county, "")
    assert fired(county, "DH05", "WG01", "WG03") == {"WG01 张三 2022-04"}
    assert "Deviations" not in done.stdout
    assert coverage(county)["profile"]["parameters"] == {}


def test_another_cap_and_other_days_change_the_results(county: Path) -> None:
    done = run(county, "parameters: {wage_cap: 1950, pay_days: 5}\n")
    assert fired(county, "DH05") == {"DH05 李四 2022-04"}
    assert fired(county, "WG01") == {"WG01 张三 2022-03", "WG01 张三 2022-04", "WG01 李四 2022-04"}
    assert "parameter wage_cap = 1950 (default 2100)" in done.stdout
    assert coverage(county)["profile"]["parameters"] == {"pay_days": "5", "wage_cap": "1950"}


def test_the_cap_of_each_month_is_that_of_its_date(county: Path) -> None:
    done = run(county, "parameters: {wage_cap: [{value: 1800, to: 2022-03-31}]}\n")
    assert fired(county, "DH05") == {"DH05 张三 2022-03"}
    line = (county.parent / "out" / "signals.jsonl").read_text("utf-8")
    assert "cap: 1800 yuan" in line
    assert "parameter wage_cap = 1800 (– 2022-03-31; default of the audit date 2100)" in done.stdout
    changed = coverage(county)["profile"]["parameters"]["wage_cap"]
    assert [(v["value"], v["from"], v["to"], v["source"]) for v in changed] == [("1800", None, "2022-03-31", "profile")]


def test_the_term_is_that_of_the_regime_where_the_ledger_tells_it(county: Path) -> None:
    run(county, "")
    assert fired(county, "IP10") == {"IP10 张三"}
    done = run(
        county, "parameters: {max_term_months: [{value: 12, regime: rural_part_time}, {value: 120, regime: hr}]}\n"
    )
    assert fired(county, "IP10") == {"IP10 李四"}
    assert "parameter max_term_months = 12 (rural part-time posts; default of the audit date 36)" in done.stdout


def test_where_the_ledger_does_not_tell_the_regime_the_general_term_holds(county: Path) -> None:
    bare = "\n".join(line.rsplit("|", 2)[0] for line in POSTS.splitlines())
    sheet(county, "posts", bare)
    run(county, "")
    assert fired(county, "IP10") == {"IP10 张三", "IP10 李四"}


def test_every_deviation_is_shown(county: Path) -> None:
    sheet(county, "payroll", PAYROLL, amount="补助款")
    done = run(
        county,
        "severities: {WG01: low, GP01: high}\nrules: {off: {DH04: 按季发放}}\nheaders: {payroll: {amount: [补助款]}}\n"
        "codes: {roster: {employed: {上班: 是}}}\n",
    )
    assert "rule WG01 has severity low" in done.stdout
    assert "rule GP01" not in done.stdout.split("2. What was not checked")[0]
    assert "rule DH04 is switched off: 按季发放" in done.stdout
    assert "补助款" in done.stdout
    assert "上班 = 是" in done.stdout
    assert fired(county, "WG01") == {"WG01 张三 2022-04"}
    shown = coverage(county)["profile"]
    assert shown["severities"] == {"WG01": "low"}
    assert shown["rules_off"] == {"DH04": "按季发放"}
    assert shown["headers"] == {"payroll": {"amount": ["补助款"]}}
    assert shown["codes"] == {"roster": {"employed": {"上班": "是"}}}


def test_what_nobody_has_checked_is_marked(county: Path) -> None:
    done = run(county, "parameters: {wage_cap: [{value: 2100, instrument: 云人社2022年8号, checked_by: 王五}]}\n")
    listed = next(line for line in done.stdout.splitlines() if "Nobody has compared" in line)
    assert "pay_days = 30" in listed
    assert "max_term_months = 36 / none" in listed
    assert "wage_cap" not in listed
    assert "uniform_min" not in listed, "no rule that ran uses it"
    by_name = {p["name"]: p for p in coverage(county)["parameters"]}
    assert (by_name["wage_cap"]["checked"], by_name["wage_cap"]["instrument"]) == (True, "云人社2022年8号")
    assert by_name["pay_days"]["checked"] is False
    assert [v["regime"] for v in by_name["max_term_months"]["values"]] == [None, "rural_full_time", "rural_part_time"]


def test_all_mistakes_of_a_profile_are_told_and_nothing_is_written(county: Path) -> None:
    done = run(county, "parameters: {wage_cup: 3}\nseverities: {GP99: low}\nrules: {folders: [nowhere]}\n")
    assert done.exit_code == 2
    assert [line.split()[1] for line in done.stderr.splitlines()] == [
        "parameter-unknown:",
        "profile-rule-unknown:",
        "profile-folder-missing:",
    ]
    assert "county.yaml:2:14" in done.stderr
    assert not list((county.parent / "out").iterdir())


def test_a_shipped_profile_goes_by_its_name(county: Path) -> None:
    data = county.parent / "data"
    args = ["audit", str(county), "--as-of", "2022-12-31", "--data", str(data), "--unmask", "--lang", "en"]
    kept = {}
    for name in ("none", "default", "chongqing"):
        out = county.parent / name
        more = [] if name == "none" else ["--profile", name]
        done = CliRunner().invoke(main, [*args, "--out", str(out), *more])
        assert done.exit_code == 1, done.stderr
        kept[name] = (out / "findings.jsonl").read_text("utf-8")
        assert json.loads((out / "coverage.json").read_text("utf-8"))["profile"]["parameters"] == {}
    assert kept["none"] == kept["default"] == kept["chongqing"]
    done = CliRunner().invoke(main, [*args, "--out", str(county.parent / "no"), "--profile", "chongqin"])
    assert done.exit_code == 2
    assert "profile-unknown" in done.stderr
    assert "did you mean chongqing?" in done.stderr
