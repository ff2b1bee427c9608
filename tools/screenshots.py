"""Takes the pictures of README.md from a running demonstration.

make run            # in another terminal
.venv/bin/python tools/screenshots.py http://127.0.0.1:8000
"""

import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
LARGEST_BYTES = 200_000


def main(address: str) -> None:
    """One picture of a portal on a desktop, one of a report on a phone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desktop = browser.new_page(viewport=DESKTOP)
        desktop.goto(f"{address}/ntb/")
        _take(desktop, "portal-desktop.png")
        desktop.goto(f"{address}/ntb/laporan/")
        first = desktop.locator("main a[href*='/laporan/NTB-']").first.get_attribute("href")
        phone = browser.new_page(viewport=PHONE)
        phone.goto(f"{address}{first}")
        _take(phone, "report-phone.png")
        browser.close()


def _take(page, name: str) -> None:
    path = FOLDER / name
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.quantize(128).save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        sys.exit(f"{name} has {size} bytes; at most {LARGEST_BYTES}")
    print(f"docs/images/{name} {size} bytes")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
