"""`auditor`: the group of commands, loaded lazily."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from auditor import __version__

# command → (module, one-line help zh, en): the help of the group must not import the commands
COMMANDS: Mapping[str, tuple[str, str]] = {
    "read": ("auditor.cli.read", "读表报告：每张表被认作什么、哪行是表头 · what each sheet was taken for"),
    "audit": ("auditor.cli.audit", "审核台账，列出疑点与证据 · audit ledgers: findings with their evidence"),
    "person": ("auditor.cli.person", "一个人在所有台账中的轨迹，矛盾之处标出 · one person's trail over all ledgers"),
    "rules": ("auditor.cli.rules", "规则目录：list show lint test mutate … · the rule catalogue"),
    "ledgers": ("auditor.cli.ledgers", "台账种类：list show · the ledger kinds"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands, in the order in which people use them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command `cmd_name`, imported now."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(entry[0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command; a defect of ours ends with status 2, since 1 would read as “findings”."""
        try:
            return super().main(*args, **kwargs)
        except Exception as error:  # the last door: whatever it is, it must not look like a result
            from auditor.cli.crash import report_crash  # noqa: PLC0415  only when it is needed

            raise SystemExit(report_crash(error)) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auditor")
def main() -> None:
    """审核公益性岗位、就业帮扶车间等台账。Audits the ledgers behind public-welfare posts and assistance workshops.

    退出码 exit status: 0 无达到 --fail-on 级别的疑点 · 1 有 · 2 未能完成（输入不可读、用法有误……）
    """
