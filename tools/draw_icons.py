"""Draw the icons of the app from our own SVG: PNG files beside it, as phones want them.

    python tools/draw_icons.py

A maskable icon has no corners and its picture in the middle: phones cut circles and drops out of it.
"""

import base64
from pathlib import Path

from ensure_browser import FLAGS, executable
from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parents[1] / "static" / "icons"
SIZES = (192, 512)
GROUND = "#0b4a52"


def _page(svg: bytes, size: int, part: float) -> str:
    """Return a page of the picture; `part` is how much of the width it takes on its ground."""
    ground = GROUND if part < 1 else "transparent"
    picture = base64.b64encode(svg).decode()
    return (f'<body style="margin:0;background:{ground};display:grid;place-items:center;height:{size}px">'
            f'<img src="data:image/svg+xml;base64,{picture}" width="{size * part}" height="{size * part}">')


def main() -> None:
    svg = (ICONS / "favicon.svg").read_bytes()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        for name, part in (("icon", 1.0), ("maskable", 0.78)):
            for size in SIZES:
                page = browser.new_page(viewport={"width": size, "height": size})
                page.set_content(_page(svg, size, part))
                page.screenshot(path=ICONS / f"{name}-{size}.png", omit_background=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
