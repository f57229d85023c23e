"""Photos of an upload: what they look like, told in a process of its own, and no photo that stops an audit."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import imagehash
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from tests.intake.scenes import apart, scene

from auditor.errors import Gravity, Problem
from auditor.intake import Limits, Upload, read_upload
from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.photos import hash_photo
from auditor.intake.files.sources import Source, expand
from auditor.ledgers import default_catalogue
from auditor.messages import TEXTS

DISTANCE = 6
Look = Callable[[Path], "str | tuple[Problem, ...]"]
VISITS = "车间编号,车间名称,走访日期,走访人员,是否正常生产,现场在岗人数,现场脱贫人口数,存在问题,整改完成时间,现场照片\n"


def _visits(folder: Path, *evidence: str) -> None:
    rows = [f'CJ{i:04d},车间{i},2022-11-{i + 1:02d},张伟,是,3,1,,,"{text}"\n' for i, text in enumerate(evidence)]
    (folder / "帮扶车间走访核查记录.csv").write_text(VISITS + "".join(rows), encoding="utf-8")


@pytest.fixture
def look(pool: ReadingPool) -> Look:
    """What a reading process says of a photo."""

    def looking(path: Path) -> str | tuple[Problem, ...]:
        sources, problems = expand([path.parent], Limits())
        assert problems == ()
        return pool.photo(next(source for source in sources if source.location == path))

    return looking


def _seen(look: Look, path: Path) -> str:
    found = look(path)
    assert isinstance(found, str), found
    return found


def _refused(look: Look, path: Path) -> Problem:
    found = look(path)
    assert not isinstance(found, str)
    (problem,) = found
    assert problem.gravity is Gravity.WARNING
    assert str(problem.where) == path.name
    assert problem.code in TEXTS
    return problem


def _saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def test_the_hash_is_that_of_the_whole_picture(tmp_path: Path, look: Look) -> None:
    """8×8 of the cosine transform of 32×32 greys (rules.md, exact reading 9)."""
    path = _saved(scene(1), tmp_path / "a.png")

    with Image.open(path) as image:
        assert _seen(look, path) == str(imagehash.phash(image, hash_size=8, highfreq_factor=4))


@pytest.mark.parametrize("seed", range(5))
def test_one_scene_stays_alike_however_it_is_saved(tmp_path: Path, look: Look, seed: int) -> None:
    image = scene(seed)
    first = _seen(look, _saved(image, tmp_path / "a.jpg", quality=92))
    others = {
        "poor": _saved(image, tmp_path / "b.jpeg", quality=35),
        "smaller": _saved(image.resize((500, 375)), tmp_path / "c.jpg", quality=80),
        "png": _saved(image, tmp_path / "d.png"),
        "bmp": _saved(image, tmp_path / "e.bmp"),
        "webp": _saved(image, tmp_path / "f.webp"),
        "tiff": _saved(image, tmp_path / "g.tiff"),
        "gif": _saved(image.quantize(256), tmp_path / "h.gif"),
        "grey": _saved(image.convert("L"), tmp_path / "i.jpg"),
        "cmyk": _saved(image.convert("CMYK"), tmp_path / "j.jpg"),
        "brighter": _saved(image.point(lambda value: min(255, value + 12)), tmp_path / "k.jpg"),
        "see-through": _saved(image.convert("RGBA"), tmp_path / "l.png"),
    }
    far = {how: distance for how, path in others.items() if (distance := apart(first, _seen(look, path))) > DISTANCE}

    assert far == {}


def test_other_scenes_are_not_alike(tmp_path: Path, look: Look) -> None:
    seen = [_seen(look, _saved(scene(seed), tmp_path / f"{seed}.jpg")) for seed in range(12)]

    assert min(apart(a, b) for i, a in enumerate(seen) for b in seen[:i]) > DISTANCE


def test_a_large_jpeg_decoded_small_is_the_same_picture(tmp_path: Path, look: Look) -> None:
    path = _saved(scene(3, 4000, 3000), tmp_path / "a.jpg", quality=85)

    with Image.open(path) as image:
        assert apart(_seen(look, path), str(imagehash.phash(image))) <= 1


def test_a_camera_held_sideways_is_put_upright(tmp_path: Path, look: Look) -> None:
    image, upright = scene(2), _seen(look, _saved(scene(2), tmp_path / "a.jpg", quality=92))
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    for orientation, how in turned.items():
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        path = _saved(image.transpose(how), tmp_path / f"{orientation}.jpg", quality=92, exif=exif)
        assert apart(upright, _seen(look, path)) <= DISTANCE, orientation


def test_a_damaged_note_of_the_camera_does_not_hide_the_picture(tmp_path: Path, look: Look) -> None:
    path = _saved(scene(2), tmp_path / "a.jpg", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\x7f\x01")

    assert isinstance(look(path), str)


def test_sixteen_bits_are_not_cut_off_at_white(tmp_path: Path, look: Look) -> None:
    """Two scenes in 16-bit grey are as different as they are in 8 bits, and each is its own."""
    for number, (seed, other) in enumerate(((1, 2), (3, 4))):
        wide = []
        for one in (seed, other):
            grey = np.asarray(scene(one).convert("L"), dtype=np.uint16) * 257
            path = _saved(Image.fromarray(grey), tmp_path / f"{number}-{one}.png")
            plain = _saved(scene(one).convert("L"), tmp_path / f"{number}-{one}-8.png")
            wide.append(_seen(look, path))
            assert apart(wide[-1], _seen(look, plain)) <= 1
        assert apart(*wide) > DISTANCE


@pytest.mark.parametrize("type_", [np.int32, np.float32])
def test_numbers_of_other_widths_are_greys_too(tmp_path: Path, look: Look, type_: type[np.generic]) -> None:
    grey = np.asarray(scene(5).convert("L")).astype(type_)
    path = _saved(Image.fromarray(grey * type_(1000)), tmp_path / "a.tiff")

    assert apart(_seen(look, path), _seen(look, _saved(scene(5).convert("L"), tmp_path / "b.png"))) <= 1


def test_a_palette_with_transparency_is_a_picture(tmp_path: Path, look: Look) -> None:
    image = scene(6).quantize(32)
    path = _saved(image, tmp_path / "a.png", transparency=bytes(range(32)))

    assert apart(_seen(look, path), _seen(look, _saved(image, tmp_path / "b.png"))) == 0


def test_of_several_frames_the_first_counts(tmp_path: Path, look: Look) -> None:
    frames = [scene(seed).quantize(256) for seed in (1, 2, 3)]
    moving = _saved(frames[0], tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100)
    pages = _saved(scene(1), tmp_path / "b.tiff", save_all=True, append_images=[scene(2)])
    still = _seen(look, _saved(scene(1), tmp_path / "c.png"))

    assert apart(_seen(look, moving), still) <= DISTANCE
    assert apart(_seen(look, pages), still) == 0


def test_a_picture_under_another_suffix_is_one(tmp_path: Path, look: Look) -> None:
    path = _saved(scene(1), tmp_path / "a.png")

    assert _seen(look, path.rename(tmp_path / "a.jpg")) == _seen(look, _saved(scene(1), tmp_path / "b.png"))


def test_what_is_no_picture_is_told(tmp_path: Path, look: Look) -> None:
    whole = _saved(scene(1), tmp_path / "whole.jpg").read_bytes()
    for name, content in {
        "half.jpg": whole[: len(whole) // 2],
        "head.jpg": whole[:30],
        "empty.jpg": b"",
        "text.jpg": "这是文字，不是照片".encode(),
        "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "script.bmp": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    }.items():
        (tmp_path / name).write_bytes(content)
        assert _refused(look, tmp_path / name).code == "photo-unreadable", name


def _png_of(width: int, height: int) -> bytes:
    """A png of one grey, packed as small as its kind allows: a few bytes that unpack to `width` × `height`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer, packed = zlib.compressobj(9), io.BytesIO()
    for _ in range(height):
        packed.write(packer.compress(bytes(width + 1)))
    packed.write(packer.flush())
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed.getvalue()) + chunk(b"IEND", b"")


