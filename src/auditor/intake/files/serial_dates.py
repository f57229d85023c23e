"""Serial numbers of a spreadsheet as the days and times that they are, and which number formats show them so."""

from __future__ import annotations

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from auditor.intake.files.cell_text import cell_text

# Formats that Chinese, Japanese and Korean Excel number without writing them down; all are dates.
_FAR_EASTERN = frozenset({*range(27, 37), *range(50, 59)})
# 1900-02-29, a day that there never was, and the day before 1900 begins.
_NO_DAY = 60


def is_moment_format(number: int, code: str | None) -> bool:
    """Whether the number format shows a date or a time.

    Args:
        number: the format's number.
        code: its code where the file writes it down.
    """
    if code is None:
        if number in _FAR_EASTERN:
            return True
        code = BUILTIN_FORMATS.get(number, "General")
    return code != "General" and bool(is_date_format(code) or is_timedelta_format(code))


def moment_text(serial: float, *, date_1904: bool) -> str | None:
    """The moment as text (`2022-11-04`, `2022-11-04 09:30:00`, `09:30:00`), or None where it is none."""
    if serial < 0 or (not date_1904 and _NO_DAY <= serial < _NO_DAY + 1):
        return None
    try:
        moment = from_excel(serial, CALENDAR_MAC_1904 if date_1904 else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return None
    return None if moment is None else cell_text(moment)[0]
