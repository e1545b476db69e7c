"""Drawings that stand where photos would: flat shapes, no people, made anew each time from a word."""

import functools
import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

import config

SIZE, RECEIPT = (1200, 800), (450, 600)
FONT = config.ROOT / "templates" / "documents" / "fonts" / "NotoSans_400Regular.ttf"
SKY, GROUND = "#dcefe9", "#7fb59a"
BRIGHT = ("#0f766e", "#c2410c", "#b45309", "#1d4ed8", "#be185d", "#4d7c0f", "#7c3aed")
Draw = ImageDraw.ImageDraw


def draw(kind: str, seed: str) -> bytes:
    """Return a JPEG of the kind `kitchen`, `bike`, `garden`, `map` or `people`; the same seed draws the same."""
    chance = random.Random(seed)  # noqa: S311 - colours, no secrets
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    pen.ellipse((930, 70, 1080, 220), fill="#f6c453")
    pen.rectangle((0, 560, *SIZE), fill=GROUND)
    KINDS[kind](pen, chance)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=85)
    return target.getvalue()


def receipt(payee: str, reason: str, cents: int, day: str) -> bytes:
    """Return a JPEG of a fictional receipt that says so."""
    image = Image.new("L", RECEIPT, "#ffffff")
    pen = ImageDraw.Draw(image)
    pen.text((35, 40), "BELEG (DEMO, FIKTIV)", fill="#374151", font=_font(22))
    amount = f"{cents // 100},{cents % 100:02} EUR"
    for top, text in ((105, payee), (145, f"Datum {day}"), (215, reason), (320, f"Summe  {amount}"),
                      (350, "Betrag dankend erhalten")):
        pen.text((35, top), text, fill="#111827", font=_font(15))
    for top in (90, 195, 300, 390):
        pen.line(((35, top), (415, top)), fill="#9ca3af", width=2)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def _kitchen(pen: Draw, chance: random.Random) -> None:
    pen.rounded_rectangle((120, 520, 1080, 590), 20, fill="#8a5a3b")
    for left in range(170, 1000, 210):
        colour = chance.choice(BRIGHT)
        pen.rounded_rectangle((left, 400, left + 150, 520), 24, fill=colour)
        pen.rectangle((left - 12, 385, left + 162, 405), fill="#374151")
        for steam in (30, 75, 120):
            pen.arc((left + steam - 20, 290, left + steam + 20, 380), 90, 270, fill="#ffffff", width=8)


def _bike(pen: Draw, chance: random.Random) -> None:
    for left in (130, 640):
        colour = chance.choice(BRIGHT)
        for wheel in (left, left + 260):
            pen.ellipse((wheel, 430, wheel + 180, 610), outline="#1f2937", width=14)
        hub, other = (left + 90, 520), (left + 350, 520)
        seat, bar, pedal = (left + 160, 380), (left + 300, 370), (left + 210, 520)
        for ends in ((hub, seat), (seat, bar), (hub, pedal), (pedal, bar), (bar, other), (seat, pedal)):
            pen.line(ends, fill=colour, width=16)
        pen.rounded_rectangle((seat[0] - 40, 360, seat[0] + 40, 384), 10, fill="#1f2937")


def _garden(pen: Draw, chance: random.Random) -> None:
    for left in (90, 470, 850):
        pen.rounded_rectangle((left, 520, left + 270, 680), 16, fill="#8a5a3b")
        for stem in range(left + 30, left + 260, 52):
            height = chance.randint(300, 450)
            pen.line(((stem, 525), (stem, height)), fill="#3f6212", width=10)
            pen.ellipse((stem - 26, height - 40, stem + 26, height + 12), fill=chance.choice(BRIGHT))


def _map(pen: Draw, chance: random.Random) -> None:
    for number in range(4):
        left = 150 + number * 225
        tilt = 40 if number % 2 else 0
        pen.polygon(((left, 180 + tilt), (left + 225, 220 - tilt), (left + 225, 680 - tilt), (left, 640 + tilt)),
                    fill="#fdfaf3" if number % 2 else "#efe7d6")
    for _ in range(5):
        start, end = chance.randint(230, 600), chance.randint(230, 600)
        pen.line(((150, start), (600, (start + end) // 2), (1050, end)), fill="#9ab8c2", width=12)
    for _ in range(14):
        left, top = chance.randint(180, 1000), chance.randint(240, 590)
        pen.ellipse((left, top, left + 34, top + 34), fill=chance.choice(BRIGHT))


def _people(pen: Draw, chance: random.Random) -> None:
    for left in range(140, 1000, 130):
        colour, top = chance.choice(BRIGHT), chance.randint(330, 400)
        pen.rounded_rectangle((left, top + 70, left + 96, 640), 44, fill=colour)
        pen.ellipse((left + 14, top, left + 82, top + 68), fill="#e9c9a8" if chance.randint(0, 1) else "#9b6b4a")


KINDS: dict[str, Callable[[Draw, random.Random], None]] = {
    "kitchen": _kitchen, "bike": _bike, "garden": _garden, "map": _map, "people": _people,
}
