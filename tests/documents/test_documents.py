"""YAML of people we do not trust: places, and what is refused."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from auditor.documents import Document, check_document, read_document
from auditor.errors import Problem


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    amount: int


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    inner: Inner
    query: str = ""


def document(text: str) -> Document:
    read = read_document(text, "x.yaml")
    assert isinstance(read, Document)
    return read


def test_every_scalar_is_a_string() -> None:
    assert document("a: 0012\nb: no\nc: 2022-03\nd: [on, 1_000]").data == {
        "a": "0012",
        "b": "no",
        "c": "2022-03",
        "d": ["on", "1_000"],
    }


def test_places_of_keys_values_and_block_lines() -> None:
    read = document("name: x\nquery: |\n  SELECT 1\n  FROM t\nplain: 'abc'\n")
    assert str(read.place(("name",))) == "x.yaml:1:7"
    assert str(read.key_place(("query",))) == "x.yaml:2:1"
    assert str(read.inside(("query",), 1, 8)) == "x.yaml:3:10"
    assert str(read.inside(("query",), 2, 1)) == "x.yaml:4:3"
    assert str(read.inside(("plain",), 1, 2)) == "x.yaml:5:10"
    assert str(read.place(("nothing", "here"))) == "x.yaml:1:1"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &x 1\nb: *x\n", "yaml-alias", "x.yaml:1:4"),
        ("a: !!python/object:os.system 1\n", "yaml-tag", "x.yaml:1:4"),
        ("a: 1\na: 2\n", "yaml-key-twice", "x.yaml:2:1"),
        ("? [a]\n: 1\n", "yaml-key-not-text", "x.yaml:1:3"),
        ("a: [1\n", "yaml-syntax", "x.yaml:2:1"),
        ("a: " + "[" * 40 + "]" * 40, "yaml-too-deep", "x.yaml:1:33"),
        ("a: " + "x" * 1_000_001, "yaml-too-large", "x.yaml"),
        ("[" * 20_000, "yaml-too-deep", "x.yaml:1:31"),
    ],
)
def test_refused(text: str, code: str, place: str) -> None:
    read = read_document(text, "x.yaml")
    assert isinstance(read, Problem)
    assert (read.code, str(read.where)) == (code, place)


def test_all_faults_at_once_with_places_and_a_suggestion() -> None:
    checked = check_document(document("nam: x\ninner:\n  amount: viele\n"), Outer)
    assert checked.value is None
    assert [(p.code, str(p.where)) for p in checked.problems] == [
        ("yaml-key-missing", "x.yaml:1:1"),
        ("yaml-value-invalid", "x.yaml:3:11"),
        ("yaml-key-unknown", "x.yaml:1:1"),
    ]
    assert checked.problems[2].args["suggestion"] == "name"


def test_a_sound_document_is_typed() -> None:
    checked = check_document(document("name: x\ninner: {amount: 12}\n"), Outer)
    assert checked.value == Outer(name="x", inner=Inner(amount=12))
