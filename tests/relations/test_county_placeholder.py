"""`$county`: the county of the profile in a query, spelt as the ledgers' texts are read; NULL where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.rules.sample import load
from tests.ties.inline import tables_of

from auditor.errors import TextPlace
from auditor.profile import Profile, default_period
from auditor.relations import Relations
from auditor.rules import RuleSet, compile_query

AS_OF = date(2022, 12, 31)
QUERY = "SELECT weekly_dispatch.area AS area FROM weekly_dispatch WHERE weekly_dispatch.area = $county"
WEEKS = """
area | indicator | week_ending | value
云山（试点）县 | 务工规模 | 2022-10-09 | 1
平湖镇 | 务工规模 | 2022-10-09 | 1
"""


@pytest.mark.parametrize(
    ("county", "found"),
    [
        ("云山（试点）县", ["云山（试点）县"]),
        (" 云山 (试点) 县", ["云山（试点）县"]),
        ("平湖镇", ["平湖镇"]),
        ("云山县", []),
        ("", []),
        ("云山' OR '1' = '1", []),
    ],
)
def test_the_county_as_the_ledgers_spell_it(county: str, found: list[str]) -> None:
    profile = Profile(as_of=AS_OF, period=default_period(AS_OF), county=county)
    with Relations(tables_of(weekly_dispatch=WEEKS), RuleSet({}, {}, {}), profile) as relations:
        rows = relations.rows(QUERY, TextPlace("test"))
    assert rows.column("area").to_pylist() == found


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_county_is_a_literal_and_none_is_null(dialect: str) -> None:
    sql = "SELECT p.a AS x FROM payroll AS p WHERE p.b = $county"
    assert compile_query(sql, {"county": "云山县"}, dialect).endswith("p.b = '云山县'")
    assert compile_query(sql, {"county": None}, dialect).endswith("p.b = NULL")


def test_a_county_is_no_date_and_no_parameter(tmp_path: Path) -> None:
    def codes(then: str) -> list[str]:
        return [p.code for p in load(tmp_path, ("WHERE p.amount > 0", f"WHERE {then}")).loaded.problems]

    assert codes("p.amount > 0 AND p.employer <> $county") == []
    assert codes("p.amount > 0 AND AS_OF($pay_days, $county) > 0") == ["as-of-date"]
    assert "as-of-form" in codes("p.amount > 0 AND AS_OF($county, p.month) > 0")
    assert codes("p.amount > 0 AND p.employer <> $countty") == ["parameter-unknown"]
