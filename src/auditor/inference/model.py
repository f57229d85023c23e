"""The conclusions that an audit can draw, and those that it drew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from auditor.clues import Subject
from auditor.inference.condition import Condition
from auditor.rules.model import Basis, Text

Links: TypeAlias = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""By kind and id of a subject, those of its members: the persons of a household, the workers of a workshop."""


class Grade(StrEnum):
    """How sure the signals make us (疑点 < 重点疑点 < 拟认定); how grave the matter is, says severity."""

    CLUE = "clue"
    STRONG = "strong"
    CONCLUSIVE = "conclusive"

    @property
    def rank(self) -> int:
        """0 for a clue … 2 for conclusive."""
        return ("clue", "strong", "conclusive").index(self.value)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One way to a grade: `when` it holds, and `because`, the sentence of the trace.

    Attributes:
        id: name within the violation, stable; the trace of a finding says `violation/id`.
        subjects: kinds of subjects that it is drawn about; empty means any kind.
    """

    violation: str
    id: str
    grade: Grade
    subjects: tuple[str, ...]
    when: Condition
    because: Text

    @property
    def key(self) -> str:
        """`ghost_payroll/paid-after-death-or-custody`."""
        return f"{self.violation}/{self.id}"


@dataclass(frozen=True, slots=True)
class FindingText:
    """What a finding of the violation says besides what its signals say."""

    title: Text
    seen: Text
    innocent: tuple[Text, ...]
    verify: tuple[Text, ...]
    clears: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ViolationConclusions:
    """A file of `rules/findings/`: all conclusions of one violation, in the order in which a trace tells them.

    `code` is the short name in the ids of findings (GP); it never changes.
    """

    violation: str
    code: str
    basis: tuple[Basis, ...]
    conclusions: tuple[Conclusion, ...]
    text: FindingText


@dataclass(frozen=True, slots=True)
class ConclusionSet:
    """Everything that can be concluded, by violation."""

    violations: Mapping[str, ViolationConclusions]

    @property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """All conclusions, in order of violation and file."""
        return tuple(c for name in sorted(self.violations) for c in self.violations[name].conclusions)


@dataclass(frozen=True, slots=True)
class Fired:
    """A conclusion that was drawn, and the keys of the signals that it rests on, sorted."""

    conclusion: Conclusion
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was concluded about one subject in one violation; `fired` is the trace, never empty."""

    subject: Subject
    violation: str
    fired: tuple[Fired, ...]

    @property
    def grade(self) -> Grade:
        """The highest grade concluded."""
        return max((f.conclusion.grade for f in self.fired), key=lambda grade: grade.rank)

    @property
    def signals(self) -> tuple[str, ...]:
        """The keys of all signals that the conclusions rest on, sorted."""
        return tuple(sorted({key for f in self.fired for key in f.signals}))


@dataclass(frozen=True, slots=True)
class Inference:
    """The whole result.

    Attributes:
        outcomes: one for each subject and violation, in order of violation, subject kind and id.
        ungraded: keys of the signals that no conclusion rests on, so that none is dropped silently.
        facts: how many facts the engine took in and confirmed.
    """

    outcomes: tuple[Outcome, ...]
    ungraded: tuple[str, ...] = ()
    facts: int = field(default=0, compare=False)
