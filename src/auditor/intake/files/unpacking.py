"""Unpacking an uploaded zip into a private folder: members keep their names only in the listing, never on disk."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditor.errors import InputError, Problem
from auditor.intake.files.archive import member_names, open_zip, pieces
from auditor.intake.files.ignored import is_ignored
from auditor.intake.files.limits import Limits

_ZIP = ".zip"
# Readers go by the suffix where they can.
_KEPT = frozenset({".xlsx", ".xlsm", ".xls"})


@dataclass(slots=True)
class _Budget:
    """What all archives of one upload share."""

    entries: int
    inflated: int
    files: int = 0


def unpack_archive(path: Path, shown: str, folder: Path, limits: Limits, password: str | None = None) -> dict[str, Any]:
    """Unpack; only to be called in a reading process.

    Args:
        path: the zip.
        shown: its path within the upload.
        folder: empty folder that takes the members as 1.xlsx, 2, 3, …
        limits: on entries, sizes, ratio.
        password: opens members that are encrypted.

    Returns:
        `members`: (path within the upload, file name in `folder`) for each, and `problems` of the nested zips left out.

    Raises:
        InputError: damaged, encrypted, or over a limit.
    """
    budget = _Budget(limits.entries, limits.inflated_bytes)
    members: list[tuple[str, str]] = []
    problems: list[Problem] = []
    _unpack(path, shown, folder, limits, budget, members, problems, password, depth=1)
    return {"members": members, "problems": problems}


def _unpack(
    path: Path,
    shown: str,
    folder: Path,
    limits: Limits,
    budget: _Budget,
    members: list[tuple[str, str]],
    problems: list[Problem],
    password: str | None,
    *,
    depth: int,
) -> None:
    bounds = replace(limits, entries=budget.entries, inflated_bytes=budget.inflated)
    taken: set[str] = set()
    with open_zip(path, shown, bounds, password) as archive:
        infos = archive.infolist()
        for info, written in zip(infos, member_names(infos), strict=True):
            name = _harmless(written)
            budget.entries -= 1
            budget.inflated -= info.file_size
            if info.is_dir() or not name or is_ignored(name):
                continue
            if name in taken:
                raise InputError.at("archive-duplicate", shown, name=name)
            taken.add(name)
            budget.files += 1
            suffix = posixpath.splitext(name)[1].lower()
            target = folder / f"{budget.files}{suffix if suffix in _KEPT else ''}"
            inner = f"{shown}/{name}"
            with target.open("wb") as file:
                for piece in pieces(archive, info, inner):
                    file.write(piece)
            if not name.lower().endswith(_ZIP):
                members.append((inner, target.name))
            elif depth > 1:
                problems.append(InputError.at("archive-nested", inner).problems[0])
            else:
                try:
                    _unpack(target, inner, folder, limits, budget, members, problems, password, depth=depth + 1)
                except InputError as error:
                    problems.extend(error.problems)


def _harmless(name: str) -> str:
    """The member's name as a path within the archive: no root, no drive, no way up."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return posixpath.join(*(part.replace("\x00", "") for part in parts)) if parts else ""
