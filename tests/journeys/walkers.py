"""People at real browsers: they open pages, fill in forms and look at what comes; every page is examined that
shows something nobody has looked at."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Response

from tests.axe import Known, complaints, kinds_of

KNOWN = Known()
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


class Walker:
    """One person at one browser. `scripts=False` is a browser without JavaScript, where axe cannot look."""

    def __init__(
        self, chromium: Browser, live: str, *, screen: dict[str, int] = PHONE, scripts: bool = True,
        locale: str = "de-DE",
    ) -> None:
        self.scripts = scripts
        context = chromium.new_context(
            base_url=live, viewport=screen, locale=locale, timezone_id="Europe/Berlin", java_script_enabled=scripts  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        expected = "status of 4" in message.text or "ERR_INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not expected:
            self.wrong.append(f"{self.page.url}: {message.text}")

    def close(self) -> None:
        self.page.context.close()

    def open(self, path: str) -> "Walker":
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        self._examine()
        return self

    def follow(self, text: str) -> "Walker":
        """Click on a link by its words."""
        self._arrive(lambda: self._click(self.page.locator("main").get_by_role("link", name=text).first))
        return self

    def follow_to(self, path: str) -> "Walker":
        """Click on the first link to an address ending in `path`."""
        self._arrive(lambda: self._click(self.page.locator(f"main a[href$='{path}']").first))
        return self

    def press(self, key: str) -> "Walker":
        """Press a key that leads to another page."""
        self._arrive(lambda: self.page.keyboard.press(key))
        return self

    def push(self, button: str) -> "Walker":
        """Press a button that leads to another page."""
        self._arrive(lambda: self._click(self.page.locator(f"main {button}").first))
        return self

    def send(
        self, form: str = "", /, *, button: str = "button[type=submit]", expect: int = 200, **answers: Any
    ) -> "Walker":
        """Fill in the form with an address ending in `form` (or the page's first) and send it."""
        chosen = f"main form[method=post][action$='{form}']" if form else "main form[method=post]"
        drawn = self.page.locator(chosen).first
        for name, value in answers.items():
            assert drawn.locator(f'[name="{name}"]').count(), f"{self.page.url} does not ask for {name}:\n{self.text}"
            self._answer(drawn.locator(f'[name="{name}"]'), value)
        self._arrive(lambda: self._click(drawn.locator(button).first), expect)
        return self

    def _answer(self, field: Locator, value: Any) -> None:
        first = field.first
        for summary in first.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        kind = first.get_attribute("type")
        if kind == "file":
            first.set_input_files(value)
        elif kind == "checkbox" and value is True:
            first.check()
        elif kind in ("radio", "checkbox"):
            for each in value if isinstance(value, list) else [value]:
                first.locator(f"xpath=ancestor::form//input[@name='{first.get_attribute('name')}'][@value='{each}']").check()
        elif first.evaluate("field => field.tagName") == "SELECT":
            first.select_option(str(value))
        else:
            first.fill(str(value))

    def _click(self, where: Locator) -> None:
        for summary in where.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        where.click()

    def _arrive(self, act: Callable[[], None], expect: int = 200) -> None:
        answers: list[Response] = []

        def note(answer: Response) -> None:
            if answer.request.is_navigation_request():
                answers.append(answer)

        self.page.on("response", note)
        with self.page.expect_navigation():
            act()
        self.page.remove_listener("response", note)
        assert answers[-1].status == expect, f"{self.page.url}: {answers[-1].status}\n{self.text[:2000]}"
        self._examine()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sees(self, *words: str) -> "Walker":
        for each in words:
            assert each in self.text, f"{self.page.url} does not say {each!r}:\n{self.text}"
        return self

    def _examine(self) -> None:
        """Look for what hurts somebody: scripts that fail, a page too wide, a page that axe complains about."""
        assert self.page.title(), self.page.url
        if not self.scripts:
            return
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append(f"{self.page.url}: wider than the screen")
        if not KNOWN.all_of(kinds_of(self.page), str(self.page.viewport_size)):
            self.wrong += [f"{self.page.url}: {each}" for each in complaints(self.page)]
