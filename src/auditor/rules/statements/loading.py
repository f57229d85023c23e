"""Statement documents to statements: those without mistakes by id, and every mistake."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.documents import Document
from auditor.errors import Problem
from auditor.rules.queries import Context
from auditor.rules.repairing import check_and_repair
from auditor.rules.statements.building import build_statement
from auditor.rules.statements.lints import lint_statement
from auditor.rules.statements.model import StatementRule
from auditor.rules.statements.schema import StatementFile


def build_statements(documents: Sequence[Document], context: Context) -> tuple[dict[str, StatementRule], list[Problem]]:
    """The statements of `documents`; one with a mistake is left out, and the mistake told."""
    found: dict[str, StatementRule] = {}
    problems: list[Problem] = []
    for document in documents:
        repaired = check_and_repair(document, StatementFile)
        mine = list(repaired.problems)
        if repaired.value is not None:
            statement = build_statement(repaired.value, document)
            told = {problem.where for problem in mine}
            mine += [problem for problem in lint_statement(statement, context) if problem.where not in told]
            if statement.id in found:
                args = {"id": statement.id, "file": found[statement.id].document.file}
                mine.append(Problem("id-twice", document.place(("id",)), args))
            elif not mine:
                found[statement.id] = statement
        problems += mine
    return dict(sorted(found.items())), problems
