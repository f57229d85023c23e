"""What a mark in an attendance grid says: how much of the day was worked, and how much was leave.

The defaults are those of custom (√ present, × absent, 事 leave). A sheet that explains its marks (出勤√ 事假△ 旷工×) is
taken at its word. A mark that is explained nowhere is unknown, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.intake.sheets.day_columns import fold

WHOLE = 2  # half-days


@dataclass(frozen=True, slots=True)
class Worth:
    """What a mark says of a whole day, in half-days; what is neither present nor leave is absence or a day of rest.

    Attributes:
        present, leave: half-days.
        fixed: it says so much whatever column it stands in: 0.5 is half a day in a column for half a day too.
    """

    present: int
    leave: int = 0
    fixed: bool = False

    def within(self, halves: int) -> Worth:
        """What it says in a column for so many half-days."""
        if self.fixed or halves >= WHOLE:
            return Worth(min(self.present, halves), min(self.leave, halves))
        return Worth(self.present * halves // WHOLE, self.leave * halves // WHOLE)


PRESENT = Worth(WHOLE)
HALF = Worth(1, fixed=True)
LEAVE = Worth(0, WHOLE)
HALF_LEAVE = Worth(0, 1, fixed=True)
NEITHER = Worth(0)
UNCLEAR = Worth(-1)  # explained in two ways

_PRESENT_WORDS = "出勤 到岗 在岗 满勤 全勤 到勤 全天 正常 上班 出工 签到 已签到 出差 公出 公差 培训 学习 加班 迟到 早退"
_HALF_WORDS = "半天 半日 半勤 出勤半天 上班半天"
_REST_WORDS = "休息 公休 轮休 调休 双休 双休日 休假日 节假日 法定假 法定节假日 放假 公休假"
_ABSENT_WORDS = "旷工 旷勤 缺勤 缺岗 未到 未到岗 未出勤 脱岗 离岗 空岗 不在岗"
# A day of rest is no leave: leave_days is 请假天数.
_LEAVE_WORDS = "事假 病假 婚假 产假 丧假 年假 年休 年休假 公假 请假 探亲假 护理假 陪产假 工伤 工伤假 休假"
_WORDS: Mapping[str, Worth] = {
    **dict.fromkeys(_PRESENT_WORDS.split(), PRESENT),
    **dict.fromkeys(_HALF_WORDS.split(), HALF),
    **dict.fromkeys(_LEAVE_WORDS.split(), LEAVE),
    **dict.fromkeys(f"{_REST_WORDS} {_ABSENT_WORDS}".split(), NEITHER),
}
_DEFAULTS: Mapping[str, Worth] = {
    **_WORDS,
    **dict.fromkeys((*"√✓✔☑✅v1●■+出到勤全对差", "1.0"), PRESENT),
    **dict.fromkeys((*"半◐◑", "0.5", ".5", "1/2", "1\u20442"), HALF),
    **dict.fromkeys((*"×✗✘x\u2573○\u3007◯△0-/—–―缺旷休轮调节", "0.0"), NEITHER),
    **dict.fromkeys("事病假婚产丧年公请伤探护", LEAVE),
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<word>{_WORD})"
    r"|(?P<blank>空白|留空|不填|不打)"
    r"|[“\"'‘「(\[<](?P<quoted>[^”\"'’」)\]>\s]{1,3})[”\"'’」)\]>]"
    r"|(?P<sign>[√✓✔☑✅●■○\u3007◯△▲◎☆★◇◆□⊙⊕⊗\u2573×✗✘◐◑])"
    r"|(?<=[假休息工勤])(?P<han>[事病婚产丧年公休旷缺伤])(?=[\s,、;。/]|$)"
    r"|(?<![0-9a-z])(?P<letter>[vx*#+])(?![0-9a-z])"
    r"|(?<=[^0-9a-z])(?P<stroke>[-/—])(?=[\s,、;。]|$)"
)
_EXPLAINS = re.compile(r"图例|符号|说明|备注|标记|标识|代表|表示|填写|考勤")
_CLAUSE = re.compile(r"[，,；;。\n]+")
_FEWEST_PAIRS = 2


def legend(lines: Iterable[str]) -> dict[str, Worth]:
    """The marks that the lines explain. One that is explained in two ways is left out: it is unknown.

    `""` stands for a blank cell where that is said to mean something.
    """
    found: dict[str, set[Worth]] = {}
    for line in lines:
        pairs = [pair for clause in _CLAUSE.split(line) for pair in _pairs(clause)]
        if len(pairs) >= _FEWEST_PAIRS or (pairs and _EXPLAINS.search(line)):
            for mark, worth in pairs:
                found.setdefault(mark, set()).add(worth)
    return {mark: worths.pop() if len(worths) == 1 else UNCLEAR for mark, worths in found.items()}


def _pairs(line: str) -> list[tuple[str, Worth]]:
    """The (mark, worth) that a clause explains: word before mark, or mark before word, as it begins."""
    text = unicodedata.normalize("NFKC", line).casefold()
    matches = list(_TOKEN.finditer(text))
    if {match.lastgroup == "word" for match in matches} != {True, False}:
        return []
    by_word = matches[0].lastgroup == "word"
    groups: list[tuple[list[str], list[str]]] = []  # words and marks that stand together
    before, end = not by_word, 0
    for match in matches:
        word = match.lastgroup == "word"
        apart = word == before and " " in text[end : match.start()]  # what a blank parts does not stand together
        if (word == by_word and before != by_word) or apart:
            groups.append(([], []))
        groups[-1][0 if word else 1].append(_token(match))
        before, end = word, match.end()
    pairs: list[tuple[str, Worth]] = []
    for words, marks in groups:
        worths = {_WORDS[word] for word in words}
        if worths:
            pairs.extend((mark, next(iter(worths)) if len(worths) == 1 else UNCLEAR) for mark in marks)
    return pairs


def _token(match: re.Match[str]) -> str:
    return "" if match.lastgroup == "blank" else match[match.lastgroup or 0]


def worth(text: str, explained: Mapping[str, Worth]) -> Worth | None:
    """What a mark says of a day, or None where that is not known."""
    mark = fold(text)
    found = explained.get(mark, _DEFAULTS.get(mark))
    if found is None:
        found = _two_halves(mark, explained)
    return None if found is UNCLEAR else found


def _two_halves(mark: str, explained: Mapping[str, Worth]) -> Worth | None:
    """√× or √/事: the morning and the afternoon."""
    parts = [part for part in (re.split(r"[/|、\\]", mark) if re.search(r".[/|、\\].", mark) else list(mark)) if part]
    if len(parts) != WHOLE or all(part.isalnum() for part in parts) or any(part.isascii() for part in parts):
        return None
    worths = [explained.get(part, _DEFAULTS.get(part)) for part in parts]
    if any(one is None or one is UNCLEAR or one.fixed for one in worths):
        return None
    halves = [one.within(1) for one in worths if one is not None]
    return Worth(sum(one.present for one in halves), sum(one.leave for one in halves), fixed=True)
