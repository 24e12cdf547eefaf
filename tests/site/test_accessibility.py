"""Each kind of page in each language, checked by axe-core in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.browsing import violations
from tests.site.known import KINDS, LANGUAGES


@pytest.mark.parametrize("size", [(1280, 800), (375, 800)], ids=["laptop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    browser: Browser, site: Path, kind: str, language: str, scheme: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{language}/{KINDS[kind]}.html")
    for place in page.locator("[data-lr-script]").all():
        place.scroll_into_view_if_needed()
        place.locator(".lr-area canvas").wait_for()
    page.evaluate(
        "scrollTo({top: 0, behavior: 'instant'})"
    )  # where a chart stays in view it may cover a part of a field
    assert violations(page) == []
    context.close()
