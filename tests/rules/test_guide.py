"""The rule author's guide says everything: each key, each function, each code; and its example is a rule."""

import re
from pathlib import Path

import pytest

from auditor.ledgers import default_catalogue, resource_dir
from auditor.messages.queries import TEXTS as QUERY_TEXTS
from auditor.messages.rules import TEXTS as RULE_TEXTS
from auditor.rules import load_rules, schema
from auditor.rules.allowed import FUNCTIONS

TEXTS = {**RULE_TEXTS, **QUERY_TEXTS}

GUIDE = (resource_dir("rules") / "README.md").read_text(encoding="utf-8")
MODELS = [getattr(schema, name) for name in dir(schema) if name.endswith("File")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_in_the_guide(model: type[schema.Strict]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"groups", "violations"}

    assert {key for key in keys if re.search(rf"\b{key}\b", GUIDE) is None} == set()


def test_every_code_and_function_is_in_the_guide() -> None:
    assert [code for code in TEXTS if f"`{code}`" not in GUIDE] == []
    assert [name for name in FUNCTIONS if f"`{name}`" not in GUIDE] == []


def test_the_guides_examples_are_sound(tmp_path: Path) -> None:
    rule, term, parameter = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    folder = tmp_path / "rules"
    for name, text in {
        "signals/gp08.yaml": rule,
        "terms/attendance_cover.yaml": term,
        "parameters/pay_days.yaml": parameter,
        "violations.yaml": (resource_dir("rules") / "violations.yaml").read_text(encoding="utf-8"),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    loaded = load_rules([folder], default_catalogue())

    assert loaded.problems == ()
    assert list(loaded.ruleset.rules) == ["GP08"]
    assert list(loaded.ruleset.terms) == ["attendance_cover"]
    assert list(loaded.ruleset.parameters) == ["pay_days"]
