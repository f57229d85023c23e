"""SQL text to a tree whose every node knows where it stands.

SQLGlot's own positions are not used as they are: its column is the end of the token, and each `$name` throws the count
off (DuckDB's `$tag$…$tag$` strings are tried first: `$a,$a` is one). So placeholders are marked before the tokens are
cut, with a mark as long as the `$`, and places are counted from offsets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ErrorLevel, ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from auditor.errors import NO_ARGUMENTS, Argument

MAX_LENGTH = 20_000
MAX_DEPTH = 60
MAX_NODES = 5_000

_MARK = "\ue000"  # a private-use character: part of a name for the tokenizer, and in no honest query
_PIECES = re.compile(
    r"(?P<quoted>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/)"
    r"|\$(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?!\$|\w)"
    r"|(?P<open>['\"]|/\*)"
    r"|(?P<stray>\$|\ue000)",
    re.DOTALL,
)
_CALL = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*\(\s*(?:DISTINCT\s+)?\Z", re.IGNORECASE)
_KEYWORDS = frozenset({"WHERE", "AND", "OR", "NOT", "ON", "IN", "WHEN", "THEN", "ELSE", "BY", "SELECT", "HAVING", "AS"})
_BRACKETS = {TokenType.L_BRACKET, TokenType.R_BRACKET, TokenType.L_BRACE, TokenType.R_BRACE}
_STARTS = {TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN, TokenType.FROM}


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake in a text: its code, line and column in the text (from 1), and arguments."""

    code: str
    line: int
    column: int
    args: Mapping[str, Argument] = field(default_factory=lambda: NO_ARGUMENTS)


@dataclass(frozen=True, slots=True)
class Sql:
    """A parsed text; placeholders are `exp.Placeholder` nodes."""

    text: str
    tree: exp.Expr

    def fault(self, code: str, node: exp.Expr, /, **args: Argument) -> Fault:
        """The fault `code` where `node` stands."""
        offset = node_offset(node)
        if isinstance(node, exp.Func) and "start" not in node.meta:
            # SQLGlot keeps no place for some functions: it is the name before the bracket before the first argument.
            called = _CALL.search(self.text, 0, offset)
            if called is not None and called["name"].upper() not in _KEYWORDS:
                offset = called.start()
        return fault_at(self.text, code, offset, **args)

    def fault_at_word(self, code: str, node: exp.Expr, word: str, /, **args: Argument) -> Fault:
        """The same for a node that has no token of its own: at the first match of `word` where its parent stands."""
        if _own_offsets(node):
            return self.fault(code, node, **args)
        offset = node_offset(node)
        match = re.compile(word, re.IGNORECASE).search(self.text, offset)
        return fault_at(self.text, code, match.start() if match is not None else offset, **args)

    def placeholders(self) -> dict[str, exp.Placeholder]:
        """The names used as `$name`, each with its first node."""
        found: dict[str, exp.Placeholder] = {}
        for node in self.tree.find_all(exp.Placeholder, bfs=False):
            if node.meta.get("ours"):
                found.setdefault(node.name, node)
        return found


class SqlRefused(Exception):  # noqa: N818 (a refusal: the text is at fault, not the program)
    """The text is no single SELECT (or condition) that could be parsed."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(", ".join(f"{f.line}:{f.column} {f.code}" for f in faults))


def fault_at(text: str, code: str, offset: int, /, **args: Argument) -> Fault:
    """The fault `code` at a character offset of `text`."""
    before = text[:offset]
    return Fault(code, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1, args)


def _own_offsets(node: exp.Expr) -> list[int]:
    return [int(n.meta["start"]) for n in node.walk() if "start" in n.meta]


def node_offset(node: exp.Expr) -> int:
    """Where the node's first token stands; a node without tokens of its own stands where its parent does."""
    current: exp.Expr | None = node
    while current is not None:
        offsets = _own_offsets(current)
        if offsets:
            return min(offsets)
        current = current.parent
    return 0


