"""The picture that stands for a page where somebody shares it (Open Graph): what it says, and its bytes."""

import io
import re
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from incubator.documents import press
from incubator.documents.writable import said
from incubator.foundation import language
from incubator.foundation.later import later
from incubator.foundation.rendering import percent
from incubator.wording.queries import Passage

Image = later("PIL.Image")

WIDTH, HEIGHT = 1200, 630
COLOURS = 64
LONGEST_TITLE = 150
UNBREAKABLE = re.compile(r"\S{40,}")
PART = 18
BREAK = "\N{ZERO WIDTH SPACE}"
TOWER = re.compile("([\u0300-\u036f\u0483-\u0487\u064b-\u065f]{3})[\u0300-\u036f\u0483-\u0487\u064b-\u065f]+")


def of_project(title: Passage, theme: str, place: str, status: str, percent_reached: int | None) -> dict[str, Any]:
    """Return what a project's card shows, in the language spoken now."""
    reached = _("%(share)s of the milestones reached", share=percent(percent_reached or 0))
    return frame() | {
        "title": written(title, LONGEST_TITLE),
        "kicker": kicker(theme, place),
        "share": percent_reached,
        "line": str(status) if percent_reached is None else f"{status} · {reached}",
    }


def of_programme() -> dict[str, Any]:
    """Return what the card of every other page shows."""
    here, city = language.current().code, current_app.config["CITY_NAME"]
    title = Passage(_("Ideas for %(city)s become projects", city=city), here)
    line = _("The citizens’ fund of your city, in the open.")
    return frame() | {"title": written(title, LONGEST_TITLE), "kicker": "", "share": None, "line": line}


def frame() -> dict[str, Any]:
    """Return what stands on everything we print for everyone."""
    config, here = current_app.config, language.current()
    return {
        "language": here.code, "direction": here.dir, "site": said(config["SITE_NAME"]),
        "city": said(config["CITY_NAME"]), "demo": _("DEMO – fictional") if config["DEMO"] else "",
        "colour": config["CITY_COLOUR"],
    }


def kicker(theme: str, place: str) -> str:
    return " · ".join(said(each) for each in (theme, place) if each)


def place(name: str, is_citywide: bool) -> str:
    return _("Whole city") if is_citywide else name


def written(passage: Passage, longest: int) -> dict[str, str]:
    """Return a passage that can be set: not too long, no word without an end, no signs piled up over a letter."""
    fit = TOWER.sub(r"\1", said(shortened(passage.text, longest), longest=longest))
    return {"text": UNBREAKABLE.sub(_in_parts, fit), "language": language.named(passage.language).html}


def shortened(text: str, longest: int) -> str:
    spaced = " ".join(text.split())
    return spaced if len(spaced) <= longest else f"{spaced[:longest - 1].rsplit(' ', 1)[0]}…"


def _in_parts(word: re.Match[str]) -> str:
    return BREAK.join(re.findall(rf".{{1,{PART}}}", word.group()))


def png(content: dict[str, Any]) -> bytes:
    """Set the card; few colours keep the file small."""
    (made,) = press.pictures("public/card", content, 72)
    few = Image.open(io.BytesIO(made)).convert("RGB").quantize(
        COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG")
    return file.getvalue()