def test_a_picture_that_unpacks_to_gigabytes_is_refused_by_its_head(tmp_path: Path, look: Look) -> None:
    (tmp_path / "bomb.png").write_bytes(_png_of(30_000, 30_000))

    problem = _refused(look, tmp_path / "bomb.png")

    assert (problem.code, problem.args) == ("photo-too-large", {"pixels": 900, "limit": 120})


def test_pixels_are_limited_to_the_last(tmp_path: Path) -> None:
    path = _saved(scene(1, 100, 80), tmp_path / "a.png")

    assert hash_photo(path, "a.png", replace(Limits(), photo_pixels=8000))
    with ReadingPool(replace(Limits(), photo_pixels=7999), workers=1) as pool:
        (source,) = expand([tmp_path], Limits())[0]
        assert [p.code for p in pool.photo(source) if isinstance(p, Problem)] == ["photo-too-large"]


def test_memory_that_a_photo_would_take_ends_that_photo_only(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_png_of(10_000, 11_000))
    _saved(scene(1), tmp_path / "b.png")
    with ReadingPool(replace(Limits(), child_memory=440 << 20), workers=1) as pool:
        large, small = pool.photos(expand([tmp_path], Limits())[0])

    assert [p.code for p in large if isinstance(p, Problem)] == ["photo-too-costly"]
    assert isinstance(small, str)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"]), st.data())
