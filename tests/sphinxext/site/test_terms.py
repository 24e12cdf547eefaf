from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

PAGE = """
Of `base_lr` the first, of `base_lr` the second.

In Graph mode `StepLR` and [`LambdaLR`](/other.md) and `LambdaLR`; in Graph mode again, and `nn.Graph`.

| Noam | `last_step` |
| --- | --- |
| Noam | `last_step` |

```python
last_step = 3
```

The Noam schedule.
"""
EXTENSIONS = ["myst_parser", "lrdoc.sphinxext.links", "lrdoc.sphinxext.site.terms"]
PLACES = ["reference/lr_scheduler", "concepts/graph_mode", "reference/step_lr", "recipes/noam"]


@pytest.fixture
def links(run_sphinx: Callable[..., Any]) -> Callable[..., list[tuple[str, str]]]:
    """Return a function that returns the text and the target of each link of a page, in a language."""

    def links(name: str, text: str, language: str = "en") -> list[tuple[str, str]]:
        pages = {**dict.fromkeys(PLACES, "# Explained"), "other": "# Other", name: f"# Page\n{text}"}
        out, warnings, _told = run_sphinx("", "html", pages=pages, extensions=EXTENSIONS, language=language)
        assert not warnings
        body = BeautifulSoup((out / f"{name}.html").read_text(encoding="utf-8"), "html.parser").select_one("div.body")
        return [(link.get_text(), link["href"]) for link in body.select("a:not(.headerlink)")]

    return links


def test_the_first_use_of_a_term_in_running_text_is_linked_and_no_other(links: Callable[..., Any]) -> None:
    assert links("recipes/page", PAGE) == [
        ("base_lr", "../reference/lr_scheduler.html#what-it-holds"),
        ("Graph mode", "../concepts/graph_mode.html"),
        ("StepLR", "../reference/step_lr.html"),
        ("LambdaLR", "../other.html"),
        ("Noam", "noam.html"),
    ]


def test_the_page_that_explains_a_term_does_not_link_to_itself(links: Callable[..., Any]) -> None:
    assert ("Noam", "noam.html") not in links("recipes/noam", PAGE)
    assert ("StepLR", "step_lr.html") not in links("reference/step_lr", PAGE)


def test_terms_are_found_in_chinese_sentences(links: Callable[..., Any]) -> None:
    assert links("recipes/page", "在 Graph 模式下，Eager 模式的参数组。", language="zh_CN") == [
        ("Graph 模式", "../concepts/graph_mode.html"),
        ("Eager 模式", "../concepts/graph_mode.html"),
        ("参数组", "../reference/lr_scheduler.html#param-groups"),
    ]


def test_what_is_no_page_of_explanations_stays_as_it_is(links: Callable[..., Any]) -> None:
    assert links("elsewhere/page", PAGE) == [("LambdaLR", "../other.html")]
