"""Texts of trails and ties: what a person's, a workshop's and a county's lists and pictures say."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "trail-by-account_no": ("（账号见于本人台账）", " (an account of this person)"),
    "trail-by-uscc": ("（按统一社会信用代码）", " (by credit code)"),
    "trail-others": (
        "涉及其他对象、用到以上行的疑点（需核实）",
        "Signals about others that rest on these rows (to be verified)",
    ),
    "trail-others-line": ("{rule} {count} 条：{subjects}", "{rule} ×{count}: {subjects}"),
    "trail-others-more": ("等", " and others"),
    "workshop-unknown": (
        "上传的台账中没有车间“{id}”。请核对车间编号或名称{suggestion}。",
        "No ledger of the upload holds the workshop “{id}”. Check its id or name{suggestion}.",
    ),
    "workshop-suggestion": ("（是否应为 {names}？）", " (did you mean {names}?)"),
    "workshop-ambiguous": (
        "“{id}”是 {count} 个车间的名称。请改用车间编号：{ids}",
        "“{id}” is the name of {count} workshops. Give the id instead: {ids}",
    ),
    "workshop-uscc": ("统一社会信用代码 {codes}", "credit code {codes}"),
    "workshop-line": ("时间线", "Time line"),
    "workshop-heads": (
        "花名册在册人数（走访当日和审核日）",
        "On the roll, on the days of visits and on the audit date",
    ),
    "workshop-heads-line": (
        "{day}：{workers} 人，其中脱贫人口 {poverty} 人",
        "{day}: {workers}, of them out of poverty {poverty}",
    ),
    "workshop-unknown-count": ("无法确定", "not known"),
    "workshop-months": ("按月（不同的人；金额为元；– 表示没有台账或当月没有发放）", "By month (different people; yuan; –: no ledger, or nothing paid in the month)"),
    "workshop-month": ("月份", "month"),
    "workshop-workers": ("在册", "on the roll"),
    "workshop-joined": ("入职", "joined"),
    "workshop-left": ("离职", "left"),
    "workshop-paid": ("发工资人数", "paid"),
    "workshop-amount": ("工资合计", "pay"),
    "workshop-stranger": ("其中当月不在册", "of them not on the roll"),
    "workshop-insured": ("以本单位参保", "insured here"),
    "workshop-absent": ("未提供、因而没有核对的台账：{ledgers}", "Not given, and so not looked at: {ledgers}"),
}
