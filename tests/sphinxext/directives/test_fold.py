"""Small real builds of pages with folded parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Build = Callable[..., Any]
EXTENSIONS = {
    "extensions": ["myst_parser", "lrdoc.sphinxext.directives.fold"],
    "myst_enable_extensions": ["colon_fence"],
}
SOURCE = """
::::{fold} In *Graph* mode
It freezes.

```python
step()
```
::::
"""


def test_a_folded_part_shows_its_line_and_holds_the_rest(build: Build) -> None:
    page = build(SOURCE, **EXTENSIONS)
    assert page.warnings == ""
    (fold,) = page.soup.select("details")
    assert not fold.has_attr("open")
    assert fold.find("summary").get_text() == "In Graph mode"
    assert "It freezes." in fold.get_text()
    assert "step()" in fold.get_text()


def test_the_line_and_the_rest_are_translated_with_their_page(messages: Callable[..., list[str]]) -> None:
    assert messages(SOURCE, **EXTENSIONS) == ["In *Graph* mode", "It freezes."]
