"""The sentences of a finding, zh and en: seen, where, may be explained by, verify, clears. No verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.clues import EvidenceRow, Signal, Subject
from auditor.inference.model import FindingText
from auditor.rules.model import FalsePositive, Rule, Text
from auditor.values.masking import mask_text

ROWS_SHOWN = 5
ITEMS_SHOWN = 4


def innocent_explanations(known: Iterable[FalsePositive], words: FindingText) -> tuple[Text, ...]:
    """What else may explain it: what the rules leave to review, then what holds for the violation as a whole."""
    left = (fp.what for fp in known if fp.handled == "review")
    return _distinct([*left, *words.innocent])


def next_steps(steps: Iterable[Text], words: FindingText) -> tuple[Text, ...]:
    """What to verify: as the rules say, then as the violation says."""
    return _distinct([*steps, *words.verify])


def clearing(words: FindingText) -> tuple[Text, ...]:
    """What would settle the matter in the subject's favour."""
    return _distinct(words.clears)


@dataclass(frozen=True, slots=True)
class Matter:
    """All that the message of a finding speaks of; `rules` are those of the catalogue, by id."""

    subject: Subject
    words: FindingText
    signals: Sequence[Signal]
    rules: Mapping[str, Rule]
    rows: Sequence[EvidenceRow]
    amount: Decimal | None
    innocent: Sequence[Text]
    verify: Sequence[Text]
    clears: Sequence[Text]


def message(matter: Matter) -> Text:
    """The whole message; identity numbers, accounts and phones in names of files and the like are masked."""
    return Text(mask_text(_message("zh", matter)), mask_text(_message("en", matter)))


def seen(matter: Matter) -> Text:
    """What was seen, in a line: each rule in words with its months, and where its rows stand."""
    zh = _seen("zh", matter) + (_where("zh", matter.rows) if matter.rows else "")
    en = _seen("en", matter) + (" " + _where("en", matter.rows) if matter.rows else "")
    return Text(mask_text(zh), mask_text(en))


def _message(lang: str, matter: Matter) -> str:
    chinese = lang == "zh"
    name = matter.subject.name
    who = f"{name}{'：' if chinese else ': '}" if name else ""
    parts = [who + matter.words.seen.in_(lang), _seen(lang, matter)]
    if matter.amount is not None:
        total = f"{matter.amount:,.2f}"
        parts.append(f"涉及金额 {total} 元。" if chinese else f"Money at stake: {total} yuan.")
    if matter.rows:
        parts.append(_where(lang, matter.rows))
    heads = (
        ("可能的正常原因：", "核实办法：", "可以排除疑点的材料：")
        if chinese
        else ("It may be explained by: ", "To verify: ", "It is cleared by: ")
    )
    for head, items in zip(heads, (matter.innocent, matter.verify, matter.clears), strict=True):
        if items:
            parts.append(head + _listed(lang, items))
    return ("" if chinese else " ").join(parts)


def _seen(lang: str, matter: Matter) -> str:
    """Each rule in words, with its months; one outside the catalogue (ledger quality) by its signal's message.

    Where a signal is about a member (a worker of the workshop), how many members it is about is said as well.
    """
    told: list[str] = []
    for id_ in sorted({signal.rule for signal in matter.signals}):
        own = [signal for signal in matter.signals if signal.rule == id_]
        months = sorted({signal.period for signal in own if signal.period})
        rule = matter.rules.get(id_)
        title = rule.title.in_(lang) if rule is not None else own[0].message.get(lang, "").rstrip("。.")
        members = len({signal.subject.id for signal in own if signal.subject.kind != matter.subject.kind})
        of_whom = [] if not members else [f"成员 {members} 人" if lang == "zh" else f"of {members} of its people"]
        when = [month_runs(months, lang)] if months else []
        if beside := ("，" if lang == "zh" else ", ").join([*of_whom, *when]):
            title += f"（{beside}）" if lang == "zh" else f" ({beside})"
        told.append(title or id_)
    return "；".join(told) + "。" if lang == "zh" else "; ".join(told) + "."


def _where(lang: str, rows: Sequence[EvidenceRow]) -> str:
    """The first rows, those of one sheet told together."""
    sheets: dict[str, list[str]] = {}
    for row in rows[:ROWS_SHOWN]:
        sheet = f"{row.file}[{row.sheet}]" if row.sheet else row.file
        sheets.setdefault(sheet, []).extend([str(row.row)] if row.row is not None else [])
    shown = [_rows(lang, sheet, numbers) for sheet, numbers in sheets.items()]
    more = len(rows) - ROWS_SHOWN
    if lang == "zh":
        return "见" + "；".join(shown) + (f"；等 {len(rows)} 行。" if more > 0 else "。")
    return "See " + "; ".join(shown) + (f"; and {more} more rows." if more > 0 else ".")


def _rows(lang: str, sheet: str, numbers: Sequence[str]) -> str:
    if not numbers:
        return sheet
    if lang == "zh":
        return f"{sheet} 第 {'、'.join(numbers)} 行"
    return f"{sheet} row{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _listed(lang: str, items: Sequence[Text]) -> str:
    shown = [f"{number}）{_clause(item.zh)}" for number, item in enumerate(items[:ITEMS_SHOWN], 1)]
    if lang == "zh":
        return "；".join(shown) + ("；等。" if len(items) > ITEMS_SHOWN else "。")
    shown = [f"({number}) {_clause(item.en)}" for number, item in enumerate(items[:ITEMS_SHOWN], 1)]
    return "; ".join(shown) + ("; and others." if len(items) > ITEMS_SHOWN else ".")


def _clause(sentence: str) -> str:
    return sentence.rstrip("。.；; ")


def month_runs(months: Sequence[str], lang: str) -> str:
    """Sorted months (YYYY-MM) with neighbours joined: `2022-01 至 2022-03、2022-05`; week ends stand as they are."""
    runs: list[list[str]] = []
    for month in months:
        if runs and _follows(runs[-1][-1], month):
            runs[-1].append(month)
        else:
            runs.append([month])
    to, comma = (" 至 ", "、") if lang == "zh" else (" to ", ", ")
    return comma.join(run[0] if len(run) == 1 else f"{run[0]}{to}{run[-1]}" for run in runs)


def _follows(before: str, month: str) -> bool:
    if len(before) != len("YYYY-MM") or len(month) != len("YYYY-MM"):
        return False
    return int(month[:4]) * 12 + int(month[5:]) - int(before[:4]) * 12 - int(before[5:]) == 1


def _distinct(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))
