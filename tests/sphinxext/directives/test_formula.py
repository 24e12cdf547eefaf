from __future__ import annotations

from collections.abc import Callable
from typing import Any

Build = Callable[..., Any]


def test_the_formula_stands_on_the_page(build: Build) -> None:
    page = build("```{formula} exponential_lr\n```", html_math_renderer="mathjax")
    assert r"\mathtt{gamma}^{\mathtt{step}}" in page.text


def test_a_scheduler_without_closed_form_has_no_formula(build: Build) -> None:
    assert "has no closed form" in build("```{formula} reduce_lr_on_plateau\n```").warnings
