"""`auditor`: the group of commands, loaded lazily."""

from __future__ import annotations

from typing import Any

import click

from auditor import __version__
from auditor.cli.lazy import Commands, LazyGroup

COMMANDS: Commands = {
    "read": ("auditor.cli.read", "command", "读表报告：每张表被认作什么、哪行是表头 · what each sheet was taken for"),
    "audit": ("auditor.cli.audit", "command", "审核台账，列出疑点与证据 · audit ledgers: findings with their evidence"),
    "reconcile": (
        "auditor.cli.reconcile",
        "command",
        "只对账：账账、账实，逐项差异 · statements alone: ledgers against each other and the facts",
    ),
    "person": (
        "auditor.cli.person",
        "command",
        "一个人在所有台账中的轨迹，矛盾之处标出 · one person's trail over all ledgers",
    ),
    "workshop": (
        "auditor.cli.workshop",
        "command",
        "一个帮扶车间在所有台账中的轨迹，矛盾之处标出 · one workshop's trail over all ledgers",
    ),
    "links": (
        "auditor.cli.links",
        "command",
        "谁与谁有关联：同户、亲属、账户、电话、审批 · who is tied to whom, each tie with its source",
    ),
    "rules": ("auditor.cli.rules", "command", "规则目录：list show lint test mutate … · the rule catalogue"),
    "ledgers": ("auditor.cli.ledgers", "command", "台账种类：list show · the ledger kinds"),
}


class _App(LazyGroup):
    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command; a defect of ours ends with status 2, since 1 would read as “findings”."""
        try:
            return super().main(*args, **kwargs)
        except Exception as error:  # the last door: whatever it is, it must not look like a result
            from auditor.cli.crash import report_crash  # noqa: PLC0415  only when it is needed

            raise SystemExit(report_crash(error)) from error


@click.group(cls=_App, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auditor")
def main() -> None:
    """审核公益性岗位、就业帮扶车间等台账。Audits the ledgers behind public-welfare posts and assistance workshops.

    退出码 exit status: 0 无达到 --fail-on 级别的疑点 · 1 有 · 2 未能完成（输入不可读、用法有误……）
    """
