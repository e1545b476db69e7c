"""Take the pictures in docs/screenshots from a running demo city: `python tools/take_screenshots.py [address]`."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tools.ensure_browser import FLAGS, executable  # noqa: E402 - the tools are no package of their own

TARGET = ROOT / "docs" / "screenshots"
SCREENS = {"phone": (360, 740), "desktop": (1280, 900)}
WIDEST_FILE = 2400


@dataclass(frozen=True)
class Shot:
    """One page as somebody sees it; `who` is the name of a demo person, empty for the public."""

    name: str
    path: str
    who: str = ""
    languages: tuple[str, ...] = ("de", "ar")
    screens: tuple[str, ...] = ("phone", "desktop")


SHOTS = (
    Shot("home", "/"),
    Shot("projects", "/projects/"),
    Shot("project", "/projects/garten-der-sprachen"),
    Shot("history", "/projects/nachbarschaftskueche-schinkel/history", screens=("phone",)),
    Shot("district", "/districts/schinkel", screens=("phone",)),
    Shot("archive", "/rounds/gestalte-deine-stadt-2017-2019", languages=("de",), screens=("desktop",)),
    Shot("sign-in", "/sign-in", languages=("de",), screens=("phone",)),
    Shot("desk-lead", "/desk/", "Amira Beispiel"),
    Shot("desk-coordinator", "/desk/", "Petra Demo", screens=("desktop",)),
    Shot("board", "board", "Petra Demo", languages=("de",)),
    Shot("budget", "budget", "Amira Beispiel", screens=("phone",)),
    Shot("report", "report", "Amira Beispiel", screens=("phone",)),
    Shot("public-money", "/projects/nachbarschaftskueche-schinkel/money"),
    Shot("record", "/record", languages=("de",), screens=("desktop",)),
    Shot("money", "money", "Amira Beispiel", screens=("phone",)),
    Shot("receipt", "receipts/new", "Amira Beispiel", screens=("phone",)),
    Shot("payments", "/desk/payments", "Petra Demo", languages=("de",), screens=("desktop",)),
    Shot("sign-up", "/workshops/zukunftswerkstatt-was-bleibt-was-kommt/sign-up"),
    Shot("live-board", "/desk/boards/1", "Petra Demo"),
    Shot("minutes", "/workshops/werkstatt-wohnen-und-mobilitaet/minutes", screens=("phone",)),
    Shot("panel", "/desk/rounds/3/panel", "Petra Demo", languages=("de",)),
    Shot("ranking", "/desk/rounds/3/ranking", "Petra Demo", languages=("de",)),
    Shot("mentoring", "mentoring", "Amira Beispiel", screens=("phone",)),
)


def sign_in(page: Page, who: str) -> None:
    page.goto("/de/sign-in")
    page.locator("form", has=page.get_by_role("button", name=who)).get_by_role("button").click()


def find(page: Page, shot: Shot, language: str) -> str:
    """Turn a word into the address behind the desk's own link, or into a page of the person's first project."""
    if shot.path.startswith("/"):
        return f"/{language}{shot.path}"
    page.goto(f"/{language}/desk/")
    links = {"board": "a[href*='/desk/board/']", "report": "main a[href*='/report']"}
    chosen = links.get(shot.path, "main a[href*='/desk/projects/']")
    address = page.locator(chosen).first.get_attribute("href") or ""
    if shot.path in links:
        return address
    project = re.match(r".*/desk/projects/\d+", address)
    return f"{project[0]}/{shot.path}" if project else address


def take(browser: Browser, address: str, shot: Shot, language: str, screen: str) -> Path:
    width, height = SCREENS[screen]
    with browser.new_context(base_url=address, viewport={"width": width, "height": height},
                             device_scale_factor=1, reduced_motion="reduce") as context:
        page = context.new_page()
        if shot.who:
            sign_in(page, shot.who)
        answer = page.goto(find(page, shot, language))
        if answer is None or not answer.ok:
            raise SystemExit(f"{shot.name}: {page.url} is no page to show")
        page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(each => each.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        path = TARGET / f"{shot.name}-{language}-{screen}.png"
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(tall, WIDEST_FILE)})
        page.screenshot(path=path)
        return path


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        for shot in SHOTS:
            for language in shot.languages:
                for screen in shot.screens:
                    print(take(browser, address, shot, language, screen).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
