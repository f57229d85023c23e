"""How much slower is a rule of the catalogue than the same query written by hand on DuckDB?

    python benchmarks/by_hand.py [--rows 10000000] [--memory 6GB] [--rules GP01,WG03]

Makes a county's ledgers as parquet in a temporary folder, loads them into the product's engine, and runs each GP and WG
rule the product's way (its terms, then its query, compiled by SQLGlot) and by hand on the same tables in the same run.
Both must find the same number of signals. Prints a ratio for each rule with its terms counted in full, and one for all
rules together with each term computed once, as an audit does. Evidence, messages and gaps have no counterpart by hand
and are left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.relations.months import PERIOD_MONTH, period_months
from auditor.rules import RuleSet, compile_query, default_folders, load_rules, resolve, terms_used
from auditor.rules.compiling import Filling
from auditor.tables import DuckEngine

PROFILE = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 1, 1), date(2022, 12, 1)))

# `i` is a person from 0, `m` a month from 0; every hash below decides who does what, the same on every machine.
_ID = "'500299' || lpad(i::VARCHAR, 12, '0')"
_NAME = "'张' || (i % 5000)::VARCHAR"
_UNIT = "'云山县' || (i // 100)::VARCHAR || '村民委员会'"
_MONTH = "DATE '2022-01-01' + to_months(m::INTEGER)"
_PEOPLE = "range({people}) AS people(i)"
_BOTH = _PEOPLE + ", range(12) AS months(m)"

LEDGERS = {
    "payroll": f"""
        SELECT {_ID} AS person_id, {_NAME} AS name, ({_MONTH})::DATE AS month,
          CASE WHEN i % 10 = 0 THEN NULL ELSE {_UNIT} END AS employer,
          (CASE WHEN hash(i, m, 1) % 1000 = 0 THEN 300 ELSE 600 END)::DECIMAL(18, 2) AS amount,
          (last_day({_MONTH}) + CASE WHEN hash(i, m, 2) % 2000 = 0 THEN 45 ELSE 10 END)::DATE AS paid_on
        FROM {_BOTH},
          range(CASE WHEN hash(i, m, 3) % 5000 = 0 THEN 2 WHEN hash(i, m, 3) % 5000 = 1 THEN 0 ELSE 1 END)""",
    "attendance": f"""
        SELECT {_ID} AS person_id, {_NAME} AS name, ({_MONTH})::DATE AS month,
          CASE WHEN i % 10 = 5 THEN NULL ELSE {_UNIT} END AS employer,
          20::BIGINT AS days_required,
          CASE WHEN hash(i, m, 4) % 1000 = 0 THEN 0
            WHEN hash(i, m, 4) % 9000 = 1 THEN 32 ELSE 20 END::BIGINT AS days_present
        FROM {_BOTH} WHERE hash(i, m, 5) % 1000 > 0""",
    "posts": f"""
        SELECT {_ID} AS person_id, {_UNIT} AS employer, DATE '2021-06-01' AS hired_on,
          CASE WHEN hash(i, 6) % 500 = 0 THEN DATE '2022-09-15' END AS left_on, 600::DECIMAL(18, 2) AS monthly_wage
        FROM {_PEOPLE} WHERE hash(i, 7) % 2000 > 0""",
    "social_insurance": f"""
        SELECT {_ID} AS person_id,
          CASE WHEN i % 5 = 0 THEN '城乡居民养老保险' ELSE '企业职工基本养老保险' END AS insurance,
          CASE WHEN hash(i, 8) % 20 = 0 THEN '东海电子厂' ELSE {_UNIT} END AS employer,
          DATE '2022-03-01' AS month_from, CASE WHEN i % 3 = 0 THEN DATE '2022-10-01' END AS month_to
        FROM {_PEOPLE} WHERE i % 4 = 0""",
    "migrant_work": f"""
        SELECT {_ID} AS person_id,
          CASE WHEN i % 7 = 0 THEN '省外' ELSE '县内' END AS region, DATE '2022-02-10' AS left_on,
          CASE WHEN i % 2 = 0 THEN DATE '2022-08-20' END AS returned_on
        FROM {_PEOPLE} WHERE hash(i, 9) % 20 = 0""",
    "deaths": f"SELECT {_ID} AS person_id, DATE '2022-05-20' AS died_on FROM {_PEOPLE} WHERE hash(i, 10) % 3000 = 0",
    "custody": f"""
        SELECT {_ID} AS person_id, DATE '2022-04-01' AS from_on,
          CASE WHEN i % 2 = 0 THEN DATE '2022-11-02' END AS to_on
        FROM {_PEOPLE} WHERE hash(i, 11) % 5000 = 0""",
}

_PAID = "p.amount > 0 AND p.month BETWEEN DATE '2022-01-01' AND DATE '2022-12-01'"
_OF_PERSON = "SELECT p.person_id, min(p.name), p.month, sum(p.amount) FROM payroll p"
_EACH = "GROUP BY p.person_id, p.month"
_ACTIVE = "(o.hired_on IS NULL OR o.hired_on <= last_day({0}.month)) AND (o.left_on IS NULL OR o.left_on >= {0}.month)"
_LINKED = "LEFT JOIN posts o ON o.person_id = {0}.person_id AND o.employer IS NOT NULL AND " + _ACTIVE
_FORMAL = "s.insurance IN ('企业职工基本养老保险', '机关事业单位养老保险')"

BY_HAND = {
    "GP01": f"""
        WITH seen AS (
          SELECT a.month, a.employer FROM attendance a UNION
          SELECT a.month, o.employer FROM attendance a {_LINKED.format("a")} WHERE a.employer IS NULL UNION
          SELECT DISTINCT a.month, NULL FROM attendance a),
        open AS (
          SELECT p.* FROM payroll p WHERE {_PAID} AND NOT EXISTS (
            SELECT 1 FROM attendance a
            WHERE a.person_id = p.person_id AND a.month = p.month AND a.days_present > 0)),
        placed AS (
          SELECT p._row, p.employer, p.month FROM open p WHERE p.employer IS NOT NULL UNION ALL
          SELECT p._row, o.employer, p.month FROM open p {_LINKED.format("p")} WHERE p.employer IS NULL)
        SELECT p.person_id, min(p.name), p.month, sum(p.amount) FROM open p WHERE p._row IN (
          SELECT l._row FROM placed l JOIN seen s
            ON s.month = l.month AND s.employer IS NOT DISTINCT FROM l.employer) {_EACH}""",
    "GP02": f"""
        {_OF_PERSON} JOIN posts o ON o.person_id = p.person_id
          AND (o.hired_on IS NULL OR o.hired_on <= last_day(p.month))
        WHERE {_PAID} {_EACH} HAVING bool_and(coalesce(o.left_on < p.month, false))""",
    "GP03": f"{_OF_PERSON} JOIN deaths d ON d.person_id = p.person_id AND d.died_on < p.month WHERE {_PAID} {_EACH}",
    "GP04": f"""
        {_OF_PERSON} JOIN custody c ON c.person_id = p.person_id AND c.from_on <= p.month
          AND (c.to_on IS NULL OR c.to_on >= last_day(p.month)) WHERE {_PAID} {_EACH}""",
    "GP05": f"""
        SELECT p.person_id, min(p.name), sum(p.amount), count(DISTINCT p.month) FROM payroll p
        WHERE {_PAID} AND NOT EXISTS (SELECT 1 FROM posts o WHERE o.person_id = p.person_id) GROUP BY p.person_id""",
    "GP06": f"""
        {_OF_PERSON} JOIN posts o ON o.person_id = p.person_id AND {_ACTIVE.format("p")}
        JOIN social_insurance s ON s.person_id = p.person_id AND {_FORMAL} AND s.month_from <= p.month
          AND (s.month_to IS NULL OR s.month_to >= p.month) AND s.employer <> o.employer
        WHERE {_PAID} {_EACH}""",
    "GP07": f"""
        {_OF_PERSON} JOIN migrant_work w ON w.person_id = p.person_id AND w.region IN ('县外省内', '省外', '境外')
          AND w.left_on <= p.month AND (w.returned_on IS NULL OR w.returned_on >= last_day(p.month))
        WHERE {_PAID} {_EACH}""",
    "GP08": f"{_OF_PERSON} WHERE {_PAID} {_EACH} HAVING count(*) >= 2",
    "GP09": """
        SELECT p.person_id, min(p.name), p.month, sum(p.days_present) FROM attendance p
        LEFT JOIN deaths d ON d.person_id = p.person_id AND d.died_on < p.month
        LEFT JOIN custody c ON c.person_id = p.person_id AND c.from_on <= p.month
          AND (c.to_on IS NULL OR c.to_on >= last_day(p.month))
        WHERE p.days_present > 0 AND (d.person_id IS NOT NULL OR c.person_id IS NOT NULL)
        GROUP BY p.person_id, p.month""",
    "GP10": """
        SELECT a.person_id, min(a.name), a.month, sum(a.days_present) FROM attendance a
        GROUP BY a.person_id, a.month HAVING sum(a.days_present) > day(last_day(a.month))""",
    "WG01": f"{_OF_PERSON} WHERE {_PAID} AND p.paid_on > last_day(p.month) + 30 {_EACH}",
    "WG02": f"""
        SELECT p.person_id, min(p.name), p.month, sum(p.amount), max(w.wage) FROM payroll p
        JOIN (SELECT o.person_id, p.month, max(o.monthly_wage) AS wage
              FROM posts o JOIN (SELECT DISTINCT month FROM payroll) p ON {_ACTIVE.format("p")}
              GROUP BY o.person_id, p.month) w ON w.person_id = p.person_id AND w.month = p.month
        WHERE EXISTS (SELECT 1 FROM attendance a WHERE a.person_id = p.person_id AND a.month = p.month
          AND a.days_required > 0 AND a.days_present >= a.days_required)
        {_EACH} HAVING sum(p.amount) > 0 AND sum(p.amount) < max(w.wage) - 0.01""",
    "WG03": f"""
        WITH listed AS (
          SELECT DISTINCT p.month, coalesce(p.employer, o.employer) AS employer
          FROM payroll p LEFT JOIN posts o
            ON p.employer IS NULL AND o.person_id = p.person_id AND {_ACTIVE.format("p")})
        SELECT a.person_id, min(a.name), a.month, sum(a.days_present) FROM attendance a
        WHERE a.days_present > 0 AND last_day(a.month) + 30 < DATE '2022-12-31'
          AND NOT EXISTS (SELECT 1 FROM payroll p
            WHERE p.person_id = a.person_id AND p.month = a.month AND p.amount > 0)
          AND EXISTS (SELECT 1 FROM posts o JOIN listed l ON l.employer = o.employer
            WHERE o.person_id = a.person_id AND l.month = a.month AND {_ACTIVE.format("a")})
        GROUP BY a.person_id, a.month""",
}


def make(folder: Path, rows: int) -> None:
    """Write the ledgers as parquet: `rows` payroll rows, and the others in proportion."""
    with duckdb.connect() as connection:
        for name, query in LEDGERS.items():
            select = query.format(people=max(rows // 12, 1))
            numbered = f"SELECT row_number() OVER () - 1 AS _row, made.* FROM ({select}) AS made"
            connection.execute(f"COPY ({numbered}) TO '{folder / f'{name}.parquet'}' (FORMAT parquet)")


def clock(engine: DuckEngine, steps: Iterator[tuple[str | None, str]]) -> tuple[float, int]:
    """Seconds for the steps, (table to keep or None, SQL), and the rows that the last of them gave."""
    count, start = 0, time.perf_counter()
    for name, sql in steps:
        if name is None:
            count = engine.query(sql).num_rows
        else:
            engine.materialise(name, sql)
    return time.perf_counter() - start, count


def the_products_way(ruleset: RuleSet, rule: str, filling: dict[str, Filling]) -> Iterator[tuple[str | None, str]]:
    """The steps of a rule: each of its terms, then its query."""
    for term in terms_used(ruleset.rules[rule], ruleset):
        yield term.id, compile_query(term.query, filling)
    yield None, compile_query(ruleset.rules[rule].query, filling)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--memory", default=None)
    parser.add_argument("--rules", default=",".join(BY_HAND))
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    ruleset = load_rules(default_folders(), default_catalogue()).ruleset
    filling: dict[str, Filling] = {name: p.value for name, p in resolve(ruleset, PROFILE, PROFILE.as_of).items()}
    filling |= {"as_of": PROFILE.as_of, "period_from": PROFILE.period.first, "period_to": PROFILE.period.last}
    with tempfile.TemporaryDirectory() as made, DuckEngine(memory_limit=options.memory) as engine:
        make(Path(made), options.rows)
        for name in LEDGERS:
            engine.load(name, pq.read_table(Path(made, f"{name}.parquet")))
        engine.load(PERIOD_MONTH, period_months(PROFILE.period))
        total_hand = total_queries = 0.0
        terms: dict[str, str] = {}
        print(f"{options.rows:,} payroll rows\nrule  signals   by hand s   product s   ratio")
        for rule in options.rules.split(","):
            ours = theirs = float("inf")
            for _ in range(options.rounds):
                seconds, expected = clock(engine, iter([(None, BY_HAND[rule])]))
                theirs = min(theirs, seconds)
                seconds, count = clock(engine, the_products_way(ruleset, rule, filling))
                ours = min(ours, seconds)
                if count != expected:
                    print(f"{rule}: {count} signals, by hand {expected}")
                    return 1
            alone, _ = clock(engine, iter([(None, compile_query(ruleset.rules[rule].query, filling))]))
            terms.update((t.id, compile_query(t.query, filling)) for t in terms_used(ruleset.rules[rule], ruleset))
            total_hand, total_queries = total_hand + theirs, total_queries + alone
            print(f"{rule}  {count:>7,}  {theirs:10.3f}  {ours:10.3f}  {ours / theirs:6.2f}", flush=True)
        shared, _ = clock(engine, iter(terms.items()))
        whole = total_queries + shared
        print(f"all, each term once  {total_hand:10.3f}  {whole:10.3f}  {whole / total_hand:6.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
