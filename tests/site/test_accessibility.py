"""Each kind of page in each language, checked by axe-core in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.site.browsing import LAPTOP, PHONE, lent, violations
from tests.site.known import KINDS, LANGUAGES, SCHEMES


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, site: Path, kind: str, language: str, size: ViewportSize) -> None:
    with lent(browser, size) as (page, _):
        page.goto(f"{site.as_uri()}/{language}/{KINDS[kind]}.html")
        for place in page.locator("[data-lr-script]").all():
            place.scroll_into_view_if_needed()
            place.locator(".lr-area canvas").wait_for()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], scheme
