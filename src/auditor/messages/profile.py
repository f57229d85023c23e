"""Texts of the county profile: what is wrong in it, and how to mend it."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "regime-hr": ("就业补助资金岗位", "posts of the employment fund"),
    "regime-rural_full_time": ("乡村全日制岗位", "rural full-time posts"),
    "regime-rural_part_time": ("乡村非全日制岗位", "rural part-time posts"),
    "summary-parameter-dated": (
        "参数 {name} = {value}（{when}；基准日的默认值 {default}）",
        "parameter {name} = {value} ({when}; default of the audit date {default})",
    ),
    "summary-headers": (
        "{ledger}的列“{column}”另认表头：{headers}",
        "more headers for the column “{column}” of {ledger}: {headers}",
    ),
    "summary-codes": (
        "{ledger}的列“{column}”另认写法：{codes}",
        "more spellings for the column “{column}” of {ledger}: {codes}",
    ),
    "summary-unchecked-numbers": (
        "下列参数尚未有人与原文核对，据此得出的疑点须先核对参数：{numbers}",
        "Nobody has compared these parameters with their instruments; check them before what rests on them: {numbers}",
    ),
    "profile-unknown": (
        "没有内置配置“{name}”（是否应为 {suggestion}？），也没有这个文件。",
        "There is no built-in profile “{name}” (did you mean {suggestion}?), and no such file.",
    ),
    "profile-rule-unknown": (
        "没有规则“{rule}”（是否应为 {suggestion}？）。可用 auditor rules list 查看。",
        "There is no rule “{rule}” (did you mean {suggestion}?). See them with `auditor rules list`.",
    ),
    "profile-not-by-date": (
        "没有规则按日期取参数 {parameter}，分日期的值不起作用。请写一个值，如 {parameter}: 30。",
        "No rule takes the parameter {parameter} by date; dates have no effect. Write one value, as in {parameter}: 30.",
    ),
    "profile-not-by-regime": (
        "没有规则按岗位类别取参数 {parameter}，regime 不起作用。请写不分类别的值。",
        "No rule takes the parameter {parameter} by regime; regime has no effect. Write a value without it.",
    ),
    "profile-rule-always": (
        "{rule} 检查台账本身，不能关闭；可在 severities 中调低严重程度。",
        "{rule} checks the ledgers themselves and is never off; lower its severity under severities instead.",
    ),
    "profile-off-no-reason": (
        "关闭规则 {rule} 没有写明理由，请填写：理由会写入报告。",
        "No reason is given for switching off {rule}. Write one: it stands in the report.",
    ),
    "profile-folder-missing": (
        "没有规则目录 {folder}。相对路径从配置文件所在目录算起。",
        "There is no rule folder {folder}. A relative path starts at the profile’s own folder.",
    ),
    "profile-ledger-unknown": (
        "没有台账“{ledger}”（是否应为 {suggestion}？）。可用 auditor ledgers list 查看。",
        "There is no ledger “{ledger}” (did you mean {suggestion}?). See them with `auditor ledgers list`.",
    ),
    "profile-header-empty": (
        "列 {column} 的表头为空，请填写或删去。",
        "A header of the column {column} is empty; fill it in or remove it.",
    ),
    "profile-header-taken": (
        "表头“{header}”已属于列 {column}，一个表头只能对应一列。",
        "The header “{header}” belongs to the column {column}; one header means one column.",
    ),
    "profile-column-no-codes": (
        "{ledger} 的列 {column} 不是代码列，不能设置 codes。",
        "The column {column} of {ledger} holds no codes; codes mean nothing there.",
    ),
    "profile-code-unknown": (
        "列 {column} 没有代码“{text}”（是否应为 {suggestion}？）。",
        "The column {column} has no code “{text}” (did you mean {suggestion}?).",
    ),
}
