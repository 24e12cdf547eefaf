"""What the tests of the built site know of it."""

from __future__ import annotations

from typing import Literal

LANGUAGES = {"en": "en", "zh": "zh-CN"}
"""The languages of the site: the folder, and the tag that its pages carry."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
"""What a reader's system may prefer."""
KINDS = {
    "home": "index",
    "playground": "playground",
    "reference": "reference/step_lr",
    "composition": "reference/sequential_lr",
    "metric": "reference/reduce_lr_on_plateau",
    "base class": "reference/lr_scheduler",
    "concept": "concepts/combining",
    "answer": "answers/wrong_rate",
    "support table": "concepts/graph_mode",
    "checks": "concepts/checked",
    "gallery": "gallery/index",
    "example": "gallery/plot_step_lr",
    "practice": "practice",
    "pictures": "pictures",
    "training": "gallery/plot_practice",
    "search": "search",
}
"""A page of each kind, for what takes too long on every page."""