def test_no_damage_stops_the_reading(tmp_path: Path, pool: ReadingPool, kind: str, data: st.DataObject) -> None:
    packed = io.BytesIO()
    scene(1, 60, 40).save(packed, kind)
    content = bytearray(packed.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "a.jpg").write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))

    seen = pool.photo(expand([tmp_path], Limits())[0][0])

    if not isinstance(seen, str):
        assert {problem.code for problem in seen} <= {"photo-unreadable", "photo-too-large", "photo-too-costly"}


def _upload(folder: Path, limits: Limits | None = None) -> Upload:
    return read_upload([folder], default_catalogue(), limits=limits)


def _pictures(upload: Upload) -> dict[str, str | None]:
    return {file.path: file.picture for file in upload.files if file.role == "attachment"}


def test_photos_that_a_ledger_names_are_looked_at_and_no_others(tmp_path: Path) -> None:
    _visits(tmp_path, "照片/一.JPG；二.png、说明.pdf", "三（全）.jpg", "甲、乙合影.jpg", "成套照片", "包.zip")
    for seed, name in enumerate(["一.jpg", "二.PNG", "三(全).jpg", "无人提及.jpg", "甲、乙合影.jpg"], start=1):
        _saved(scene(seed), tmp_path / name)
    (tmp_path / "成套照片").mkdir()
    _saved(scene(7), tmp_path / "成套照片" / "七.jpg")
    (tmp_path / "说明.pdf").write_bytes((tmp_path / "一.jpg").read_bytes())
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.write(tmp_path / "一.jpg", "内/八.jpg")

    upload = _upload(tmp_path)

    assert upload.problems == ()
    seen = _pictures(upload)
    assert {path for path, picture in seen.items() if picture is None} == {"无人提及.jpg", "说明.pdf"}
    assert seen["包.zip/内/八.jpg"] == seen["一.jpg"] == hash_photo(tmp_path / "一.jpg", "", Limits())


def test_an_upload_without_ledgers_that_name_photos_pays_nothing_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "死亡名单.csv").write_text("身份证号,姓名,死亡日期\n500299195501012347,张三,2022-01-03\n", "utf-8")
    _saved(scene(1), tmp_path / "一.jpg")
    monkeypatch.setattr(ReadingPool, "photo", lambda *_: pytest.fail("looked at"))

    assert _pictures(_upload(tmp_path)) == {"一.jpg": None}


def test_a_broken_photo_is_a_warning_at_each_of_its_paths_and_keeps_its_digest(tmp_path: Path) -> None:
    _visits(tmp_path, "一.jpg", "二.jpg")
    for name in ("一.jpg", "二.jpg"):
        (tmp_path / name).write_bytes(b"broken")

    upload = _upload(tmp_path)

    told = [(p.code, str(p.where), p.gravity) for p in upload.problems]
    assert told == [("photo-unreadable", f"{name}.jpg", Gravity.WARNING) for name in "一二"]
    assert all(len(file.sha256) == 64 for file in upload.files)
    assert _pictures(upload) == {"一.jpg": None, "二.jpg": None}


def test_equal_photos_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _visits(tmp_path, "一.jpg", "二.jpg", "三.jpg")
    _saved(scene(1), tmp_path / "一.jpg")
    (tmp_path / "二.jpg").write_bytes((tmp_path / "一.jpg").read_bytes())
    _saved(scene(2), tmp_path / "三.jpg")
    asked: list[str] = []
    whole = ReadingPool.photo

    def listening(pool: ReadingPool, source: Source) -> str | tuple[Problem, ...]:
        asked.append(source.file.path)
        return whole(pool, source)

    monkeypatch.setattr(ReadingPool, "photo", listening)

    seen = _pictures(_upload(tmp_path))

    assert sorted(asked) == ["一.jpg", "三.jpg"]
    assert seen["一.jpg"] == seen["二.jpg"] != seen["三.jpg"]
    assert None not in seen.values()
