"""Texts of ledger quality (LT): what is wrong in the cell and how to mend it."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "LT01": (
        "缺少必填列“{header}”。请按模板补上该列后重新上传；缺列期间，需要该列的规则不运行。",
        "The required column “{header}” is missing. Add it as the template has it; rules that need it are not run.",
    ),
    "LT02": ("必填项“{header}”为空。请补填。", "The required cell under “{header}” is empty. Fill it in."),
    "LT03": (
        "“{header}”的内容“{raw}”无法识别，按空值处理。{detail}",
        "“{raw}” under “{header}” cannot be read and counts as empty. {detail}",
    ),
    "LT03-read": (
        "“{header}”的内容“{raw}”不合模板格式，已尽力读取，请更正。{detail}",
        "“{raw}” under “{header}” is not in the template's form; it was read, but mend it. {detail}",
    ),
    "LT04": (
        "“{header}”的内容“{raw}”不在代码表内，按空值处理。{detail}",
        "“{raw}” under “{header}” is not in the code list and counts as empty. {detail}",
    ),
    "LT05": (
        "{count} 行的 {key} 完全相同：{places}。请核对是否重复登记。",
        "{count} rows have the same {key}: {places}. Check whether one was entered twice.",
    ),
    "LT06": (
        "“{header}”的号码以数值形式存放，末位已被表格截断，无法复原，按空值处理。请将该列设为文本后按原件重新录入。",
        "The number under “{header}” is stored as a numeral and its last digits are lost; it counts as empty. "
        "Set the column to text and type it again from the original.",
    ),
    "LT07": (
        "“{label}”行“{header}”写为 {said}，其上 {rows} 行相加为 {added}。请核对合计或明细。",
        "The {label} row says {said} under “{header}”; the {rows} rows above it add up to {added}. Check both.",
    ),
    "LT08-sheet": (
        "工作表被隐藏，内有 {rows} 行数据；已照常读取。请取消隐藏并说明原因。",
        "The sheet is hidden and holds {rows} rows; they were read. Unhide it and say why it was hidden.",
    ),
    "LT08-row": (
        "该行被隐藏；已照常读取。请取消隐藏并说明原因。",
        "The row is hidden; it was read. Unhide it and say why.",
    ),
    "LT08-column": (
        "“{header}”列被隐藏；已照常读取。请取消隐藏并说明原因。",
        "The column “{header}” is hidden; it was read. Unhide it and say why.",
    ),
    "LT09": (
        "工作表无法识别为任何一种台账（最接近：{candidates}），未参加审核。若是台账，请按模板更正表头；若不是，可移出上传目录。",
        "The sheet is none of the ledgers we know (nearest: {candidates}) and was not audited. If it is one, mend its "
        "headers; if not, take it out of the upload.",
    ),
    "LT10": (
        "“{header}”为 15 位旧证号，已按 18 位读取。请换用新证号。",
        "The number under “{header}” is an old one of 15 digits and was read as 18. Use the present number.",
    ),
}
