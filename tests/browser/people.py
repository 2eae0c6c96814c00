"""A person at a browser: clicks by the words on the page, and minds every page met."""

import os
import time
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
SHOTS = os.environ.get("SHOTS")
PATIENCE = 60  # seconds
# What a refused form answers is no fault of the page, and no internet neither.
EXPECTED = (
    *(f"status of {code}" for code in (400, 401, 403, 404, 409, 413, 422)),
    "net::ERR_INTERNET_DISCONNECTED",
)


class Person:
    """One person with a browser context of their own."""

    _seen: set[tuple[str, int]] = set()  # noqa: RUF012  shared on purpose: axe once per template

    def __init__(
        self, browser: Browser, url: str, *, name: str, width: int, scripts: bool = True
    ) -> None:
        self.name, self.url, self.width, self._runs_scripts = name, url, width, scripts
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="bs-BA",
            accept_downloads=True,
        )
        if not scripts:
            # Switched off altogether, axe could not run either: so ours arrive empty.
            self._context.route("**/static/**/*.js", _empty_script)
        self._context.set_default_timeout(PATIENCE * 1_000)
        self.faults: list[str] = []
        self.page = self._open()

    def _open(self) -> Page:
        page = self._context.new_page()
        page.on("console", self._note_console)
        page.on("pageerror", lambda fault: self.faults.append(f"{page.url}: {fault}"))
        page.on("request", self._note_request)
        return page

    def goes(self, path: str) -> "Person":
        """Open a page of ours."""
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")
        return self.looks()

    def carries(self, session: str) -> "Person":
        """Hold this session cookie: the quick way to be signed in, or not to be any more."""
        self._context.add_cookies([{"name": "session", "value": session, "url": self.url}])
        return self

    def loses_internet(self) -> "Person":
        """The browser reaches nobody from now on; what the page fetches after itself is there."""
        self.page.wait_for_load_state("networkidle")
        self._context.set_offline(True)
        return self

    def finds_internet(self) -> "Person":
        """It is back."""
        self._context.set_offline(False)
        return self

    def opens_tab(self) -> "Person":
        """The same person with another tab of the same browser."""
        other = copy(self)
        other.page = self._open()
        return other

    def signs_in(self, email: str, password: str) -> "Person":
        """Sign in by the page."""
        self.page.goto(f"{self.url}/sign-in")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", password)
        self.page.locator("form:has([name=password]) button[type=submit]").first.click()
        self.page.wait_for_load_state()
        assert "/sign-in" not in self.page.url, self.words()
        return self.looks()

    def presses(self, words: str, *, within: str = "main") -> "Person":
        """Press the button with these words and wait for the page that follows."""
        button = self.page.locator(within).get_by_role("button", name=words, exact=True).first
        with self.page.expect_navigation():
            button.click()
        return self.looks()

    def follows(self, words: str, *, within: str = "main") -> "Person":
        """Follow the link with these words."""
        link = self.page.locator(within).get_by_role("link", name=words).first
        with self.page.expect_navigation():
            link.click()
        return self.looks()

    def fills(self, **fields: str) -> "Person":
        """Fill fields by their names; `__` in a keyword stands for `-`."""
        for name, text in fields.items():
            self.page.fill(f"[name='{name.replace('__', '-')}']", text)
        return self

    def words(self) -> str:
        """What the main part of the page says."""
        return self.page.locator("main").inner_text()

    def waits_until(self, holds: str) -> "Person":
        """Wait until this JavaScript says yes.

        Asked anew from outside each time: `wait_for_function` evaluates inside the page from its
        second look on, and our content security policy refuses that.
        """
        last = time.monotonic() + PATIENCE
        while not self.page.evaluate(holds):
            assert time.monotonic() < last, f"{self.page.url}: never came true: {holds}"
            self.page.wait_for_timeout(50)
        return self

    def sees(self, *texts: str) -> "Person":
        """The page says all of this."""
        said = self.page.locator("body").inner_text().replace("\u00a0", " ")
        for text in texts:
            assert text in said, (
                f"{self.name} at {self.page.url} does not see {text!r}:\n{said[:3000]}"
            )
        return self

    def looks(self, template: str = "") -> "Person":
        """Mind the page: no sideways scroll, axe finds nothing; a shot where asked for.

        Once for each address; a page that comes back under the address of another is named.
        """
        if self._runs_scripts:
            # The modules that only some pages need come after the page has loaded.
            self.page.locator("body.js-started").wait_for(state="attached")
        template = template or self._template()
        key = (template, self.width)
        if key in self._seen:
            return self
        self._seen.add(key)
        self._mind_width()
        self._mind_axe()
        if SHOTS:
            name = f"{template.strip('/').replace('/', '_') or 'index'}-{self.width}.png"
            self.page.screenshot(path=str(Path(SHOTS) / name), full_page=True)
        return self

    def leave(self) -> None:
        """Close the browser; whatever was noted on the way is a fault of the walk."""
        self._context.close()
        assert not self.faults, "\n".join(self.faults)

    def _template(self) -> str:
        """The address with its changing parts taken out: slugs hold digits or capitals."""
        parts = urlsplit(self.page.url).path.split("/")
        steady = [
            part if part.isascii() and part.islower() and part.isalpha() else "_" for part in parts
        ]
        return "/".join(steady)

    def _mind_width(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"{self.page.url} scrolls sideways by {wide} px at {self.width}")

    def _mind_axe(self) -> None:
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for violation in found["violations"]:
            where = violation["nodes"][0]["html"][:160]
            self.faults.append(f"{self.page.url} ({self.width}): {violation['id']}: {where}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in EXPECTED):
            self.faults.append(f"{self.page.url}: console: {message.text}")

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(
            self.url
        ):
            self.faults.append(f"{self.page.url} asked {request.url}")


def _empty_script(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")
