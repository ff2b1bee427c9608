"""A citizen who reports through the three screens, as a browser without scripts does."""

import io
import re
from dataclasses import dataclass

from PIL import Image

from tests.http_client import Browser, Page, Upload

CATEGORY = "road"
CODE = re.compile(r"\b([0-9A-Z]{4}(?: [0-9A-Z]{4}){3})\b")
NUMBER = re.compile(r"/laporan/([A-Z]+-\d{4}-\d{6})/")


@dataclass(frozen=True, slots=True)
class LastScreen:
    """Everything typed; only the last button is not pressed yet."""

    browser: Browser
    page: Page

    def send(self, **values: str) -> str:
        """Press the button. The number of the report once the server acknowledged it, empty otherwise."""
        return number_in(self.press(**values))

    def press(self, **values: str) -> Page:
        """Press the button; what the server answered."""
        return self.browser.submit(self.page, {"name": "", **values}, follow=False)


def number_in(answer: Page) -> str:
    """The number of the report an answer leads to; empty when it leads to none."""
    found = NUMBER.search(answer.location)
    return found.group(1) if found else ""


def fill_in(browser: Browser, *, portal: str, text: str, photos: list[Upload] | None = None) -> LastScreen:
    """The first two screens: what and where."""
    page = browser.get(f"/{portal}/laporan/kirim/")
    page = _went_on(browser.submit(page, {"category": CATEGORY, "text": text}), "district")
    district = next(code for code in page.form("district").choices["district"] if code)
    page = browser.submit(page, {"district": district})  # without a script this only shows the villages
    if page.path.endswith("/lokasi/"):  # someone who comes back finds the village still chosen
        village = next(code for code in page.form("village").choices["village"] if code)
        uploads = {"photos": photos} if photos else None
        page = browser.submit(page, {"district": district, "village": village}, uploads=uploads)
    return LastScreen(browser, _went_on(page, "name"))


def _went_on(page: Page, field: str) -> Page:
    assert page.status == 200, f"{page.path} answered {page.status}"
    page.form(field)
    return page


def photo(seed: int) -> Upload:
    """A small picture unlike any other."""
    picture = Image.effect_noise((240, 180), 40 + seed % 60)
    picture.putpixel((seed % 240, seed // 240 % 180), 255)
    content = io.BytesIO()
    picture.save(content, "JPEG")
    return Upload(f"IMG_{seed}.jpg", content.getvalue())


def send_report(browser: Browser, *, portal: str, text: str) -> str:
    """All three screens; the number of the report."""
    number = fill_in(browser, portal=portal, text=text).send()
    assert number, "the server did not acknowledge the report"
    return number


def code_of_receipt(browser: Browser, portal: str) -> str:
    """The code this browser gets for what it sent last; empty while it gets none."""
    found = CODE.search(browser.get(f"/{portal}/laporan/kirim/pelapor/").text)
    return found.group(1) if found else ""


def access_code(receipt: Page) -> str:
    """The code printed on a receipt."""
    found = CODE.search(receipt.text)
    assert found, "the receipt shows no access code"
    return found.group(1)
