"""The exceptions: a caller's mistake, or work that cannot be done. Each carries the code of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.errors.place import TextPlace, Where
from auditor.errors.problem import NO_ARGUMENTS, Argument, Problem


class AuditorError(Exception):
    """The command could not do its work: exit status 2.

    Holds one or more `Problem`s, which say what, where and what to do in both languages; `str()` is for logs.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("; ".join(f"{p.where} {p.code}" for p in problems))

    @classmethod
    def at(cls, code: str, where: Where | TextPlace | str, **args: Argument) -> AuditorError:
        """The error for a single problem at `where` (a string is a file)."""
        place = Where(where) if isinstance(where, str) else where
        return cls(Problem(code, place, args or NO_ARGUMENTS))


class InputError(AuditorError):
    """An upload, or a part of it, is unreadable or hostile."""


class ProfileError(AuditorError):
    """The county profile is wrong."""


class RuleError(AuditorError):
    """The rule catalogue is wrong; all its mistakes at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)


class EngineError(AuditorError):
    """The SQL engine or the inference engine failed: nothing of its result may be used."""


class OutputError(AuditorError):
    """A result could not be written."""


def raise_if(problems: Sequence[Problem], error: type[AuditorError]) -> None:
    """Raise `error` with all `problems`, if there are any."""
    if problems:
        raise error(*problems)
