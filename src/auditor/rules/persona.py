"""Made-up people for rule cases: `@甲` stands for a valid identity number that belongs to nobody.

The number is on area code 500299, which was never assigned, and follows from the name alone (and from birth date
and sex, where the case needs them: `@甲/1965-03-02`, `@乙/女`, `@丙/1990-12-31/男`). One person is written one way
throughout a case.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

from stdnum.cn import ric

AREA = "500299"
_PERSONA = re.compile(r"(?<![\w@])@(?P<name>[^\W_]+)(?:/(?P<birth>[0-9]{4}-[0-9]{2}-[0-9]{2}))?(?:/(?P<sex>[男女]))?")
_FIRST = date(1975, 1, 1)
_DAYS = 5 * 365  # people without a birth date are born 1975 to 1979: of working age in every case


def person_number(name: str, birth: date | None = None, sex: str | None = None) -> str:
    """The 18-digit number of the made-up person `name`; birth date and sex (男, 女) follow from the name where None."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    born = birth or _FIRST + timedelta(days=seed % _DAYS)
    serial = seed // _DAYS % 1000
    if sex is not None:
        serial = serial // 2 * 2 + (1 if sex == "男" else 0)
    body = f"{AREA}{born:%Y%m%d}{serial:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def personas(text: str) -> tuple[str, ...]:
    """The persona names that `text` uses, as written: `@甲`, `@甲/1965-03-02`."""
    return tuple(match[0] for match in _PERSONA.finditer(text))


def _number(match: re.Match[str]) -> str:
    birth = date.fromisoformat(match["birth"]) if match["birth"] else None
    return person_number(match["name"], birth, match["sex"])


def expand(text: str) -> str:
    """`text` with the number of each persona in its place.

    Raises:
        ValueError: a birth date that is no date; the lints keep that from a loaded rule.
    """
    return _PERSONA.sub(_number, text)
