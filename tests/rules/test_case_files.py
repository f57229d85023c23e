"""The files of a case's upload: a text table with its mistakes told where they stand; rules on files of any ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import TextPlace
from auditor.ledgers import default_catalogue
from auditor.messages import TEXTS
from auditor.rules import case_files, load_rules, person_number

EV01 = """\
id: EV01
version: 1
status: stable
title: {zh: 缺失, en: Missing}
violation: evidence
severity: medium
basis:
  - {instrument: 某文件, article: 一, words: 佐证, from: 2022-11-04, checked_by: }
requires: {}
runs_if:
  query: SELECT evidence_file.path AS path FROM evidence_file
  otherwise: {zh: 没有附件, en: no files}
signal:
  subject: row
  grain: row
  query: |
    SELECT r.file_name AS subject FROM evidence_reference AS r
    WHERE r.path IS NULL AND r.ledger <> '' AND r.row_no >= 0 AND r.column_name <> '' AND r.content IS NULL
    GROUP BY r.file_name
evidence:
  - ledger: any_reference
    where: evidence_reference.file_name = signal.subject
    show: [file_name, person_id, issue_no]
message: {zh: "缺 {subject}", en: "{subject} is missing"}
false_positives:
  - {what: {zh: 漏报, en: Forgotten}, handled: review, ask: {zh: 是否漏报, en: Was it forgotten}}
verify:
  - {zh: 补交, en: Ask for it}
tests:
  as_of: 2022-12-31
  cases:
    - name: missing
      says: 甲's file is there, 乙's is not
      ledgers:
        posts: |
          person_id | name | employer | hired_on   | evidence
          @甲       | 张三 | 某镇     | 2022-01-01 | @甲.jpg
          @乙       | 李四 | 某镇     | 2022-01-01 | b.jpg
      files: |
        path    | content | picture
        @甲.jpg | a       | 0123456789abcdef
        c.pdf   | c       |
      must_fire: ["b.jpg"]
      must_not_fire: ["c.pdf"]
"""
VIOLATIONS = "violations:\n  - {id: evidence, zh: 佐证, en: Evidence, groups: [EV]}\n"


def _folder(folder: Path, rule: str) -> Path:
    for file, content in {"signals/evidence/ev01.yaml": rule, "violations.yaml": VIOLATIONS}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content, encoding="utf-8")
    return folder


def mistakes(folder: Path, old: str = "", new: str = "") -> list[tuple[str, str]]:
    """The codes of all mistakes of the rule with one change, and the text at which each is told."""
    assert old in EV01
    text = EV01.replace(old, new, 1)
    lines, found = text.splitlines(), []
    for problem in load_rules([_folder(folder, text)], default_catalogue()).problems:
        assert isinstance(problem.where, TextPlace)
        assert problem.where.line is not None
        assert problem.where.column is not None
        assert problem.code in TEXTS
        found.append((problem.code, lines[problem.where.line - 1][problem.where.column - 1 :]))
    return found


def test_a_rule_on_files_needs_no_ledger(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("path    | content | picture", "path    | picture | picture", "case-files-column", "path    | picture"),
        ("path    | content | picture", "path    | content | digest", "case-files-header", "digest"),
        ("path    | content | picture", "path    | content | path", "case-files-header", "path"),
        ("c.pdf   | c ", "@甲.jpg | c ", "case-files-path", "@甲.jpg | c       |"),
        ("c.pdf   | c ", "        | c ", "case-files-path", "        | c       |"),
        ("c.pdf   | c ", "c.pdf   |   ", "case-files-content", "c.pdf   |         |"),
        ("0123456789abcdef", "0123456789ABCDEF", "case-files-picture", "@甲.jpg | a       | 0123456789ABCDEF"),
        ("0123456789abcdef", "0123456789abcde", "case-files-picture", "@甲.jpg | a       | 0123456789abcde"),
        ("c.pdf   | c       |", "c.pdf   | c", "case-row-ragged", "c.pdf   | c"),
        ("@甲.jpg | a", "@甲/1965-02-30.jpg | a", "case-persona", "@甲/1965-02-30.jpg | a"),
        ("show: [file_name, person_id", "show: [file_name, amount", "column-unknown", "amount, issue_no]"),
        ("where: evidence_reference.file_name", "where: identity_mention.name", "alias-unknown", "identity_mention"),
        ("ledger: any_reference", "ledger: any", "alias-unknown", "evidence_reference.file_name"),
        ("evidence_file.path AS path", "evidence_file.paths AS path", "column-undeclared", "paths AS path"),
    ],
)  # fmt: skip
def test_mistakes_about_files_are_told_where_they_are(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    assert any(found == code and text.startswith(at) for found, text in mistakes(tmp_path, old, new))


@pytest.mark.parametrize(("columns", "unread"), [("person_id, evidence", []), ("person_id, evidence, name", ["name"])])
def test_a_column_that_names_files_is_read_by_who_reads_the_references(
    tmp_path: Path, columns: str, unread: list[str]
) -> None:
    joined = "FROM evidence_reference AS r JOIN posts ON posts._row = r.row_no AND posts.person_id IS NOT NULL"
    rule = EV01.replace("FROM evidence_reference AS r", joined, 1)
    rule = rule.replace("requires: {}", f"requires: {{posts: [{columns}]}}", 1)

    loaded = load_rules([_folder(tmp_path, rule)], default_catalogue())

    assert [(p.code, p.args["column"]) for p in loaded.problems] == [("column-unread", name) for name in unread]


def test_the_files_of_a_case_have_their_personas_expanded() -> None:
    files = case_files("path | content | picture\n@甲.jpg | a | 0123456789abcdef\nb.pdf | b |\n")

    assert [(file.path, file.content, file.picture) for file in files] == [
        (f"{person_number('甲')}.jpg", "a", "0123456789abcdef"),
        ("b.pdf", "b", None),
    ]
    with pytest.raises(ValueError, match="case-row-ragged"):
        case_files("path | content\na\n")
