"""What a person has settled about sheets, headers and codes.

Takes a map (a YAML file, or the same keys of a county profile), gives frozen entries with their places, checked against
the ledger kinds.
"""

from auditor.maps.checking import Words, check_codes, check_headers, check_sheets
from auditor.maps.loading import CodesFile, HeadersFile, SheetFiles, SheetMap, built_entries, check_map, load_map
from auditor.maps.model import IGNORED, SheetEntry, headers_over, spellings_over

__all__ = [
    "IGNORED",
    "CodesFile",
    "HeadersFile",
    "SheetEntry",
    "SheetFiles",
    "SheetMap",
    "Words",
    "built_entries",
    "check_codes",
    "check_headers",
    "check_map",
    "check_sheets",
    "headers_over",
    "load_map",
    "spellings_over",
]
