"""`auditor rules …`: the catalogue for those who write and trust it; each command a module, imported when called."""

from __future__ import annotations

import click

from auditor.cli.lazy import Commands, LazyGroup

COMMANDS: Commands = {
    "list": ("auditor.cli.rules.listing", "list_", "列出规则 · list the rules"),
    "show": ("auditor.cli.rules.show", "show", "显示一条规则 · show a rule"),
    "lint": ("auditor.cli.rules.lint", "lint", "检查规则文件 · check rule files: every mistake with line and column"),
    "test": ("auditor.cli.rules.test", "test", "运行规则文件内的用例 · run the cases inside the rule files"),
    "mutate": (
        "auditor.cli.rules.mutate",
        "mutate",
        "逐个改动查询，看用例能否发现 · would the cases notice a mistake?",
    ),
    "lock": ("auditor.cli.rules.lock", "lock", "写出版本锁 · write the version lock"),
    "new": ("auditor.cli.rules.new", "new", "写出新规则的骨架 · write the skeleton of a rule"),
    "docs": ("auditor.cli.rules.docs", "docs", "写出规则目录 · write the catalogue, zh and en"),
    "impact": ("auditor.cli.rules.impact", "impact", "试运行一条规则 · dry run: what would appear and vanish"),
}


@click.group("rules", cls=LazyGroup, lazy=COMMANDS)
def command() -> None:
    """规则目录 The rule catalogue."""
