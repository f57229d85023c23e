"""Texts of documents, profile, catalogue, engine and output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, tuple[str, str]]

TEXTS: Texts = {
    "yaml-syntax": (
        "YAML 语法错误：{detail}。请检查缩进、冒号和引号。",
        "YAML syntax: {detail}. Check indentation, colons and quotes.",
    ),
    "yaml-too-large": ("文件超过 {limit} 字节，不予读取。", "The file is larger than {limit} bytes and is not read."),
    "yaml-too-deep": ("嵌套超过 {limit} 层，不予读取。", "Nested deeper than {limit} levels; not read."),
    "yaml-alias": (
        "不允许使用 YAML 锚点或别名（& *）。请直接写出内容。",
        "YAML anchors and aliases (& *) are refused; write the content out.",
    ),
    "yaml-tag": ("不允许使用 YAML 标签 {tag}。", "The YAML tag {tag} is refused."),
    "yaml-key-twice": ("键“{key}”出现两次，请删去一个。", "The key “{key}” stands twice; remove one."),
    "yaml-key-not-text": ("键必须是文字。", "A key must be text."),
    "yaml-key-unknown": (
        "不认识的键“{key}”（是否应为 {suggestion}？）。",
        "Unknown key “{key}” (did you mean {suggestion}?).",
    ),
    "yaml-key-missing": ("缺少必填键“{key}”。", "The required key “{key}” is missing."),
    "yaml-value-invalid": (
        "“{key}”的值“{text}”不合要求：{detail}。",
        "The value “{text}” of “{key}” is not accepted: {detail}.",
    ),
    "ledger-file-invalid": ("台账目录文件有误：{detail}", "The ledger catalogue file is wrong: {detail}"),
    "profile-unreadable": ("无法读取配置文件：{detail}", "The profile cannot be read: {detail}"),
    "period-reversed": ("期间的起始月份晚于截止月份，请对调。", "The period ends before it begins; swap its months."),
    "engine-failed": ("数据引擎执行失败：{detail}", "The SQL engine failed: {detail}"),
    "engine-too-slow": (
        "查询超过 {seconds} 秒，已中止。",
        "The query took more than {seconds} seconds and was stopped.",
    ),
    "output-unwritable": (
        "无法写入输出目录：{detail}。请换一个可写的目录（--out）。",
        "The output folder cannot be written: {detail}. Choose another with --out.",
    ),
    "key-unusable": (
        "无法读写化名密钥：{detail}。请用 --data 或环境变量 AUDITOR_DATA 指定可写的数据目录；密钥损坏时请恢复备份。",
        "The pseudonym key cannot be used: {detail}. Name a writable data directory with --data or AUDITOR_DATA; "
        "restore a backup if the key is damaged.",
    ),
}
