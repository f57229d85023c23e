"""HTML under the name of a workbook, as many systems export it: each table a sheet, spans as merges."""

from __future__ import annotations

import re
from pathlib import Path

from auditor.errors import Gravity, InputError
from auditor.intake.files.contents import Contents, note
from auditor.intake.files.html_tables import HtmlTables
from auditor.intake.files.limits import Limits
from auditor.intake.files.read_csv import decode
from auditor.intake.files.sniff import utf_16

_HEAD = 4096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
# GB18030 holds them, and the strict order of `decode` finds them better than what pages say of themselves.
_OURS = frozenset({"utf-8", "utf8", "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "unicode", "utf-16"})


def read_html(path: Path, shown: str, limits: Limits) -> Contents:
    """Read every table that holds something.

    Raises:
        InputError: no table, an encoding that cannot be read, or over a limit.
    """
    tables = HtmlTables(shown, limits)
    tables.feed(_text(path.read_bytes(), shown))
    tables.close()
    sheets = tables.sheets()
    if not sheets:
        raise InputError.at("file-not-a-workbook", shown, kind="HTML")
    notes = (note("page-cut-off", shown, Gravity.WARNING),) if tables.cut_off else ()
    return Contents(sheets, notes)


def _text(data: bytes, shown: str) -> str:
    declared = _CHARSET.search(data[:_HEAD])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name not in _OURS and utf_16(data) is None:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass  # the page is wrong about itself
    return decode(data, shown)
