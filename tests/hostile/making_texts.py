"""Hostile text files: csv that is binary, endless, open, or in several encodings at once, and html in its disguises."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.ledger import HEADERS, PEOPLE, ROWS, csv_bytes
from tests.hostile.verdicts import ANY, hostile, reads, reads_but, refused

_CSV = "csv"
_ENCODINGS = "encodings"
_TEXT = csv_bytes().decode()


def _html(rows: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def _html_rows(extra: str = "") -> str:
    return "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + extra + "</tr>" for texts in ROWS)


@hostile(".csv", _CSV, refused("file-not-a-workbook"))
def text_with_nuls(path: Path) -> None:
    path.write_bytes(csv_bytes().replace("张三".encode(), b"\x00\x00"))


@hostile(".csv", _CSV, refused("file-not-a-workbook"))
def text_with_a_nul_far_behind(path: Path) -> None:
    """Behind what is looked at to tell a text from a binary file."""
    path.write_bytes(csv_bytes() * 100 + b"\x00,1\r\n")


@hostile(".csv", _CSV, refused("file-limit-columns"))
def a_million_columns(path: Path) -> None:
    path.write_bytes(csv_bytes() + b"," * 1_000_000 + b"x\r\n")


@hostile(".csv", _CSV, refused("file-limit-cell-length"))
def a_line_of_ten_megabytes(path: Path) -> None:
    path.write_bytes(csv_bytes() + b"x" * (10 << 20) + b"\r\n")


@hostile(".csv", _CSV, refused("csv-quote-open", "file-limit-cell-length"))
def an_open_quotation_mark(path: Path) -> None:
    path.write_bytes(csv_bytes() + b'"' + csv_bytes() * 50)


@hostile(".csv", _CSV, refused("csv-quote-open", "file-limit-cell-length"))
def an_open_quotation_mark_before_megabytes(path: Path) -> None:
    path.write_bytes(csv_bytes() + b'"' + csv_bytes() * 20_000)


@hostile(".csv", _CSV, reads(3, '张"三', "李四"))
def a_quotation_mark_within_a_field(path: Path) -> None:
    path.write_bytes(_TEXT.replace("张三", '张"三').encode())


@hostile(".csv", _CSV, refused("file-limit-cells", "file-limit-memory"))
def twenty_million_delimiters(path: Path) -> None:
    path.write_bytes((b"," * 399 + b"x\r\n") * 55_000)


@hostile(".csv", _CSV, refused("file-limit-memory", "file-limit-rows", "csv-one-column", "file-limit-time"))
def rows_of_one_character_without_end(path: Path) -> None:
    path.write_bytes(b"a,b\n" + b"1\n" * 20_000_000)


@hostile(".csv", _CSV, refused("file-empty"))
def nothing_but_line_ends(path: Path) -> None:
    path.write_bytes(b"\r\n" * 1_000_000)


@hostile(".csv", _CSV, reads(3, "张三"))
def lines_ended_by_a_carriage_return_alone(path: Path) -> None:
    path.write_bytes(csv_bytes().replace(b"\r\n", b"\r"))


@hostile(".csv", _CSV, refused("file-empty"))
def nothing_but_a_byte_order_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf")


@hostile(".csv", _CSV, refused("file-empty"))
def nothing_at_all(path: Path) -> None:
    path.write_bytes(b"")


@hostile(".csv", "control characters in cells", reads(3, "\u202e三张", "\x1b[2J张\x07", "李四"))
def csv_with_escape_sequences(path: Path) -> None:
    rows = (HEADERS, (*PEOPLE[0][:1], "\u202e三张", *PEOPLE[0][2:]), (*PEOPLE[1], "\x1b[2J张\x07", "李四"))
    path.write_bytes(csv_bytes(rows))


@hostile(".csv", "formulas", reads(3, "=cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "＝1+1"))
def csv_with_formulas(path: Path) -> None:
    texts = ("=cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "＝1+1")
    path.write_bytes(csv_bytes((HEADERS, PEOPLE[0], (*PEOPLE[1], *texts))))


@hostile(".csv", _ENCODINGS, reads(3, "䶮㛃𠮷", "李四"))
def gb18030_of_four_bytes(path: Path) -> None:
    path.write_bytes(_TEXT.replace("张三", "䶮㛃𠮷").encode("gb18030"))


@hostile(".csv", _ENCODINGS, refused("encoding-unreadable"))
def gb18030_then_utf_8(path: Path) -> None:
    """Two exports pasted together: no encoding reads both."""
    path.write_bytes(_TEXT.encode("gb18030") + "赵六,钱七,孙八,李九,周十一,吴\r\n".encode() + b"\xff\xfe\r\n")


@hostile(".csv", _ENCODINGS, refused("encoding-unreadable"))
def surrogates_in_utf_8(path: Path) -> None:
    path.write_bytes(csv_bytes() + b"\xed\xa0\x80\xed\xb0\x80\xff,1\r\n")


@hostile(".csv", _ENCODINGS, refused("encoding-unreadable"))
def utf_16_of_an_odd_length(path: Path) -> None:
    path.write_bytes(_TEXT.encode("utf-16") + b"\x00")


@hostile(".csv", _ENCODINGS, refused("encoding-unreadable"))
def utf_16_with_half_a_pair(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + _TEXT.encode("utf-16-le") + b"\x00\xd8,\x00")


@hostile(".csv", _ENCODINGS, reads(3, "张三"))
def utf_16_without_a_mark(path: Path) -> None:
    path.write_bytes(_TEXT.encode("utf-16-le"))


@hostile(".csv", "not what it says", refused("csv-one-column", "file-not-a-workbook"))
def a_script_named_csv(path: Path) -> None:
    path.write_bytes(b"#!/bin/sh\nrm -rf /\n")


@hostile(".xls", "html", reads(3, "张三", "李四"))
def html_named_xls(path: Path) -> None:
    path.write_bytes(_html(_html_rows()))


@hostile(".xls", "html", reads(3, "张三", absent=("alert(1)",)))
def html_with_scripts_and_frames(path: Path) -> None:
    active = '<script>alert(1)</script><iframe src="file:///etc/passwd"></iframe><img src=x onerror=alert(1)>'
    path.write_bytes(_html(_html_rows()).replace(b"<table>", f"{active}<table>".encode()))


@hostile(".xls", "html", refused("file-limit-columns", "file-limit-cells"))
def html_cell_over_a_million_columns(path: Path) -> None:
    path.write_bytes(_html(_html_rows().replace("<td>", '<td colspan="1000000">', 1)))


@hostile(".xls", "html", reads(3, "张三"))
def html_cell_over_ten_million_rows(path: Path) -> None:
    """A span ends with its table, as in a browser."""
    path.write_bytes(_html(_html_rows().replace("<td>", '<td rowspan="10000000">', 1)))


@hostile(".xls", "html", reads(ANY, "1"))
def html_tables_ten_thousand_deep(path: Path) -> None:
    deep = 10_000
    path.write_bytes(_html("<tr><td><table>" * deep + "<tr><td>1</td></tr>" + "</table></td></tr>" * deep))


@hostile(".xls", "html", reads(100_000, "张三"))
def html_of_a_hundred_thousand_rows(path: Path) -> None:
    path.write_bytes(_html(_html_rows() + "<tr><td>500299198001010018<td>张三</tr>" * 99_997))


@hostile(".xls", "html", reads_but("page-cut-off", 3, "张三"))
def html_that_never_closes_a_tag(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{text}" for text in texts) for texts in ROWS)
    path.write_bytes(f"<html><meta charset=utf-8><table>{rows}".encode())


@hostile(".xls", "html", reads(3, "张三"))
def html_in_gbk_that_says_so(path: Path) -> None:
    html = f'<html><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><table>{_html_rows()}</table>'
    path.write_bytes(html.encode("gb18030"))


@hostile(".xls", "html", refused("file-not-a-workbook"))
def html_without_a_table(path: Path) -> None:
    path.write_bytes(b"<html><body>404 Not Found</body></html>")


@hostile(".xls", "not what it says", reads(3, "张三"))
def csv_named_xls(path: Path) -> None:
    path.write_bytes(_TEXT.encode("gb18030"))
