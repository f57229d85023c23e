"""The engine's answers, believed only as far as they account for every fact that went in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.errors import EngineError
from auditor.inference.compiled import Json
from auditor.inference.facts import FactBase
from auditor.inference.worker import PLACE


@dataclass(frozen=True, slots=True)
class Draws:
    """What was drawn about one subject, by number.

    Attributes:
        fired: conclusion → the facts that matched it.
        chained: fact beyond those that went in → the conclusion that became it.
    """

    fired: Mapping[int, tuple[int, ...]]
    chained: Mapping[int, int]


def read_answer(answer: Mapping[str, Json], batch: int, bases: Sequence[FactBase]) -> list[Draws]:
    """The draws of each subject of the batch.

    Raises:
        EngineError: the answer is to another question, or a fact that went in was not seen.
    """
    results = answer.get("results")
    if answer.get("batch") != batch or not isinstance(results, list) or len(results) != len(bases):
        raise EngineError.at("inference-garbled", PLACE)
    return [_draws(result, base) for result, base in zip(results, bases, strict=True)]


def _draws(result: Json, base: FactBase) -> Draws:
    try:
        seen, fired, chained = _parts(result)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise EngineError.at("inference-garbled", PLACE) from error
    expected = len(base.facts) + len(chained)
    if seen != list(range(expected)):
        raise EngineError.at("inference-fact-lost", PLACE, expected=expected, seen=len(seen))
    if any(not 0 <= fact < expected for facts in fired.values() for fact in facts):
        raise EngineError.at("inference-garbled", PLACE)
    return Draws(fired, chained)


def _parts(result: Json) -> tuple[list[int], dict[int, tuple[int, ...]], dict[int, int]]:
    if not isinstance(result, dict):
        raise TypeError(result)
    seen, fired, chained = result["seen"], result["fired"], result["chained"]
    if not (isinstance(seen, list) and isinstance(fired, dict) and isinstance(chained, dict)):
        raise TypeError(result)
    return (
        [_number(one) for one in seen],
        {int(key): tuple(_number(fact) for fact in _list(facts)) for key, facts in fired.items()},
        {int(key): _number(conclusion) for key, conclusion in chained.items()},
    )


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _number(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
