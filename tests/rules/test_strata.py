"""Rules that read other rules' signals: what they declare is what they read, and no circles."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.sample import GP01, RULE, Marked, load

from auditor.rules import in_strata, with_needed

READS = """
      AND EXISTS (SELECT 1 FROM fired AS f WHERE f.rule = 'GP02' AND f.subject = p.person_id)
    GROUP BY p.person_id"""
TO_READ = ("\n    GROUP BY p.person_id, p.month\nevidence", f"{READS}, p.month\nevidence")
NEEDS = ("parameters: [pay_days]", "parameters: [pay_days]\nneeds_signals: [GP02]")


def other(folder: Path, text: str = RULE, **files: str) -> None:
    """A second rule GP02 (and what else is given) beside the sample."""
    for name, content in {"gp02": text.replace("id: GP01", "id: GP02"), **files}.items():
        path = folder / "rules" / "signals" / "ghost_payroll" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def told(marked: Marked) -> list[tuple[str, str]]:
    return [(code, place) for code, place in marked.told(GP01) if code.startswith("signals-")]


def test_a_rule_may_read_the_signals_that_it_declares(tmp_path: Path) -> None:
    other(tmp_path)

    marked = load(tmp_path, TO_READ, NEEDS)

    assert marked.loaded.problems == ()
    assert [rule.id for rule in in_strata(marked.loaded.ruleset.rules)] == ["GP02", "GP01"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            [
                (
                    "\n    GROUP BY p.person_id, p.month\nevidence",
                    READS.replace("fired", "«fired") + ", p.month\nevidence",
                )
            ],
            "signals-undeclared",
        ),
        (
            [
                (TO_READ[0], TO_READ[1].replace("'GP02'", "«'GP03'")),
                (NEEDS[0], "any_signals: [[«GP02]]\nparameters: [pay_days]"),
            ],
            "signals-undeclared",
        ),
        ([("parameters: [pay_days]", "parameters: [pay_days]\nneeds_signals: [«GP02]")], "signals-unread"),
        (
            [TO_READ, ("parameters: [pay_days]", "parameters: [pay_days]\nneeds_signals: [GP02, «GP99]")],
            "signals-rule-unknown",
        ),
        (
            [TO_READ, ("parameters: [pay_days]", "parameters: [pay_days]\nany_signals: [[GP02], «[]]")],
            "signals-group-empty",
        ),
    ],
)
def test_what_is_declared_is_what_is_read(tmp_path: Path, changes: list[tuple[str, str]], code: str) -> None:
    other(tmp_path)

    marked = load(tmp_path, *changes)

    assert (code, marked.marks[0]) in told(marked) or (code, marked.marks[-1]) in told(marked)
    assert all(told_code.startswith("signals-") for told_code, _ in marked.told())


def test_a_circle_is_told_in_each_of_its_files_with_its_place(tmp_path: Path) -> None:
    other(tmp_path, RULE.replace(*NEEDS).replace("[GP02]", "[GP01]").replace(*TO_READ).replace("'GP02'", "'GP01'"))

    marked = load(tmp_path, TO_READ, ("parameters: [pay_days]", "parameters: [pay_days]\nneeds_signals: [«GP02]"))

    circles = [p for p in marked.loaded.problems if p.code == "signals-cycle"]
    assert told(marked) == [("signals-cycle", marked.marks[0])]
    assert [p.args["rules"] for p in circles] == ["GP01 → GP02 → GP01"] * 2
    assert marked.loaded.ruleset.rules == {}


def test_a_rule_cannot_need_itself(tmp_path: Path) -> None:
    marked = load(
        tmp_path,
        (TO_READ[0], TO_READ[1].replace("'GP02'", "'GP01'")),
        ("parameters: [pay_days]", "parameters: [pay_days]\nneeds_signals: [«GP01]"),
    )

    assert told(marked) == [("signals-cycle", marked.marks[0])]


def test_a_term_may_not_read_signals(tmp_path: Path) -> None:
    period, fired = "JOIN period_month AS pm ON pm.month = a.month", "JOIN fired AS f ON f.subject = a.employer"

    marked = load(tmp_path, (period, fired), file="terms/covered.yaml")

    assert "term-reads-fired" in [p.code for p in marked.loaded.problems]


def test_a_rule_with_what_it_needs(tmp_path: Path) -> None:
    gp03 = RULE.replace("id: GP01", "id: GP03")
    needs_gp03 = RULE.replace(NEEDS[0], NEEDS[1].replace("GP02", "GP03")).replace(
        TO_READ[0], TO_READ[1].replace("GP02", "GP03")
    )
    other(tmp_path, needs_gp03, gp03=gp03, gp04=RULE.replace("id: GP01", "id: GP04"))

    ruleset = load(tmp_path, TO_READ, NEEDS).loaded.ruleset

    assert list(with_needed(ruleset.rules["GP01"], ruleset).rules) == ["GP01", "GP02", "GP03"]
    assert [rule.id for rule in in_strata(ruleset.rules)] == ["GP03", "GP02", "GP01", "GP04"]


RUNS_IF = """\
runs_if:
  query: |
    SELECT a.person_id AS person_id FROM attendance AS a WHERE a.employer IS NOT NULL
  otherwise: {zh: 考勤没有单位, en: no attendance has an employer}
parameters: [pay_days]"""


def test_what_runs_if_reads_must_be_declared_too(tmp_path: Path) -> None:
    assert load(tmp_path, ("parameters: [pay_days]", RUNS_IF)).loaded.problems == ()

    marked = load(tmp_path, ("parameters: [pay_days]", RUNS_IF.replace("a.employer IS", "a.«leave_days IS")))

    assert marked.told() == [("column-undeclared", marked.marks[0])]
