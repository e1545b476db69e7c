"""What the file of a city must hold: its name, colour, logo, operator, themes and districts, checked as a whole.

Operators read these sentences at the command line, so they are English like the commands' help.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from config import OPERATOR
from incubator.foundation.language import BY_CODE
from incubator.programme.rules_city_access import access_faults, sign_faults
from incubator.programme.rules_shapes import Unfit

LARGEST_FILE = 200_000
LONGEST = {"name": 80, "programme": 80}
KNOWN = ("name", "programme", "colour", "logo", "districts", "operator", "accessibility", "sign_language", "themes")
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
KEY = re.compile(r"[A-Z][A-Z0-9]{0,9}")
MOST_THEMES = 24
LONGEST_THEME = 80
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text
WHITE, PAPER = "#ffffff", "#fbf7f0"


@dataclass(frozen=True)
class City:
    """A city as its file describes it; `logo` and `districts` are files beside it. `themes` are (key, names)."""

    name: str
    programme: str
    districts: str
    themes: tuple[tuple[str, dict[str, str]], ...]
    colour: str = ""
    logo: str = ""
    operator: dict[str, str] = field(default_factory=dict)


def read(data: bytes) -> City:
    """Return the city of a TOML file; refuses with every fault that is in it, not only the first."""
    if len(data) > LARGEST_FILE:
        raise Unfit(f"The file is larger than {LARGEST_FILE // 1000} kB.")
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unfit("The file is not written in UTF-8.") from None
    except tomllib.TOMLDecodeError as fault:
        raise Unfit(f"This is not TOML: {fault}") from None
    if faults := list(_faults(found)):
        raise Unfit(*faults)
    return City(
        name=found["name"].strip(), programme=found["programme"].strip(), districts=found["districts"],
        colour=found.get("colour", "").lower(), logo=found.get("logo", ""), operator=found.get("operator", {}),
        themes=tuple((each["key"], {code: name.strip() for code, name in each.items() if code != "key"})
                     for each in found["themes"]),
    )


def _faults(found: dict[str, Any]) -> Iterator[str]:
    for name in sorted(set(found) - set(KNOWN)):
        yield f"“{name}” is not known. Known are: {', '.join(KNOWN)}."
    for name, longest in LONGEST.items():
        text = found.get(name)
        if not isinstance(text, str) or not text.strip():
            yield f"“{name}” is missing."
        elif len(text) > longest or not text.isprintable():
            yield f"“{name}” must be one line of at most {longest} letters."
    yield from _file_faults(found)
    yield from _colour_faults(found.get("colour", ""))
    yield from _operator_faults(found.get("operator", {}))
    yield from access_faults(found.get("accessibility", {}))
    yield from sign_faults(found.get("sign_language", []))
    yield from _theme_faults(found.get("themes"))


def _file_faults(found: dict[str, Any]) -> Iterator[str]:
    if not isinstance(found.get("districts"), str) or not found["districts"]:
        yield "“districts” is missing: name a CSV file that lies beside this one."
    for name in ("districts", "logo"):
        given = found.get(name, "")
        if not isinstance(given, str) or "/" in given or "\\" in given or given.startswith("."):
            yield f"“{name}” names a file beside this one, without a folder."


def _colour_faults(colour: Any) -> Iterator[str]:
    if colour == "":
        return
    if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
        yield "“colour” is written like this: #0b4a52"
        return
    poorest = min(contrast(colour, WHITE), contrast(colour, PAPER))
    if poorest < READABLE:
        yield (f"“colour” is too light: text in it and on it could not be read (contrast {poorest:.1f}, "
               f"at least {READABLE} is needed). Please take a darker one.")


def _operator_faults(operator: Any) -> Iterator[str]:
    if not isinstance(operator, dict):
        yield "“operator” is a table of its own: [operator]"
        return
    for name, text in operator.items():
        if name not in OPERATOR:
            yield f"[operator] has no “{name}”. Known are: {', '.join(OPERATOR)}."
        elif not isinstance(text, str) or len(text) > 300:
            yield f"[operator] {name} must be a text of at most 300 letters."


def _theme_faults(themes: Any) -> Iterator[str]:
    if not isinstance(themes, list) or not themes or not all(isinstance(each, dict) for each in themes):
        yield "At least one theme is needed: [[themes]] with key and de."
        return
    if len(themes) > MOST_THEMES:
        yield f"At most {MOST_THEMES} themes can be told apart."
    seen = set[str]()
    for number, theme in enumerate(themes, 1):
        key, where = theme.get("key"), f"Theme {number}"
        if not isinstance(key, str) or not KEY.fullmatch(key):
            yield f"{where}: “key” is one to ten capital letters or digits, such as WN."
        elif key in seen:
            yield f"{where}: the key {key} stands there twice."
        else:
            seen.add(key)
        if "de" not in theme:
            yield f"{where}: the German name “de” is missing; it stands in for every other language."
        for code, name in theme.items():
            if code != "key" and code not in BY_CODE:
                yield f"{where}: “{code}” is no language of the program. It speaks {', '.join(BY_CODE)}."
            elif not isinstance(name, str) or not name.strip() or len(name) > LONGEST_THEME:
                yield f"{where}: the name in “{code}” must be a text of at most {LONGEST_THEME} letters."


def contrast(one: str, other: str) -> float:
    """Return how well one colour can be read on another (WCAG 2.2): 1 is not at all, 21 is black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def deeper(colour: str, percent: int = 22) -> str:
    """Return a colour mixed with black."""
    return "#" + "".join(f"{int(colour[place:place + 2], 16) * (100 - percent) // 100:02x}" for place in (1, 3, 5))


def sheet(colour: str) -> str:
    """Return the style sheet that gives pages the city's colour; in the dark they keep the house's own."""
    deep = deeper(colour)
    return (f"@media not all and (prefers-color-scheme: dark) {{ :root {{ --head: {colour}; --head-deep: {deep}; "
            f"--act: {colour}; --act-deep: {deep}; --on-head-muted: #fff; }} }}\n")
