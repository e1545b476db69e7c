"""What every template can use: localised amounts and days, addresses of files, user text made safe."""

import functools
import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import flask
from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_decimal, format_percent
from jinja2 import pass_context
from jinja2.defaults import DEFAULT_FILTERS
from jinja2.runtime import Context
from markupsafe import Markup, escape

from incubator.foundation import clock, headers, language, money, sentences, sheets

# Russian and Ukrainian say “year” after it, and its full stop would meet that of our sentence
YEAR = re.compile("[\u00a0\u202f ][гр]\\.$")


@functools.lru_cache(maxsize=4096)
def _day(value: date, babel: str, shape: str) -> str:
    return YEAR.sub("", format_date(value, shape, locale=babel))


def day(value: date | datetime | None, shape: str = "medium") -> str:
    """Write a day in the reader's language; a moment becomes its day in the city."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(clock.CITY).date()
    return _day(value, language.current().babel, shape)


def moment(value: datetime | None) -> str:
    """Write a day and the minute; seconds are nobody's business."""
    if value is None:
        return ""
    babel, local = language.current().babel, value.astimezone(clock.CITY)
    order = str(get_datetime_format("medium", locale=babel)).replace("'", "")
    hour = format_time(local, "short", tzinfo=clock.CITY, locale=babel)
    return order.format(hour, _day(local.date(), babel, "medium"))


def amount(cents: int | None) -> str:
    return "" if cents is None else money.format(cents, language.current().code)


def comma() -> str:
    return language.current().comma


@functools.lru_cache(maxsize=4096)
def _number(value: int, babel: str) -> str:
    return format_decimal(value, locale=babel)


def number(value: int) -> str:
    return _number(value, language.current().babel)


@functools.lru_cache(maxsize=2048)
def _percent(value: int, babel: str) -> str:
    return str(format_percent(Decimal(value) / 100, locale=babel))


def percent(value: int) -> str:
    return _percent(value, language.current().babel)


def nl2p(text: str) -> Markup:
    """Turn what somebody wrote into paragraphs; everything in it is escaped."""
    paragraphs = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    lines = (Markup("<br>").join(escape(part).split("\n")) for part in paragraphs if part)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def _fingerprinted(folder: str, root: str, name: str) -> str:
    return f"{root}/{name}?v={hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]}"


_fingerprinted_once = functools.lru_cache(maxsize=512)(_fingerprinted)


def asset(name: str) -> str:
    """Return the address of a static file with its content's hash, so that browsers may keep it for ever.

    Each file is read once; with `flask --debug`, while somebody works on the program, each time.
    """
    app = flask.current_app
    find = _fingerprinted if app.debug else _fingerprinted_once
    return find(app.static_folder or "", app.static_url_path or "", name)  # error pages have no address yet


def kern_sheet() -> str:
    """Return the address of KERN's style sheet in the direction of the moment."""
    return asset(sheets.name_of(language.current().dir, whole=flask.current_app.debug))


def _context() -> dict[str, object]:
    config = flask.current_app.config
    return {
        "language": language.current(),
        "languages": language.LANGUAGES,
        "switch_url": language.switch_url,
        "alternates": _alternates,
        "asset": asset,
        "kern_sheet": kern_sheet,
        "today": clock.today(),
        "demo_mode": config["DEMO"],
        "site_name": config["SITE_NAME"],
        "city_name": config["CITY_NAME"],
        "city_colour": config["CITY_COLOUR"],
        "city_has_logo": config["CITY_HAS_LOGO"],
    }


def _alternates() -> list[tuple[str, str]]:
    """Return (language, absolute address) of this page in every language and in none, without what was asked."""
    base = flask.current_app.config["BASE_URL"]
    here = language.switch_url(language.DEFAULT.code).partition("?")[0].removeprefix(f"/{language.DEFAULT}")
    return [*((each.html, f"{base}/{each}{here}") for each in language.LANGUAGES), ("x-default", base + here)]


def set_up(app: flask.Flask) -> None:
    app.jinja_env.filters.update(
        day=day, moment=moment, money=amount, percent=percent, number=number, nl2p=nl2p
    )
    app.jinja_env.globals["comma"] = comma
    app.jinja_env.globals["for_everyone"] = headers.for_everyone
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
    sentences.set_up(app)


def bind_filters(app: flask.Flask) -> None:
    """Keep Jinja from working out our filters over constants where a page is compiled, in whoever's language.

    Once every room has said its own.
    """
    filters = app.jinja_env.filters
    for name, work in filters.items():
        if DEFAULT_FILTERS.get(name) is not work and not hasattr(work, "jinja_pass_arg"):
            filters[name] = _bound(work)


def _bound(work: Callable[..., Any]) -> Callable[..., Any]:
    @pass_context
    @functools.wraps(work)
    def at_each_time(context: Context, /, *given: Any, **named: Any) -> Any:
        return work(*given, **named)

    return at_each_time
