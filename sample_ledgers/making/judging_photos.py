"""NE08 read once more: photos equal byte for byte or to the eye, by the perceptual hash of the rules' words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from math import cos, pi

from PIL import Image
from sample_ledgers.making.reading import Reading, named, text

_PHOTOS = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tiff")
_SIDE, _LOW, _NEAR = 32, 8, 6


@cache
def _hash(content: bytes) -> int:
    """64 bits: the low frequencies of the 32×32 grey picture, each above the median or not."""
    with Image.open(io.BytesIO(content)) as picture:
        grey = list(picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS).tobytes())
    waves = [[cos(pi * wave * (2 * place + 1) / (2 * _SIDE)) for place in range(_SIDE)] for wave in range(_LOW)]
    rows = [[sum(grey[y * _SIDE + x] * wave[x] for x in range(_SIDE)) for wave in waves] for y in range(_SIDE)]
    low = [sum(rows[y][across] * down[y] for y in range(_SIDE)) for down in waves for across in range(_LOW)]
    middle = sorted(low)[31:33]
    return sum((value > sum(middle) / 2) << place for place, value in enumerate(low))


def distance(one: bytes, other: bytes) -> int:
    """Bits in which two photos differ; 0 where they are the same file."""
    return 0 if one == other else (_hash(one) ^ _hash(other)).bit_count()


def photo_reuse(read: Reading) -> Iterator[str]:
    """The workshops with a photo of one visit that is a photo of another too."""
    shown = [
        ((text(row, "workshop_id"), row["visited_on"]), read.files[name])
        for row in read.all("workshop_visits")
        for name in named(row.get("evidence"))
        if name.endswith(_PHOTOS) and name in read.files
    ]
    found = set()
    for (one, content), (other, again) in combinations(shown, 2):
        if one != other and distance(content, again) <= _NEAR:
            found |= {one[0], other[0]}
    yield from sorted(found)


def digest(content: bytes) -> str:
    """The content's hash."""
    return hashlib.sha256(content).hexdigest()
