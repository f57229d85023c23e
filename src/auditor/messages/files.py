"""Texts of reading files: what was given, what a file is, and why it could not be read."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "upload-empty": (
        "没有找到任何文件。请检查给出的文件夹、文件或压缩包。",
        "No file was found. Check the folders, files or archives given.",
    ),
    "path-missing": ("找不到该文件或文件夹。请检查路径。", "There is no such file or folder. Check the path."),
    "file-unreadable": (
        "无法打开该文件：{detail}。请检查权限。",
        "The file cannot be opened: {detail}. Check its permissions.",
    ),
    "file-link-outside": (
        "这是指向所给文件夹之外的链接，没有读取。请把文件本身放进文件夹。",
        "This is a link that leads out of the folder given; it was not read. Put the file itself into the folder.",
    ),
    "file-kind-unknown": (
        "不支持“{suffix}”类型的文件。请提供 xlsx、xls、et、ods、csv、tsv、parquet 文件，或含有这些文件的文件夹、zip；网页、XML 表格请把扩展名改为 xls，文本请改为 csv。",
        (
            "Files of type “{suffix}” are not read. Give xlsx, xls, et, ods, csv, tsv or parquet files, or a folder or "
            "zip of them; rename web pages and XML sheets to .xls, text to .csv."
        ),
    ),
    "photo-unreadable": (
        "照片无法解读（{detail}），没有与其他照片比对画面；文件是否相同仍已比对。请重新导出或补交原图。",
        (
            "The picture cannot be decoded ({detail}): it was not compared with other photos by what it shows, only "
            "byte by byte. Export it again or hand in the original."
        ),
    ),
    "photo-too-large": (
        "照片有 {pixels} 百万像素，超过 {limit} 百万，没有与其他照片比对画面；文件是否相同仍已比对。请缩小后补交。",
        (
            "The picture has {pixels} million pixels, more than {limit}: it was not compared with other photos by what "
            "it shows, only byte by byte. Hand in a smaller copy."
        ),
    ),
    "photo-too-costly": (
        "解读照片所需的时间或内存超出上限，没有与其他照片比对画面；文件是否相同仍已比对。请另存为 jpg 后补交。",
        (
            "Decoding the picture took more time or memory than is allowed: it was not compared with other "
            "photos by what it shows, only byte by byte. Save it as a jpg and hand that in."
        ),
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
        "工作簿有打开密码，无法读取。请用 --password-stdin 给出密码（从标准输入读取，不会保存），或去除密码后再提交。",
        (
            "The workbook is protected by a password and cannot be read. Give it with --password-stdin (read from "
            "standard input, kept nowhere), or remove it and hand the file in again."
        ),
    ),
    "file-password-wrong": (
        "密码不对，工作簿没有读取。请核对密码（区分大小写、全角与半角）后重试。",
        "The password is wrong; the workbook was not read. Check it (case, full and half width) and try again.",
    ),
    "file-password-kind": (
        "工作簿已加密，其加密方式（{detail}）无法解开。请用 Excel 或 WPS 打开，去除密码后另存再提交。",
        (
            "The workbook is encrypted in a way that cannot be opened here ({detail}). Open it in Excel or WPS, "
            "remove the password and save it."
        ),
    ),
    "file-rights-managed": (
        "工作簿受权限管理（IRM）保护，只有获授权的账号能打开。请由有权限的人另存为普通 xlsx 后提交。",
        (
            "The workbook is protected by rights management (IRM); only authorised accounts open it. Somebody with "
            "the right has to save it as a plain xlsx."
        ),
    ),
    "page-cut-off": (
        "网页格式的表格没有结束标记，文件可能没有下载完整，末尾的行可能缺失。请核对最后几行，或重新导出。",
        (
            "The page ends within a table: it may not have been downloaded whole, and rows may be missing at the end. "
            "Check the last rows, or export it again."
        ),
    ),
    "sheet-skipped": (
        "“{name}”不是普通工作表（{kind}），没有单元格可读，已跳过。",
        "“{name}” is no worksheet ({kind}); it has no cells to read and was left out.",
    ),
    "cell-stored-twice": (
        "文件中有 {count} 个单元格存了两次内容（此处为第一个），各程序显示的可能不同；已采用后一个。请用 Excel 或 WPS 打开核对并另存。",
        (
            "The file stores {count} cells twice (the first is here), and programs may show either; the later one was "
            "taken. Open it in Excel or WPS, check it and save it anew."
        ),
    ),
    "formula-without-value": (
        "有 {count} 个公式单元格没有保存计算结果（{cells}），按空白读入。请用 Excel 或 WPS 打开，等计算完成后保存再提交。",
        (
            "{count} formulas have no stored result ({cells}) and were read as blank. Open the file in Excel or WPS, "
            "let it calculate, save it and hand it in again."
        ),
    ),
    "formulas-not-computed": (
        "工作簿要求打开时重新计算，其 {count} 个公式的结果是导出程序写入的，未经表格软件计算。请用 Excel 或 WPS 打开并保存后核对。",
        (
            "The workbook asks to be calculated when opened: the results of its {count} formulas were written by a "
            "program and never calculated. Open it in Excel or WPS, save it, and compare."
        ),
    ),
    "active-macros": (
        "文件中含有宏（{count} 处）。宏从不运行，只读取单元格。",
        "The file holds macros ({count}). They are never run; only cells are read.",
    ),
    "active-external-links": (
        "文件中有指向其他工作簿的链接（{count} 处）。链接不会打开，有关单元格按保存的结果读入，请核对其来源。",
        (
            "The file links to other workbooks ({count}). Links are not followed; the cells are read as they were "
            "stored. Check where they come from."
        ),
    ),
    "active-dde": (
        "文件中有 DDE 链接（{count} 处），可借以运行程序；本软件不会执行。请查明文件来源，不要在 Excel 中启用。",
        (
            "The file holds DDE links ({count}), which can start programs; nothing is started here. Find out where "
            "the file comes from and do not enable them in Excel."
        ),
    ),
    "active-connections": (
        "文件中有外部数据连接（{count} 处）。不会连接，有关单元格按保存的结果读入。",
        "The file holds data connections ({count}). None is opened; the cells are read as they were stored.",
    ),
    "active-embedded": (
        "文件中嵌有其他对象（{count} 个），其内容没有读取。如其中有台账，请另存为单独文件后提交。",
        (
            "The file embeds other objects ({count}), which were not read. If one of them is a ledger, hand it in as "
            "a file of its own."
        ),
    ),
    "active-controls": (
        "文件中有 ActiveX 控件（{count} 个），不会运行。",
        "The file holds ActiveX controls ({count}); they are not run.",
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
        "压缩包中的“{name}”有密码，无法读取。请用 --password-stdin 给出密码，或解压后提交。",
        "“{name}” in the archive is protected by a password. Give it with --password-stdin, or unpack it first.",
    ),
    "archive-password-wrong": (
        "密码打不开压缩包中的文件（或文件已损坏），没有读取。请核对密码后重试，或解压后提交。",
        (
            "The password does not open the archive (or it is damaged); it was not read. Check it and try again, or "
            "unpack it first."
        ),
    ),
    "archive-kind-unopened": (
        "不打开 {kind} 压缩包，其中如有台账则没有读取。请解压，或改用 zip 压缩后再提交。",
        "{kind} archives are not opened; ledgers in it were not read. Unpack it, or pack it as a zip.",
    ),
    "archive-duplicate": (
        "压缩包中有两个“{name}”，无法判断以哪个为准。请重新压缩。",
        "The archive holds “{name}” twice; which one counts is unknown. Pack it again.",
    ),
    "archive-empty": (
        "压缩包里没有任何文件。请重新压缩后提交。",
        "The archive holds no files. Pack it again and hand it in.",
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
}
