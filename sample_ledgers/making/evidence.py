"""The evidence folder: photos of made-up scenes, proofs as text and PDF. The same bytes every time."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw
from sample_ledgers.making.county import County

FOLDER = "佐证材料"
_SIZE = (128, 96)


def scene(seed: int, shade: int = 0) -> Image.Image:
    """A made-up picture of a workshop: each seed another. `shade` makes it a little lighter."""
    chance = random.Random(f"清溪{seed}")

    def colour() -> tuple[int, int, int]:
        red, green, blue = (min(255, chance.randrange(10, 235) + shade) for _ in range(3))
        return red, green, blue

    picture = Image.new("RGB", _SIZE, colour())
    draw = ImageDraw.Draw(picture)
    for _ in range(9):
        left, top = chance.randrange(-20, _SIZE[0]), chance.randrange(-20, _SIZE[1])
        draw.rectangle((left, top, left + chance.randrange(12, 70), top + chance.randrange(12, 60)), fill=colour())
    for _ in range(4):
        left, top, across = chance.randrange(_SIZE[0]), chance.randrange(_SIZE[1]), chance.randrange(10, 40)
        draw.ellipse((left, top, left + across, top + across), fill=colour())
    return picture


class Files:
    """Puts files into the county's evidence folder; a name is given once."""

    def __init__(self, county: County) -> None:
        """Into the folder of `county`."""
        self._files = county.files

    def put(self, name: str, content: bytes) -> str:
        """A file of any kind; gives its name."""
        assert name not in self._files, name
        self._files[name] = content
        return name

    def photo(self, name: str, seed: int, *, shade: int = 0, quality: int = 60) -> str:
        """A photo of the scene `seed`, as JPEG or PNG by its name."""
        stream = io.BytesIO()
        picture = scene(seed, shade)
        if name.endswith(".png"):
            picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(stream, "PNG", optimize=True)
        else:
            picture.save(stream, "JPEG", quality=quality)
        return self.put(name, stream.getvalue())

    def note(self, name: str, *lines: str) -> str:
        """A proof in words, as text."""
        return self.put(name, ("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))

    def paper(self, name: str, words: str) -> str:
        """A proof as PDF, one page with a line of `words` (ASCII)."""
        return self.put(name, _pdf(words))


def _pdf(words: str) -> bytes:
    drawn = f"BT /F1 12 Tf 40 780 Td ({words}) Tj ET".encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(parts) + 1, table)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


def write_evidence(county: County, folder: Path) -> None:
    """Writes the county's evidence into its folder in `folder`."""
    for name, content in county.files.items():
        path = folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
