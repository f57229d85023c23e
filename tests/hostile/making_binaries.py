"""Hostile binary files: xls and the OLE around it, parquet, ods, workbooks with a password."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import msoffcrypto.format.ooxml as protected
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xlwt
from tests.hostile.ledger import ROWS, write_parts, xlsx
from tests.hostile.verdicts import hostile, reads, reads_but, refused

_XLS = "old xls"
_OLE = "OLE that leads in circles"
_PARQUET = "parquet"
_ODS = "ods"
# A reader of C or Rust may come to its end on these; that it takes nothing else with it is what counts.
_BROKEN = refused("file-damaged", "file-reader-crashed", "file-limit-memory", "file-not-a-workbook")
_SECTOR = 512
_END = 0xFFFFFFFE
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def xls_bytes(rows: int = 0) -> bytes:
    """The payroll as xls, with more rows below."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("发放表")
    for i, texts in enumerate((*ROWS, *[ROWS[1]] * rows)):
        for j, text in enumerate(texts):
            sheet.write(i, j, text)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def protected_bytes(path: Path) -> bytes:
    """The payroll with a password; `path` takes it without one on the way."""
    xlsx(path)
    sink = io.BytesIO()
    with path.open("rb") as source:
        protected.OOXMLFile(source).encrypt("500299", sink)
    return sink.getvalue()


def _table() -> pa.Table:
    return pa.table({name: [row[j] for row in ROWS[1:]] for j, name in enumerate(ROWS[0])})


def _parquet(table: pa.Table, **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def ods_content(rows: str) -> str:
    """content.xml around a table's rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="发放表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def ods_rows() -> str:
    """The payroll's rows."""
    return "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
        )
        + "</table:table-row>"
        for texts in ROWS
    )


def _manifest(entries: str) -> str:
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    return f"<manifest:manifest {names}>{entries}</manifest:manifest>"


def write_ods(path: Path, content: str, more: dict[str, str | bytes] | None = None) -> None:
    """An ods around its content.xml."""
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    parts: dict[str, str | bytes] = {
        "mimetype": _ODS_TYPE,
        "META-INF/manifest.xml": _manifest(whole),
        "content.xml": content,
    }
    write_parts(path, parts | (more or {}))


@hostile(".xls", _XLS, reads(3, "张三", "李四"))
def honest_xls(path: Path) -> None:
    path.write_bytes(xls_bytes())


