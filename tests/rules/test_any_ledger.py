"""Rules on any ledger: `requires: {}`, and evidence that lies in whatever ledger names the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import TextPlace
from auditor.ledgers import default_catalogue
from auditor.rules import load_rules

IM02 = """\
id: IM02
version: 1
status: stable
title: {zh: 同号不同名, en: Several names}
violation: impersonation
severity: high
basis:
  - {instrument: 某文件, article: 一, words: 冒名顶替, from: 2022-11-04, checked_by: }
requires: {}
signal:
  subject: person
  grain: person
  query: |
    SELECT m.person_id AS subject, MIN(m.name) AS name FROM identity_mention AS m
    WHERE m.ledger <> '' AND m.row_no >= 0 AND m.column_name <> ''
    GROUP BY m.person_id HAVING COUNT(DISTINCT m.name) >= 2
evidence:
  - ledger: any
    where: identity_mention.person_id = signal.subject
    show: [person_id, name]
message: {zh: "{name} 有几个姓名", en: "{name} has several names"}
false_positives:
  - {what: {zh: 改名, en: A new name}, handled: review, ask: {zh: 是否改名, en: Was the name changed}}
blind_spots:
  - {zh: 假名一贯, en: One false name}
verify:
  - {zh: 核对户口簿, en: See the household book}
tests:
  as_of: 2022-12-31
  cases:
    - name: two-names
      says: 甲 has two names, 乙 one
      ledgers:
        deaths: |
          person_id | name
          @甲       | 张三
          @甲       | 章三
          @乙       | 李四
      must_fire: ["@甲"]
      must_not_fire: ["@乙"]
"""
FILE = "signals/impersonation/im02.yaml"
VIOLATIONS = (
    "violations:\n  - {id: ghost_payroll, zh: 吃空饷, en: Ghost payroll, groups: [GP]}\n"
    "  - {id: impersonation, zh: 冒名顶替, en: Impersonation, groups: [IM]}\n"
)


def mistakes(folder: Path, old: str = "", new: str = "") -> list[tuple[str, str]]:
    """The codes of all mistakes of the rule with one change, and the text at which each is told."""
    assert old in IM02
    text = IM02.replace(old, new, 1)
    for file, content in {FILE: text, "violations.yaml": VIOLATIONS}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content, encoding="utf-8")
    lines = text.splitlines()
    found = []
    for problem in load_rules([folder], default_catalogue()).problems:
        assert isinstance(problem.where, TextPlace)
        assert problem.where.line is not None
        assert problem.where.column is not None
        found.append((problem.code, lines[problem.where.line - 1][problem.where.column - 1 :]))
    return found


def test_a_rule_on_mentions_needs_no_ledger(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == []


def test_no_other_rule_may_do_without(tmp_path: Path) -> None:
    """The months of the period stand in no ledger: a rule on them alone says nothing about anybody."""
    query = IM02[IM02.index("    SELECT m.") : IM02.index("evidence:")]
    found = mistakes(tmp_path, query, "    SELECT '甲' AS subject, COUNT(*) AS months FROM period_month\n")

    assert ("requires-missing", "requires: {}") in found


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("show: [person_id, name]", "show: [person_id, amount]", "column-unknown", "amount]"),
        ("show: [person_id, name]", "show: []", "evidence-shows-nothing", "[]"),
        ("where: identity_mention.person_id = signal.subject", "where: 1 = 1", "evidence-unbound", "1 = 1"),
        ("where: identity_mention.person_id", "where: payroll.name", "alias-unknown", "payroll.name = signal.subject"),
        ("where: identity_mention.person_id", "where: identity_mention.id", "column-undeclared", "id = signal.subject"),
        ("ledger: any", "ledger: every", "ledger-undeclared", "every"),
        ("m.column_name <> ''", "m.colum <> ''", "column-undeclared", "colum <> ''"),
        ("FROM identity_mention AS m", "FROM identity_mentions AS m", "ledger-undeclared", "identity_mentions AS m"),
    ],
)  # fmt: skip
def test_mistakes_about_mentions_are_told_where_they_are(
    tmp_path: Path, old: str, new: str, code: str, at: str
) -> None:
    assert (code, at) in mistakes(tmp_path, old, new)
