"""A crash, a hang, a lost fact or nonsense from the engine fails the inference; none shortens its result."""

from __future__ import annotations

import copy
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.inference.signs import RULES, sign

from auditor.errors import EngineError
from auditor.inference import ConclusionSet, infer, load_conclusions
from auditor.inference.worker import Worker
from auditor.ledgers.resources import resource_dir
from auditor.messages import LANGUAGES, TEXTS, render_error

SIGNALS = [sign("GP01", f"p{n}", f"2022-{m:02d}") for n in range(450) for m in (1, 2)]


@pytest.fixture(scope="module")
def catalogue() -> ConclusionSet:
    return load_conclusions(resource_dir("rules") / "findings", RULES)


class Doctored:
    """The real engine, its answers or its process tampered with after the rulesets are set up."""

    def __init__(self, timeout: float, tamper: Callable[[Worker, dict[str, Any]], dict[str, Any]]) -> None:
        self.worker = Worker(timeout)
        self.tamper = tamper

    def ask(self, request: Mapping[str, object]) -> dict[str, Any]:
        answer: dict[str, Any] = self.worker.ask(request)
        return answer if "ready" in answer else self.tamper(self.worker, copy.deepcopy(answer))

    def close(self) -> None:
        self.worker.close()


def code_of(catalogue: ConclusionSet, tamper: Callable[[Worker, dict[str, Any]], dict[str, Any]]) -> str:
    with pytest.raises(EngineError) as caught:
        infer(SIGNALS, catalogue, start=lambda timeout: Doctored(timeout, tamper))
    assert render_error(caught.value, "zh") != render_error(caught.value, "en")
    return caught.value.problems[0].code


def test_an_untampered_engine_serves(catalogue: ConclusionSet) -> None:
    result = infer(SIGNALS, catalogue, start=lambda timeout: Doctored(timeout, lambda _, answer: answer))

    assert len(result.outcomes) == 450


def test_a_killed_worker_is_an_error(catalogue: ConclusionSet) -> None:
    def kill(worker: Worker, answer: dict[str, Any]) -> dict[str, Any]:
        os.kill(worker.process.pid, signal.SIGKILL)
        worker.process.wait()
        return answer

    assert code_of(catalogue, kill) == "inference-crashed"


def test_a_worker_that_stops_is_an_error(catalogue: ConclusionSet) -> None:
    def stop(worker: Worker, answer: dict[str, Any]) -> dict[str, Any]:
        os.kill(worker.process.pid, signal.SIGSTOP)
        return answer

    with pytest.raises(EngineError) as caught:
        infer(SIGNALS, catalogue, start=lambda _: Doctored(0.5, stop))

    assert [p.code for p in caught.value.problems] == ["inference-hung"]


def lose_a_fact(_: Worker, answer: dict[str, Any]) -> dict[str, Any]:
    answer["results"][7]["seen"].remove(1)
    return answer


def see_a_fact_twice(_: Worker, answer: dict[str, Any]) -> dict[str, Any]:
    answer["results"][7]["seen"][0] = 1
    return answer


@pytest.mark.parametrize("tamper", [lose_a_fact, see_a_fact_twice])
def test_a_lost_fact_is_an_error(catalogue: ConclusionSet, tamper: Callable[..., dict[str, Any]]) -> None:
    assert code_of(catalogue, tamper) == "inference-fact-lost"


def lose_a_subject(_: Worker, answer: dict[str, Any]) -> dict[str, Any]:
    answer["results"].pop()
    return answer


def answer_another(_: Worker, answer: dict[str, Any]) -> dict[str, Any]:
    answer["batch"] += 1
    return answer


def fire_on_nothing(_: Worker, answer: dict[str, Any]) -> dict[str, Any]:
    answer["results"][0]["fired"]["0"] = [99]
    return answer


def talk(_: Worker, answer: dict[str, Any]) -> dict[str, Any]:
    answer["results"][0]["seen"] = "all of them"
    return answer


@pytest.mark.parametrize("tamper", [lose_a_subject, answer_another, fire_on_nothing, talk])
def test_nonsense_is_an_error(catalogue: ConclusionSet, tamper: Callable[..., dict[str, Any]]) -> None:
    assert code_of(catalogue, tamper) == "inference-garbled"


def test_a_ruleset_that_the_engine_refuses_is_an_error_with_its_last_words() -> None:
    worker = Worker(10)
    try:
        with pytest.raises(EngineError) as caught:
            worker.ask({"rulesets": {"x": {"rules": {"r": {"all": "?"}}, "census": "r", "chained": {}}}})
    finally:
        worker.close()

    (problem,) = caught.value.problems
    assert problem.code == "inference-crashed"
    assert "error" in str(problem.args["detail"])


def test_memory_of_the_worker_stays_flat(catalogue: ConclusionSet) -> None:
    pages: list[int] = []

    def weigh(worker: Worker, answer: dict[str, Any]) -> dict[str, Any]:
        pages.append(int(Path(f"/proc/{worker.process.pid}/statm").read_text(encoding="ascii").split()[1]))
        return answer

    people = [sign("GP01", f"p{n}", f"2022-{m:02d}") for n in range(4000) for m in (1, 2, 3)]
    infer(people, catalogue, start=lambda timeout: Doctored(timeout, weigh))

    assert len(pages) == 20
    assert max(pages[5:]) - pages[4] < 256  # a megabyte over 12,000 facts: kept sessions would take ten times that


def test_every_code_of_inference_has_both_texts() -> None:
    codes = [code for code in TEXTS if code.startswith(("inference-", "condition-", "conclusion"))]

    assert len(codes) > 15
    assert all(TEXTS[code][lang].strip() for code in codes for lang in range(len(LANGUAGES)))
