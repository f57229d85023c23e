"""Queries that want more than the ledgers: each is refused by the lints, before any engine sees it."""

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.sample import load, with_query

from auditor.messages.queries import TEXTS as QUERY_TEXTS
from auditor.messages.rules import TEXTS as RULE_TEXTS
from auditor.rules import compile_query
from auditor.rules.parsing import Fault, SqlRefused, parse_select

TEXTS = {**RULE_TEXTS, **QUERY_TEXTS}

HOSTILE = {
    "table-function": [
        "SELECT f.a AS subject FROM read_csv('/etc/passwd') AS f",
        "SELECT f.a AS subject FROM glob('/*') AS f",
        "SELECT r.range AS subject FROM range(1000000000) AS r",
        "SELECT r.x AS subject FROM generate_series(1, 1000000000) AS r(x)",
        "SELECT s.name AS subject FROM duckdb_settings() AS s",
        "SELECT q.a AS subject FROM query_table('payroll') AS q",
        "SELECT p.name AS subject FROM payroll AS p, unnest(p.name) AS u",
        "SELECT p.name AS subject FROM payroll AS p, LATERAL (SELECT p.name AS n) AS l",
    ],
    "ledger-undeclared": [
        "SELECT f.a AS subject FROM '/etc/passwd' AS f",
        'SELECT f.a AS subject FROM "/etc/passwd" AS f',
        "SELECT f.a AS subject FROM (SELECT x.a AS a FROM 'x.parquet' AS x) AS f",
        'SELECT o.name AS subject FROM "Officials" AS o',
        "SELECT t.table_name AS subject FROM information_schema.tables AS t",
        "SELECT s.name AS subject FROM sqlite_master AS s",
        "SELECT s.name AS subject FROM main.payroll AS s",
        "SELECT s.name AS subject FROM signal AS s",
        "SELECT 1 AS subject FROM payroll AS p WHERE EXISTS (SELECT 1 FROM officials AS o)",
        "WITH x AS (SELECT o.name AS n FROM officials AS o) SELECT x.n AS subject FROM x",
    ],
    "sql-not-one-select": [
        "ATTACH 'x.db' AS x",
        "COPY payroll TO '/tmp/x'",
        "PRAGMA database_list",
        "SET memory_limit = '1GB'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CALL pragma_version()",
        "EXPORT DATABASE '/tmp/x'",
        "CREATE TABLE x AS SELECT 1 AS a",
        "DROP TABLE payroll",
        "INSERT INTO payroll VALUES (1)",
        "EXPLAIN SELECT 1 AS a",
        "VALUES (1)",
        "SELECT 1 AS subject; DROP TABLE payroll",
        "SELECT 1 AS subject /* ; */ ; SELECT 2 AS subject",
    ],
    "function-refused": [
        "SELECT getenv('HOME') AS subject",
        "SELECT read_text('/etc/passwd') AS subject",
        "SELECT current_setting('access_mode') AS subject",
        "SELECT query('SELECT 1') AS subject",
        "SELECT repeat('x', 1000000000) AS subject",
        "SELECT lpad('x', 1000000000, 'y') AS subject",
        "SELECT unnest(range(1000000000)) AS subject",
        "SELECT regexp_matches(p.name, '(a+)+b') AS subject FROM payroll AS p",
        "SELECT p.name AS subject FROM payroll AS p WHERE p.name ~ '(a+)+b'",
        "SELECT list_transform(p.name, x -> x) AS subject FROM payroll AS p",
        "SELECT COLUMNS('.*') AS subject FROM payroll AS p",
        "SELECT error('x') AS subject",
    ],
    "sql-not-repeatable": [
        "SELECT now() AS subject",
        "SELECT random() AS subject",
        "SELECT uuid() AS subject",
        "SELECT nextval('s') AS subject",
        "SELECT p.name AS subject FROM payroll AS p USING SAMPLE 10",
        "SELECT p.name AS subject FROM payroll AS p TABLESAMPLE 10%",
        "SELECT arg_max(p.name, p.amount) AS subject FROM payroll AS p",
    ],
    "sql-construct": [
        "SELECT p.name AS subject FROM payroll AS p PIVOT (SUM(p.amount) FOR p.month IN (1))",
        "SELECT p.name AS subject FROM payroll AS p POSITIONAL JOIN attendance AS a",
        "SELECT p.name AS subject FROM payroll AS p NATURAL JOIN attendance AS a",
        "SELECT p.name AS subject FROM payroll AS p ASOF JOIN attendance AS a ON a.month >= p.month",
        "SELECT p.name AS subject INTO x FROM payroll AS p",
        "SELECT DISTINCT ON (p.name) p.name AS subject FROM payroll AS p",
        "SELECT p.name AS subject FROM payroll AS p WHERE p.amount > ALL (SELECT a.days_present FROM attendance AS a)",
        "SELECT [p.name] AS subject FROM payroll AS p",
        "SELECT {'a': p.name} AS subject FROM payroll AS p",
        "SELECT p.name[ AS subject FROM payroll AS p",
        "SELECT p.name AS subject FROM payroll AS p AT (VERSION => 1)",
        "SELECT p.name AS subject FROM payroll AS p GROUP BY ROLLUP (p.name)",
    ],
    "sql-recursive": [
        "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT t.x AS x FROM t) SELECT t.x AS subject FROM t",
    ],
    "sql-limit": [
        "SELECT p.name AS subject FROM payroll AS p LIMIT 1",
        "SELECT p.name AS subject FROM payroll AS p ORDER BY p.name FETCH FIRST 1 ROW ONLY",
        "(SELECT p.name AS subject FROM payroll AS p) OFFSET 1",
    ],
    "select-star": [
        "FROM payroll",
        "SELECT * FROM payroll AS p",
        "SELECT * EXCLUDE (name) FROM payroll AS p",
        "SELECT x.a AS subject FROM (FROM '/etc/passwd') AS x",
    ],
    "sql-dollar": [
        "SELECT p.name AS subject FROM payroll AS p WHERE p.name = $tag$x$tag$",
        "SELECT p.name AS subject FROM payroll AS p WHERE p.name = $$x$$",
        "SELECT p.name AS subject FROM payroll AS $as_of",
        "SELECT \ue000as_of AS subject",
    ],
    "sql-too-long": [
        "SELECT 1 AS subject --" + "x" * 30_000,
        "SELECT " + "(" * 10_000 + "1" + ")" * 10_000 + " AS subject",
        "SELECT p.name AS subject FROM payroll AS p WHERE p.name IN (" + ", ".join(["'x'"] * 9_000) + ")",
    ],
    "sql-too-deep": [
        "SELECT " + "(" * 3_000 + "1" + ")" * 3_000 + " AS subject",
        "SELECT " + "(" * 9_000 + "1" + ")" * 9_000 + " AS subject",
        "SELECT " + "NOT " * 3_000 + "TRUE AS subject",
        "SELECT " + "CASE WHEN TRUE THEN " * 400 + "1" + " END" * 400 + " AS subject",
        "SELECT 1 AS subject FROM " + "(SELECT x.a AS a FROM " * 300 + "payroll AS x" + ") AS x" * 300,
        "SELECT 1 AS subject" + " UNION ALL SELECT 1 AS subject" * 600,
        "SELECT p.name AS subject FROM payroll AS p WHERE p.amount IN (" + ",".join("1" * 6_000) + ")",
        "SELECT " + "1 + " * 900 + "1 AS subject",
    ],
    "cast-refused": ["SELECT p.name::JSON AS subject FROM payroll AS p"],
    "alias-unknown": ["SELECT p.name AS subject FROM payroll AS p, (SELECT p.amount AS a) AS q"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "query"), [(code, query) for code, many in HOSTILE.items() for query in many])
