"""Chinese numerals: 二十, 陆佰, 壹万贰仟叁佰.

Strict on purpose: what can be meant in two ways (壹佰伍: 105 or 150; 两三: 2 or 3) is no number here.
"""

from __future__ import annotations

import re

NUMERALS = "零\u3007○一二三四五六七八九两十廿卅百千万亿壹贰叁肆伍陆柒捌玖弌弍弎貳參陸拾佰仟萬億"  # all that may occur
_DIGITS = "零一二三四五六七八九"
_UNITS = (("千", 1000), ("百", 100), ("十", 10), ("", 1))
_SECTIONS = (("亿", 10**8), ("万", 10**4), ("", 1))
_SECTION_SIZE = 10**4
_THOUSAND = 1000
_SIMPLE = str.maketrans(
    "\u3007○两壹贰叁肆伍陆柒捌玖弌弍弎貳參陸拾佰仟萬億", "零零二一二三四五六七八九一二三二三六十百千万亿"
)
_ALPHABET = re.compile("[零一二三四五六七八九十百千万亿]+")
_DIGIT = f"[{_DIGITS[1:]}]"
_SECTION = re.compile(f"零?(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?(?:({_DIGIT})?(十))?零?({_DIGIT})?")
_NEEDLESS_ZERO = re.compile(f"([万亿])零(?={_DIGIT}千)")


def parse_numeral(text: str) -> int | None:
    """The number that `text` writes in Chinese numerals, everyday or bankers'; None where it is not surely one."""
    text = text.translate(_SIMPLE).replace("廿", "二十").replace("卅", "三十")
    if not _ALPHABET.fullmatch(text):
        return None
    total, rest = 0, text
    for name, size in _SECTIONS:
        if name:
            part, found, after = rest.partition(name)
            if not found:
                continue
            rest = after
        else:
            part = rest
        value = _section(part)
        if value is None or (name and value == 0):
            return None
        total += value * size
    # Writing the number out again tells whether the text was the regular way of writing it.
    return total if _regular(numeral(total)) == _regular(text) else None


def numeral(number: int) -> str:
    """`number` (0 to 10^12 - 1) in everyday Chinese numerals."""
    if number == 0:
        return _DIGITS[0]
    written, gap = "", False
    for name, size in _SECTIONS:
        value = number // size % _SECTION_SIZE
        if value == 0:
            gap = True
            continue
        if written and (gap or value < _THOUSAND):
            written += _DIGITS[0]
        written += _written_section(value) + name
        gap = False
    return written.removeprefix("一") if written.startswith("一十") else written


def _section(text: str) -> int | None:
    if text == _DIGITS[0]:
        return 0
    found = _SECTION.fullmatch(text)
    if found is None:
        return None
    thousands, hundreds, tens, has_ten, ones = found.groups()
    value = 0
    for digit, (_, size) in zip((thousands, hundreds, tens or (has_ten and "一"), ones), _UNITS, strict=True):
        value += _DIGITS.index(digit) * size if digit else 0
    return value


def _written_section(value: int) -> str:
    written, gap = "", False
    for name, size in _UNITS:
        digit = value // size % 10
        if digit:
            written += (_DIGITS[0] if gap and written else "") + _DIGITS[digit] + name
        gap = digit == 0
    return written


def _regular(text: str) -> str:
    """Both 十 and 一十 are regular, and so are 十万三千 and 十万零三千."""
    return _NEEDLESS_ZERO.sub(r"\1", text.replace("一十", "十"))
