"""Signals in, graded outcomes with their traces out: the facts are made here, the conclusions drawn by the engine.

Every fact that goes in is counted against the facts that the engine says it saw; one missing fact fails the whole
inference, since a shortened result would look like a clean one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from auditor.clues import Signal, Subject
from auditor.errors import EngineError
from auditor.inference.answers import Draws, read_answer
from auditor.inference.compiled import CENSUS, chained, ruleset
from auditor.inference.facts import FactBase, Members, Vocabulary, by_subject, facts_of, vocabulary
from auditor.inference.model import Conclusion, ConclusionSet, Fired, Inference, Links, Outcome
from auditor.inference.support import supports
from auditor.inference.worker import PLACE, Engine, Worker

TIMEOUT = 120.0
NO_LINKS: Links = MappingProxyType({})
NO_NAMES: Mapping[tuple[str, str], str] = MappingProxyType({})
_Key: TypeAlias = tuple[str, str]
BATCH = 200  # subjects a line: small enough that a hang shows soon, large enough that the pipe costs nothing


@dataclass(frozen=True, slots=True)
class _Case:
    """One subject on its way through the engine."""

    kind: str
    id: str
    signals: Sequence[Signal]
    words: Vocabulary
    base: FactBase


def infer(
    signals: Sequence[Signal],
    conclusions: ConclusionSet,
    *,
    links: Links = NO_LINKS,
    names: Mapping[tuple[str, str], str] = NO_NAMES,
    workers: int = 1,
    timeout: float = TIMEOUT,
    start: Callable[[float], Engine] = Worker,
) -> Inference:
    """What follows from `signals`.

    Args:
        signals: of all rules, in any order.
        conclusions: what can be concluded.
        links: the members of subjects. What is concluded about members is a fact for those whose conclusions ask for
            it: they come after all others, and need no signal of their own.
        names: of subjects, by kind and id, where no signal of their own gives one.
        workers: how many engine processes share the subjects; the result does not depend on it.
        timeout: seconds that a batch of subjects may take in the engine.
        start: how to start an engine.

    Raises:
        EngineError: the engine crashed, hung, lost a fact or spoke nonsense.
    """
    grouped = by_subject(signals)
    rules = {signal.rule for signal in signals}
    kinds = sorted({kind for kind, _ in (*grouped, *links)})
    words = {kind: vocabulary(_about(kind, conclusions), rules) for kind in kinds}
    subjects = sorted({*grouped, *(key for key in links if words[key[0]].asks_for_members)})
    outcomes: list[Outcome] = []
    facts = 0
    for last in (False, True):
        known = _known(outcomes)
        asked: list[_Case] = []
        for kind, id_ in subjects:
            if words[kind].asks_what_was_concluded is last:
                members = links.get((kind, id_), ()) if words[kind].asks_for_members else ()
                case = _case(kind, id_, grouped, words[kind], _members(members, grouped, known))
                asked.extend([case] if case.base.facts else [])
        drawn = _run(asked, words, max(1, workers), timeout, start) if asked else []
        for case, draws in zip(asked, drawn, strict=True):
            outcomes.extend(_outcomes(case, draws, names))
        facts += sum(len(case.base.facts) for case in asked)
    outcomes.sort(key=lambda outcome: (outcome.violation, outcome.subject.kind, outcome.subject.id))
    used = {key for outcome in outcomes for key in outcome.signals}
    rest = tuple(sorted({signal.key for signal in signals} - used))
    return Inference(tuple(outcomes), rest, facts)


def _known(outcomes: Sequence[Outcome]) -> Mapping[_Key, Sequence[Outcome]]:
    """What was concluded, by kind and id of the subject."""
    known: dict[_Key, list[Outcome]] = {}
    for outcome in outcomes:
        known.setdefault((outcome.subject.kind, outcome.subject.id), []).append(outcome)
    return known


def _members(
    members: Sequence[_Key], grouped: Mapping[_Key, Sequence[Signal]], known: Mapping[_Key, Sequence[Outcome]]
) -> Members:
    keys = sorted(set(members))
    return Members(
        [signal for key in keys for signal in grouped.get(key, ())],
        [outcome for key in keys for outcome in known.get(key, ())],
        len(keys),
    )


def _case(kind: str, id_: str, grouped: Mapping[_Key, Sequence[Signal]], words: Vocabulary, members: Members) -> _Case:
    own = grouped.get((kind, id_), ())
    return _Case(kind, id_, own, words, facts_of(own, words, members))


def _about(kind: str, conclusions: ConclusionSet) -> list[Conclusion]:
    return [c for c in conclusions.conclusions if not c.subjects or kind in c.subjects]


def _run(
    cases: Sequence[_Case],
    words: Mapping[str, Vocabulary],
    workers: int,
    timeout: float,
    start: Callable[[float], Engine],
) -> list[Draws]:
    """What the engine draws about each of `cases`, in their order."""
    batches = [cases[first : first + BATCH] for first in range(0, len(cases), BATCH)]
    workers = min(workers, len(batches))
    rulesets = {
        kind: {"rules": ruleset(known.conclusions), "census": CENSUS, "chained": chained(known.conclusions)}
        for kind, known in words.items()
    }
    with ExitStack() as stack:
        engines = [stack.enter_context(closing(start(timeout))) for _ in range(workers)]
        pool = stack.enter_context(ThreadPoolExecutor(workers))

        def work(share: int) -> list[list[Draws]]:
            engine = engines[share]
            if engine.ask({"rulesets": rulesets}).get("ready") != len(rulesets):
                raise EngineError.at("inference-garbled", PLACE)
            done = []
            for number in range(share, len(batches), workers):
                batch = batches[number]
                request = {"batch": number, "subjects": [[case.kind, case.base.facts] for case in batch]}
                done.append(read_answer(engine.ask(request), number, [case.base for case in batch]))
            return done

        shares = list(pool.map(work, range(workers)))
    return [draws for number in range(len(batches)) for draws in shares[number % workers][number // workers]]


def _outcomes(case: _Case, draws: Draws, names: Mapping[_Key, str]) -> list[Outcome]:
    """The outcomes of one subject: what fired, by violation, in the order of the files."""
    by_violation: dict[str, list[Fired]] = {}
    for number in sorted(draws.fired):
        conclusion = case.words.conclusions[number]
        keys = supports(number, draws, case.base, case.words)
        by_violation.setdefault(conclusion.violation, []).append(Fired(conclusion, tuple(sorted(keys))))
    name = min((signal.subject.name for signal in case.signals if signal.subject.name), default="")
    name = name or names.get((case.kind, case.id), "")
    subject = Subject(case.kind, case.id, name)
    return [Outcome(subject, violation, tuple(fired)) for violation, fired in by_violation.items()]
