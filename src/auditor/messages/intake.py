"""Texts of intake."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    # files
    "upload-empty": (
        "没有找到任何文件。请检查给出的文件夹、文件或压缩包。",
        "No file was found. Check the folders, files or archives given.",
    ),
    "path-missing": ("找不到该文件或文件夹。请检查路径。", "There is no such file or folder. Check the path."),
    "file-unreadable": (
        "无法打开该文件：{detail}。请检查权限。",
        "The file cannot be opened: {detail}. Check its permissions.",
    ),
    "file-kind-unknown": (
        "不支持“{suffix}”类型的文件。请提供 xlsx、xls、csv、parquet 文件，或含有这些文件的文件夹、zip。",
        "Files of type “{suffix}” are not read. Give xlsx, xls, csv or parquet files, or a folder or zip of them.",
    ),
    "file-empty": ("文件是空的。请重新导出或重新拷贝。", "The file is empty. Export or copy it again."),
    "file-not-a-workbook": (
        "这不是表格文件，其内容实为 {kind}。请用 Excel 或 WPS 打开原表，另存为 xlsx 后再提交。",
        (
            "This is no spreadsheet; its content is {kind}. Open the original in Excel or WPS, save it as xlsx, and "
            "hand that in."
        ),
    ),
    "file-no-sheets": ("工作簿中没有工作表。", "The workbook has no worksheets."),
    "file-password-protected": (
        "工作簿有打开密码，无法读取。请去除密码后再提交。",
        "The workbook is protected by a password and cannot be read. Remove the password and hand it in again.",
    ),
    "file-damaged": (
        "文件已损坏或不完整（{detail}），无法读取。请用 Excel 或 WPS 打开并另存，或重新拷贝。",
        (
            "The file is damaged or incomplete ({detail}) and cannot be read. Open it in Excel or WPS and save it "
            "anew, or copy it again."
        ),
    ),
    "file-doctype": (
        "文件的 {part} 中含有 DOCTYPE 声明，正常表格没有，已拒绝读取。请查明文件来源。",
        (
            "{part} in the file holds a DOCTYPE, which no ordinary spreadsheet does; it was refused. Find out where "
            "the file comes from."
        ),
    ),
    "encoding-unreadable": (
        "第 {offset} 字节（约第 {row} 行）既不是 UTF-8 也不是 GB18030，无法确定编码。请另存为“CSV UTF-8”或 xlsx。",
        (
            "Byte {offset} (about line {row}) is neither UTF-8 nor GB18030; the encoding is unknown. Save as “CSV "
            "UTF-8” or xlsx."
        ),
    ),
    "csv-one-column": (
        "csv 只有一列，不可能是台账。请检查分隔符（逗号、制表符、分号或竖线）后重新导出。",
        (
            "The csv has one column only and can be no ledger. Check the delimiter (comma, tab, semicolon or bar) and "
            "export it again."
        ),
    ),
    "csv-quote-open": (
        "第 {row} 条记录的引号没有闭合，其后的内容无法分列。请补上引号或另存为 xlsx。",
        (
            "A quotation mark opened in record {row} is never closed, so what follows cannot be cut into fields. "
            "Close it, or save as xlsx."
        ),
    ),
    "archive-damaged": (
        "压缩包（或 xlsx 的内部结构）已损坏或不完整（{detail}）。请重新压缩或重新拷贝。",
        "The archive (or the inside of the xlsx) is damaged or incomplete ({detail}). Pack it or copy it again.",
    ),
    "archive-encrypted": (
        "压缩包中的“{name}”有密码，无法读取。请解压后提交，或去除密码。",
        "“{name}” in the archive is protected by a password. Unpack it before handing it in, or remove the password.",
    ),
    "archive-duplicate": (
        "压缩包中有两个“{name}”，无法判断以哪个为准。请重新压缩。",
        "The archive holds “{name}” twice; which one counts is unknown. Pack it again.",
    ),
    "archive-nested": (
        "压缩包套了两层以上，这一层没有读取。请解压后再提交。",
        "Archives within archives are opened once only; this one was not. Unpack it and hand it in again.",
    ),
    "file-limit-size": (
        "文件约 {size} MB，超过上限 {limit} MB。请拆分后提交。",
        "The file has about {size} MB; the limit is {limit} MB. Split it.",
    ),
    "file-limit-entries": (
        "压缩包内有 {count} 个条目，超过上限 {limit} 个。请拆分后提交。",
        "The archive has {count} entries; the limit is {limit}. Split it.",
    ),
    "file-limit-inflated": (
        "解压后超过上限 {limit} MB，可能是压缩炸弹，已拒绝读取。",
        "Unpacked, it goes over the limit of {limit} MB; it may be a zip bomb and was refused.",
    ),
    "file-limit-entry": (
        "其中的“{name}”解压后约 {size} MB，超过上限 {limit} MB，已拒绝读取。",
        "“{name}” in it has about {size} MB unpacked; the limit is {limit} MB. It was refused.",
    ),
    "file-limit-ratio": (
        "其中的“{name}”压缩比超过上限 {limit}:1，可能是压缩炸弹，已拒绝读取。",
        "“{name}” in it is packed by more than the limit of {limit}:1; it may be a zip bomb and was refused.",
    ),
    "file-limit-columns": (
        "工作表“{sheet}”用到第 {count} 列，超过上限 {limit} 列。请删除远处的多余单元格后另存。",
        (
            "Sheet “{sheet}” reaches column {count}; the limit is {limit}. Delete the stray cells far to the right "
            "and save."
        ),
    ),
    "file-limit-rows": (
        "工作表“{sheet}”用到第 {count} 行，超过上限 {limit} 行。",
        "Sheet “{sheet}” reaches row {count}; the limit is {limit}.",
    ),
    "file-limit-cells": (
        "工作表“{sheet}”的使用区域有 {count} 个单元格，超过上限 {limit} 个。请删除远处的多余单元格，或拆分后提交。",
        (
            "The used area of sheet “{sheet}” has {count} cells; the limit is {limit}. Delete stray cells far away, "
            "or split the sheet."
        ),
    ),
    "file-limit-merges": (
        "工作表“{sheet}”有 {count} 处合并单元格，超过上限 {limit} 处。请取消合并后另存。",
        "Sheet “{sheet}” has {count} merged ranges; the limit is {limit}. Unmerge them and save.",
    ),
    "file-limit-row-length": (
        "工作表“{sheet}”有一行的内容超过上限 {limit} MB，已拒绝读取。",
        "A row of sheet “{sheet}” goes over the limit of {limit} MB; it was refused.",
    ),
    "file-limit-cell-length": (
        "有单元格的文字超过上限 {limit} 个字符，已拒绝读取。请检查引号是否配对、内容是否粘贴有误。",
        (
            "A cell's text goes over the limit of {limit} characters; it was refused. Check the quotation marks and "
            "what was pasted."
        ),
    ),
    "file-limit-memory": (
        "读取该文件所需内存超过上限 {limit} MB，已中止，其他文件不受影响。请拆分后提交。",
        (
            "Reading this file takes more than the limit of {limit} MB of memory and was stopped; other files are not "
            "affected. Split it."
        ),
    ),
    "file-limit-time": (
        "读取该文件的处理器时间超过上限 {limit} 秒，已中止，其他文件不受影响。请拆分后提交。",
        (
            "Reading this file took more than the limit of {limit} s of processor time and was stopped; other files "
            "are not affected. Split it."
        ),
    ),
    "file-limit-wall": (
        "读取该文件超过上限 {limit} 秒，已中止，其他文件不受影响。请拆分后提交。",
        (
            "Reading this file took more than the limit of {limit} seconds and was stopped; other files are not "
            "affected. Split it."
        ),
    ),
    "file-limit-result": (
        "该文件读出的内容超过上限 {limit} MB，已中止。请拆分后提交。",
        "What was read from this file goes over the limit of {limit} MB; it was stopped. Split it.",
    ),
    "file-reader-crashed": (
        (
            "读取程序在该文件上异常退出（{detail}），该文件没有读取，其他文件不受影响。"
            "请用 Excel 或 WPS 打开并另存后再提交。"
        ),
        (
            "The reader crashed on this file ({detail}); it was not read, other files are not affected. Open it in "
            "Excel or WPS and save it anew."
        ),
    ),
    # layout
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
}
