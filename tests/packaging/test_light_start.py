"""`auditor --help` answers at once: nothing heavy is imported before a command runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "duckdb",
    "durable",
    "fastexcel",
    "great_expectations",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pydantic",
    "python_calamine",
    "rich",
    "sqlglot",
    "stdnum",
}
HELP = """
import sys
from auditor.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print("modules:", *sys.modules)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP, *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    )
    shown, _, modules = done.stdout.partition("modules:")
    assert "audit" in shown
    imported = {name.split(".")[0] for name in modules.split()}
    assert "click" in imported
    assert imported & HEAVY == set()
