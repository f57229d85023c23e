"""Statements to signals and findings: one for each unit, strong above 1 % or where money differs, never conclusive."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.reconcile.made import (
    FIRST,
    POSTS,
    SECOND,
    differing,
    drawn,
    item,
    statement,
    tables,
    with_gap,
    without_money,
)

from auditor.clues import Severity, Signal
from auditor.findings import Finding, conclude
from auditor.inference import ConclusionSet, Grade, infer, read_conclusions
from auditor.ledgers.resources import resource_dir
from auditor.reconcile import ROWS_SHOWN, Reconciliation, Standing, Statement, statement_signals, unbalanced
from auditor.rules import RuleSet
from auditor.tables import DuckEngine, Tables
from auditor.values.pseudonym import Pseudonymiser


@pytest.fixture(scope="module")
def ledgers(engine: DuckEngine) -> Tables:
    return tables(engine)


@pytest.fixture(scope="module")
def catalogue() -> ConclusionSet:
    folder = resource_dir("rules") / "findings"
    names = ("ledger_match.yaml", "accounts_match.yaml")
    return read_conclusions({name: (folder / name).read_text(encoding="utf-8") for name in names}, ("RX01", "RX21"))


def findings(reconciliation: Reconciliation, ledgers: Tables, catalogue: ConclusionSet) -> dict[str, Finding]:
    signals = statement_signals(reconciliation, ledgers)
    concluded = conclude(infer(signals, catalogue), signals, catalogue, RuleSet({}, {}, {}), Pseudonymiser(b"test"))
    return {f.subject.id: f for f in concluded}


def only(made: Statement, ledgers: Tables) -> Signal:
    (signal,) = statement_signals(drawn(made), ledgers)
    return signal


def test_each_unit_that_differs_has_its_signal(ledgers: Tables) -> None:
    made = statement(differing(), matched={FIRST: 98, SECOND: 10})
    assert unbalanced(made) == ()

    signals = statement_signals(drawn(made), ledgers)

    assert [(s.rule, s.group, s.violation, s.subject.kind, s.subject.id) for s in signals] == [
        ("RX01", "RX", "ledger_match", "statement", "RX01/乙单位"),
        ("RX01", "RX", "ledger_match", "statement", "RX01/甲单位"),
    ]
    first = signals[1]
    assert first.severity is Severity.MEDIUM
    assert first.measures == {
        "statement": "RX01",
        "kind": "ledgers",
        "unit_kind": "employer",
        "keys": 100,
        "matched": 98,
        "different": 1,
        "left_only": 1,
        "right_only": 0,
        "open": 2,
        "share": "0.0200",
        "amount_left": "1698.00",
        "amount_right": "698.00",
        "amount_difference": "1000.00",
        "money_differs": True,
        "material": True,
        "rows": 3,
        "rows_shown": 3,
    }
    assert [(row.ledger, row.cells["name"].value) for row in first.evidence] == [
        ("payroll", "张三"),
        ("posts", "张三"),
        ("posts", "李四"),
    ]
    assert first.message["zh"] == (
        "RX01 岗位台账与补贴发放，甲单位：共 100 项，一致 98 项，不同 1 项，只在左方 1 项，只在右方 0 项"
        "（左方为“岗位台账”，右方为“补贴发放”）。左方 1,698.00 元，右方 698.00 元，相差 1,000.00 元。"
    )
    assert "2 %" not in first.message["en"]
    assert first.message["en"].endswith("Left 1,698.00 yuan, right 698.00 yuan, 1,000.00 yuan apart.")


def test_units_that_agree_have_none(ledgers: Tables) -> None:
    assert statement_signals(drawn(statement(matched={FIRST: 5})), ledgers) == ()


def test_a_duplicate_that_agrees_is_no_difference(ledgers: Tables) -> None:
    twice = replace(item("@甲", Standing.MATCHED, left=[0], right=[0], amounts=("1", "1")), duplicate=True)

    assert statement_signals(drawn(statement([twice])), ledgers) == ()


def test_nothing_is_held_against_a_unit_that_is_not_covered(ledgers: Tables) -> None:
    made = with_gap(statement(differing(), matched={FIRST: 98, SECOND: 10}))

    assert not any("丙单位" in s.subject.id for s in statement_signals(drawn(made), ledgers))


def test_the_profile_changes_the_severity(ledgers: Tables) -> None:
    (signal,) = statement_signals(
        drawn(statement(differing()[:1], matched={FIRST: 9})), ledgers, {"RX01": "high", "RX02": "low"}
    )

    assert signal.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("matched", "grade"),
    [
        (98, Grade.STRONG),  # 1 of 99
        (99, Grade.CLUE),  # 1 of 100: exactly 1 % is not more
        (100, Grade.CLUE),
    ],
)
def test_more_than_one_in_a_hundred_is_strong(
    matched: int, grade: Grade, ledgers: Tables, catalogue: ConclusionSet
) -> None:
    one = without_money(statement([item("@乙", Standing.LEFT_ONLY, left=[1])], matched={FIRST: matched}))

    assert findings(drawn(one), ledgers, catalogue)["RX01/甲单位"].grade is grade


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [("800", "800.01", Grade.CLUE), ("800", "800.02", Grade.STRONG), ("800.02", "800", Grade.STRONG)],
)
def test_money_that_differs_is_strong_however_few_keys(
    left: str, right: str, grade: Grade, ledgers: Tables, catalogue: ConclusionSet
) -> None:
    one = item("@甲", Standing.DIFFERENT, left=[0], right=[0], amounts=(left, right))

    found = findings(drawn(statement([one], matched={FIRST: 1000})), ledgers, catalogue)

    assert found["RX01/甲单位"].grade is grade


def test_money_that_cancels_out_differs(ledgers: Tables) -> None:
    up = item("@甲", Standing.DIFFERENT, left=[0], right=[0], amounts=("800", "700"))
    down = item("@乙", Standing.DIFFERENT, left=[1], right=[1], amounts=("700", "800"))

    signal = only(statement([up, down], matched={FIRST: 1000}), ledgers)

    assert (signal.measures["amount_difference"], signal.measures["material"]) == ("0.00", True)
    assert "互相抵消" in signal.message["zh"]
    assert "cancel" in signal.message["en"]


def test_each_kind_is_a_violation_of_its_own(ledgers: Tables, catalogue: ConclusionSet) -> None:
    made = statement(differing()[:2], matched={FIRST: 5})
    bank = replace(made, id="RX21", kind="facts")

    found = findings(drawn(made, bank), ledgers, catalogue)

    assert {id_: (f.violation, f.grade) for id_, f in found.items()} == {
        "RX01/甲单位": ("ledger_match", Grade.STRONG),
        "RX21/甲单位": ("accounts_match", Grade.STRONG),
    }
    assert [f.id[:6] for f in found.values()] in (["F-RXL-", "F-RXA-"], ["F-RXA-", "F-RXL-"])


def test_the_finding_says_counts_money_and_what_else_may_explain_it(ledgers: Tables, catalogue: ConclusionSet) -> None:
    found = findings(drawn(statement(differing(), matched={FIRST: 98, SECOND: 10})), ledgers, catalogue)

    finding = found["RX01/甲单位"]
    assert finding.amount == Decimal("1000.00")
    assert finding.subject.name == "甲单位"
    assert finding.seen.zh.startswith("RX01 岗位台账与补贴发放，甲单位：共 100 项，一致 98 项，不同 1 项")
    for part in ("涉及金额 1,000.00 元", "次月", "核实办法：1）按对账表逐项", "可以排除疑点的材料"):
        assert part in finding.message.zh
    assert "It may be explained by: (1) timing" in finding.message.en
    assert finding.trace[0].rule == "ledger_match/more-than-one-in-a-hundred-or-money"
    assert found["RX01/乙单位"].amount == Decimal("700.00")


def test_without_money_the_finding_has_no_amount(ledgers: Tables, catalogue: ConclusionSet) -> None:
    made = without_money(statement(differing()[:2], matched={FIRST: 5}))

    assert findings(drawn(made), ledgers, catalogue)["RX01/甲单位"].amount is None


def test_never_conclusive(ledgers: Tables, catalogue: ConclusionSet) -> None:
    made = statement(differing())

    assert {f.grade for f in findings(drawn(made), ledgers, catalogue).values()} == {Grade.STRONG}
    for violation in ("ledger_match", "accounts_match"):
        assert all(c.grade is not Grade.CONCLUSIVE for c in catalogue.violations[violation].conclusions)


@pytest.mark.parametrize(("more", "shown"), [(-1, ROWS_SHOWN), (0, ROWS_SHOWN), (5, ROWS_SHOWN)])
def test_a_long_list_is_cut_and_says_so(more: int, shown: int, engine: DuckEngine) -> None:
    # The item that differs has two rows, the others one each: one too many with `more` of them, just enough without.
    head, first, *_ = POSTS.strip().splitlines()
    long = tables(engine, posts="\n".join([head, *[first] * (ROWS_SHOWN + 9)]))
    many = [item("@乙", Standing.LEFT_ONLY, left=[row], month=f"2022-{row:02d}") for row in range(1, ROWS_SHOWN + more)]

    signal = only(statement([differing()[0], *many]), long)

    rows = ROWS_SHOWN + 1 + more
    assert (signal.measures["rows"], signal.measures["rows_shown"], len(signal.evidence)) == (rows, shown, shown)
    assert {row.ledger for row in signal.evidence} == {"posts", "payroll"}
    assert (f"涉及 {rows} 行，此处列出 {shown} 行" in signal.message["zh"]) is (rows > shown)


def test_a_row_of_many_items_is_one_row_of_evidence(ledgers: Tables) -> None:
    months = [item("@乙", Standing.LEFT_ONLY, left=[1], month=f"2022-{month:02d}") for month in range(1, 5)]

    signal = only(statement(months), ledgers)

    assert (signal.measures["left_only"], signal.measures["rows"], len(signal.evidence)) == (4, 1, 1)


def test_the_order_of_items_and_statements_does_not_matter_to_the_signals(ledgers: Tables) -> None:
    made = statement(differing(), matched={FIRST: 98, SECOND: 10})
    again = replace(made, tallies=tuple(random.Random(1).sample(made.tallies, len(made.tallies))))

    assert statement_signals(drawn(made), ledgers) == statement_signals(drawn(again), ledgers)


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"different": 2}, "different"),
        ({"matched": 7}, "matched"),
        ({"items": ()}, "items left_only"),
    ],
)
def test_a_statement_that_does_not_add_up_is_told(change: dict[str, object], figure: str) -> None:
    made = replace(statement(differing(), matched={FIRST: 98, SECOND: 10}), **change)  # type: ignore[arg-type]

    problems = unbalanced(made)

    assert {p.code for p in problems} == {"statement-unbalanced"}
    assert figure in {p.args["figure"] for p in problems}


def test_rows_and_money_must_add_up_too() -> None:
    made = statement(differing(), matched={FIRST: 98, SECOND: 10})
    wrong = replace(made, left=replace(made.left, rows=1, amount=Decimal(1)))

    assert {p.args["figure"] for p in unbalanced(wrong)} == {"rows left", "amount left"}


def test_a_side_that_is_wider_by_its_nature_is_held_against_nobody(ledgers: Tables) -> None:
    wider = replace(statement(differing(), matched={FIRST: 98, SECOND: 10}), natural=(Standing.RIGHT_ONLY,))
    (first,) = statement_signals(drawn(without_money(wider)), ledgers)

    assert first.subject.id == "RX01/甲单位"

    both = replace(wider, natural=(Standing.LEFT_ONLY,))
    second, first = statement_signals(drawn(without_money(both)), ledgers)
    assert (first.measures["left_only"], first.measures["open"], first.measures["share"]) == (1, 1, "0.0100")
    assert first.measures["material"] is False
    assert "其中只在左方的 1 项不算差异" in first.message["zh"]
    assert "no difference" not in second.message["en"]
    assert [row.cells["name"].value for row in first.evidence] == ["张三", "张三"]


def test_the_statement_itself_says_what_may_explain_it_and_what_to_verify(
    ledgers: Tables, catalogue: ConclusionSet, shipped: RuleSet
) -> None:
    bank = replace(statement(differing()[:1], matched={FIRST: 5}), id="RX21", kind="facts")
    signals = statement_signals(drawn(bank), ledgers)

    (finding,) = conclude(infer(signals, catalogue), signals, catalogue, shipped, Pseudonymiser(b"test"))

    own = shipped.statements["RX21"]
    reviewed = tuple(one.what for one in own.explains if one.handled == "review")
    assert reviewed
    assert finding.innocent[: len(reviewed)] == reviewed
    assert finding.verify[: len(own.verify)] == own.verify
    assert {one.article for one in own.basis} <= {one.article for one in finding.basis}
    assert finding.seen.zh.startswith("RX21 岗位台账与补贴发放，甲单位")  # the signal's words, not a rule's title
