"""`Problem`: a fault in what was given to us, as a value: collected, placed, rendered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from auditor.errors.place import TextPlace, Where

Argument: TypeAlias = str | int | float
NO_ARGUMENTS: Mapping[str, Argument] = MappingProxyType({})


class Gravity(StrEnum):
    """How much of the work a problem stops."""

    ERROR = "error"  # the thing at the place could not be used at all
    WARNING = "warning"  # it was used, in part or with a reservation
    NOTE = "note"  # worth knowing


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of input with its stable code, place and arguments.

    The sentence for it, in zh and en, stands in `auditor.messages`; a code without one fails a test.
    """

    code: str
    where: Where | TextPlace
    args: Mapping[str, Argument] = field(default_factory=lambda: NO_ARGUMENTS)
    gravity: Gravity = Gravity.ERROR
