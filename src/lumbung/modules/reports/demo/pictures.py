"""Drawn pictures for demonstration reports, before and after. Plainly drawings, labelled so; no real place is shown."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 900
SKY, HILL, GRASS, ASPHALT, DARK = "#bcd9e8", "#7fa37c", "#9bb872", "#6f7276", "#3a3733"
LABEL = "Gambar contoh"
Pen = ImageDraw.ImageDraw
Scene = Callable[[Pen, random.Random, str], None]


def _ground(pen: Pen, sky: str = SKY, hill: str = HILL) -> None:
    pen.rectangle((0, 0, WIDTH, 380), fill=sky)
    ridge = [(x, 340 - 60 * math.sin(x / 170) - 30 * math.sin(x / 61)) for x in range(0, WIDTH + 40, 40)]
    pen.polygon([(0, 400), *ridge, (WIDTH, 400)], fill=hill)
    pen.rectangle((0, 380, WIDTH, HEIGHT), fill=GRASS)


def _lane(pen: Pen) -> None:
    pen.polygon([(500, 380), (700, 380), (1100, HEIGHT), (100, HEIGHT)], fill=ASPHALT)
    for top in range(400, HEIGHT, 110):
        half = (top - 300) / 60
        pen.polygon(
            [(600 - half, top), (600 + half, top), (604 + half, top + 55), (596 - half, top + 55)], fill="#e8e4d8"
        )


def _road(pen: Pen, dice: random.Random, moment: str) -> None:
    _ground(pen)
    _lane(pen)
    for _hole in range(4):
        x, y = dice.randint(330, 860), dice.randint(560, 840)
        size = dice.randint(40, 110)
        box = (x - size, y - size // 3, x + size, y + size // 3)
        if moment == "before":
            pen.ellipse(box, fill=DARK)
            pen.ellipse((x - size * 0.7, y - size // 6, x + size * 0.7, y + size // 4), fill="#7d95a0")
        else:
            pen.rounded_rectangle(box, radius=14, fill="#55575b")


def _rubbish(pen: Pen, dice: random.Random, moment: str) -> None:
    _ground(pen)
    _lane(pen)
    if moment == "after":
        pen.rounded_rectangle((150, 500, 330, 740), radius=18, fill="#2f6b4f")
        pen.rectangle((130, 480, 350, 520), fill="#24523d")
        return
    for _bag in range(60):
        x, y = dice.gauss(300, 110), dice.gauss(680, 50)
        size = dice.randint(24, 60)
        colour = dice.choice(["#d9d4c5", "#b0583a", "#394a5a", "#c9a24b", "#8a9a5b", "#eceae3"])
        pen.regular_polygon((x, y, size), dice.randint(4, 7), rotation=dice.randint(0, 90), fill=colour, outline=DARK)


def _street_light(pen: Pen, dice: random.Random, moment: str) -> None:
    _ground(pen, "#1f2a44", "#24332f")
    pen.rectangle((0, 380, WIDTH, HEIGHT), fill="#2c3a2e")
    _lane(pen)
    if moment == "after":
        pen.polygon([(830, 210), (560, HEIGHT), (1150, HEIGHT)], fill="#8d8a63")
        pen.ellipse((790, 160, 880, 240), fill="#ffe9a3")
    pen.rectangle((960, 150, 985, 860), fill="#15191d")
    pen.rectangle((820, 150, 985, 172), fill="#15191d")
    pen.rounded_rectangle((800, 165, 870, 195), radius=10, fill="#15191d")


def _water(pen: Pen, dice: random.Random, moment: str) -> None:
    _ground(pen)
    if moment == "before":
        pen.ellipse((280, 640, 980, 860), fill="#6d9bb3")
        for drop in range(9):
            lean = dice.randint(-120, 120)
            pen.line((620, 560, 620 + lean, 470 - drop * 12), fill="#d5ebf5", width=10)
    pen.rectangle((0, 560, WIDTH, 630), fill="#3f6f9f")
    for x in (180, 620, 1040):
        pen.rectangle((x - 26, 545, x + 26, 645), fill="#2d527a" if moment == "after" or x != 620 else "#8c4a2f")


SCENES: dict[str, Scene] = {
    "road": _road,
    "rubbish": _rubbish,
    "street_light": _street_light,
    "flood_drain": _water,
    "water": _water,
}


def draw(category_key: str, *, moment: str, seed: int) -> bytes:
    """A JPEG of the category's scene, "before" or "after"; the same seed draws the same picture."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(picture)
    SCENES[category_key](pen, random.Random(seed), moment)  # noqa: S311 - a drawing
    pen.rectangle((0, 0, 330, 64), fill="#fbefd0")
    pen.text((20, 12), LABEL, fill="#744b00", font=ImageFont.load_default(38))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
