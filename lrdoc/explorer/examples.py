"""What the explorers of pages that are about no single scheduler or recipe begin with: code that makes one of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """Code that makes a scheduler, after which ``label`` is called where a reader chooses among several.

    ``names`` gives the names that the code does not assign a value each, to begin with; the explorer has a field for each.
    """

    label: str
    code: str
    names: Mapping[str, float] = field(default_factory=dict)


STEPS = 101
"""How many learning rates an example is shown with."""


def _libai(builder: str, main: str) -> Example:
    """Return a builder of LiBai's, around the scheduler that ``main`` makes."""
    return Example(
        builder,
        f"""\
optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = WarmupLR(
    {main},
    warmup_factor=0.001,
    warmup_iters=10,
    warmup_method="linear",
)""",
    )


LAYERWISE_DECAY = """\
layers = [flow.nn.Linear(4, 4) for _ in range(4)]
optimizer = flow.optim.SGD(
    [
        {"params": layer.parameters(), "lr": lr * decay ** (len(layers) - 1 - at)}
        for at, layer in enumerate(layers)
    ],
    lr=lr,
)
scheduler = warmup_cosine(optimizer, total_steps=100, warmup_steps=10)"""

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "libai": (
        _libai("WarmupCosineLR", "CosineDecayLR(optimizer, decay_steps=100, alpha=0.01)"),
        _libai("WarmupCosineAnnealingLR", "CosineAnnealingLR(optimizer, T_max=100, eta_min=0.02)"),
        _libai("WarmupStepLR", "StepLR(optimizer, step_size=30, gamma=0.5)"),
        _libai("WarmupMultiStepLR", "MultiStepLR(optimizer, milestones=[50, 75], gamma=0.1)"),
        _libai("WarmupExponentialLR", "ExponentialLR(optimizer, gamma=0.97)"),
        _libai("WarmupPolynomialLR", "PolynomialLR(optimizer, decay_batch=100, end_learning_rate=0.0001, power=2.0)"),
    ),
    "layerwise_decay": (Example("layerwise_groups", LAYERWISE_DECAY, {"lr": 0.1, "decay": 0.75}),),
}
"""The examples of each explorer by the name of its page; the first is what it begins with."""
