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
    "map-unreadable": ("无法读取对应表：{detail}", "The map cannot be read: {detail}"),
    "map-ignored-and-mapped": (
        "这一条既写了 ignore: true，又写了 ledger、header 或 columns，请留其一。",
        "The entry says ignore: true and names a ledger, header or columns as well; keep one of them.",
    ),
    "map-entry-empty": (
        "这一条什么也没有确定。请写 ledger（台账）、header（表头行）、columns（列）或 ignore: true。",
        "The entry settles nothing. Write a ledger, a header row, columns, or ignore: true.",
    ),
    "map-columns-no-ledger": (
        "写了 columns 就要写 ledger：列名是哪种台账的。",
        "Columns need a ledger: say whose columns they are.",
    ),
    "map-column-twice": (
        "列 {column} 已由“{first}”对应，一列只能对应一次。",
        "The column {column} is already given by “{first}”; each column may be given once.",
    ),
    "map-entry-unused": (
        "这一条（文件 {file}，工作表 {sheet}）在本次上传中没有对应到任何工作表。请核对文件名和工作表名。",
        "No sheet of this upload fits the entry (file {file}, sheet {sheet}). Check the names of file and sheet.",
    ),
    "map-header-outside": (
        "{entry} 指定表头在第 {row} 行，而该表没有这一行或该行为空，未读入。请更正 header。",
        "{entry} puts the header in row {row}, which the sheet lacks or which is blank; it was not read. Correct header.",
    ),
    "map-header-not-found": (
        "{entry} 指定为《{ledger}》，但找不到表头行，未读入。请在这一条写明 header（表头行号）。",
        "{entry} says {ledger}, but no header row was found; the sheet was not read. Give its header row in the entry.",
    ),
    "map-column-absent": (
        "{entry} 为列 {column} 指定的“{key}”在该表中没有，未起作用。请写列的字母或表头原文。",
        "{entry} names “{key}” for the column {column}, which the sheet does not have. Write the column’s letter or header.",
    ),
    "sheet-ignored": (
        "按 {entry} 的要求不作台账，未读入。",
        "Set aside as no ledger, as {entry} says.",
    ),
    "summary-sheet-ignored": (
        "文件 {file} 的工作表 {sheet} 不作台账（{entry}）",
        "the sheet {sheet} of {file} is no ledger ({entry})",
    ),
    "summary-sheet-settled": (
        "文件 {file} 的工作表 {sheet} 由 {entry} 指定：{what}",
        "the sheet {sheet} of {file} is settled by {entry}: {what}",
    ),
}
