"""Texts of inference."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "inference-crashed": (
        "推理引擎意外退出（状态 {status}）：{detail}。本次审计不出结论；请重试，仍失败请附此信息反馈。",
        (
            "The inference engine ended unexpectedly (status {status}): {detail}. This audit draws no conclusions; "
            "try again, and report it with this line if it stays."
        ),
    ),
    "inference-hung": (
        "推理引擎超过 {seconds} 秒没有回答，已中止。本次审计不出结论；请重试。",
        "The inference engine gave no answer for {seconds} seconds and was stopped. No conclusions; try again.",
    ),
    "inference-garbled": (
        "推理引擎的回答无法理解，结果不予采用。请重试，仍失败请反馈。",
        "The inference engine's answer cannot be understood and is not used. Try again, and report it if it stays.",
    ),
    "inference-fact-lost": (
        "推理引擎应收到 {expected} 条事实，只确认了 {seen} 条；结果不完整，不予采用。请重试，仍失败请反馈。",
        (
            "The inference engine confirmed {seen} of {expected} facts; an incomplete result is not used. "
            "Try again, and report it if it stays."
        ),
    ),
    "conclusions-unreadable": (
        "无法读取结论文件：{detail}。请检查文件是否存在、是否为 UTF-8。",
        "The conclusions file cannot be read: {detail}. Check that it exists and is UTF-8.",
    ),
    "conclusions-missing": ("目录中没有结论文件（*.yaml）。", "There is no conclusions file (*.yaml) in the folder."),
    "violation-code-twice": (
        "代号“{code}”已由 {other} 使用，请另取一个。",
        "The code “{code}” is used by {other}; take another.",
    ),
    "violation-twice": (
        "“{violation}”的结论已在 {other} 中给出，请合并为一个文件。",
        "The conclusions of “{violation}” already stand in {other}; make one file of the two.",
    ),
    "conclusion-id-twice": ("结论编号“{id}”出现两次，请改名。", "The conclusion id “{id}” stands twice; rename one."),
    "conclusion-id-invalid": (
        "结论编号“{id}”只能用小写字母、数字和连字符。",
        "The conclusion id “{id}” may hold only small letters, digits and hyphens.",
    ),
    "grade-unknown": (
        "不认识的等级“{grade}”（是否应为 {suggestion}？）。等级为 clue、strong、conclusive。",
        "Unknown grade “{grade}” (did you mean {suggestion}?). Grades are clue, strong and conclusive.",
    ),
    "condition-form": (
        "条件应为规则编号，或只含一个键的映射：{keys}。",
        "A condition is a rule id or a mapping with one of these keys: {keys}.",
    ),
    "condition-key-unknown": (
        "条件中不认识的键“{key}”（是否应为 {suggestion}？）。",
        "Unknown key “{key}” in a condition (did you mean {suggestion}?).",
    ),
    "condition-key-missing": ("条件缺少键“{key}”。", "The condition lacks the key “{key}”."),
    "condition-list-empty": ("此处至少要有一项。", "At least one item is needed here."),
    "condition-count-invalid": (
        "“{text}”应为 1 到 {limit} 之间的整数。",
        "“{text}” must be a whole number from 1 to {limit}.",
    ),
    "condition-share-invalid": (
        "“{text}”应为大于 0、不超过 1 的小数，如 0.5。",
        "“{text}” must be a decimal above 0 and up to 1, such as 0.5.",
    ),
    "condition-too-wide": (
        "条件展开后有 {count} 种情形，超过 {limit} 种；请拆成几条结论。",
        "The condition unfolds into {count} alternatives, more than {limit}; split it into several conclusions.",
    ),
    "condition-where-form": (
        "where 应为“数值名: 值”的映射，如 {{paid: true}}。",
        "where is a mapping of measures and their values, such as {{paid: true}}.",
    ),
    "condition-measure-unknown": (
        "规则 {rule} 的疑点没有“{measure}”（是否应为 {suggestion}？）。",
        "The signals of rule {rule} have no “{measure}” (did you mean {suggestion}?).",
    ),
    "condition-member-form": (
        "对成员只能问：规则、concluded，或它们的 any。",
        "Of members one may ask for rules, for concluded, and for any of these.",
    ),
    "condition-member-person": (
        "member、members 只用于有成员的对象（household、workshop）；请在 subjects 中写明对象，且不得含 person。",
        "member and members are for subjects that have members (household, workshop); name them, without person.",
    ),
    "condition-rule-unknown": (
        "不认识的规则“{rule}”（是否应为 {suggestion}？）。",
        "Unknown rule “{rule}” (did you mean {suggestion}?).",
    ),
    "condition-group-unknown": (
        "不认识的规则组“{group}”（是否应为 {suggestion}？）。",
        "Unknown rule group “{group}” (did you mean {suggestion}?).",
    ),
    "condition-severity-unknown": (
        "不认识的严重程度“{severity}”（是否应为 {suggestion}？）。",
        "Unknown severity “{severity}” (did you mean {suggestion}?).",
    ),
    "condition-violation-unknown": (
        "没有“{violation}”的结论文件（是否应为 {suggestion}？）。",
        "There are no conclusions of “{violation}” (did you mean {suggestion}?).",
    ),
}
