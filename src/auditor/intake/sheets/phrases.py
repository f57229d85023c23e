"""What a leaf under its parents may be called in one phrase: 公示时间 over 起 is 公示起, 户主 over 姓名 is 户主姓名.

A header of several levels is matched like one of one level, exactly and after folding; here stand the phrases that its
levels spell. Nothing is guessed: where the parent says that the leaf is of somebody else, of another year or of a plan,
the leaf alone is no phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from auditor.intake.sheets.folding import bare, fold
from auditor.ledgers import ColumnType

_TIMES = "时间|日期|年月日|年月|月份|期限|期间|期|日"
_START = "开始|起始|起|自|始"
_END = "结束|截止|截至|终止|止|至|到|讫"
_SIDE = re.compile(rf"(?P<stem>.*?)(?:(?P<start>{_START})|(?P<end>{_END}))(?:{_TIMES})?")
_BOTH = re.compile(r"[起自始][止至讫到]?$")
_STEM = re.compile(rf"(?:起止|起讫|起至|有效)?(?:{_TIMES})?(?:情况|信息)?$")
_TAILS = ("金额", "工资", "补贴", "时间", "日期", "年月", "天数", "人数", "月数", "账号", "名称", "标准")
_OWN_NAMES = frozenset({"姓名", "名称", "名字"})
# A leaf that only says in what the parent is counted: 发放金额 over 元.
_UNIT = re.compile(r"(?:单位[:：])?[(\[]?(?:元|万元|元/月|元/人|元/人[.·]?月|人|人次|户|个|个月|月|天|岁|%|亩)[)\]]?")

_PERSONAL = frozenset({ColumnType.PERSON_ID, ColumnType.NAME, ColumnType.PHONE, ColumnType.ACCOUNT})
# Whose the row is: under these, 姓名 and 身份证号 are those of the row's own person.
_SELF = re.compile(
    r"本人|个人|人员|成员|人口|对象|劳动力|劳动者|职工|员工|学生|死者|申请人|求职者|领取人|收款人|借款人|受助人|参保人|务工者"
)
# Somebody else beside the row's own person.
_OTHER = re.compile(
    r"户主|法定代表|法人|负责|代领|代办|代理|代签|委托|受托|联系人|联络|监护|亲属|家属|亲戚|配偶|丈夫|妻子|父|母|子女|儿子|女儿|担保|共同"
    r"|责任人|经办|审批|审核|复核|帮扶|驻村|干部|包保|网格|介绍|股东|投资|监事|经营者|走访|核查人|签收|证明人|见证|推荐人|带头人|合伙"
    r"|紧急|照料|被照|替岗|顶岗|接替|原任|前任|继任|领导|考勤员|管理员|填报|填表|制表"
)
_GROUP = re.compile(r"(?:情况|信息|资料|项目|内容|明细|概况|数据|事项|要素|栏)$")
_PERSON_END = re.compile(r"(?:人|者|员|主|方|干部|亲|属)$")
# Another time or another thing than the one that the row records.
_ELSE = re.compile(r"上年|去年|往年|上月|上期|上季|上一|前期|计划|拟|预计|应退|退回|追回|^原|变更前|调整前")


class Standing(Enum):
    """How a leaf stands to its parents when it is read alone."""

    OWN = 0  # the parent is a heading of a group, or names the row's own person
    LOOSE = 1  # the parent says something that nobody has told us
    FOREIGN = 2  # the parent speaks of somebody or something else


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the levels spell, best first.

    Attributes:
        joined: parent and leaf together.
        sides: (what, 起 or 止) where the leaf is one end of a span of time.
        named: the parents alone, where the leaf adds nothing: 法定代表人 over 姓名.
        counted: parent and leaf as unit, for the look-up without brackets too: 务工时间（月）.
    """

    joined: tuple[str, ...]
    sides: tuple[tuple[str, str], ...]
    named: tuple[str, ...]
    counted: tuple[str, ...]


def side_of(header: str) -> tuple[str, str] | None:
    """The stem and the end (起, 止) that a header names: 公示开始日期 → 公示, 起; None where it names none or both."""
    found = _SIDE.fullmatch(bare(header))
    if found is None:
        return None
    if found["end"]:
        return None if _BOTH.search(found["stem"]) else (_stem(found["stem"]), "止")
    return _stem(found["stem"]), "起"


def _stem(parent: str) -> str:
    """What a span of time is of: 公示 of 公示时间, 公示期 and 公示起止日期."""
    return _STEM.sub("", bare(parent), count=1)


def _chains(above: Sequence[str]) -> Iterator[str]:
    """The parents as they may be read together, the nearest first."""
    for start in range(len(above) - 1, -1, -1):
        yield "".join(above[start:])
    yield from reversed(above[:-1])


def _sides(leaf: str, above: Sequence[str]) -> Iterator[tuple[str, str]]:
    side = side_of(leaf)
    if side is None:
        return
    if side[0]:
        yield side
        return
    # 起 under 公示时间 is the beginning of 公示; under 起止时间 alone, of whatever the ledger is about.
    stems = [stem for stem in dict.fromkeys(_stem(parent) for parent in reversed(above)) if stem]
    yield from ((stem, side[1]) for stem in stems)
    if not stems or (_stem(above[-1]) == "" and bare(above[-1])):
        yield side


@lru_cache(maxsize=16_384)
def phrases(leaf: str, above: tuple[str, ...]) -> Phrases:
    """The phrases for `leaf` under the parents `above`, the outermost first."""
    joined: list[str] = []
    for parent in _chains(above):
        joined += [parent + leaf, leaf + parent]
        joined += [leaf + tail for tail in _TAILS if bare(parent).endswith(tail)]
    adds_nothing = bare(leaf) in _OWN_NAMES or not bare(leaf)
    unit = _UNIT.fullmatch(fold(leaf)) is not None
    return Phrases(
        tuple(dict.fromkeys(joined)),
        tuple(dict.fromkeys(_sides(leaf, above))),
        tuple(dict.fromkeys(_chains(above))) if adds_nothing else (),
        tuple(dict.fromkeys(f"{parent}({leaf.strip('()（）')})" for parent in _chains(above))) if unit else (),
    )


def standing(above: Sequence[str], kind: ColumnType) -> Standing:
    """How a leaf of type `kind` stands when it is read without its parents."""
    told = [bare(parent) for parent in above]
    if any(_ELSE.search(parent) for parent in told):
        return Standing.FOREIGN
    own = any(_SELF.search(parent) for parent in told)
    if kind in _PERSONAL:
        nearest = told[-1]
        if _OTHER.search(nearest) and not nearest.startswith(("本人", "个人")):
            return Standing.FOREIGN
        if not own and _PERSON_END.search(nearest):
            return Standing.FOREIGN
        if any(_OTHER.search(parent) for parent in told[:-1]) and not _SELF.search(nearest):
            return Standing.FOREIGN
    neutral = own or all(_GROUP.search(parent) for parent in told)
    return Standing.OWN if neutral else Standing.LOOSE
