"""Real browsers over a test's own app."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import flask
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests import servers
from tests.visitors import sign_in_token
from tools.ensure_browser import FLAGS, executable

PHONE: Any = {"width": 360, "height": 740}


@pytest.fixture
def live(app: flask.Flask) -> Iterator[str]:
    """The address at which this test's app is served, for the browser."""
    with servers.served(app) as address:
        app.config["BASE_URL"] = address
        yield address


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def _launched(playwright: Playwright, path: str | None) -> Iterator[Browser]:
    if path is None:
        pytest.fail("No Chromium on this machine; run: python tools/ensure_browser.py")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    yield from _launched(_playwright, executable())


@pytest.fixture
def whole_phone(_playwright: Playwright, live: str) -> Iterator[Page]:
    """A phone in the whole browser, not in its light shell: only that shows messages."""
    for browser in _launched(_playwright, executable(light=False)):
        with _context(browser, live, viewport=PHONE, has_touch=True, is_mobile=True) as context:
            yield context.new_page()


def _context(chromium: Browser, live: str, **options: Any) -> BrowserContext:
    context = chromium.new_context(base_url=live, locale="de-DE", timezone_id="Europe/Berlin", **options)
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def page(chromium: Browser, live: str) -> Iterator[Page]:
    """A desktop browser, 1280 × 900, German; addresses are relative: `page.goto("/de/")`."""
    with _context(chromium, live, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def phone(chromium: Browser, live: str) -> Iterator[Page]:
    """A phone, 360 × 740, German."""
    with _context(chromium, live, viewport=PHONE, has_touch=True, is_mobile=True) as context:
        yield context.new_page()


def unplug(page: Page) -> None:
    """Take the network away and see that it is gone: the browser agrees before its network part has heard of it."""
    page.context.set_offline(True)
    while page.evaluate("fetch('/healthz', { cache: 'no-store' }).then(() => true, () => false)"):
        pass


def plug_in(page: Page) -> None:
    """Give the network back and see that it is there again, before the next page is opened."""
    page.context.set_offline(False)
    if page.url == "about:blank":
        _reach(page)
    until(page, "() => fetch('/healthz', { cache: 'no-store' }).then(() => true, () => false)")


def _reach(page: Page) -> None:
    """Open a page that says nothing; what is empty has no address to ask from."""
    for _turn in range(50):
        try:
            page.goto("/healthz")
        except Error:
            continue
        return


def until(page: Page, question: str, given: Any = None) -> None:
    """Wait until a script answers yes: an async function, asked again and again for fifteen seconds at most."""
    asked = f"""async (given) => {{
      for (let turn = 0; turn < 500; turn += 1) {{
        if (await ({question})(given)) return true;
        await new Promise((done) => setTimeout(done, 30));
      }}
      return false;
    }}"""
    assert page.evaluate(asked, given), f"never true: {question}"


@pytest.fixture
def come_in(app: flask.Flask, live: str) -> Callable[[Page, Any], None]:
    """Sign a person in to a real browser: `come_in(page, person)`."""

    def enter(page: Page, person: Any) -> None:
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        content = {"_user_id": sign_in_token(person), "_fresh": True, "csrf_token": secrets.token_hex(20)}
        page.context.add_cookies([{"name": "session", "value": signer.dumps(content), "url": live}])

    return enter
