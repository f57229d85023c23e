"""Texts of signals."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "rule-ledger-missing": (
        "没有收到台账“{ledger}”，补报后重新审核",
        "the ledger “{ledger}” was not given; add it and audit again",
    ),
    "rule-column-missing": (
        "台账“{ledger}”没有“{column}”列，补上后重新审核",
        "the ledger “{ledger}” has no column {column}; add it and audit again",
    ),
    "rule-any-of-missing": (
        "以下台账至少需要一种，一种也没有收到：{ledgers}",
        "at least one of these ledgers is needed, and none was given: {ledgers}",
    ),
    "rule-no-reference-column": (
        "收到的台账都没有佐证材料（附件、照片）列，补报后重新审核",
        "no ledger with a column that names evidence was given; add one and audit again",
    ),
    "rule-no-person-column": (
        "收到的台账都没有身份证号列，补报后重新审核",
        "no ledger with a column of identity numbers was given; add one and audit again",
    ),
    "rule-signals-missing": (
        "需要规则 {rule} 的疑点，而该规则没有运行",
        "the signals of rule {rule} are needed, and that rule was not run",
    ),
    "rule-any-signals-missing": (
        "以下规则至少需要运行一条，一条也没有运行：{rules}",
        "at least one of these rules is needed, and none was run: {rules}",
    ),
    "rule-runs-if": ("{why}", "{why}"),
    "rule-off": ("已在配置中停用，理由：{why}", "Switched off in the profile, because: {why}"),
    "rule-draft": ("规则仍是草稿，审计时不运行。", "The rule is a draft; an audit does not run it."),
    "rule-retired": ("规则已停用。", "The rule is retired."),
    "signal-without-subject": (
        "内部错误：规则 {rule} 的查询给出了没有对象（subject 为空）的行，结果不能采用。请修正该规则的查询。",
        "Internal error: the query of rule {rule} gave a row without subject. Correct the query.",
    ),
    "signal-without-period": (
        "内部错误：规则 {rule} 的查询给出了没有月份（period 为空）的行，结果不能采用。请修正该规则的查询。",
        "Internal error: the query of rule {rule} gave a row without period. Correct the query.",
    ),
    "signal-grain-twice": (
        "内部错误：规则 {rule} 的查询对同一对象和月份给出了两行，结果不能采用。请在查询中按对象和月份汇总。",
        "Internal error: the query of rule {rule} gave two rows for one subject and period. Group it by both.",
    ),
}