def test_a_hostile_query_is_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture, code: str, query: str) -> None:
    with caplog.at_level(logging.DEBUG):
        told = with_query(tmp_path, query)

    assert code in [found for found, _ in told.told()]
    assert not told.loaded.ruleset.rules
    assert not caplog.records, "SQLGlot has nothing to warn of: what it does not know never reaches its parser"


@pytest.mark.parametrize(
    "condition",
    [
        "TRUE) UNION SELECT 1 --",
        "TRUE; DROP TABLE payroll",
        "EXISTS (SELECT 1 FROM read_csv('/etc/passwd') AS f)",
        "EXISTS (SELECT 1 FROM officials AS o)",
        "getenv('HOME') = 'x'",
        "TRUE LIMIT 1",
        "SELECT 1",
    ],
)
def test_a_hostile_condition_of_evidence_is_refused(tmp_path: Path, condition: str) -> None:
    old = "payroll.person_id = signal.subject AND payroll.month = signal.period AND payroll.amount > 0"

    told = load(tmp_path, (old, f'"{condition}"'))

    assert told.told()
    assert not told.loaded.ruleset.rules


def test_a_parameters_text_cannot_break_out_of_its_literal() -> None:
    sql = compile_query(
        "SELECT p.name AS subject FROM payroll AS p WHERE p.name IN ($w)", {"w": ("a') OR ('1'='1", "乙")}
    )

    assert sql == "SELECT p.name AS subject FROM payroll AS p WHERE p.name IN ('a'') OR (''1''=''1', '乙')"


def test_a_rule_file_of_another_encoding_or_with_tricks_is_a_problem(tmp_path: Path) -> None:
    load(tmp_path)
    folder = tmp_path / "rules/signals/ghost_payroll"
    (folder / "gp02.yaml").write_bytes("title: 有".encode("gb18030"))
    (folder / "gp03.yaml").write_text("id: &a GP03\nversion: *a\n", encoding="utf-8")
    (folder / "gp04.yaml").write_text("- 1\n- 2\n", encoding="utf-8")

    told = load(tmp_path)

    codes = {str(p.where).split("/")[-1].split(":")[0]: p.code for p in told.loaded.problems}
    assert codes["gp02.yaml"] == "rule-unreadable"
    assert codes["gp03.yaml"] == "yaml-alias"
    assert codes["gp04.yaml"] == "yaml-value-invalid"
    assert list(told.loaded.ruleset.rules) == ["GP01"]
    assert len(told.loaded.broken) == 3


_TEXT = """p.name p a $as_of $ ' " ( ) , * [ ] { } :: : ? -> ; . = < > + - || 1 'x' NULL AS FROM payroll JOIN ON WHERE
IN NOT EXISTS SELECT UNION ALL WITH CASE WHEN THEN END CAST OVER PARTITION BY ORDER GROUP HAVING QUALIFY INTERVAL DAY
BETWEEN IS LIKE DISTINCT LATERAL PIVOT VALUES COUNT FILTER LIMIT -- /* */ # @"""


def _faults(text: str) -> tuple[Fault, ...]:
    try:
        parse_select(text)
    except SqlRefused as refused:
        return refused.faults
    return ()


@given(st.lists(st.sampled_from([*_TEXT.split(), "\n"]), max_size=25))
@settings(max_examples=300)
def test_no_text_whatever_stops_the_loading(pieces: list[str]) -> None:
    """Whatever stands in a query, it is parsed, or refused with a place within it."""
    text = " ".join(["SELECT", *pieces])

    for fault in _faults(text):
        assert 1 <= fault.line <= text.count("\n") + 1
        assert fault.column >= 1
        assert fault.code in TEXTS
