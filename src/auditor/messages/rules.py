"""Texts of rules: what is wrong in a rule file, and how to mend it."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "statement-id-form": ("编号“{id}”应为 RX 加数字，如 RX01。", "The id “{id}” must be RX and digits, such as RX01."),
    "statement-cases-no-item": (
        "没有一个用例写明差异项。请在 tests.cases 的 items 中列出应当列出的项。",
        "No case expects an item. List in some case's `items` what must be listed.",
    ),
    "statement-figure-unknown": (
        "没有“{text}”这个数（是否应为 {suggestion}？）。",
        "There is no figure “{text}” (did you mean {suggestion}?).",
    ),
    "statement-item-form": (
        "“{text}”的写法不对，应写作 {form}。",
        "“{text}” is not of the form {form}.",
    ),
    # files
    "rule-folder-missing": (
        "规则目录不存在。请检查配置文件中的 rules.folders。",
        "There is no such rule folder. Check rules.folders in the profile.",
    ),
    "rule-unreadable": (
        "规则文件无法读取：{detail}。请另存为 UTF-8 文本。",
        "The rule file cannot be read: {detail}. Save it as UTF-8 text.",
    ),
    "id-file": (
        "编号 {id} 与文件名不符，文件应名为 {file}。",
        "The id {id} is not the file's name; the file should be called {file}.",
    ),
    "id-twice": (
        "编号 {id} 已被使用（{file}）。编号不得重复，也不得再用。",
        "The id {id} is taken ({file}). Ids are never shared or used again.",
    ),
    # head
    "rule-id-form": (
        "编号“{id}”应为大写字母加数字，如 GP01。",
        "The id “{id}” should be capital letters and digits, such as GP01.",
    ),
    "rule-id-file": (
        "编号 {id} 与文件名不符，文件应名为 {file}。",
        "The id {id} is not the file's name; the file should be called {file}.",
    ),
    "violation-unknown": (
        "没有“{text}”这一违规类型（是否应为 {suggestion}？）。类型见 violations.yaml。",
        "There is no violation “{text}” (did you mean {suggestion}?). They stand in violations.yaml.",
    ),
    "violation-group": (
        "{group} 组的规则不属于 {violation}（是否应为 {suggestion}？）。",
        "Rules of group {group} do not point at {violation} (did you mean {suggestion}?).",
    ),
    "severity-unknown": (
        "没有“{text}”这一严重程度（是否应为 {suggestion}？）。",
        "There is no severity “{text}” (did you mean {suggestion}?).",
    ),
    "subject-unknown": (
        "没有“{text}”这类对象（是否应为 {suggestion}？）。",
        "There is no subject “{text}” (did you mean {suggestion}?).",
    ),
    "grain-unknown": (
        "粒度“{text}”与对象不符（是否应为 {suggestion}？）。",
        "The grain “{text}” does not fit the subject (did you mean {suggestion}?).",
    ),
    "basis-missing": (
        "没有写明依据。请在 basis 中列出文件、条款和原文。",
        "No legal basis. Give instrument, article and words under basis.",
    ),
    "basis-empty": (
        "依据的 {key} 为空，请填写。",
        "The {key} of the basis is empty; fill it in.",
    ),
    "dates-reversed": (
        "截止日期早于起始日期，请更正。",
        "The end is before the beginning; correct the dates.",
    ),
    # needs
    "requires-missing": (
        "没有声明所需台账。请在 requires 中写明台账和列；只有读 identity_mention 或 evidence_reference 的规则可写 requires: {{}}。",
        "No ledger is declared. Name ledgers and columns under requires; only a rule on identity_mention or evidence_reference may say {{}}.",
    ),
    "ledger-unknown": (
        "没有台账“{ledger}”（是否应为 {suggestion}？）。",
        "There is no ledger “{ledger}” (did you mean {suggestion}?).",
    ),
    "ledger-undeclared": (
        "{ledger} 未声明（是否应为 {suggestion}？）。规则只能读取已声明的台账和术语。",
        "{ledger} is not declared (did you mean {suggestion}?). A rule reads only ledgers that it declares, and terms.",
    ),
    "ledger-unread": (
        "声明了台账 {ledger}，但没有用到。请删去，否则缺该台账时规则不会运行。",
        "The ledger {ledger} is declared and never read. Remove it, or the rule will not run where it is missing.",
    ),
    "column-unknown": (
        "台账 {ledger} 没有列“{column}”（是否应为 {suggestion}？）。",
        "The ledger {ledger} has no column “{column}” (did you mean {suggestion}?).",
    ),
    "column-undeclared": (
        "{column}（是否应为 {suggestion}？）：{ledger} 没有声明这一列。",
        "{column} (did you mean {suggestion}?): no such column of {ledger} is declared.",
    ),
    "column-unread": (
        "声明了列 {ledger}.{column}，但没有用到，请删去。",
        "The column {ledger}.{column} is declared and never read; remove it.",
    ),
    "column-twice": (
        "列 {ledger}.{column} 出现两次，请删去一个。",
        "The column {ledger}.{column} stands twice; remove one.",
    ),
    "term-reads-undeclared": (
        "术语 {term} 读取了未声明的内容，请补充声明 {columns}。",
        "The term {term} reads what the rule does not declare; add {columns}.",
    ),
    "parameter-unknown": (
        "没有参数“{parameter}”（是否应为 {suggestion}？）。",
        "There is no parameter “{parameter}” (did you mean {suggestion}?).",
    ),
    "parameter-undeclared": (
        "用到了参数 {parameter}，请在 parameters 中列出。",
        "The parameter {parameter} is used; list it under parameters.",
    ),
    "parameter-unused": (
        "列出了参数 {parameter}，但没有用到，请删去。",
        "The parameter {parameter} is listed and never used; remove it.",
    ),
    "parameter-twice": (
        "参数 {parameter} 列了两次，请删去一个。",
        "The parameter {parameter} is listed twice; remove one.",
    ),
    "parameter-words": (
        "参数 {parameter} 是一组词，只能写作 IN (${parameter})，或写作 CONTAINS(…, ${parameter})。",
        "The parameter {parameter} is a list of words: write IN (${parameter}), or CONTAINS(…, ${parameter}).",
    ),
    "parameter-not-as-of": (
        "参数 {parameter} 随日期变化，按月的规则应取当月的值，请写作 AS_OF(${parameter}, …月份列)。",
        "The parameter {parameter} changes in time; a rule by the month takes that month's: AS_OF(${parameter}, month).",
    ),
    "as-of-form": (
        "AS_OF 应写作 AS_OF($参数, 日期) 或 AS_OF($参数, 日期, 岗位类别)；日期和类别应简短，其中不得再有 AS_OF 或查询。",
        "Write AS_OF($parameter, date) or AS_OF($parameter, date, regime), date and regime short, without AS_OF or a query within.",
    ),
    "parameter-series-long": (
        "参数 {parameter} 的值超过 {limit} 个。",
        "The parameter {parameter} has more than {limit} values.",
    ),
    "as-of-date": (
        "AS_OF 的第二项 {found} 不是日期或月份。请写日期列，如 payroll.month。",
        "The second part of AS_OF, {found}, is no date or month. Write a column of dates, such as payroll.month.",
    ),
    "regime-unknown": (
        "没有“{regime}”这类岗位（是否应为 {suggestion}？）。",
        "There is no regime of posts “{regime}” (did you mean {suggestion}?).",
    ),
    "parameter-series-open": (
        "参数 {parameter} 有些日期没有值，不能用于 AS_OF。请使各值首尾相接，第一个不写 from，最后一个不写 to。",
        "The parameter {parameter} has no value on some dates, and cannot stand in AS_OF. Let the values follow each other, the first without from, the last without to.",
    ),
    "parameter-regime-only": (
        "参数 {parameter} 只有分岗位类别的值。请加一个不写 regime 的值，用于台账未载明类别的岗位。",
        "The parameter {parameter} has values by regime only. Add one without regime, for posts whose regime the ledger does not tell.",
    ),
    "parameter-not-words": (
        "参数 {parameter} 是单个值，请写作 = ${parameter}。",
        "The parameter {parameter} is a single value: write = ${parameter}.",
    ),
    # covers and evidence
    "covers-ledger": (
        "covers 的台账 {ledger} 未声明（是否应为 {suggestion}？）。",
        "The ledger {ledger} of covers is not declared (did you mean {suggestion}?).",
    ),
    "covers-unit": (
        "covers 没有写明单位，请填写 unit，如 [employer, month]。",
        "covers names no unit; give one, such as [employer, month].",
    ),
    "gaps-columns": (
        "gaps 应给出 {wanted} 各列，实际为 {found}。",
        "gaps should give the columns {wanted}; it gives {found}.",
    ),
    "evidence-missing": (
        "没有写明证据行。请在 evidence 中写明台账、条件和显示的列。",
        "No evidence. Give ledger, condition and columns to show under evidence.",
    ),
    "evidence-unbound": (
        "条件没有用到 signal，会把 {ledger} 的所有行都算作证据。请与 signal.subject 等关联。",
        "The condition never speaks of signal: every row of {ledger} would be evidence. Tie it to signal.subject.",
    ),
    "evidence-shows-nothing": (
        "没有写明显示哪些列，请填写 show。",
        "No columns to show; fill in show.",
    ),
    # texts
    "text-empty": (
        "{key} 的 {lang} 文字为空，中英文都要填写。",
        "The {lang} text of {key} is empty; both languages are needed.",
    ),
    "verify-missing": (
        "没有写明如何核实，请在 verify 中列出。",
        "Say under verify what an inspector does next.",
    ),
    "message-braces": (
        "消息中的大括号有误：{detail}。占位符写作 {{列名}}。",
        "The braces of the message are wrong: {detail}. A placeholder is written {{column}}.",
    ),
    "message-placeholder": (
        "消息中的“{name}”不是查询结果列或参数（是否应为 {suggestion}？）。",
        "“{name}” in the message is no output column or parameter (did you mean {suggestion}?).",
    ),
    "false-positives-missing": (
        "没有写明可能的正常情况，请在 false_positives 中列出至少一条。",
        "No innocent explanation. Give at least one under false_positives.",
    ),
    "false-positive-unknown": (
        "“未知”不是解释。请写明具体情形。",
        "“Unknown” is no explanation. Describe the situation.",
    ),
    "handled-unknown": (
        "没有“{text}”这种处理方式（是否应为 {suggestion}？）。",
        "There is no way of handling “{text}” (did you mean {suggestion}?).",
    ),
    "false-positive-no-case": (
        "由 {handled} 排除的情形需要一个用例证明，请填写 case。",
        "What is handled by {handled} needs a case that proves it; fill in case.",
    ),
    "false-positive-no-question": (
        "由人工复核的情形需要写明问什么，请填写 ask。",
        "What is left to review needs its question; fill in ask.",
    ),
    # cases
    "case-unknown": (
        "没有用例“{case}”（是否应为 {suggestion}？）。",
        "There is no case “{case}” (did you mean {suggestion}?).",
    ),
    "case-twice": (
        "用例名“{case}”用了两次，请改名。",
        "The case name “{case}” is used twice; rename one.",
    ),
    "cases-none-fires": (
        "没有一个用例写明必须命中（must_fire）。",
        "No case says what must fire (must_fire).",
    ),
    "cases-none-silent": (
        "没有一个用例写明不得命中（must_not_fire）。",
        "No case says whom the rule must leave alone (must_not_fire).",
    ),
    "case-expects-nothing": (
        "用例“{case}”没有写明预期结果。",
        "The case “{case}” expects nothing.",
    ),
    "case-expectation": (
        "“{text}”与粒度 {grain} 不符，应写作 {form}。",
        "“{text}” does not fit the grain {grain}; write {form}.",
    ),
    "case-nobody": (
        "{persona} 不在用例“{case}”的台账中，这条预期没有意义。",
        "{persona} is in no ledger of the case “{case}”: the expectation says nothing.",
    ),
    "case-not-run-fires": (
        "用例“{case}”既称不运行，又称必须命中，请删去一个。",
        "The case “{case}” says both that the rule does not run and that it fires; remove one.",
    ),
    "case-gaps-without-covers": (
        "用例“{case}”写了 gaps，但规则没有 covers。",
        "The case “{case}” expects gaps, but the rule has no covers.",
    ),
    "case-table-empty": (
        "表格为空，至少要有表头。",
        "The table is empty; it needs at least its header row.",
    ),
    "case-row-ragged": (
        "该行有 {cells} 格，表头有 {columns} 列。单元格中的竖线写作 \\|。",
        "The row has {cells} cells, the header {columns}. A bar within a cell is written \\|.",
    ),
    "case-files-column": (
        "文件表缺少 {column} 列，应有 path、content 两列，可有 picture 列。",
        "The table of files lacks the column {column}; it has path and content, and may have picture.",
    ),
    "case-files-header": (
        "文件表的列只能是 {known}，各写一次，没有“{column}”。",
        "A table of files has the columns {known}, each once, and no “{column}”.",
    ),
    "case-files-path": (
        "文件路径“{path}”为空或重复，请更正。",
        "The path “{path}” is empty or stands twice; mend it.",
    ),
    "case-files-content": (
        "文件“{path}”没有写明内容，请在 content 中写任一代号，内容相同的写同一代号。",
        "The file “{path}” has no content. Write any label; files of equal content have the same one.",
    ),
    "case-files-picture": (
        "“{text}”不是感知哈希，应为 16 位小写十六进制数，非照片留空。",
        "“{text}” is no perceptual hash: 16 hex digits in lower case, empty where the file is no photo.",
    ),
    "case-persona": (
        "{text} 的出生日期有误，应写作 @姓名/1965-03-02。",
        "The birth date of {text} is no date; write @name/1965-03-02.",
    ),
    "persona-two-ways": (
        "用例“{case}”中同一人写成了 {one} 和 {other}，会成为两个证号，请统一。",
        "The case “{case}” writes one person as {one} and as {other}: two numbers. Write one way.",
    ),
    "persona-clash": (
        "用例“{case}”中 {one} 与 {other} 恰好得到同一证号，请改一个名字。",
        "In the case “{case}” {one} and {other} happen to get one number; rename one.",
    ),
    # terms and parameters
    "term-name": (
        "术语名“{term}”应为小写英文，且不得与台账同名。",
        "The term's name “{term}” should be lower-case letters, and not that of a ledger.",
    ),
    "signals-rule-unknown": (
        "没有规则“{rule}”（是否应为 {suggestion}？）。needs_signals 与 any_signals 只能写已有的规则。",
        "There is no rule “{rule}” (did you mean {suggestion}?). needs_signals and any_signals name existing rules.",
    ),
    "signals-cycle": (
        "规则互相需要对方的疑点，成环：{rules}。请拆开。",
        "The rules need each other's signals in a circle: {rules}. Break it.",
    ),
    "signals-group-empty": (
        "any_signals 中的一组是空的，请列出规则。",
        "A group of any_signals is empty. List its rules.",
    ),
    "signals-undeclared": (
        "读取了 fired（{rule}），但没有声明（是否应为 {suggestion}？）。请在 needs_signals 或 any_signals 中列出。",
        "fired is read ({rule}) without being declared (did you mean {suggestion}?). List it in needs_signals or any_signals.",
    ),
    "signals-unread": (
        "声明了需要 {rule} 的疑点，但查询没有用到，请删去。",
        "The signals of {rule} are declared and never read. Delete them.",
    ),
    "term-reads-fired": (
        "术语 {term} 读取了 fired。只有规则本身可以读取其他规则的疑点。",
        "The term {term} reads fired. Only a rule itself may read other rules' signals.",
    ),
    "term-cycle": (
        "术语互相引用成环：{terms}。请拆开。",
        "The terms read each other in a circle: {terms}. Break it.",
    ),
    "term-broken": (
        "术语 {term} 自身有误，请先更正。",
        "The term {term} has mistakes of its own; mend them first.",
    ),
    "parameter-name": (
        "参数名“{parameter}”应为小写英文，且不得与内置名相同。",
        "The parameter's name “{parameter}” should be lower-case letters, and not a built-in one.",
    ),
    "parameter-type-unknown": (
        "没有“{text}”这种类型（是否应为 {suggestion}？）。",
        "There is no type “{text}” (did you mean {suggestion}?).",
    ),
    "parameter-type": (
        "参数 {parameter} 的值“{text}”不是 {type} 类型。",
        "The value “{text}” of the parameter {parameter} is no {type}.",
    ),
    "parameter-no-values": (
        "参数 {parameter} 没有值，请填写 values。",
        "The parameter {parameter} has no values; fill in values.",
    ),
    "parameter-no-value": (
        "参数 {parameter} 在 {on} 没有值。请在配置文件的 parameters 中给出。",
        "The parameter {parameter} has no value on {on}. Give one under parameters in the profile.",
    ),
    "parameter-series": (
        "参数 {parameter} 的各值应按日期先后排列且不重叠。",
        "The values of the parameter {parameter} must stand in order of their dates, without overlap.",
    ),
}
