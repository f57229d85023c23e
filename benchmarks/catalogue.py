"""How long does the whole rule set on posts take on a province's payroll, and which rules are the slowest?

    python -m benchmarks.catalogue [--rows 10000000] [--memory 8GB] [--plans]

Makes ledgers of fitting size (12 payroll rows a person, two people of three households on a post, …) on DuckDB, computes every
term once and runs each rule's query once, as an audit does; evidence and messages are left out. Prints the times, the
slowest five rules (with their plans on demand), and the peak memory.
"""

from __future__ import annotations

import argparse
import resource
import time

import pyarrow as pa
from benchmarks.by_hand import LEDGERS, PROFILE

from auditor.ledgers import default_catalogue
from auditor.relations.months import PERIOD_MONTH, period_months
from auditor.relations.numbers import IDENTITY_NUMBER, identity_numbers
from auditor.rules import RuleSet, compile_query, default_folders, load_rules, resolve, tables_read, terms_used
from auditor.rules.compiling import Filling
from auditor.tables import DuckEngine

GROUPS = ("GP", "WG", "IP", "IM", "NP", "DH")
_WHO = "'500299' || lpad(i::VARCHAR, 12, '0')"
_NAME = "'张' || (i % 5000)::VARCHAR"
_VILLAGE = "'村' || (i // 100)::VARCHAR"
_TOWN = "'镇' || (i // 4000)::VARCHAR"
_ACCOUNT = "'6217' || lpad(i::VARCHAR, 15, '0')"
_ALL = "range({people}) AS people(i)"

# The ledgers that GP and WG do not read, and columns of theirs that they do not; `old` is the ledger as rules.py makes it.
MORE = {
    "payroll": "SELECT old.*, '6217' || lpad(right(old.person_id, 12), 15, '0') AS account_no FROM ({old}) AS old",
    "attendance": "SELECT old.*, CASE WHEN hash(old.person_id, old.month) % 900 = 0 THEN '李' ELSE old.name END AS signed_by "
    "FROM ({old}) AS old",
    "posts": "SELECT old.*, right(old.person_id, 12)::BIGINT AS i, '张' || (i % 5000)::VARCHAR AS name, "
    f"{_VILLAGE} AS village, {_TOWN} AS township, '护林员' AS post_type, "
    "CASE WHEN i % 50 = 0 THEN '普通' ELSE '就业困难人员' END AS category, DATE '2021-05-01' AS notice_start, "
    "CASE WHEN i % 400 = 0 THEN DATE '2021-05-02' ELSE DATE '2021-05-09' END AS notice_end, "
    f"CASE WHEN i % 2 = 0 THEN '男' ELSE '女' END AS gender, {_ACCOUNT} AS account_no, "
    "'138' || lpad((i % 90000000)::VARCHAR, 8, '0') AS phone FROM ({old}) AS old",
    "roster": f"SELECT {_WHO} AS person_id, {_NAME} AS name, 'H' || (i // 3)::VARCHAR AS household_id, {_TOWN} AS township, "
    f"{_VILLAGE} AS village, CASE WHEN hash(i, 20) % 40 = 0 THEN '普通劳动力' ELSE '弱劳动力' END AS labour_capacity, "
    "true AS willing, i % 3 > 0 AS employed, CASE WHEN i % 2 = 0 THEN '男' ELSE '女' END AS gender "
    f"FROM {_ALL} WHERE hash(i, 21) % 1000 > 0",
    "officials": f"SELECT {_WHO} AS person_id, {_NAME} AS name, {_TOWN} AS township, {_VILLAGE} AS village "
    f"FROM {_ALL} WHERE i % 50 = 0",
    "relatives": f"SELECT {_WHO} AS official_id, '500299' || lpad((i + 1)::VARCHAR, 12, '0') AS relative_id "
    f"FROM {_ALL} WHERE i % 100 = 0",
    "bank_payments": f"SELECT {_ACCOUNT} AS account_no, CASE WHEN hash(i, 22) % 4000 = 0 THEN '王五' ELSE {_NAME} END "
    f"AS account_name, 600::DECIMAL(18, 2) AS amount, '成功' AS status FROM {_ALL}, range(12) AS months(m)",
    "fiscal_payroll": f"SELECT {_WHO} AS person_id FROM {_ALL} WHERE hash(i, 23) % 3000 = 0",
    "businesses": f"SELECT {_WHO} AS owner_id, '存续' AS status, '个体工商户' AS business_kind, DATE '2020-01-01' AS registered_on "
    f"FROM {_ALL} WHERE hash(i, 24) % 500 = 0",
    "pensions": f"SELECT {_WHO} AS person_id, '职工养老' AS pension, DATE '2022-02-01' AS since FROM {_ALL} WHERE hash(i, 25) % 900 = 0",
    "students": f"SELECT {_WHO} AS person_id, DATE '2021-09-01' AS enrolled_on FROM {_ALL} WHERE hash(i, 26) % 2000 = 0",
}


