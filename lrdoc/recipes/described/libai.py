"""What the site knows of LiBai's builders, each of which puts a warmup around one scheduler."""

from __future__ import annotations

from collections.abc import Mapping

from lrdoc.describe.guide import Example, Guide

BUILDERS: Mapping[str, tuple[str, str | None]] = {
    "WarmupCosineLR": ("cosine_decay_lr", "decay_steps"),
    "WarmupCosineAnnealingLR": ("cosine_annealing_lr", "T_max"),
    "WarmupStepLR": ("step_lr", None),
    "WarmupMultiStepLR": ("multi_step_lr", None),
    "WarmupExponentialLR": ("exponential_lr", None),
    "WarmupPolynomialLR": ("polynomial_lr", "decay_batch"),
}
"""The scheduler of each of LiBai's builders, and which of its parameters is their ``max_iter``."""

CONFIGURED: Mapping[str, float] = {"alpha": 0.01}
"""What LiBai's configuration gives the builder that it names by default."""


def _example(builder: str, main: str) -> Example:
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


GUIDE = Guide(
    examples=(
        _example("WarmupCosineLR", "CosineDecayLR(optimizer, decay_steps=100, alpha=0.01)"),
        _example("WarmupCosineAnnealingLR", "CosineAnnealingLR(optimizer, T_max=100, eta_min=0.02)"),
        _example("WarmupStepLR", "StepLR(optimizer, step_size=30, gamma=0.5)"),
        _example("WarmupMultiStepLR", "MultiStepLR(optimizer, milestones=[50, 75], gamma=0.1)"),
        _example("WarmupExponentialLR", "ExponentialLR(optimizer, gamma=0.97)"),
        _example("WarmupPolynomialLR", "PolynomialLR(optimizer, decay_batch=100, end_learning_rate=0.0001, power=2.0)"),
    ),
    parameters="builder='WarmupStepLR', step_size=30, gamma=0.5, warmup_iter=10",
)
