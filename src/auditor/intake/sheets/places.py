"""Township, village, workshop and party as titles, sheet names and file names speak of them."""

from __future__ import annotations

import re

from auditor.ledgers import Column

_HAN = r"[\u3400-\u9fff]"
# What stands before a place's own name: larger areas, dates, words of a title.
# 月池镇 and 市中街道 keep their first character.
_BEFORE = re.compile(
    r"^.*(?:自治县|自治区|(?<=[\u3400-\u9fff])[省市县区]|(?<=[\d一二三四五六七八九十])[年月日]度?|的)(?=.{2})|^.*?(?:关于|填报|报送)"
)
_HAN_END = re.compile(r"[\u3400-\u9fff]+$")
_TOWNSHIP = re.compile(rf"({_HAN}{{1,14}}?(?:民族乡|街道|镇|乡(?![村镇亲土情])))")
_VILLAGES = re.compile(
    r"村(?=[（(](?:社区|居)[)）])"
)  # 柳坝乡村（社区）干部 are those of 柳坝乡; 美丽乡村 is no township
_VILLAGE = re.compile(rf"({_HAN}{{1,14}}?(?:村|社区))(?!级|组|民小组|情|镇|干部?及)")
_NO_TOWNSHIP = re.compile(
    r"(?:^|[各全本该乡城集外返下进离出回还县内跨每个])(?:乡|镇|街道)$|振兴"
    r"|(?:美丽|和美|宜居|数字|平安|文明|幸福)乡$"
    r"|^(?:乡镇|镇乡|乡镇街道|镇街道|所在乡|所在镇|小城镇|古镇|新型城镇|[年月日度份]+(?:乡|镇|街道))$"
)
_NO_VILLAGE = re.compile(
    r"(?:^|[各全本该乡农驻进下住每入返])(?:村|社区)$|县村$|^村社区$|振兴"
    r"|(?:行政|自然|贫困|脱贫|所在|重点|示范|帮扶|试点|移民|搬迁|安置)(?:村|社区)$"
    r"|^[年月日度份]+(?:村|社区)$"  # 2022年村（社区）干部名单
)
_PIECES = re.compile(r"[\s\-_—/:：（()）【】,，、;；|]+")
_MANY = re.compile(r"[、,，和及与]")
_WORKSHOP_END = re.compile(r"(?:车间|工厂|工坊|公司|合作社|加工厂|厂|基地|企业|专业社)$")
_WORKSHOP_RUN = re.compile(r"([\u3400-\u9fff（）()A-Za-z]{2,30}?车间)(?=$|[\d\s\-_—:：（(吸工走务花台])")
_GENERIC_WORKSHOP = re.compile(
    r"^(?:各|全县|全区|全镇|本镇|乡镇|县级|市级|社区|乡村|村级|所有|部分|就业|帮扶|扶贫|巩固|示范)*"
    r"(?:车间|工厂|工坊|公司|合作社|基地|企业)$"
)
_BRACKETED = re.compile(r"[（(【\[]((?:[^（()）【】\[\]]|[（(][^（()）]*[)）])+)[)）】\]]")
_WORKSHOP_ID = re.compile(r"(?:车间)?(?:编号|编码|代码)\s*[:：]?\s*([A-Za-z]{1,6}[-_]?\d{2,12})")
_PLAIN_ID = re.compile(r"^([A-Za-z]{1,6}-?\d{2,12})(?=$|[\s_\-（(:：\u3400-\u9fff])")
_ID_BEHIND = re.compile(
    r"(?:车间|工厂|工坊|公司|合作社|厂|基地|企业|专业社)\s*[-_—（(\s]\s*([A-Za-z]{1,6}-?\d{2,12})(?=$|[\s\-_—)）])"
)
_COPY = re.compile(r"\s*[(（]\d+[)）]$")


def _own_name(text: str) -> str:
    """The place's own name at the end of the text: 云山县2022年兴隆镇 → 兴隆镇."""
    match = _HAN_END.search(_BEFORE.sub("", text))
    return match[0] if match else ""


def _names(text: str, pattern: re.Pattern[str], refused: re.Pattern[str], long_end: str) -> set[str]:
    found = set()
    for piece in _PIECES.split(text):
        start = 0
        for match in pattern.finditer(piece):
            name = _own_name(piece[start : match.end(1)])
            start = match.end(1)
            if len(name) >= (3 if name.endswith(long_end) else 2) and not refused.search(name):
                found.add(name)
    return found


def _one(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _townships(text: str) -> set[str]:
    return _names(_VILLAGES.sub("|", text), _TOWNSHIP, _NO_TOWNSHIP, "街道")


def township_of(text: str) -> str | None:
    """The one township that the text names (云山县兴隆镇公益性岗位… → 兴隆镇), or None."""
    return _one(_townships(text))


def village_of(text: str) -> str | None:
    """The one village or community that the text names (兴隆镇清星村2022年11月… → 清星村), or None."""
    for township in _townships(text):
        text = text.replace(township, "|")
    return _one(_names(text, _VILLAGE, _NO_VILLAGE, "社区"))


def _workshop_name(text: str) -> str | None:
    name = _PLAIN_ID.sub("", _COPY.sub("", text).strip()).strip()
    plain = name
    for township in _townships(name):
        plain = plain.replace(township, "")
    if not _WORKSHOP_END.search(name) or _GENERIC_WORKSHOP.match(plain) or _MANY.search(name):
        return None
    return name


def workshop_of(text: str) -> str | None:
    """The workshop that the text names: in brackets, as its whole, as a part between dashes, or before a date."""
    for match in _BRACKETED.finditer(text):
        if name := _workshop_name(match[1]):
            return name
    for piece in re.split(r"\s*[-_—]\s*|\s{2,}", text):
        if name := _workshop_name(piece):
            return name
    for match in _WORKSHOP_RUN.finditer(text):
        if name := _workshop_name(_own_name(text[: match.end(1)])):
            return name
    return None


def workshop_id_of(text: str) -> str | None:
    """The workshop's number: after 编号, as the text's first word (CJ0001), or behind the workshop's name."""
    match = _WORKSHOP_ID.search(text) or _PLAIN_ID.match(text.strip()) or _ID_BEHIND.search(text)
    return match[1] if match else None


def code_of(text: str, column: Column) -> str | None:
    """The code of a code column that the text names, in whatever spelling (乡村振兴局 → 乡村振兴), or None."""
    rest, found = text, set()
    spellings = {**{code: code for code in column.codes}, **column.spellings}
    for spelling in sorted(spellings, key=lambda s: (-len(s), s)):
        if spelling in rest:
            found.add(spellings[spelling])
            rest = rest.replace(spelling, " ")
    return _one(found)
