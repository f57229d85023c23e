"""A new rule's file, sound but for what only its author knows: each such place says TODO, and the lints tell it."""

from __future__ import annotations

from auditor.rules.lints.unfilled import MARK

_SKELETON = """\
id: {id}
version: 1
status: draft
title: {{zh: TODO 规则名称, en: TODO what it finds}}
violation: {violation}
severity: medium               # critical | high | medium | low
basis:
  - instrument: TODO 文件名称和文号 · the instrument
    article: TODO 条款 · the article
    words: TODO 原文 · its words
    from:                      # 施行日期 in force from, YYYY-MM-DD
    checked_by:                # 谁核对过原文 who compared the words with the original
requires:                      # 台账: [查询读取的每一列] · ledger: [every column the query reads]
  payroll: [person_id, name, month, amount]
signal:
  subject: person
  grain: person-month
  money: amount
  query: |
    SELECT payroll.person_id AS subject, MIN(payroll.name) AS name, payroll.month AS period,
           SUM(payroll.amount) AS amount
    FROM payroll
    JOIN period_month ON period_month.month = payroll.month
    WHERE payroll.person_id IS NOT NULL
      AND payroll.amount > 0   -- TODO 谁是疑点 · who is meant
    GROUP BY payroll.person_id, payroll.month
evidence:                      # 作为证据出示的行和列 · the rows and columns to show
  - ledger: payroll
    where: payroll.person_id = signal.subject AND payroll.month = signal.period
    show: [person_id, name, month, amount]
message:
  zh: "TODO {{name}} {{period}} 领取 {{amount}} 元，……"
  en: "TODO {{name}} was paid {{amount}} yuan for {{period}}, …"
false_positives:               # 正常情形；由 query 或 coverage 排除的要有 case 证明
  - what: {{zh: TODO 什么正常情形看起来一样, en: TODO what innocent matter looks the same}}
    handled: review
    ask: {{zh: TODO 问什么, en: TODO what to ask}}
blind_spots:
  - {{zh: TODO 查不出什么, en: TODO what it cannot see}}
verify:
  - {{zh: TODO 检查人员下一步做什么, en: TODO what an inspector does next}}
tests:
  as_of: 2022-12-31
  period: {{from: 2022-01, to: 2022-12}}
  cases:
    - name: fires
      says: TODO 甲为什么是疑点，乙为什么不是 · why 甲 fires and 乙 does not
      ledgers:
        payroll: |
          person_id | name | month   | amount
          @甲       | 甲   | 2022-03 | 600
          @乙       | 乙   | 2022-03 | 0
      must_fire: ["@甲|2022-03"]
      must_not_fire: ["@乙"]
"""


def skeleton(id_: str, violation: str) -> str:
    """The text of a new rule's file.

    Args:
        id_: the rule's id, such as GP11.
        violation: a word of `violations.yaml`.
    """
    return _SKELETON.format(id=id_, violation=violation)


__all__ = ["MARK", "skeleton"]
