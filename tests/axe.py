"""What axe says about a page."""

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# what is in order is neither described nor sent: that takes longer than looking
LOOK = """([rules, without]) => axe.run(document, {
  runOnly: rules, resultTypes: ["violations"],
  rules: Object.fromEntries(without.map(each => [each, {enabled: false}])),
}).then(found => found.violations)"""
KINDS = """[...new Set([...document.querySelectorAll("body *")].flatMap(each => {
  const bare = !each.hasAttribute("class"), where = bare ? each.parentElement.getAttribute("class") : ""
  return `${where} ${each.localName} ${each.getAttribute("class")} ${each.getAttribute("type")}`
}))]"""


def kinds_of(page: Page) -> set[str]:
    return set(page.evaluate(KINDS))


class Known:
    """The kinds of elements that were looked at, each with what it stands in: most pages are made of the same ones."""

    def __init__(self) -> None:
        self._kinds: dict[object, set[str]] = {}

    def all_of(self, kinds: set[str], how: object) -> bool:
        """Say whether all these kinds were looked at before in this way; from now on they were."""
        known = self._kinds.setdefault(how, set())
        new = kinds - known
        known |= new
        return not new


def complaints(page: Page, *more: str) -> list[str]:
    """Return what hurts somebody by WCAG 2.2 AA, and by the groups of rules in `more`."""
    page.evaluate(AXE)
    return look(page, [*WCAG, *more])


def look(page: Page, rules: Sequence[str], without: Sequence[str] = ()) -> list[str]:
    """Look once more at a page that knows axe already, by groups of rules or by rules alone."""
    found = page.evaluate(LOOK, [list(rules), list(without)])
    return [f"{each['id']} {[node['target'] for node in each['nodes']][:3]}" for each in found]
