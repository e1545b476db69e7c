"""What axe says about a page."""

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# what is in order is neither described nor sent: that takes longer than looking
LOOK = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(found => found.violations)"""


def complaints(page: Page, *more: str) -> list[str]:
    """Return what hurts somebody by WCAG 2.2 AA, and by the groups of rules in `more`."""
    page.evaluate(AXE)
    return look(page, [*WCAG, *more])


def look(page: Page, rules: Sequence[str]) -> list[str]:
    """Look once more at a page that knows axe already, by groups of rules or by rules alone."""
    found = page.evaluate(LOOK, list(rules))
    return [f"{each['id']} {[node['target'] for node in each['nodes']][:3]}" for each in found]
