"""From the facts that matched a conclusion back to the signals it rests on."""

from __future__ import annotations

from auditor.inference.answers import Draws
from auditor.inference.facts import FactBase, Vocabulary


def supports(number: int, draws: Draws, base: FactBase, words: Vocabulary) -> set[str]:
    """The keys of the signals behind conclusion `number`: what it asks for, and what the conclusions it rests on do."""
    found: set[str] = set()
    waiting, visited = [number], {number}
    while waiting:
        current = waiting.pop()
        for fact in draws.fired.get(current, ()):
            if fact < len(base.facts):
                whole = fact in base.whole
                found.update(clue.key for clue in base.behind[fact] if whole or current in words.bearing[clue.rule])
            elif (before := draws.chained[fact]) not in visited:
                visited.add(before)
                waiting.append(before)
    return found
