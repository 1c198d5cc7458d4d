"""Pages as a scanner or a telephone gives them: pictures only."""

import random
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from engines.processes import run


def to_scan(
    pdf: Path,
    target: Path,
    dice: random.Random,
    *,
    dpi: int = 200,
    angle: float = 0.6,
    turn: int = 0,
    noise: float = 12,
    quality: int = 60,
    blur: float = 0.4,
    photo: bool = False,
) -> None:
    """``angle``: degrees a page may lie askew; ``turn``: 90, 180 or 270; ``noise``: its deviation of 255."""
    with tempfile.TemporaryDirectory() as folder:
        run(["pdftoppm", "-r", str(dpi), "-png", *([] if photo else ["-gray"]), pdf, f"{folder}/page"])
        pages = [
            _scanned(Image.open(path), dice, angle, turn, noise, blur, photo)
            for path in sorted(Path(folder).glob("page*"))
        ]
    options: dict[str, Any] = {"resolution": dpi, "quality": quality}
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], **options)


def _scanned(
    page: Image.Image, dice: random.Random, angle: float, turn: int, noise: float, blur: float, photo: bool
) -> Image.Image:
    paper = (243, 240, 232) if photo else 246
    page = page.convert("RGB" if photo else "L")
    if photo:
        page = _photographed(page, dice, paper)
    page = page.rotate(dice.uniform(-angle, angle), Image.Resampling.BICUBIC, fillcolor=paper)
    page = page.filter(ImageFilter.GaussianBlur(blur))
    # Grain that darkens as much as it lightens, repeatable because the dice are seeded.
    tile = Image.frombytes(
        "L", (256, 256), bytes(min(255, max(0, int(dice.gauss(128, noise)))) for _ in range(65536))
    )
    grain = Image.new("L", page.size)
    for x in range(0, page.width, 256):
        for y in range(0, page.height, 256):
            grain.paste(tile, (x, y))
    page = ImageChops.add(page, grain.convert(page.mode), offset=-128)
    return page.rotate(turn, expand=True) if turn else page


def _photographed(page: Image.Image, dice: random.Random, paper: Any) -> Image.Image:
    """Seen from a little aside, with light falling off towards one edge."""
    width, height = page.size
    inset = [dice.uniform(0.0, 0.02) for _ in range(4)]
    corners = (
        -inset[0] * width,
        -inset[0] * height,
        -inset[1] * width,
        (1 + inset[1]) * height,
        (1 + inset[2]) * width,
        (1 + inset[2]) * height,
        (1 + inset[3]) * width,
        -inset[3] * height,
    )
    page = page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=paper)
    light = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda v: 200 + v * 55 // 255)
    return ImageChops.multiply(page, light.convert("RGB"))
