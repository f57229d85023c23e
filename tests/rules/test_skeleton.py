"""The skeleton of a rule: sound, but for what only its author knows."""

from pathlib import Path

import pytest
from tests.rules.sample import load

from auditor.ledgers import default_catalogue
from auditor.rules import load_candidate, load_rules
from auditor.rules.skeleton import skeleton


@pytest.mark.parametrize(("name", "violation"), [("GP11", "ghost_payroll"), ("WG04", "wages")])
def test_all_that_is_wrong_with_it_is_what_is_to_be_filled_in(tmp_path: Path, name: str, violation: str) -> None:
    load(tmp_path)
    text = skeleton(name, violation)
    path = tmp_path / "rules/signals" / violation / f"{name.lower()}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

    problems = load_rules([tmp_path / "rules"], default_catalogue()).problems

    assert {problem.code for problem in problems} == {"to-be-filled"}
    assert len(problems) == text.count("TODO")
    lines = text.splitlines()
    for problem in problems:
        _, line, column = str(problem.where).rsplit(":", 2)
        assert lines[int(line) - 1][int(column) - 1 :].startswith("TODO")

    path.write_text(text.replace("TODO ", ""), encoding="utf-8")
    loaded = load_rules([tmp_path / "rules"], default_catalogue())
    assert loaded.problems == ()
    assert set(loaded.ruleset.rules) == {"GP01", name}


def test_a_todo_within_another_word_asks_for_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, ("Paid without attendance", "Paid for MASTODONs")).told() == []
    told = load(tmp_path, ("Paid without attendance", "Paid «TODO  what?"))
    assert told.told() == [("to-be-filled", told.marks[0])]
    assert told.args("to-be-filled") == {"what": "what?"}


def test_a_candidate_may_still_be_unfinished_and_have_any_name(tmp_path: Path) -> None:
    load(tmp_path)
    file = tmp_path / "trial.yaml"
    file.write_text(skeleton("GP01", "ghost_payroll"), encoding="utf-8")

    candidate, problems = load_candidate(file, [tmp_path / "rules"], default_catalogue())
    assert problems == ()
    assert candidate is not None
    assert candidate.id == "GP01"

    file.write_text(skeleton("GP01", "ghost_payroll").replace("payroll.amount > 0", "payroll.amout > 0"), "utf-8")
    candidate, problems = load_candidate(file, [tmp_path / "rules"], default_catalogue())
    assert candidate is None
    assert "column-undeclared" in [problem.code for problem in problems]
