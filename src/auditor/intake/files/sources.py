"""What was given to read: paths in, files out, each with its path within the upload, its digest and its place."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from auditor.errors import AuditorError, InputError, Problem
from auditor.intake.files import wire
from auditor.intake.files.child import Child
from auditor.intake.files.ignored import is_ignored
from auditor.intake.files.limits import Limits
from auditor.intake.raw import SourceFile

WORKBOOK_SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".ett", ".ods", ".fods", ".csv", ".tsv", ".parquet"}
    | {".xlsb"}  # refused by name, and never passed over
)
# What may hold ledgers and is not opened: said, and never passed over as an attachment.
_UNOPENED = frozenset({".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
_ZIP = ".zip"
_MEMBER = re.compile(r"[0-9]+(\.[a-z]+)?")
_PIECE = 1 << 20


class Spool:
    """A private folder for unpacked members; it goes when the last source that lies in it goes."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="auditor-"))
        self._gone = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def new_folder(self) -> Path:
        """An empty folder in it."""
        return Path(tempfile.mkdtemp(dir=self.folder))


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the upload and where its bytes are.

    Attributes:
        file: the contract's part.
        location: a real path: the file itself, or an unpacked member.
        spool: keeps the unpacked member in being.
    """

    file: SourceFile
    location: Path
    spool: Spool | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file under its name within one argument."""

    path: str
    location: Path


