"""What photos cost: `python -m benchmarks.photos [how many]`.

Prints, for pictures as phones and messengers leave them, the milliseconds that a reading process takes for each and
the highest memory of any such process; then the seconds in which 20,000 perceptual hashes are compared each with each.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from benchmarks.memory import ChildPeak
from PIL import Image

from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import expand
from auditor.relations.alike import pictures_alike

SIZES = (("messenger", 1080, 1440, "jpg"), ("phone", 3000, 4000, "jpg"), ("screenshot", 1080, 2340, "png"))
HASHES = 20_000
DISTANCE = 6


def draw(folder: Path, count: int, width: int, height: int, suffix: str) -> None:
    """Write `count` different pictures of soft shapes with a camera's noise."""
    chance = np.random.default_rng(317)
    for number in range(count):
        shapes = Image.fromarray(chance.integers(0, 256, (16, 12, 3), dtype=np.uint8))
        drawn = np.asarray(shapes.resize((width, height), Image.Resampling.BICUBIC), dtype=np.int16)
        noise = chance.integers(-8, 9, (height, width, 1), dtype=np.int16)
        Image.fromarray(np.clip(drawn + noise, 0, 255).astype(np.uint8)).save(folder / f"{number}.{suffix}")


def looked_at(count: int) -> None:
    """Time and memory of one reading process for pictures of each size."""
    for what, width, height, suffix in SIZES:
        with tempfile.TemporaryDirectory() as name:
            draw(Path(name), count, width, height, suffix)
            sources, _ = expand([Path(name)], Limits())
            size = sum(source.file.size for source in sources) / count / (1 << 20)
            with ChildPeak() as children, ReadingPool(Limits(), workers=1) as pool:
                pool.photo(sources[0])  # the process starts, and its libraries come in
                start = time.perf_counter()
                seen = list(pool.photos(sources))
                took = (time.perf_counter() - start) / count
            assert all(isinstance(one, str) for one in seen)
        print(
            f"{what:<11} {width}×{height} {suffix}, {size:4.1f} MB: {took * 1000:6.1f} ms each, "
            f"process at most {children.peak >> 20} MB"
        )


def compared() -> None:
    """Time of comparing photos each with each, and how many pairs were found."""
    chance = random.Random(317)
    bits = [chance.getrandbits(64) for _ in range(HASHES * 9 // 10)]
    bits += [number ^ (1 << chance.randrange(64)) for number in bits[: HASHES - len(bits)]]
    start = time.perf_counter()
    found = pictures_alike((f"{number:016x}" for number in bits), DISTANCE, "picture_alike")
    print(f"{len(bits):,} hashes compared each with each: {time.perf_counter() - start:.2f} s, {found.num_rows:,} rows")


if __name__ == "__main__":
    looked_at(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    compared()
