"""What the explorers of pages that are about no single scheduler or recipe begin with: code that makes one of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STEPS = 101
"""How many learning rates an example is shown with, unless it says so itself."""


@dataclass(frozen=True)
class Example:
    """Code that makes a scheduler, after which ``label`` is called where a reader chooses among several.

    ``names`` gives the names that the code does not assign a value each, to begin with; the explorer has a field for each.
    ``metrics`` are what it is stepped with, one for each of its ``steps``, where it follows a metric.
    """

    label: str
    code: str
    names: Mapping[str, float] = field(default_factory=dict)
    steps: int = STEPS
    metrics: tuple[float, ...] | None = None


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

PLATEAU_WARMUP = """\
class PlateauAfterWarmup(ReduceLROnPlateau):
    def __init__(self, warmup, factor=0.1, patience=10, cooldown=0, **more):
        super().__init__(
            warmup.optimizer, factor=factor, patience=patience, cooldown=cooldown, **more
        )
        self.warmup = warmup

    def step(self, metrics):
        if self.warmup.last_step < self.warmup.total_iters:
            self.warmup.step()
        else:
            super().step(metrics)

    def state_dict(self):
        return {**super().state_dict(), "warmup": self.warmup.state_dict()}

    def load_state_dict(self, state):
        self.warmup.load_state_dict(state["warmup"])
        super().load_state_dict({**state, "warmup": self.warmup})


optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = PlateauAfterWarmup(
    LinearLR(optimizer, start_factor=0.2, end_factor=1.0, total_iters=5),
    factor=0.5,
    patience=2,
    cooldown=3,
)"""

LOSSES = tuple(max(1.0, 9.0 - epoch) for epoch in range(28))
"""A loss that falls in a line and stays where it is from epoch 8 on."""

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
    "plateau_warmup": (Example("PlateauAfterWarmup", PLATEAU_WARMUP, steps=len(LOSSES), metrics=LOSSES),),
}
"""The examples of each explorer by the name of its page; the first is what it begins with."""
