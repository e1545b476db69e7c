"""How a page is looked at: loaded once, then on one screen after the other, by day and by night.

What a language changes is looked at in it, everything else once: colours are the same in every language. What belongs
to a page alone (its headings, names, parts) is asked of each; what belongs to the kinds of its elements (their colours,
sizes, places) of those that nobody has looked at yet: colours once by day and once by night, in whatever language.
"""

from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.axe import WCAG, Known, kinds_of, look

RULES = [*WCAG, "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # nothing else changes at night
PLACES = [  # what changes on a wide screen: where things stand, and which of them are there
    "target-size", "scrollable-region-focusable", "region", "landmark-unique", "link-name", "button-name",
    "label", "aria-hidden-focus", "heading-order",
]
OPENED = "document.querySelectorAll('main details').forEach(each => each.open = true)"
WIDE = "document.documentElement.scrollWidth > innerWidth"


class Look(NamedTuple):
    width: int
    scheme: str
    rules: list[str]

    @property
    def screen(self) -> Any:
        return {"width": self.width, "height": 900}


EVERY_LOOK = (Look(320, "light", RULES), Look(320, "dark", COLOURS), Look(1280, "dark", COLOURS),
              Look(1280, "light", [*COLOURS, *PLACES]))
CHANGED = {
    "de": (Look(320, "light", RULES), Look(1280, "dark", COLOURS), Look(1280, "light", PLACES)),
    "ar": (Look(320, "light", ["target-size"]), Look(1280, "light", RULES)),
    "de-simple": (Look(320, "light", [*PLACES, "valid-lang", "html-has-lang", "html-lang-valid"]),),
}
LANGUAGES = list(CHANGED)
KNOWN = Known()


def begin(page: Page) -> None:
    """Set the first look, before a page is loaded."""
    page.set_viewport_size(EVERY_LOOK[0].screen)
    page.emulate_media(color_scheme="light")


def complaints_in(page: Page, looks: tuple[Look, ...]) -> list[str]:
    """Look again and again; what is folded is opened, so that it is seen too, but no menu that lies over others."""
    wrong = ["wider than the screen"] if page.evaluate(WIDE) else []
    page.evaluate(OPENED)
    for each in looks:
        page.set_viewport_size(each.screen)
        page.emulate_media(color_scheme=each.scheme)  # type: ignore[arg-type]
        name = f"{each.width} {each.scheme}"
        wrong += [f"{name}: {one}" for one in _seen(page, each, looks is EVERY_LOOK)]
        wrong += [f"{name}: wider than the screen"] if page.evaluate(WIDE) else []
    return wrong


def _seen(page: Page, this: Look, even_known: bool) -> list[str]:
    where, kinds = (page.evaluate("document.documentElement.lang"), this.width), kinds_of(page)
    coloured, placed = KNOWN.all_of(kinds, this.scheme), KNOWN.all_of(kinds, where)
    if even_known:
        return look(page, this.rules)
    if this.rules is RULES:
        return look(page, this.rules, without=COLOURS if coloured else ())
    return [] if (coloured if this.rules is COLOURS else placed) else look(page, this.rules)
