"""Texts of values: why a cell could not be read, and what was noted where it was read."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "cell-error": (
        "单元格是错误值“{text}”。请改正公式，或直接填写内容。",
        "The cell holds the error “{text}”. Correct the formula, or type the value.",
    ),
    "same-as-above": (
        "写的是“{text}”（同上），系统不代为填写，按空值处理。请填写内容。",
        "“{text}” says “as above”. Nothing is filled in for you; type the value.",
    ),
    "identity-rounded": (
        "身份证号“{text}”被表格截断，末几位已丢失，无法恢复。请把该列设为文本格式，按原件重新填写。",
        (
            "The identity number “{text}” was rounded by the spreadsheet; its last digits are lost for good. "
            "Make the column text and type the number again from the document."
        ),
    ),
    "identity-masked": (
        "身份证号“{text}”已打码，无法核对。请提供完整号码。",
        "The identity number “{text}” is masked and cannot be checked. Send the whole number.",
    ),
    "identity-unreadable": (
        "身份证号一栏填的是“{text}”，不是号码。请填18位身份证号。",
        "“{text}” stands for the identity number and is no number. Type the 18 characters.",
    ),
    "identity-several": (
        "一格内有不止一个身份证号（{text}），分不清本行是谁。请一人一行。",
        "The cell holds more than one identity number ({text}): whose row is it? Give each person a row.",
    ),
    "identity-picked-out": (
        "身份证号前后夹有其他文字，已只取号码。请只填号码。",
        "Other words stand beside the identity number; the number alone was taken. Type the number alone.",
    ),
    "identity-upgraded": (
        "15位旧证号，已按19yy年出生升为18位。请换填18位号码。",
        "An old number of 15 digits, read as the 18-digit number of one born in 19yy. Type the 18-digit number.",
    ),
    "identity-from-disability-card": (
        "填的是残疾人证号，已取其前18位作身份证号。请改填身份证号。",
        "A disability card's number; its first 18 characters were taken. Type the identity number.",
    ),
    "money-unreadable": (
        "金额“{text}”无法识别。请填数字，单位为元，如 600 或 1200.50。",
        "The amount “{text}” cannot be read. Type a number in yuan, such as 600 or 1200.50.",
    ),
    "number-in-words": (
        "数字是用汉字写的，已按其读数读取。请改填阿拉伯数字。",
        "The number is written in Chinese numerals and was read as such. Type digits.",
    ),
    "int-unreadable": (
        "“{text}”不是整数。请只填数字。",
        "“{text}” is not a whole number. Type digits alone.",
    ),
    "int-fraction": (
        "“{text}”不是整数，此列按整数读取。若确有半天等情况，请保留原数，不要凑整；若是笔误，请按原始记录更正。",
        "“{text}” is no whole number, and this column is read as whole numbers. If it is right (half a day, say), leave it "
        "and do not round it; if it is a slip, mend it from the original.",
    ),
    "date-unreadable": (
        "日期“{text}”无法识别。请写成 2022-11-04 的形式。",
        "The date “{text}” cannot be read. Write it as 2022-11-04.",
    ),
    "date-range": (
        "“{text}”一格写了起止两个时间，此列只能填一个日期。请把起止分填两列。",
        "“{text}” gives a beginning and an end; this column holds one day. Put them into two columns.",
    ),
    "birth-date-unsure": (
        "出生日期“{text}”缺日，或年份只有两位，不能与身份证号核对。请写成 1975-03-12 的形式。",
        "The birth date “{text}” lacks its day, or its year has two digits: it cannot be compared with the identity "
        "number. Write it as 1975-03-12.",
    ),
    "year-two-digits": (
        "年份只写了两位，已补为四位读取，请核对。请写成 2022-11-04 的形式。",
        "The year has two digits only; the century was added. Check it, and write the date as 2022-11-04.",
    ),
    "date-impossible": (
        "“{text}”不是1900年至2100年间实有的日期。请核实。",
        "“{text}” is no day of the calendar from 1900 to 2100. Check it.",
    ),
    "date-without-year": (
        "日期“{text}”没有年份，表名和标题中也没有。请补上年份。",
        "The date “{text}” has no year, and neither has the sheet's name or title. Add the year.",
    ),
    "date-month-only": (
        "日期只到月，按当月1日读取。请补上日。",
        "The date names a month only and was read as its first day. Add the day.",
    ),
    "open-end": (
        "写的是长期、至今一类，按没有截止读取。",
        "Says that it has not ended (长期, 至今); read as open.",
    ),
    "month-unreadable": (
        "月份“{text}”无法识别。请写成 2022-10 的形式。",
        "The month “{text}” cannot be read. Write it as 2022-10.",
    ),
    "month-without-year": (
        "月份“{text}”没有年份，表名和标题中也没有。请写成 2022-10 的形式。",
        "The month “{text}” has no year, and neither has the sheet's name or title. Write it as 2022-10.",
    ),
    "month-range": (
        "“{text}”把几个月合写在一行，分不清各月是多少，按月核查的规则用不上本行。请按月拆开，每月一行。",
        "“{text}” puts several months into one row; what belongs to each is not known, and rules by month cannot use the "
        "row. Split it: a row for each month.",
    ),
    "month-ambiguous": (
        "“{text}”按数字存储，分不清是1月还是10月。请按文本填写，如 2022-01 或 2022-10。",
        "“{text}” is stored as a number: January or October? Type it as text, such as 2022-01 or 2022-10.",
    ),
    "account-rounded": (
        "账号“{text}”被表格截断，末几位已丢失，无法恢复。请把该列设为文本格式，按原件重新填写。",
        (
            "The account “{text}” was rounded by the spreadsheet; its last digits are lost for good. "
            "Make the column text and type the number again from the document."
        ),
    ),
    "account-masked": (
        "账号“{text}”已打码，无法核对。请提供完整账号。",
        "The account “{text}” is masked and cannot be checked. Send the whole number.",
    ),
    "account-unreadable": (
        "“{text}”不是银行账号。请只填账号，由数字（或字母）组成，不少于6位。",
        "“{text}” is no bank account. Type the account alone: six or more digits (or letters).",
    ),
    "identifier-rounded": (
        "编号“{text}”被表格截断，末几位已丢失，无法恢复。请把该列设为文本格式，按原件重新填写。",
        (
            "The identifier “{text}” was rounded by the spreadsheet; its last digits are lost for good. "
            "Make the column text and type it again from the document."
        ),
    ),
    "name-masked": (
        "姓名“{text}”已打码，无法核对。请填完整姓名。",
        "The name “{text}” is masked and cannot be compared. Type the whole name.",
    ),
    "phone-unreadable": (
        "“{text}”不是一个电话号码（7至12位数字）。每格请只填一个号码。",
        "“{text}” is not one phone number (7 to 12 digits). Type a single number in the cell.",
    ),
    "uscc-unreadable": (
        "“{text}”不是统一社会信用代码（18位，旧注册号15位）。请按营业执照填写。",
        "“{text}” is no unified social credit code (18 characters; 15 in old registrations). Copy it from the licence.",
    ),
    "not-in-code-list": (
        "“{text}”不在代码表中。请填以下之一：{codes}；或在配置文件 codes 中补充写法。",
        "“{text}” is not in the code list. Use one of {codes}, or add the spelling under codes in the profile.",
    ),
}
