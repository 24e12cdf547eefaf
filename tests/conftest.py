"""The built site and a browser, for the tests that look at them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from lrdoc.running import worker
from lrdoc.running.piece import Piece
from tests.site.serving import served

ROOT = Path(__file__).parents[1]

# One thread for each process, as nox runs as many at once as there are processors, and the same in those that tests start:
# OneFlow and its BLAS read it when OneFlow is imported, and else take all processors, whatever flow.set_num_threads says of BLAS.
os.environ["OMP_NUM_THREADS"] = "1"
# As nox does: Sphinx does not start where LANG names a locale that the system lacks.
os.environ["LC_ALL"] = "C.UTF-8"

# No deadline: what is tested is right or wrong, and a busy machine is neither.
settings.register_profile("lrdoc", deadline=None)
settings.load_profile("lrdoc")

SITE = ROOT / "docs" / "_build" / "html"
CACHE = ROOT / "docs" / "_build" / "cache"
BUILT = SITE / "index.html"  # the last file that a build writes

PATIENCE = 300_000
"""Milliseconds after which a page that does not do what a test waits for is taken to hang."""

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_MISSING = """No Chromium on PATH; the browser tests need one.
Debian, Ubuntu: apt-get install chromium (or chromium-browser). Elsewhere: set CHROMIUM to the path of Chromium or Chrome."""
FIREFOX_NAMES = ("firefox-esr", "firefox")
FIREFOX_MISSING = """No Firefox on PATH; some browser tests need one.
Debian: apt-get install firefox-esr. Elsewhere: set FIREFOX to the path of Firefox."""
FIREFOX_SETTINGS = {
    "network.prefetch-next": False,  # the page after this one, which the pages' policy refuses to load ahead
    "privacy.baselineFingerprintingProtection": False,  # it mixes noise into what a canvas shows, other noise in each tab
}
CHROMIUM_LEAVES_OUT = (
    "WebUIOmniboxPopup",  # two pages for the suggestions of the address bar, in a process of their own, for every window:
    "WebUIOmniboxAimPopup",  # they take more of the processor than a page of the site, and headless nobody types there
    # What Playwright leaves out, as Chromium heeds the last of such lists alone.
    "AimEnabled",
    "AutoDeElevate",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "BlockOriginHeaderModificationOnRedirect",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "Translate",
)
CHROMIUM_FLAGS = [
    f"--disable-features={','.join(CHROMIUM_LEAVES_OUT)}",
    "--no-sandbox",  # Chromium refuses to run as root with it, and only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _no_figure_left_open() -> Iterator[None]:
    """Close what a test has drawn: pyplot keeps what is open for the tests that come after it in the same process."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


@pytest.fixture(scope="session")
def result_of() -> Callable[[Piece], Any]:
    """Return a function that runs a piece as the site's build does and returns its result; what the build has run is not run again."""

    def result_of(piece: Piece) -> Any:
        (outcome,) = worker.run([piece], cache=CACHE)
        assert outcome.error is None, outcome
        return outcome.result

    return result_of


def newest_source() -> Path:
    """Return the file, of those that the site is built from, that was changed last."""
    docs = [path for path in (ROOT / "docs").rglob("*") if not {"_build", "gallery"} & set(path.parts)]
    code = [path for path in (ROOT / "lrdoc").rglob("*") if "__pycache__" not in path.parts]
    gallery = [path for path in (ROOT / "gallery").rglob("*") if "__pycache__" not in path.parts]
    return max((path for path in docs + code + gallery if path.is_file()), key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built site; fail if it is missing, or older than what it is built from."""
    if not BUILT.exists():
        pytest.fail('The site is not built: run "nox -s docs" first.', pytrace=False)
    source = newest_source()
    if source.stat().st_mtime > BUILT.stat().st_mtime:
        pytest.fail(f'{source.relative_to(ROOT)} is newer than the site: run "nox -s docs" first.', pytrace=False)
    return SITE


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Return every page of every language, as a path below the site."""
    found = [path.relative_to(site) for path in site.glob("*/**/*.html")]
    return sorted(str(path) for path in found if "_static" not in path.parts)


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the site as it is; return its address."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start what drives the browsers."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = _installed("CHROMIUM", CHROMIUM_NAMES, CHROMIUM_MISSING)
    running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    _be_patient(running)
    yield running
    running.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Start the system's Firefox, which Playwright drives by WebDriver BiDi."""
    path = _installed("FIREFOX", FIREFOX_NAMES, FIREFOX_MISSING)
    running = playwright.firefox.launch(
        channel="moz-firefox", executable_path=path, timeout=PATIENCE, firefox_user_prefs=FIREFOX_SETTINGS
    )
    _be_patient(running)
    yield running
    running.close()


@pytest.fixture(params=["browser", "firefox"], ids=["chromium", "firefox"])
def each_browser(request: pytest.FixtureRequest) -> Browser:
    """Return Chromium, then Firefox: for what readers do in either."""
    running: Browser = request.getfixturevalue(request.param)
    return running


def _installed(variable: str, names: Sequence[str], missing: str) -> str:
    """Return the path of a browser: that in the environment variable, else the first of the names on PATH."""
    path = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail(missing, pytrace=False)
    return path


def _be_patient(browser: Browser) -> None:
    """Let what is waited for take long: a busy machine is no fault of a page."""
    new_context, new_page = browser.new_context, browser.new_page

    def patient_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    def patient_page(**options: Any) -> Page:
        page = new_page(**options)
        page.set_default_timeout(PATIENCE)
        return page

    browser.new_context, browser.new_page = patient_context, patient_page  # type: ignore[method-assign]
