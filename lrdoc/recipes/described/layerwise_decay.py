"""What the site knows of layer-wise decay: a schedule that moves each param group from its own learning rate."""

from __future__ import annotations

from typing import Any

from lrdoc.describe.domain import Real
from lrdoc.describe.guide import Example, Guide
from lrdoc.describe.recipe import Recipe


def layerwise_decay(schedule: Any, decay: float = 0.75) -> Any:
    """Return ``schedule``, which moves each group from its own learning rate: who calls it makes the groups by ``decay``."""
    return schedule


RECIPE = Recipe(
    cls=layerwise_decay,
    family="combination",
    domains={"decay": Real(0.0, 1.0, usual=(0.5, 1.0), open=True)},
    closed_form=None,
    presets=(),
)

_CODE = """\
layers = [flow.nn.Linear(4, 4) for _ in range(4)]
optimizer = flow.optim.SGD(
    [
        {"params": layer.parameters(), "lr": lr * decay ** (len(layers) - 1 - at)}
        for at, layer in enumerate(layers)
    ],
    lr=lr,
)
scheduler = warmup_cosine(optimizer, total_steps=100, warmup_steps=10)"""

GUIDE = Guide(
    examples=(Example("layerwise_groups", _CODE, {"lr": 0.1, "decay": 0.75}),),
    parameters="decay=0.75, \\\n    schedule=warmup_cosine(optimizer, total_steps=total_steps, warmup_steps=10)",
)
