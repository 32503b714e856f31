"""A picture of each page of the app: light, dark, and as wide as a phone.

    python -m bench.screenshots [--index index] [--out docs/screenshots] [PAGE ...]

Starts the app and writes ``PAGE-light.png``, ``PAGE-dark.png`` and ``PAGE-phone.png`` for each page
of `bench.app_pages`, or for those that are named. The same window, language, time zone and cutting
each time; 256 colours at most, so that all of them stay below 4 MB.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from bench.app_pages import AppPage, app_pages, open_page
from bench.app_server import running_app
from search.snapshot import open_snapshot

_COLOURS = 256
_READY_MS = 15_000


@dataclass(frozen=True, slots=True)
class Look:
    """A window that a page is looked at in.

    Attributes:
        width, height: in CSS pixels; a longer page is cut at ``longest``.
    """

    name: str
    scheme: Literal["light", "dark"]
    width: int
    height: int
    longest: int


LOOKS = (
    Look("light", "light", 1280, 900, 1800),
    Look("dark", "dark", 1280, 900, 1800),
    Look("phone", "light", 390, 844, 1700),
)


def main() -> None:
    """Start the app and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", help="names of pages; all without one")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        parser.error("no chromium is installed: apt install chromium")
    pages = app_pages(open_snapshot(options.index))
    if unknown := set(options.pages) - {page.name for page in pages}:
        parser.error(f"no such page: {', '.join(sorted(unknown))}")
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(options.index, Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for look in LOOKS:
            for page in pages:
                if not options.pages or page.name in options.pages:
                    picture = _picture(browser, server.address, page, look)
                    path = options.out / f"{page.name}-{look.name}.png"
                    path.write_bytes(_small(picture))
                    print(f"{path}: {path.stat().st_size / 1000:.0f} kB", flush=True)
        browser.close()
    total = sum(path.stat().st_size for path in options.out.glob("*.png"))
    print(f"{total / 1e6:.1f} MB in all")


def _picture(browser: Browser, server: str, page: AppPage, look: Look) -> bytes:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        locale="it-IT",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
    )
    shown = context.new_page()
    open_page(shown, server, page, seconds=60)
    try:
        shown.locator(page.ready).first.wait_for(timeout=_READY_MS)
    except TimeoutError:
        print(f"{page.name}: nothing of {page.ready} on it")
    _unfold(shown, look)
    picture = shown.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def _unfold(shown: Page, look: Look) -> None:
    """Make the window as high as the page: what is drawn when it is scrolled to is drawn too."""
    for _ in range(3):
        height = shown.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        shown.set_viewport_size(
            {"width": look.width, "height": max(look.height, min(height, look.longest))}
        )
        shown.wait_for_timeout(400)


def _small(picture: bytes) -> bytes:
    """The picture in so many colours, the rare ones among them, as a PNG."""
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(
            _COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        out = io.BytesIO()
        few.save(out, format="PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
