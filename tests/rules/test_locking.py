"""The version lock: what decides cannot change behind a version."""

from pathlib import Path

import pytest
from tests.rules.sample import RULE, load

from auditor.errors import RuleError
from auditor.ledgers import default_catalogue
from auditor.rules import default_folders, load_rules
from auditor.rules.locking import LOCK, digest, read_lock, write_lock


def locked(folder: Path) -> Path:
    """The sample catalogue with its lock; the rule folder."""
    write_lock(folder / "rules", load(folder).loaded.ruleset)
    return folder / "rules"


def test_a_folder_without_a_lock_is_not_locked(tmp_path: Path) -> None:
    assert load(tmp_path).told() == []
    assert read_lock(tmp_path / "rules") == (None, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("p.amount > 0 AND", "p.amount >= 0 AND"),
        ("AND c.month = p.month)", "AND c.month >= p.month)"),
        (
            "payroll.month = signal.period AND payroll.amount > 0",
            "payroll.month = signal.period AND payroll.amount > 1",
        ),
        ("money: amount", "money:"),
    ],
)
def test_another_decision_wants_another_version(tmp_path: Path, old: str, new: str) -> None:
    folder = locked(tmp_path)

    changed = load(tmp_path, (old, new))
    assert changed.told() == [("version-not-raised", "2:10")]
    assert changed.args("version-not-raised") == {"rule": "GP01", "version": 1, "next": 2}
    with pytest.raises(RuleError, match="version-not-raised"):
        write_lock(folder, changed.loaded.ruleset)

    raised = load(tmp_path, (old, new), ("version: 1", "version: 2"))
    assert raised.told() == []
    assert [rule.id for rule in write_lock(folder, raised.loaded.ruleset)] == ["GP01"]
    assert write_lock(folder, raised.loaded.ruleset) == ()


def test_a_term_decides_with_every_rule_that_reads_it(tmp_path: Path) -> None:
    locked(tmp_path)

    changed = load(tmp_path, ("pm.month = a.month", "pm.month >= a.month"), file="terms/covered.yaml")

    assert changed.told() == [("version-not-raised", "2:10")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    FROM payroll AS p\n    JOIN covered", "    FROM   payroll p -- the payments\n\n    JOIN covered"),
        ("Paid without attendance", "Paid and never there"),
        ("severity: high", "severity: low"),
        ("甲 has no row of attendance", "甲 never came"),
    ],
)
def test_layout_and_texts_do_not_decide(tmp_path: Path, old: str, new: str) -> None:
    locked(tmp_path)

    assert load(tmp_path, (old, new)).told() == []


def test_a_version_is_never_lowered(tmp_path: Path) -> None:
    write_lock(tmp_path / "rules", load(tmp_path, ("version: 1", "version: 3")).loaded.ruleset)

    lowered = load(tmp_path)

    assert lowered.told() == [("version-not-raised", "2:10")]
    assert lowered.args("version-not-raised")["next"] == 3


def test_an_id_that_is_gone_stays_in_the_lock(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    (folder / "signals/ghost_payroll/gp01.yaml").unlink()
    loaded = load_rules([folder], default_catalogue())

    write_lock(folder, loaded.ruleset)

    lock, problems = read_lock(folder)
    assert lock is not None
    assert list(lock) == ["GP01"]
    assert problems == ()


def test_a_folder_of_plain_rules_has_a_lock_of_its_own(tmp_path: Path) -> None:
    load(tmp_path)
    own = tmp_path / "county"
    own.mkdir()
    (own / "gp77.yaml").write_text(RULE.replace("id: GP01", "id: GP77"), encoding="utf-8")
    folders = [tmp_path / "rules", own]

    assert [rule.id for rule in write_lock(own, load_rules(folders, default_catalogue()).ruleset)] == ["GP77"]
    assert load_rules(folders, default_catalogue()).problems == ()
    lock, _ = read_lock(own)
    assert lock is not None
    assert list(lock) == ["GP77"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("rules: {GP01: {version: none, digest: x}}", "yaml-value-invalid"),
        ("rules: {GP01: {version: 1, hash: x}}", "yaml-key-unknown"),
        ("rules: [", "yaml-syntax"),
        ("rules: &a {}", "yaml-alias"),
    ],
)
def test_a_damaged_lock_is_a_problem_and_is_not_overwritten(tmp_path: Path, text: str, code: str) -> None:
    load(tmp_path)
    path = tmp_path / "rules" / LOCK
    path.write_text(text, encoding="utf-8")

    told = load(tmp_path)

    assert code in [problem.code for problem in told.loaded.problems]
    with pytest.raises(RuleError):
        write_lock(tmp_path / "rules", told.loaded.ruleset)
    assert path.read_text(encoding="utf-8") == text


def test_the_digest_is_the_same_in_every_run(tmp_path: Path) -> None:
    ruleset = load(tmp_path).loaded.ruleset

    assert digest(ruleset.rules["GP01"], ruleset) == digest(ruleset.rules["GP01"], ruleset)


def test_the_rules_that_ship_are_locked() -> None:
    """`auditor rules lock` has been run after the last change."""
    (folder,) = default_folders()
    ruleset = load_rules([folder], default_catalogue()).ruleset
    lock, problems = read_lock(folder)

    assert problems == ()
    assert lock is not None
    assert {rule.id: rule.version for rule in ruleset.rules.values()} == {
        name: one.version for name, one in lock.items() if name in ruleset.rules
    }