@hostile(".xls", _XLS, _BROKEN)
def xls_cut_in_half(path: Path) -> None:
    data = xls_bytes(500)
    path.write_bytes(data[: len(data) // 2])


@hostile(".xls", _XLS, _BROKEN)
def xls_cut_after_its_first_sector(path: Path) -> None:
    path.write_bytes(xls_bytes()[:_SECTOR] + "Workbook".encode("utf-16-le"))


@hostile(".xls", _XLS, refused("file-not-a-workbook", "file-damaged"))
def xls_of_its_signature_alone(path: Path) -> None:
    path.write_bytes(xls_bytes()[:8])


@hostile(".xls", _XLS, reads(3, "张三"))
def xls_whose_strings_are_said_to_be_four_billion(path: Path) -> None:
    data = bytearray(xls_bytes())
    at = data.index(b"\xfc\x00", _SECTOR)  # SST
    struct.pack_into("<II", data, at + 4, 0xFFFFFFFF, 0xFFFFFFFF)
    path.write_bytes(data)


@hostile(".xls", _XLS, _BROKEN)
def xls_with_a_record_longer_than_the_file(path: Path) -> None:
    data = bytearray(xls_bytes())
    at = data.index(b"\xfc\x00", _SECTOR)
    struct.pack_into("<H", data, at + 2, 0xFFFF)
    path.write_bytes(data)


@hostile(".xls", "password", refused("file-password-protected"))
def xls_with_a_password(path: Path) -> None:
    """BIFF says so by a FILEPASS record behind its first one."""
    data = bytearray(xls_bytes())
    at = data.index(b"\x09\x08\x10\x00", _SECTOR) + 20  # behind BOF: put FILEPASS over what follows
    struct.pack_into("<HHHHH", data, at, 0x2F, 6, 1, 1, 1)
    path.write_bytes(data)


@hostile(".xlsx", "password", refused("file-password-protected"))
def xlsx_with_a_password(path: Path) -> None:
    path.write_bytes(protected_bytes(path))


@hostile(".xlsx", "password", refused("file-password-kind"))
def password_of_four_billion_rounds(path: Path) -> None:
    """How often a password is hashed is for the file to say."""
    data = protected_bytes(path)
    assert b'spinCount="100000"' in data
    path.write_bytes(data.replace(b'spinCount="100000"', b'spinCount="4000000000"').replace(b"\n    <keyD", b"\n<keyD"))


@hostile(".xlsx", "password", refused("file-damaged"))
def password_whose_description_is_cut(path: Path) -> None:
    path.write_bytes(protected_bytes(path).replace(b"</keyEncryptors>", b"<keyEncryptors/>"))


@hostile(".xls", _OLE, _BROKEN)
def ole_whose_chain_is_a_circle(path: Path) -> None:
    """Every sector is followed by itself."""
    data = bytearray(xls_bytes(500))
    fat = _SECTOR * (1 + struct.unpack_from("<I", data, 76)[0])
    for i in range(_SECTOR // 4):
        struct.pack_into("<I", data, fat + 4 * i, i)
    path.write_bytes(data)


@hostile(".xls", _OLE, _BROKEN)
def ole_whose_directory_is_a_circle(path: Path) -> None:
    data = bytearray(xls_bytes())
    fat = _SECTOR * (1 + struct.unpack_from("<I", data, 76)[0])
    first = struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<I", data, fat + 4 * first, first)
    path.write_bytes(data)


@hostile(".xls", _OLE, _BROKEN)
def ole_whose_list_of_tables_is_a_circle(path: Path) -> None:
    data = bytearray(xls_bytes())
    struct.pack_into("<II", data, 68, 0, 0xFFFFFFF0)  # the DIFAT goes on in sector 0, which ends in its own number
    struct.pack_into("<I", data, 2 * _SECTOR - 4, 0)
    path.write_bytes(data)


@hostile(".xls", _OLE, _BROKEN)
def ole_with_sectors_of_terabytes(path: Path) -> None:
    data = bytearray(xls_bytes())
    struct.pack_into("<H", data, 30, 0xFFFF)
    path.write_bytes(data)


@hostile(".xls", _OLE, _BROKEN)
def ole_of_chains_past_the_end(path: Path) -> None:
    data = bytearray(xls_bytes())
    fat = _SECTOR * (1 + struct.unpack_from("<I", data, 76)[0])
    for i in range(4, _SECTOR // 4):
        struct.pack_into("<I", data, fat + 4 * i, 0x7FFFFFFF)
    path.write_bytes(data)


@hostile(".xls", "not what it says", refused("file-not-a-workbook"))
def ole_of_a_letter(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + "WordDocument".encode("utf-16-le"))


@hostile(".parquet", _PARQUET, reads(3, "张三", '{"a": [1, null], "b": "</script>"}'))
def parquet_with_nested_types(path: Path) -> None:
    nested = [{"a": [1, None], "b": "</script>"}, None]
    path.write_bytes(_parquet(_table().append_column("备注", [nested])))


@hostile(".parquet", _PARQUET, reads(3, "张三"))
def parquet_with_moments_past_all_calendars(path: Path) -> None:
    far = pa.array([np.iinfo(np.int64).max, np.iinfo(np.int64).min + 1], pa.timestamp("us"))
    path.write_bytes(_parquet(_table().append_column("时间", far)))


@hostile(".parquet", _PARQUET, reads(3, "张三"))
def parquet_with_bytes_that_are_no_text(path: Path) -> None:
    path.write_bytes(_parquet(_table().append_column("照片", [[b"\xff\xd8\xff\x00", b""]])))


@hostile(".parquet", _PARQUET, reads(3, "张三"))
def parquet_with_one_name_twice(path: Path) -> None:
    table = _table()
    path.write_bytes(_parquet(table.append_column("姓名", [["赵六", "钱七"]])))


@hostile(".parquet", _PARQUET, refused("file-limit-columns"))
def parquet_of_six_hundred_columns(path: Path) -> None:
    path.write_bytes(_parquet(pa.table({f"c{i}": [1] for i in range(600)})))


@hostile(".parquet", _PARQUET, refused("file-limit-cells"))
def parquet_of_thirty_million_rows_in_a_few_bytes(path: Path) -> None:
    path.write_bytes(_parquet(pa.table({"a": pa.array(np.zeros(30_000_000, np.int8))}), compression="zstd"))


@hostile(".parquet", _PARQUET, refused("file-limit-memory", "file-limit-cell-length", "file-limit-result"))
def parquet_of_one_long_text_in_every_row(path: Path) -> None:
    """A dictionary holds it once; a reader that spells it out holds it ten thousand times."""
    long = pa.DictionaryArray.from_arrays(np.zeros(10_000, np.int32), pa.array(["长" * 300_000]))
    path.write_bytes(_parquet(pa.table({"a": long, "b": long}), compression="zstd"))


@hostile(".parquet", _PARQUET, refused("file-damaged"))
def parquet_whose_footer_is_garbage(path: Path) -> None:
    data = bytearray(_parquet(_table()))
    size = struct.unpack_from("<I", data, len(data) - 8)[0]
    data[-8 - size : -8] = b"\xa5" * size
    path.write_bytes(data)


@hostile(".parquet", _PARQUET, refused("file-damaged"))
def parquet_whose_footer_is_longer_than_the_file(path: Path) -> None:
    data = bytearray(_parquet(_table()))
    struct.pack_into("<I", data, len(data) - 8, 0x7FFFFFFF)
    path.write_bytes(data)


@hostile(".parquet", _PARQUET, refused("file-damaged"))
def parquet_cut_short(path: Path) -> None:
    path.write_bytes(_parquet(_table())[:-100])


@hostile(".parquet", _PARQUET, refused("file-damaged"))
def parquet_whose_pages_are_garbage(path: Path) -> None:
    data = bytearray(_parquet(_table(), compression="zstd"))
    data[4:200] = b"\xa5" * 196
    path.write_bytes(data)


@hostile(".parquet", _PARQUET, refused("file-damaged", "file-not-a-workbook"))
def parquet_that_is_encrypted(path: Path) -> None:
    path.write_bytes(b"PARE" + bytes(200) + struct.pack("<I", 100) + b"PARE")


@hostile(".ods", _ODS, reads(3, "张三", "李四"))
def honest_ods(path: Path) -> None:
    write_ods(path, ods_content(ods_rows()))


@hostile(".ods", _ODS, reads(3, "张三"))
def ods_filled_with_blanks_to_the_last_row(path: Path) -> None:
    """What every spreadsheet program writes behind the last cell: a million blank rows of a thousand blank cells."""
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048573">{blank}</table:table-row>'
    write_ods(path, ods_content(ods_rows() + rows))


@hostile(".ods", _ODS, refused("file-limit-columns", "file-limit-cells"))
def ods_with_one_cell_repeated_sixteen_thousand_times(path: Path) -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    write_ods(path, ods_content(f"{ods_rows()}<table:table-row>{cell}</table:table-cell></table:table-row>"))


@hostile(".ods", _ODS, refused("file-limit-rows", "file-limit-cells", "file-limit-memory"))
def ods_with_one_row_repeated_four_billion_times(path: Path) -> None:
    rows = ods_rows().replace("<table:table-row>", '<table:table-row table:number-rows-repeated="4294967295">')
    write_ods(path, ods_content(rows))


@hostile(".ods", _ODS, reads(3, "张三"))
def ods_with_a_negative_repetition(path: Path) -> None:
    rows = ods_rows().replace("<table:table-row>", '<table:table-row table:number-rows-repeated="-5">', 1)
    write_ods(path, ods_content(rows))


@hostile(".ods", _ODS, refused("file-doctype"))
def ods_with_laughs(path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    content = ods_content(ods_rows()).replace("?>", f'?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>', 1)
    write_ods(path, content.replace("张三", "&l9;"))


@hostile(".ods", _ODS, refused("file-limit-ratio"))
def ods_that_is_a_bomb(path: Path) -> None:
    write_ods(path, ods_content(ods_rows() + " " * (20 << 20)))


@hostile(".ods", "password", refused("file-password-protected", "file-password-kind"))
def ods_with_a_password(path: Path) -> None:
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        "<manifest:encryption-data>"
        '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
        "</manifest:encryption-data></manifest:file-entry>"
    )
    write_ods(path, "\x05\x91" * 300, {"META-INF/manifest.xml": _manifest(entry)})


@hostile(".ods", _ODS, refused("file-damaged", "file-not-a-workbook"))
def ods_without_its_content(path: Path) -> None:
    write_parts(path, {"mimetype": _ODS_TYPE})


@hostile(".ods", _ODS, reads_but("active-macros", 3, "张三"))
def ods_with_macros(path: Path) -> None:
    names = 'xmlns:script="http://openoffice.org/2000/script" script:name="M"'
    basic = f'<script:module {names}>Sub A\nShell("id")\nEnd Sub</script:module>'
    write_ods(path, ods_content(ods_rows()), {"Basic/Standard/M.xml": basic})
