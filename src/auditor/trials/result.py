"""What came of a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case. Subjects are written as the case writes them where it names them.

    Attributes:
        rule, name: which case.
        missed: must have fired, and did not.
        extra: fired, and is not in `must_fire`.
        accused: fired, and the case says that it must not.
        ran: the rule ran.
        ran_as_said: it ran, or did not run, as the case says.
        gaps_missed, gaps_extra: units that should and that should not have been reported as not evaluated.
        figures: of a statement, each figure that is not as the case says: `matched 3 (4)`.
        error: codes of what the engine refused; the rule's query is wrong.
    """

    rule: str
    name: str
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    ran: bool = True
    ran_as_said: bool = True
    gaps_missed: tuple[str, ...] = ()
    gaps_extra: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything came as the case says."""
        wrong = (self.missed, self.extra, self.accused, self.gaps_missed, self.gaps_extra, self.figures)
        return self.ran_as_said and not self.error and not any(wrong)
