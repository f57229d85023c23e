"""Texts of taking sheets for what they are: tables, headers, rows, and what is made of cells."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "sheet-empty": ("工作表是空的。", "The sheet is empty."),
    "sheet-not-recognised": (
        (
            "无法判断这是哪种台账（最接近：{candidates}），未读入。请核对表头是否与模板一致；如确为台账，"
            "可在配置文件 headers 中补充表头名称；不是台账的可忽略。"
        ),
        (
            "It cannot be told which ledger this is (nearest: {candidates}); it was not read. Compare its headers with the template,"
            " or add header names under headers in the profile; ignore this if it is no ledger."
        ),
    ),
    "sheet-between-kinds": (
        (
            "这张表既像《{first}》又像《{second}》（{candidates}），不作猜测，未读入。请用 --map 指明台账编号"
            "（{first_id} 或 {second_id}），或在标题、工作表名中写明台账名称。"
        ),
        (
            "This sheet may be {first} ({first_id}) or {second} ({second_id}); nearest: {candidates}. It was not read, since "
            "guessing is no way. Settle it with --map, or name the ledger in the title or the sheet's name."
        ),
    ),
    "column-missing": (
        (
            "《{ledger}》缺少必填列“{header}”，标题、工作表名和文件名中也没有这一项。"
            "请补上该列；若列名写法不同，请在配置文件 headers 中补充。"
        ),
        (
            "Required column “{header}” of {ledger} is missing, and no title, sheet name or file name says its value. Add the column,"
            " or its header name under headers in the profile."
        ),
    ),
    "header-twice": (
        "表头“{header}”与 {kept} 列都对应“{column}”，只采用 {kept} 列。请确认采用的是正确的一列。",
        (
            "Both the header “{header}” and column {kept} stand for {column}; only column {kept} is used. Check that "
            "it is the right one."
        ),
    ),
    "header-contested": (
        (
            "{headers} 都可能是“{column}”，上级表头说明不了是哪一列，都没有采用。"
            "请用 --map 指定其中一列，或把表头写成“{column}”。"
        ),
        (
            "{headers} may each be {column}, and the headers above them do not tell which; none is used. Settle it "
            "with --map, or write {column} over the right one."
        ),
    ),
    "header-undecided": (
        "表头“{header}”既可指“{first}”也可指“{second}”，没有采用。请用 --map 指定，或改写表头。",
        (
            "The header “{header}” may stand for {first} or for {second}; it is not used. Settle it with --map, or "
            "reword it."
        ),
    ),
    "cells-unsplit": (
        "“{header}”列每格含两项内容，有 {rows} 行（此处为第一行）无法分开，两项都按原文读入。请分成两列。",
        (
            "Cells under “{header}” hold two values; {rows} rows (the first is here) cannot be cut apart and stand "
            "whole in both columns. Make two columns of it."
        ),
    ),
    "context-contradicts": (
        "“{column}”在此处写作 {text}，而 {place} 写作 {other}，按 {text} 读入。请核对哪一个正确。",
        "{column} is {text} here, but {other} at {place}; it was read as {text}. Check which is right.",
    ),
    "row-without-values": (
        "该行在已识别的列中没有任何内容。",
        "The row holds nothing in any column that was understood.",
    ),
    "carried-down": (
        "“{header}”列有合并单元格，其内容已填入下面 {rows} 行。请核对。",
        "Cells under “{header}” are merged; their text was carried down into {rows} rows. Check it.",
    ),
    "group-carried-down": (
        "“{header}”列每组只写一次，其内容已填入其下 {rows} 个空格。请核对。",
        "“{header}” is written once for each group; its text was carried down into {rows} blank cells. Check it.",
    ),
    "group-unclear": (
        "“{header}”列有 {rows} 个空格，无法断定是“同上”还是漏填，按空白读入。请逐行填写。",
        (
            "“{header}” has {rows} blank cells; whether they mean the same as above or were left out cannot be told, so "
            "they stay blank. Fill in every row."
        ),
    ),
    "ditto-carried": (
        "“{header}”列有 {rows} 处“同上”一类的写法，已按上一行的内容读入。请核对。",
        "“{header}” has {rows} ditto marks; each was read as what stands above it. Check it.",
    ),
    "ditto-of-nothing": (
        "“{header}”列有 {rows} 处“同上”，但上一行没有内容，按原文读入。请填写实际内容。",
        "“{header}” has {rows} ditto marks with nothing above them; they stand as they are. Write what is meant.",
    ),
    "ditto-not-carried": (
        "“{header}”列有 {rows} 处“同上”；姓名、号码和金额不作推断，按原文读入。请填写实际内容。",
        (
            "“{header}” has {rows} ditto marks; names, numbers and amounts are never inferred, so they stand as they are. "
            "Write what is meant."
        ),
    ),
    # grids of days and columns of months
    "mark-unknown": (
        (
            "考勤符号“{mark}”含义不明（共 {marks} 种不明符号，涉及 {rows} 行），这些行没有按符号计数。"
            "请在表上注明各符号的含义（如：出勤√ 事假△ 旷工×），或填写出勤天数一列。"
        ),
        (
            "What the mark “{mark}” means is not known ({marks} such marks, {rows} rows); those rows were "
            "not counted. Explain the marks on the sheet (出勤√ 事假△ 旷工×), or give a column of days present."
        ),
    ),
    "marks-explained-twice": (
        "图例对符号 {marks} 有两种解释，无法判断以哪个为准。请更正图例。",
        "The legend explains {marks} in two ways; which one holds is unknown. Correct the legend.",
    ),
    "blank-explained": (
        "表上说空格也有含义，有空格的行没有计算出勤天数。请逐日填写符号，或填写出勤天数一列。",
        (
            "The sheet gives blank cells a meaning; rows with blanks were not counted. Mark each day, or give a column of "
            "days present."
        ),
    ),
    "grid-nothing-present": (
        "表内没有任何表示出勤的符号，可能只记缺勤，出勤天数没有计算。请补记出勤，或填写出勤天数一列。",
        (
            "No mark of this table means present; perhaps only absences are marked. Days present were not counted. Mark who "
            "was present, or give a column of days present."
        ),
    ),
    "mark-outside-month": (
        "当月没有的日期上也有出勤符号（{rows} 行），已照表计入出勤天数。请核对签到原件。",
        (
            "There are marks on days that the month does not have ({rows} rows); they were counted as the sheet has them. "
            "Compare the signed originals."
        ),
    ),
    "section-carried": (
        "“{header}”取自分组行（如“一、清溪镇”），已填入其下 {rows} 行。请核对。",
        "“{header}” was taken from the lines that head groups of rows and given to the {rows} rows below them. Check it.",
    ),
    "cells-beside": (
        "表格之外的 {columns} 列还有 {cells} 个单元格有内容，未作为台账数据读入。如属台账，请移到表格内。",
        (
            "Columns {columns}, beside the table, hold {cells} filled cells; they were not read as part of its rows. If "
            "they belong to it, move them into the table."
        ),
    ),
    "money-unit": (
        "“{header}”按“{unit}”读入。请核对单位。",
        "The amounts under “{header}” are read in {unit}. Check the unit.",
    ),
    "money-unit-contradicts": (
        "“{header}”注明单位为{unit}，而 {place} 注明为{other}；按{unit}读入。请核对哪一个正确。",
        ("“{header}” says {unit}, but {place} says {other}; the amounts were read in {unit}. Check which is right."),
    ),
    "sheet-instructions": (
        "这是填表说明一类的文字页，不是台账，未读入。",
        "This is a page of instructions or the like, not a ledger; it was not read.",
    ),
    "tables-too-many": (
        "一张工作表内的表格超过 {limit} 个，其后的内容未读入。请拆分后提交。",
        "The sheet holds more than {limit} tables; what follows was not read. Split it and hand it in again.",
    ),
    "months-unclear": (
        (
            "表中每月一列，但各列的内容不像该台账的金额或天数（或与合计列对不上），没有按月拆分。"
            "请在月份列的上方写明内容（如“实发金额”），或按月一行重新填报。"
        ),
        (
            "The table has a column for each month, but what stands there does not look like this ledger's figure (or does "
            "not fit its total), so it was not taken apart. Say above the months what they hold (实发金额), or give a row for "
            "each month."
        ),
    ),
    "row-without-months": (
        "该行各月均为空，没有可读入的月份。",
        "All months of the row are blank; there is nothing to read.",
    ),
}