def expand(
    paths: Sequence[Path], limits: Limits, password: str | None = None
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """All files of folders, single files and zips.

    Args:
        paths: folders (read through, sorted by path), files, zips (one zip within a zip is opened too).
        limits: for zips.
        password: for zips that have one.

    Returns:
        The files, in order of the arguments and of their paths, and what could not be taken. A path within the upload
        stands once: where two arguments hold the same one, the later argument's name is put before its paths.
    """
    problems: list[Problem] = []
    taken: set[str] = set()
    real: set[Path] = set()
    sources: list[Source] = []
    with _Unpacker(limits, problems, password) as unpacker:
        for argument in paths:
            found = [one for one in _walk(argument, problems) if one.location.resolve() not in real]
            real.update(one.location.resolve() for one in found)
            prefix = _prefix(argument, [one.path for one in found], taken)
            taken.update(f"{prefix}{one.path}" for one in found)
            for one in found:
                shown = f"{prefix}{one.path}"
                if shown.lower().endswith(_ZIP):
                    sources.extend(unpacker.unpack(one.location.absolute(), shown))
                else:
                    sources.extend(_source(one.location.absolute(), shown, None, problems))
    if not sources and not problems:
        problems.extend(InputError.at("upload-empty", ", ".join(_shown(path) for path in paths) or ".").problems)
    return tuple(sources), tuple(problems)


def role_of(path: str) -> str:
    """What a file is by its suffix: `workbook` (it may hold ledgers), `archive` (not opened), else `attachment`."""
    suffix = Path(path).suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return "workbook"
    return "archive" if suffix in _UNOPENED else "attachment"


class _Unpacker:
    """Unpacks zips in a reading process, which starts with the first zip."""

    def __init__(self, limits: Limits, problems: list[Problem], password: str | None) -> None:
        self._limits, self._problems, self._password = limits, problems, password
        self._spool: Spool | None = None
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None

    def unpack(self, location: Path, shown: str) -> Iterator[Source]:
        """The zip's members."""
        if self._spool is None:
            self._spool = Spool()
        folder = self._spool.new_folder()
        try:
            size = location.stat().st_size
            if size > self._limits.archive_bytes:
                mb = 1 << 20
                raise InputError.at(
                    "file-limit-size", shown, size=-(-size // mb), limit=self._limits.archive_bytes // mb
                )
            if self._child is None:
                self._child = Child(self._limits)
            request = {"do": "unpack", "path": str(location), "folder": str(folder), "password": self._password}
            header, _ = self._child.ask(shown, request)
            self._problems.extend(wire.unpack_problems(header))
            members = sorted((str(path), str(name)) for path, name in header.get("members", ()))
            if not members and not header["problems"]:
                raise InputError.at("archive-empty", shown)
        except (InputError, wire.WireError, OSError) as error:
            self._end()
            problem = (
                error
                if isinstance(error, InputError)
                else InputError.at("archive-damaged", shown, detail=type(error).__name__)
            )
            self._problems.extend(problem.problems)
            return
        for path, name in members:
            # The name comes from a process that has read a hostile file: it may only be a number and a suffix.
            if _MEMBER.fullmatch(name):
                yield from _source(folder / name, path, self._spool, self._problems)


def _walk(argument: Path, problems: list[Problem]) -> list[_Found]:
    name = _shown(Path(argument.name or argument.resolve().name))
    try:
        mode = argument.stat().st_mode
    except OSError as error:
        code = "path-missing" if isinstance(error, FileNotFoundError) else "file-unreadable"
        problems.extend(InputError.at(code, _shown(argument), detail=error.strerror or "").problems)
        return []
    if stat.S_ISDIR(mode):
        return sorted(_in_folder(argument, problems), key=lambda one: one.path)
    if not stat.S_ISREG(mode):
        problems.extend(InputError.at("file-unreadable", name, detail="not a regular file").problems)
        return []
    if argument.suffix.lower() in _UNOPENED:
        problems.extend(InputError.at("archive-kind-unopened", name, kind=argument.suffix.lower()).problems)
        return []
    if role_of(name) != "workbook" and not name.lower().endswith(_ZIP):
        problems.extend(InputError.at("file-kind-unknown", name, suffix=argument.suffix).problems)
        return []
    return [_Found(name, argument)]


def _in_folder(folder: Path, problems: list[Problem]) -> Iterator[_Found]:
    def unreadable(error: OSError) -> None:
        problems.extend(InputError.at("file-unreadable", str(error.filename), detail=error.strerror or "").problems)

    root = folder.resolve()
    for at, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not is_ignored(name)]
        links = [name for name in folders if Path(at, name).is_symlink()]
        for name in (*links, *(name for name in names if not is_ignored(name))):
            location = Path(at, name)
            path = _shown(location.relative_to(folder))
            strange = _strange(location, root, path)
            if strange is not None:
                problems.extend(strange.problems)
            elif location.is_file():
                yield _Found(path, location)


def _strange(location: Path, root: Path, shown: str) -> AuditorError | None:
    """Why what lies in a folder is not taken: a link that leads out of the folder, or no file at all."""
    try:
        real = location.resolve(strict=True)
    except (OSError, RuntimeError):  # links in a circle are a RuntimeError before Python 3.13
        return InputError.at("file-unreadable", shown, detail="broken link")
    if location.is_symlink() and not real.is_relative_to(root):
        return InputError.at("file-link-outside", shown)
    if not real.is_file() and not real.is_dir():
        return InputError.at("file-unreadable", shown, detail="not a regular file")
    return None


def _prefix(argument: Path, paths: Iterable[str], taken: set[str]) -> str:
    paths = list(paths)
    prefix, number = "", 1
    name = _shown(Path(argument.resolve().name))
    while any(f"{prefix}{path}" in taken for path in paths):
        prefix = f"{name}/" if number == 1 else f"{name} ({number})/"
        number += 1
    return prefix


def _source(location: Path, shown: str, spool: Spool | None, problems: list[Problem]) -> Iterator[Source]:
    digest = hashlib.sha256()
    size = 0
    try:
        with location.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        problems.extend(InputError.at("file-unreadable", shown, detail=error.strerror or "").problems)
        return
    if Path(shown).suffix.lower() in _UNOPENED:
        problems.extend(InputError.at("archive-kind-unopened", shown, kind=Path(shown).suffix.lower()).problems)
    yield Source(SourceFile(shown, size, digest.hexdigest(), role_of(shown)), location, spool)


def _shown(path: Path) -> str:
    """The path with `/`; a name on disk that is no UTF-8 was most likely written as GB18030."""
    raw = os.fsencode(path.as_posix())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
