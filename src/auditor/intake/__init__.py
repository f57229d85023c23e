"""From files to sheets understood: takes paths, gives an `Upload` of sheet readings.

Every read of an upload happens in a child process with limits on memory, CPU and time.
"""

from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawColumn, RawFile, RawSheet, SourceFile
from auditor.intake.reading import (
    Band,
    ContextValue,
    MappedColumn,
    Part,
    SheetReading,
    TotalRow,
    UnknownColumn,
    Upload,
    sheet_bands,
)
from auditor.intake.upload import Progress, read_upload

__all__ = [
    "Band",
    "ContextValue",
    "Limits",
    "MappedColumn",
    "Part",
    "Progress",
    "RawColumn",
    "RawFile",
    "RawSheet",
    "SheetReading",
    "SourceFile",
    "TotalRow",
    "UnknownColumn",
    "Upload",
    "read_upload",
    "sheet_bands",
]
