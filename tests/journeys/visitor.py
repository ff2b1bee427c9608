"""One person with one browser. Every page they come to is checked and photographed before the story goes on.

wati = Visitor(browser, server, screen=PHONE, javascript=False)
wati.opens("/ksb/")
wati.follows(words.SEND_A_REPORT)
wati.writes(words.STORY, "Jalan berlubang")
wati.presses(words.NEXT)
wati.reads(words.WHERE_IS_IT)
"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from lumbung.site import demo
from tests.journeys import checks, words
from tests.journeys.server import ROOT, Server

SCREENSHOTS = ROOT / "build" / "screenshots"
Name = str | re.Pattern[str]
# A condition is waited for, however busy the machine; nobody waits longer than the condition takes.
PATIENCE_MS = 45_000
# What a page is built of: its address without keys, its headings in order, and each kind of element it has.
BUILT = """() => {
  const every = [...document.querySelectorAll('body *')], levels = every.filter(each => /^H[1-6]$/.test(each.tagName));
  const kinds = [...new Set(every.map(each => each.tagName + '.' + each.className))].sort();
  const order = levels.map(each => each.tagName).filter((level, place, all) => level !== all[place - 1]);
  return [location.pathname.replace(/[0-9a-f-]{36}|[A-Z]+-\\d+[-\\d]*/g, '…'), ...order, ...kinds].join(' ');
}"""


@dataclass(frozen=True)
class Screen:
    """How large a window is, and what it is called in the name of a picture."""

    name: str
    width: int
    height: int
    is_touch: bool


PHONE = Screen("360", 360, 740, is_touch=True)
DESKTOP = Screen("1280", 1280, 900, is_touch=False)


class Visitor:
    """A person who opens, follows, writes, chooses, ticks, presses and reads."""

    def __init__(
        self,
        browser: Browser,
        server: Server,
        *,
        screen: Screen,
        name: str,
        javascript: bool = True,
        scheme: str = "light",
        language: str = "id",
        seen: set[str] | None = None,
        pictures: bool = True,
    ) -> None:
        self.server, self.screen, self.name, self.scheme, self.language = server, screen, name, scheme, language
        self.context = self._window(browser, javascript=javascript)
        # axe waits for promises, which never come where scripts are off: it reads a copy of the page in another window.
        self.copy = None if javascript else self._window(browser, javascript=True)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.listener = checks.Listener(urlsplit(server.address).netloc)
        self.listener.listen_to(self.page, self.context.new_cdp_session(self.page))
        self.has_scripts = javascript
        self.steps = 0
        # Long stories come back to a page often: with `seen`, what is built as it was is not looked at again.
        self.seen, self.pictures = seen, pictures

    def _window(self, browser: Browser, *, javascript: bool) -> BrowserContext:
        return browser.new_context(
            base_url=self.server.address,
            viewport={"width": self.screen.width, "height": self.screen.height},
            has_touch=self.screen.is_touch,
            is_mobile=self.screen.is_touch,
            java_script_enabled=javascript,
            color_scheme=self.scheme,  # type: ignore[arg-type]
            locale=self.language,
            reduced_motion="reduce",
        )

    # --- going somewhere ---

    def opens(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)
        self._arrives()

    def follows(self, name: Name) -> None:
        """Follow the first link of that name."""
        self._leaves(self.page.get_by_role("link", name=name).first)

    def presses(self, name: Name, *, within: Locator | None = None) -> None:
        """Press the button of that name."""
        place = within or self.page
        self._leaves(place.get_by_role("button", name=name, exact=isinstance(name, str)).last)

    def presses_this(self, button: Locator) -> None:
        """Press a button that is in the hand already."""
        self._leaves(button)

    def signs_in(self, account: str) -> None:
        """Sign in with an account of the demonstration."""
        self.page.goto("/akun/login/")
        self.page.locator("input[name=login]").fill(f"{account}@contoh.id")
        self.page.locator("input[name=password]").fill(demo.PASSWORD)
        self.page.locator("form:has(input[name=password]) [type=submit]").click()
        self.page.wait_for_url(re.compile(r"/akun/beranda/"))
        self._arrives()

    def _leaves(self, thing: Locator) -> None:
        with self.page.expect_navigation():
            thing.click()
        self._arrives()

    # --- filling in ---

    def writes(self, label: str, text: str) -> None:
        """Write into the field with that label."""
        self._field(label).fill(text)

    def chooses(self, label: str, option: re.Pattern[str]) -> str:
        """Choose the first option that fits; returns its words."""
        field = self._field(label)
        texts = field.locator("option").all_inner_texts()
        chosen = next((text for text in texts if option.search(text)), None)
        assert chosen is not None, f"{label}: no option fits {option.pattern!r} in {texts}"
        field.select_option(label=chosen)
        return chosen

    def offers(self, label: str, option: re.Pattern[str]) -> bool:
        """Whether a field with that label comes to offer such an option without another page (scripts may fill it)."""
        field = self._field(label).locator("option").filter(has_text=option)
        if not self.has_scripts:
            return field.count() > 0
        expect(field.first).to_be_attached()
        return True

    def ticks(self, label: str) -> None:
        """Tick the box, or choose the answer, with that label."""
        self._field(label).check()

    def attaches(self, label: str, name: str, content: bytes) -> None:
        """Choose a file of that name and content."""
        self._field(label).set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(words.pattern(label)).first

    # --- reading ---

    def reads(self, text: Name) -> None:
        """The text is on the page and can be seen."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def sees_heading(self, text: Name) -> None:
        """The page is about that."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def does_not_read(self, *texts: str) -> None:
        """None of the texts stands anywhere in the page, seen or not."""
        html = self.page.content()
        assert [text for text in texts if text in html] == [], self.page.url

    # --- what must hold everywhere ---

    def _arrives(self) -> None:
        self.page.wait_for_load_state("load")
        self.steps += 1
        if self.seen is not None and self._was_seen(self.seen):
            return
        if self.pictures:
            self._photographs()
        self._finds_nothing_wrong()

    def _was_seen(self, seen: set[str]) -> bool:
        """Whether a page that is built the same was looked at already, whatever its words say."""
        built = self.page.evaluate(BUILT)
        known = built in seen
        seen.add(built)
        return known

    def _finds_nothing_wrong(self) -> None:
        problems = self.listener.take_problems() + checks.overflow_problems(self.page) + self._axe_problems()
        problems += self.listener.take_problems()
        shown = "\n  ".join(problems)
        assert not problems, f"{self.name}, step {self.steps}, {self.page.url} at {self.screen.width} px\n  {shown}"

    def _axe_problems(self) -> list[str]:
        if self.copy is None:
            return checks.axe_problems(self.page)
        html, page = self.page.content(), self.copy.new_page()
        page.route("**/*.js", lambda route: route.abort())
        page.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(self.page.url)
        problems = checks.axe_problems(page)
        page.close()
        return problems

    def _photographs(self) -> None:
        path = urlsplit(self.page.url).path.strip("/").replace("/", "_") or "depan"
        file = f"{self.name}-{self.steps:02d}-{re.sub(r'[^a-z_]+', '', path.lower())[:40]}"
        self.photographs(SCREENSHOTS / f"{file}-{self.screen.name}-{self.scheme}-{self.language}.png")

    def photographs(self, path: Path) -> None:
        """Keep a picture of the whole page, for people to look at."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True, animations="disabled")

    def leaves(self) -> None:
        """Close the browser window."""
        self.context.close()
        if self.copy is not None:
            self.copy.close()