def load(engine: DuckEngine, rows: int) -> None:
    """Fill the engine with every ledger of the catalogue, absent columns and ledgers empty."""
    people = max(rows // 12, 1)
    arrow = {"money": "DECIMAL(18, 2)", "int": "BIGINT", "date": "DATE", "month": "DATE", "bool": "BOOLEAN"}
    for name, ledger in default_catalogue().items():
        query = LEDGERS.get(name, "")
        if name in MORE:
            query = MORE[name].replace("{old}", query)
        made = query.replace("{people}", str(people)) if query else "SELECT 1 AS nothing WHERE false"
        engine.materialise("made", made)
        have = set(engine.query("SELECT * FROM made LIMIT 0").column_names)
        columns = ", ".join(
            f"made.{c}::{arrow.get(column.type.value, 'VARCHAR')} AS {c}"
            if c in have
            else f"NULL::{arrow.get(column.type.value, 'VARCHAR')} AS {c}"
            for c, column in ledger.columns.items()
        )
        engine.materialise(name, f"SELECT row_number() OVER () - 1 AS _row, {columns} FROM made")
    engine.load(PERIOD_MONTH, period_months(PROFILE.period))
    numbers = engine.query(
        "SELECT DISTINCT person_id FROM (SELECT person_id FROM roster UNION SELECT person_id FROM posts)"
    )
    engine.load(IDENTITY_NUMBER, identity_numbers(numbers.column(0).to_pylist(), PROFILE.as_of))
    mentions = " UNION ALL ".join(
        f"SELECT '{name}' AS ledger, _row AS row_no, 'person_id' AS column_name, person_id, name FROM {name}"
        for name in ("payroll", "attendance", "posts", "roster", "officials")
    )
    engine.materialise("identity_mention", mentions)
    engine.load("fired", pa.table({n: pa.array([], pa.string()) for n in ("rule", "subject", "period")}))


def in_strata(ruleset: RuleSet) -> list[str]:
    """The rules, those that read other rules' signals last."""
    wanted = [name for name, rule in ruleset.rules.items() if rule.group in GROUPS]
    return sorted(wanted, key=lambda name: ("fired" in tables_read(ruleset.rules[name].query), name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--memory", default=None)
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    ruleset = load_rules(default_folders(), default_catalogue()).ruleset
    filling: dict[str, Filling] = {name: p.value for name, p in resolve(ruleset, PROFILE, PROFILE.as_of).items()}
    filling |= {"as_of": PROFILE.as_of, "period_from": PROFILE.period.first, "period_to": PROFILE.period.last}
    with DuckEngine(memory_limit=options.memory) as engine:
        load(engine, options.rows)
        rules = in_strata(ruleset)
        terms = {term.id: term.query for name in rules for term in terms_used(ruleset.rules[name], ruleset)}
        spent: dict[str, float] = {}
        for name, query in terms.items():
            start = time.perf_counter()
            engine.materialise(name, compile_query(query, filling))
            spent[f"term {name}"] = time.perf_counter() - start
        found = 0
        for name in rules:
            start = time.perf_counter()
            found += engine.query(compile_query(ruleset.rules[name].query, filling)).num_rows
            spent[name] = time.perf_counter() - start
        total = sum(spent.values())
        print(f"{options.rows:,} payroll rows, {len(rules)} rules, {len(terms)} terms computed once: {found:,} signals")
        print(f"  {total:.1f} s in all, terms {sum(s for n, s in spent.items() if n.startswith('term')):.1f} s")
        slowest = sorted(spent, key=lambda name: -spent[name])
        for name in slowest[:10]:
            print(f"  {name:<28}{spent[name]:8.2f} s")
        if options.plans:
            for name in [n for n in slowest if not n.startswith("term")][:5]:
                plan = engine.query(f"EXPLAIN {compile_query(ruleset.rules[name].query, filling)}")
                print(f"\n{name}\n{plan.column('explain_value')[0].as_py()}")
    print(f"  peak resident {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
