"""Links by name are told wherever a row that rests on one is shown."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from rich.console import Console
from tests.sheets import sheet

from auditor.ledgers import default_catalogue
from auditor.report.coverage import ledgers_json
from auditor.report.masking import Veil
from auditor.report.trail import print_trail
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trails import trail_of
from auditor.values.pseudonym import Pseudonymiser

ZHANG = "500299197503121238"
POSTS = f"""身份证号 | 姓名 | 岗位类型 | 用人单位 | 上岗时间 | 月工资标准
{ZHANG} | 张三 | 保洁员 | 清溪镇政府 | 2021-03-01 | 600"""
DAYS = """姓名 | 考勤月份 | 用人单位 | 出勤天数
张三 | 2022-03 | 清溪镇政府 | 22
李四 | 2022-03 | 清溪镇政府 | 21
王五 | 2022-03 | | 21"""


@pytest.fixture
def tables() -> Iterator[Tables]:
    with DuckEngine(threads=1) as engine:
        readings = [sheet(POSTS, file="岗位.xlsx"), sheet(DAYS, file="公益性岗位考勤表.xlsx")]
        yield build_tables(readings, default_catalogue(), engine)


@pytest.fixture
def veil() -> Veil:
    return Veil(default_catalogue(), Pseudonymiser(b"key"))


def test_the_coverage_counts_the_rows_without_a_number(tables: Tables) -> None:
    ledgers = ledgers_json(tables)
    attendance = ledgers["attendance"]
    assert isinstance(attendance, dict)
    assert {name: attendance[name] for name in ("without_number", "linked", "not_linked", "not_linked_because")} == {
        "without_number": 3,
        "linked": 1,
        "not_linked": 2,
        "not_linked_because": {"name-only": 1, "nobody": 1},
    }
    posts = ledgers["posts"]
    assert isinstance(posts, dict)
    assert "linked" not in posts, "every row has a number"


def test_the_evidence_for_machines_says_by_what_and_to_which_row(tables: Tables, veil: Veil) -> None:
    linked, alone = (veil.evidence(row) for row in tables.evidence("attendance", [0, 1], ["person_id", "name"]))
    assert linked["linked"] == {
        "by": ["name", "employer"],
        "to": {"ledger": "posts", "file": "岗位.xlsx", "sheet": "Sheet1", "row": 2},
    }
    assert "linked" not in alone


@pytest.mark.parametrize(("lang", "words"), [("zh", "按姓名、用人单位"), ("en", "linked by name, employer")])
def test_the_trail_says_it_in_words(tables: Tables, veil: Veil, lang: str, words: str) -> None:
    out = StringIO()
    print_trail(trail_of(ZHANG, tables, ()), default_catalogue(), veil, Console(file=out, width=400), lang)
    assert words in out.getvalue()
    assert "岗位.xlsx[Sheet1]!2" in out.getvalue()
