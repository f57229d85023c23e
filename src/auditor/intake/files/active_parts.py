"""What in an xlsx could act when somebody opens it: never run by us, always told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.errors import Problem
from auditor.intake.files.contents import note
from auditor.intake.files.package import Package
from auditor.intake.files.xml_part import each_element

# Beginning of a part's name → the code that lists it.
_BY_NAME = (
    ("xl/vbaproject.bin", "active-macros"),
    ("xl/macrosheets/", "active-macros"),
    ("xl/intlmacrosheets/", "active-macros"),
    ("xl/embeddings/", "active-embedded"),
    ("xl/activex/activex", "active-controls"),
    ("xl/querytables/", "active-connections"),
)
_LINKS = "xl/externallinks/externallink"
_CONNECTIONS = "xl/connections.xml"


def active_parts(package: Package) -> tuple[Problem, ...]:
    """A note for each sort of active part, with how many there are.

    Raises:
        InputError: such a part is damaged.
    """
    found: Counter[str] = Counter()
    for name in package.parts:
        if name.endswith((".xml", ".bin")) or name.startswith("xl/embeddings/"):
            found.update(code for start, code in _BY_NAME if name.startswith(start))
        if name.startswith(_LINKS) and name.endswith(".xml"):
            found.update(_link(package, name))
    if _CONNECTIONS in package.parts:
        found["active-connections"] += sum(name == "connection" for name in _names(package, _CONNECTIONS))
    return listed(found, package.shown)


def listed(found: Counter[str], shown: str) -> tuple[Problem, ...]:
    """The notes for these counts, by code."""
    return tuple(note(code, shown, count=count) for code, count in sorted(found.items()) if count)


def _link(package: Package, part: str) -> Iterator[str]:
    names = set(_names(package, part))
    yield "active-dde" if "ddeLink" in names else "active-embedded" if "oleLink" in names else "active-external-links"


def _names(package: Package, part: str) -> list[str]:
    names: list[str] = []
    each_element(package.small(part), package.shown, part, lambda name, _: names.append(name))
    return names
