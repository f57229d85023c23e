"""The lints: takes a rule and what its queries mean, gives every mistake of its author with its place."""

from auditor.rules.lints.rule import lint_rule

__all__ = ["lint_rule"]
