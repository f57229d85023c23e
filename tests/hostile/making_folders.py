"""Hostile folders: links that lead outside, files that are none, names that mislead, sizes without contents."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from tests.hostile.ledger import csv_bytes, xlsx
from tests.hostile.verdicts import hostile, reads, refused

_LINKS = "links that lead outside"
_NO_FILES = "files that are none"
_NAMES = "path traversal and names"


def _outside(path: Path) -> Path:
    """A ledger beside the upload, which nobody handed in."""
    outside = path.parents[1] / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "others.csv").write_bytes(csv_bytes())
    return outside


@hostile(".csv", _LINKS, refused("file-link-outside"))
def link_to_a_file_outside(path: Path) -> None:
    path.symlink_to(_outside(path) / "others.csv")


@hostile(".csv", _LINKS, refused("file-link-outside"))
def link_to_the_passwords(path: Path) -> None:
    path.symlink_to("/etc/passwd")


@hostile("", _LINKS, refused("file-link-outside"))
def link_to_a_folder_outside(path: Path) -> None:
    path.symlink_to(_outside(path))


@hostile(".csv", _LINKS, refused("file-unreadable"))
def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@hostile(".xlsx", _LINKS, refused("file-unreadable"))
def link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_suffix(".gone"))


@hostile("", _LINKS, reads(3, "张三"))
def folder_with_a_link_to_itself(path: Path) -> None:
    path.mkdir()
    (path / "a.csv").write_bytes(csv_bytes())
    (path / "again").symlink_to(path)


@hostile(".csv", _LINKS, refused("file-link-outside"))
def link_to_a_device_without_end(path: Path) -> None:
    path.symlink_to("/dev/zero")


@hostile(".csv", _NO_FILES, refused("file-unreadable"))
def pipe_that_nobody_writes_to(path: Path) -> None:
    os.mkfifo(path)


@hostile("", _NO_FILES, refused("file-unreadable"))
def folder_with_a_socket(path: Path) -> None:
    path.mkdir()
    here = Path.cwd()
    os.chdir(path)  # the name of a socket may have no more than some hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("a.csv")
    finally:
        os.chdir(here)


@hostile(".xlsx", _NO_FILES, reads(3, "张三"))
def folder_named_as_a_workbook(path: Path) -> None:
    path.mkdir()
    xlsx(path / "a.xlsx")


@hostile("", _NAMES, reads(15, "张三"))
def names_of_every_kind(path: Path) -> None:
    path.mkdir()
    for name in ("CON.csv", "a\nb\x1b[31m.csv", "\u202exslx.csv", "=1+1.csv", "-rf.csv"):
        (path / name).write_bytes(csv_bytes())


@hostile("", _NAMES, reads(3, "张三"))
def name_that_is_no_utf_8(path: Path) -> None:
    path.mkdir()
    (path / os.fsdecode("发放表.csv".encode("gb18030"))).write_bytes(csv_bytes())


@hostile("", _NAMES, reads(3, "张三"))
def folders_a_hundred_deep(path: Path) -> None:
    deep = path.joinpath(*["深"] * 100)
    deep.mkdir(parents=True)
    (deep / "a.csv").write_bytes(csv_bytes())


@hostile(".xlsx", "sizes", refused("file-limit-size"))
def workbook_of_sixty_megabytes_of_nothing(path: Path) -> None:
    xlsx(path)
    with path.open("r+b") as file:
        file.truncate(60 << 20)


@hostile(".zip", "sizes", refused("file-limit-size"))
def zip_of_a_terabyte_of_nothing(path: Path) -> None:
    """Its size is enough to refuse it: nobody reads a terabyte to say so."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(1 << 40)