def _marked(text: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        if match["open"]:
            raise SqlRefused(fault_at(text, "sql-unclosed", match.start(), text=match["open"]))
        if match["stray"]:
            raise SqlRefused(fault_at(text, "sql-dollar", match.start()))
        return f"{_MARK}{match['name']}" if match["name"] else match[0]

    return _PIECES.sub(replaced, text)


def _tokens(text: str) -> tuple[str, list[Token]]:
    if len(text) > MAX_LENGTH:
        raise SqlRefused(Fault("sql-too-long", 1, 1, {"limit": MAX_LENGTH}))
    marked = _marked(text)
    try:
        tokens = Dialect.get_or_raise("duckdb").tokenize(marked)
    except TokenError as error:
        raise SqlRefused(Fault("sql-syntax", 1, 1, {"detail": str(error.__cause__ or error)})) from error
    while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens.pop()
    if not tokens:
        raise SqlRefused(Fault("sql-empty", 1, 1))
    for token in tokens:
        if token.token_type is TokenType.SEMICOLON:
            raise SqlRefused(fault_at(text, "sql-not-one-select", token.start, found=";"))
        if token.token_type in _BRACKETS:  # lists and structs: nothing that is allowed needs them
            raise SqlRefused(fault_at(text, "sql-construct", token.start, found=token.text))
    return marked, tokens


def _syntax_faults(text: str, tokens: list[Token], error: ParseError) -> list[Fault]:
    starts = {(token.line, token.col): token.start for token in tokens}
    faults = []
    for entry in error.errors:
        line, column = int(entry.get("line") or 1), int(entry.get("col") or 1)
        near = str(entry.get("highlight") or "").replace(_MARK, "$")
        detail = (
            f"{str(entry.get('description') or '').rstrip('.')} ({near})" if near else str(entry.get("description"))
        )
        start = starts.get((line, column))
        faults.append(
            Fault("sql-syntax", line, column, {"detail": detail})
            if start is None
            else fault_at(text, "sql-syntax", start, detail=detail)
        )
    return faults or [Fault("sql-syntax", 1, 1, {"detail": str(error)})]


def _measured(text: str, tree: exp.Expr) -> None:
    deepest, count = 0, 0
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        deepest, count = max(deepest, depth), count + 1
        stack.extend((child, depth + 1) for child in node.iter_expressions())
    if deepest > MAX_DEPTH or count > MAX_NODES:
        raise SqlRefused(fault_at(text, "sql-too-deep", 0, limit=MAX_DEPTH))


def _unmarked(text: str, tree: exp.Expr) -> exp.Expr:
    """Turns the marked names into placeholders; a mark anywhere else than in a value's place is a fault."""

    def swapped(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and node.name.startswith(_MARK):
            placeholder = exp.Placeholder(this=node.name.removeprefix(_MARK))
            placeholder.meta.update({"ours": True, "start": node_offset(node)})
            return placeholder
        return node

    tree = tree.transform(swapped, copy=False)
    for identifier in tree.find_all(exp.Identifier):
        if _MARK in identifier.name:
            raise SqlRefused(fault_at(text, "sql-dollar", node_offset(identifier)))
    return tree


def _parsed(text: str, tokens: list[Token], marked: str, into: type[exp.Expr] | None) -> exp.Expr:
    parser = Dialect.get_or_raise("duckdb").parser(error_level=ErrorLevel.RAISE)
    try:
        trees = parser.parse(tokens, marked) if into is None else parser.parse_into(into, tokens, marked)
        found = [tree for tree in trees if tree is not None]
        if len(found) != 1:
            raise SqlRefused(Fault("sql-not-one-select", 1, 1, {"found": str(len(found))}))
        _measured(text, found[0])
        return _unmarked(text, found[0])
    except ParseError as error:
        raise SqlRefused(*_syntax_faults(text, tokens, error)) from error
    except RecursionError as error:
        raise SqlRefused(Fault("sql-too-deep", 1, 1, {"limit": MAX_DEPTH})) from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        # SQLGlot stumbles over some texts that are no SQL; one broken rule must not keep the others from being read.
        raise SqlRefused(Fault("sql-syntax", 1, 1, {"detail": str(error)})) from error


def parse_select(text: str) -> Sql:
    """The single SELECT (or set operation of SELECTs) of `text`.

    The same text gives the same tree, since a query is asked about several times in every run: nobody may change it.

    Raises:
        SqlRefused: it is something else, or cannot be parsed; with its faults.
    """
    return _select(text)


@lru_cache(maxsize=256)
def _select(text: str) -> Sql:
    marked, tokens = _tokens(text)
    # Looked at before parsing: SQLGlot parses what it does not know as a Command, with a warning in the log.
    if tokens[0].token_type not in _STARTS:
        raise SqlRefused(fault_at(text, "sql-not-one-select", tokens[0].start, found=tokens[0].text))
    tree = _parsed(text, tokens, marked, None)
    inner = tree
    while isinstance(inner, exp.Subquery) and not inner.alias:
        inner = inner.this
    if not isinstance(inner, exp.Select | exp.SetOperation):
        raise SqlRefused(fault_at(text, "sql-not-one-select", tokens[0].start, found=type(inner).__name__.upper()))
    return Sql(text, tree)


def parse_condition(text: str) -> Sql:
    """The condition of `text`, as it could stand after WHERE.

    Raises:
        SqlRefused: it is something else, or cannot be parsed; with its faults.
    """
    marked, tokens = _tokens(text)
    return Sql(text, _parsed(text, tokens, marked, exp.Condition))
