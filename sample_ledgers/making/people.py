"""Made-up people: names, resident identity numbers, bank cards, phones. Area code 500299 is no place's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

AREA = "500299"
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹"
MALE = (
    "国强",
    "德福",
    "建军",
    "明",
    "志远",
    "长贵",
    "正平",
    "永红",
    "大勇",
    "光荣",
    "文斌",
    "平",
    "世才",
    "万金",
    "兴华",
)
FEMALE = (
    "秀英",
    "桂芳",
    "玉兰",
    "敏",
    "淑珍",
    "春梅",
    "小琴",
    "素华",
    "翠",
    "光碧",
    "显琼",
    "红霞",
    "世芬",
    "月明",
    "菊香",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    id: str
    name: str
    gender: str
    birth: date
    phone: str
    account: str


def identity_number(birth: date, order: int) -> str:
    """An 18-digit number with the right check digit; `order` (000 to 999) is odd for men."""
    body = f"{AREA}{birth:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def bank_card(number: int) -> str:
    """A 19-digit card number with the right Luhn digit."""
    body = f"621799{number:012d}"
    total = 0
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"


def credit_code(number: int) -> str:
    """A unified social credit code with the right last character."""
    body = f"91{AREA}MA{number:07d}"
    total = sum(_CREDIT.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + _CREDIT[-total % 31]


def make_person(number: int, birth_year: int) -> Person:
    """Person `number` (each number another person), born in `birth_year`."""
    male = number % 5 not in {1, 3}
    birth = date(birth_year, number * 7 % 12 + 1, number * 11 % 28 + 1)
    given = MALE if male else FEMALE
    name = SURNAMES[number * 13 % len(SURNAMES)] + given[(number // 2 + number // 15) % len(given)]
    order = (number * 37 % 450) * 2 + (1 if male else 0)
    return Person(
        id=identity_number(birth, order),
        name=name,
        gender="男" if male else "女",
        birth=birth,
        phone=f"1990000{number:04d}",
        account=bank_card(20220000 + number),
    )
