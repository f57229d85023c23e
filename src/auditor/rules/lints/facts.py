"""What the lints of one rule look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.documents import Document
from auditor.rules.model import Rule, Violation
from auditor.rules.queries import Context, QueryFacts


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule, the meaning of its queries, and what there is around it."""

    rule: Rule
    document: Document
    context: Context
    violations: Mapping[str, Violation]
    signal: QueryFacts
    gaps: QueryFacts | None
    evidence: tuple[QueryFacts, ...]
    runs_if: QueryFacts | None = None

    @property
    def queries(self) -> Iterator[QueryFacts]:
        """The signal's query, the query of gaps, whether it runs, the conditions of the evidence."""
        yield from self.selects
        yield from self.evidence

    @property
    def selects(self) -> tuple[QueryFacts, ...]:
        """Every SELECT, in the order of `Rule.selects`."""
        return self.signal, *(query for query in (self.gaps, self.runs_if) if query is not None)
