"""What must come of a hostile file: read, refused, or read with something said; and the list of all such files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[[Path], None]
ANY = -1  # rows: some, the number is not the point


@dataclass(frozen=True, slots=True)
class Verdict:
    """What must come out.

    Attributes:
        codes: one of these problems stands for the file (or its sheet); none at all where empty.
        rows: rows of all its sheets together, or `ANY`; None where it gives no sheet.
        cells: texts that must stand in its cells, exactly so.
        absent: texts that must stand in none.
    """

    codes: frozenset[str] = frozenset()
    rows: int | None = None
    cells: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file: its name in the upload, the threat, who makes it, and the verdict."""

    name: str
    threat: str
    make: Make
    verdict: Verdict


FILES: dict[str, Hostile] = {}


def refused(*codes: str) -> Verdict:
    """Not read at all, for one of these reasons."""
    return Verdict(codes=frozenset(codes))


def reads(rows: int, *cells: str, absent: tuple[str, ...] = ()) -> Verdict:
    """Read, and no complaint about the file or its sheets' layout that is not an ordinary one."""
    return Verdict(rows=rows, cells=cells, absent=absent)


def reads_but(code: str, rows: int, *cells: str, also: str = "") -> Verdict:
    """Read, and this said about it; `also` may be said too."""
    return Verdict(frozenset({code, also} - {""}), rows, cells)


def hostile(suffix: str, threat: str, verdict: Verdict) -> Callable[[Make], Make]:
    """Put a file on the list; it is named after the function that makes it."""

    def enlist(make: Make) -> Make:
        name = f"{make.__name__}{suffix}"
        assert name not in FILES
        FILES[name] = Hostile(name, threat, make, verdict)
        return make

    return enlist
