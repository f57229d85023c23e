"""`auditor rules …`: the catalogue for those who write and trust it; each command a module, imported when called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

# command → (module, the function in it, one-line help): the help of the group must not import the commands
COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "list": ("listing", "list_", "列出规则 · list the rules"),
    "show": ("show", "show", "显示一条规则 · show a rule"),
    "lint": ("lint", "lint", "检查规则文件 · check rule files: every mistake with line and column"),
    "test": ("test", "test", "运行规则文件内的用例 · run the cases inside the rule files"),
    "mutate": ("mutate", "mutate", "逐个改动查询，看用例能否发现 · would the cases notice a mistake?"),
    "lock": ("lock", "lock", "写出版本锁 · write the version lock"),
    "new": ("new", "new", "写出新规则的骨架 · write the skeleton of a rule"),
    "docs": ("docs", "docs", "写出规则目录 · write the catalogue, zh and en"),
    "impact": ("impact", "impact", "试运行一条规则 · dry run: what would appear and vanish"),
}


class LazyCommands(click.Group):
    """The group, whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands, in the order in which an author needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command `cmd_name`, imported now."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found: click.Command = getattr(importlib.import_module(f"auditor.cli.rules.{entry[0]}"), entry[1])
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, _, help_) in COMMANDS.items()])


@click.group("rules", cls=LazyCommands)
def command() -> None:
    """规则目录 The rule catalogue."""
