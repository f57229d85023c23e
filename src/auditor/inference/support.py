"""From the facts that matched a conclusion back to the signals it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.clues import Signal
from auditor.inference.answers import Draws
from auditor.inference.condition import atoms, reads_rule
from auditor.inference.facts import FactBase
from auditor.inference.model import Conclusion


def supports(number: int, draws: Draws, base: FactBase, conclusions: Sequence[Conclusion]) -> list[Signal]:
    """The signals behind conclusion `number`: those it asks for, and those of the conclusions that it rests on."""
    found: list[Signal] = []
    waiting, visited = [number], {number}
    while waiting:
        current = waiting.pop()
        asked = atoms(conclusions[current].when)
        for fact in draws.fired.get(current, ()):
            if fact < len(base.facts):
                found.extend(s for s in base.behind[fact] if any(reads_rule(atom, s.rule) for atom in asked))
            elif (before := draws.chained[fact]) not in visited:
                visited.add(before)
                waiting.append(before)
    return found
