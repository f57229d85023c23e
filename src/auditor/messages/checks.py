"""Texts of ledger quality (LT): what is wrong in the cell and how to mend it."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "LT01": (
        "缺少必填列“{header}”。请按模板补上该列后重新上传；缺列期间，需要该列的规则不运行。",
        "The required column “{header}” is missing. Add it as the template has it; rules that need it are not run.",
    ),
    "LT02": ("必填项“{header}”为空。请补填。", "The required cell under “{header}” is empty. Fill it in."),
    "LT02-formula": (
        "必填项“{header}”的单元格是公式，文件里没有保存计算结果，只能按空值处理。请用 Excel 或 WPS 打开本文件，"
        "等计算完成后保存，再重新提交。{detail}",
        "The required cell under “{header}” holds a formula, and the file does not hold its result: it counts as empty. "
        "Open the file in Excel or WPS, let it calculate, save it and send it again. {detail}",
    ),
    "LT02-linked": (
        "必填项“{header}”为空。请补填。{detail}",
        "The required cell under “{header}” is empty. Fill it in. {detail}",
    ),
    "LT02-more": (
        "本表“{header}”另有 {rows} 行为空，不再逐行列出。请补填整列。",
        "{rows} more cells under “{header}” of this sheet are empty and not listed one by one. Fill in the column.",
    ),
    "LT03": (
        "“{header}”的内容“{raw}”无法识别，按空值处理。{detail}",
        "“{raw}” under “{header}” cannot be read and counts as empty. {detail}",
    ),
    "LT03-read": (
        "“{header}”的内容“{raw}”不合模板格式，已尽力读取，请更正。{detail}",
        "“{raw}” under “{header}” is not in the template's form; it was read, but mend it. {detail}",
    ),
    "LT03-fraction": (
        "“{header}”为 {raw}，不是整数；此列按整数读取，本格未能读入，按空值处理。若确有半天等情况，请保留原数，不要凑整；"
        "若是笔误，请按原始记录更正。",
        "“{header}” is {raw}, no whole number; this column is read as whole numbers, so that the cell counts as empty. If "
        "it is right (half a day, say), leave it as it is and do not round it; if it is a slip, mend it from the original.",
    ),
    "LT03-linked": (
        "“{header}”的内容“{raw}”不是完整的身份证号。请填写完整号码。{detail}",
        "“{raw}” under “{header}” is no whole identity number. Type the whole number. {detail}",
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
        "“{label}”行“{header}”写为 {said}，对应的 {rows} 行相加为 {added}。请核对合计或明细。",
        "The {label} row says {said} under “{header}”; the {rows} rows it is for add up to {added}. Check both.",
    ),
    "LT07-row": (
        "该行“{header}”写为 {said}，而同一行 {first} 至 {last} 列相加为 {added}。请核对合计或明细。",
        "The row says {said} under “{header}”; its columns {first} to {last} add up to {added}. Check both.",
    ),
    "LT07-count": (
        "“{label}”行写有 {said}，对应的明细为 {rows} 行。请核对人数或明细。",
        "The {label} row speaks of {said}; it is for {rows} rows. Check both.",
    ),
    "LT08-sheet": (
        "工作表被隐藏，内有 {rows} 行数据；已照常读取。请取消隐藏并说明原因。",
        "The sheet is hidden and holds {rows} rows; they were read. Unhide it and say why it was hidden.",
    ),
    "LT08-row": (
        "该行被隐藏；已照常读取。请取消隐藏并说明原因。",
        "The row is hidden; it was read. Unhide it and say why.",
    ),
    "LT08-header": (
        "表头所在的行被隐藏；已照常读取。请取消隐藏并说明原因。",
        "The row of the header is hidden; it was read. Unhide it and say why.",
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
    "LT09-between": (
        "工作表既像《{first}》又像《{second}》，不作猜测，未参加审核。请用 --map 指明台账编号（{first_id} 或 {second_id}），"
        "或在标题、工作表名中写明台账名称，再重新审核。",
        "The sheet may be {first} ({first_id}) or {second} ({second_id}); nothing was guessed, and it was not audited. Name "
        "the ledger with --map, or in the title or the sheet's name, and audit again.",
    ),
    "LT09-instructions": (
        "这一页是填表说明一类的文字，不是台账，未参加审核。若其中有台账内容，请另放一张工作表。",
        "The page is instructions or the like, no ledger, and was not audited. If it holds rows of a ledger, put them "
        "on a sheet of their own.",
    ),
    "LT10": (
        "“{header}”为 15 位旧证号，已按 18 位读取。请换用新证号。",
        "The number under “{header}” is an old one of 15 digits and was read as 18. Use the present number.",
    ),
    "LT11-masked": (
        "{name}的身份证号已打码，同名且号码相符的有 {fits} 人；打码号码不能确定是谁，本行未对应到人，不参加按人核查。请填完整号码。",
        "{name}'s identity number is masked; it may be that of {fits} people of this name. A masked number names nobody: "
        "the row is linked to none and left out of what is judged by person. Type the whole number.",
    ),
    "LT11-nameless": (
        "本行没有身份证号，也没有姓名，无法对应到人，不参加按人核查。请补填。{detail}",
        "The row has neither an identity number nor a name; it is linked to nobody and left out of what is judged by "
        "person. Fill them in. {detail}",
    ),
    "LT11-name-only": (
        "{name}没有身份证号，本行也没有用人单位、村、车间或账号可以佐证，仅凭姓名不对应，不参加按人核查。请补填身份证号。{detail}",
        "{name} has no identity number here, and the row gives no employer, village, workshop or account besides: a name "
        "alone links nobody. The row is left out of what is judged by person. Fill in the number. {detail}",
    ),
    "LT11-nobody": (
        "{name}没有身份证号，其他台账中没有姓名与用人单位、村、车间或账号都相符的人，不参加按人核查。请补填身份证号。{detail}",
        "{name} has no identity number here, and nobody in the other ledgers has this name with this employer, village, "
        "workshop or account. The row is left out of what is judged by person. Fill in the number. {detail}",
    ),
    "LT11-several": (
        "{name}没有身份证号，按姓名与用人单位、村、车间或账号相符的至少有 {fits} 人，不能确定是谁，不参加按人核查。请补填身份证号。{detail}",
        "{name} has no identity number here, and at least {fits} people of this name have this employer, village, workshop "
        "or account. The row is left out of what is judged by person. Fill in the number. {detail}",
    ),
    "LT11-contradicts": (
        "{name}没有身份证号，同名的一人与本行有相符之处，也有不符之处，不能确定是同一人，不参加按人核查。请补填身份证号。{detail}",
        "{name} has no identity number here; one person of this name agrees with the row in part and differs in part. The "
        "row is left out of what is judged by person. Fill in the number. {detail}",
    ),
    "LT11-stands-already": (
        "{name}没有身份证号，相符的一人在本台账同一项下已另有一行，可能是另一个同名的人，不参加按人核查。请补填身份证号。{detail}",
        "{name} has no identity number here; the one person who fits has another row for the same in this ledger, so that "
        "this may be a namesake. The row is left out of what is judged by person. Fill in the number. {detail}",
    ),
    "LT11-status-list": (
        "{name}没有身份证号。干部名单不按姓名对应：同村同名的人不等于干部。本行不参加按人核查。请补填身份证号。{detail}",
        "{name} has no identity number here. A list of officials is never linked by name: a villager of the same name is "
        "no official. The row is left out of what is judged by person. Fill in the number. {detail}",
    ),
    "LT11-more": (
        "本表另有 {rows} 行无法对应到人，不再逐行列出，均不参加按人核查。请补填身份证号。",
        "{rows} more rows of this sheet are linked to nobody; they are not listed one by one, and are left out of what is "
        "judged by person. Fill in the identity numbers.",
    ),
    "words-for-number": (
        "（“{header}”一格写的是“{raw}”，不是号码。）",
        "(Under “{header}” stands “{raw}”, which is no number.)",
    ),
    "linked": (
        "（本行没有身份证号，按{by}与 {place} 所列的唯一一人相符而对应，请先核对）",
        "(the row gives no identity number; it was linked by {by} to the only one who fits, listed in {place}: check this "
        "first)",
    ),
    "linked-by-name": ("姓名", "name"),
    "linked-by-employer": ("用人单位", "employer"),
    "linked-by-village": ("村", "village"),
    "linked-by-workshop": ("车间", "workshop"),
    "linked-by-account_no": ("账号", "account"),
    "total-not-judged": (
        "“{label}”行“{header}”写的 {said} 没有复核：所合计的行中有未能读入的内容（无法识别，或公式没有保存结果）。请先更正那些内容（见 LT02、LT03、LT06）。",
        "The {said} of the {label} row under “{header}” was not checked: among the rows that it sums are cells that could "
        "not be read, or formulas without a result. Mend those first (see LT02, LT03, LT06).",
    ),
    "row-total-not-judged": (
        "该行“{header}”写的 {said} 没有复核：所合计的单元格中有公式没有保存计算结果。请用 Excel 或 WPS 打开，等计算完成后保存再提交。",
        "The {said} of the row under “{header}” was not checked: among the cells that it sums is a formula without a "
        "result. Open the file in Excel or WPS, let it calculate, save it and send it again.",
    ),
    "rests-on-links": (
        "（其中至少 {rows} 行没有身份证号，是按姓名等对应到此人的，请先核对）",
        " (At least {rows} of the rows give no identity number and were linked by name and more: check this first.)",
    ),
    "rows-not-linked": (
        "{ledger}有 {of} 行没有身份证号：{linked} 行按姓名等对应到人，{unlinked} 行未能对应，不参加按人核查（LT11）",
        "{ledger}: {of} rows without identity number; {linked} were linked by name and more, {unlinked} were not and are "
        "left out of what is judged by person (LT11)",
    ),
}
