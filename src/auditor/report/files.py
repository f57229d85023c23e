"""Results on disk: all of them or none."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from auditor.errors import OutputError


def json_text(value: object) -> str:
    """`value` as readable JSON, Chinese as it is, with a newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def json_lines(values: Iterable[object]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(v, ensure_ascii=False, separators=(",", ":")) + "\n" for v in values)


def require_writable(folder: Path) -> None:
    """Fail before the work, not after it, when `folder` cannot take the results.

    Raises:
        OutputError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{secrets.token_hex(4)}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputError.at("output-unwritable", str(folder), detail=error.strerror or str(error)) from error


def write_text(file: Path, text: str) -> None:
    """Write one result, whole or not at all; folders above it are made.

    Raises:
        OutputError: it cannot be written.
    """
    stage = file.with_name(f".writing-{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            stage.write_text(text, encoding="utf-8", newline="\n")
            stage.replace(file)
        finally:
            stage.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError.at("output-unwritable", str(file), detail=error.strerror or str(error)) from error


def write_all(folder: Path, files: Mapping[str, str | Iterable[str]]) -> None:
    """Write `files` (name → text, or its pieces) into `folder`: staged beside, then put in place one after the other.

    Raises:
        OutputError: the folder cannot be written; nothing of the new results is left.
    """
    stage = folder / f".writing-{secrets.token_hex(4)}"
    try:
        stage.mkdir(parents=True)
        try:
            for name, text in files.items():
                with (stage / name).open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines([text] if isinstance(text, str) else text)
            for name in files:
                (stage / name).replace(folder / name)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise OutputError.at("output-unwritable", str(folder), detail=error.strerror or str(error)) from error
