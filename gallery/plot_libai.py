"""
LiBai's builders
================

LiBai names six schedules: each is OneFlow's ``WarmupLR`` around one scheduler.
"""

from oneflow.optim.lr_scheduler import (
    CosineAnnealingLR,
    CosineDecayLR,
    ExponentialLR,
    MultiStepLR,
    PolynomialLR,
    StepLR,
    WarmupLR,
)

from lrdoc import figure, trace


def warmed_up(main):
    """Return the learning rates of 100 steps, 10 of them warmup."""
    return trace.eager(WarmupLR(main, warmup_factor=0.001, warmup_iters=10, warmup_method="linear"), steps=101)


cosine = warmed_up(CosineDecayLR(trace.sgd(0.1), decay_steps=100, alpha=0.01))

figure.curve(
    cosine,
    alt="The learning rate climbs in a line from 0.0001 to 0.0976 at step 10, a little below 0.1, "
    "and falls along half a cosine to 0.001 at step 100.",
)

# %%
# The six of them
# ---------------
#
# The decay counts from the start of the training, so the line of the warmup ends where the decay is by then.

figure.sweep(
    {
        "WarmupCosineLR": cosine,
        "WarmupCosineAnnealingLR": warmed_up(CosineAnnealingLR(trace.sgd(0.1), T_max=100, eta_min=0.02)),
        "WarmupStepLR": warmed_up(StepLR(trace.sgd(0.1), step_size=30, gamma=0.5)),
        "WarmupMultiStepLR": warmed_up(MultiStepLR(trace.sgd(0.1), milestones=[50, 75], gamma=0.1)),
        "WarmupExponentialLR": warmed_up(ExponentialLR(trace.sgd(0.1), gamma=0.97)),
        "WarmupPolynomialLR": warmed_up(
            PolynomialLR(trace.sgd(0.1), decay_batch=100, end_learning_rate=0.0001, power=2.0)
        ),
    },
    alt="{panels} panels, each with a line that climbs until step 10. WarmupCosineLR and WarmupCosineAnnealingLR fall along half "
    "a cosine, the one to 0.001, the other to 0.02. WarmupStepLR is a staircase that is halved at steps 30, 60 and 90. "
    "WarmupMultiStepLR stays at 0.1 until step 49, and is 0.01 from step 50 on and 0.001 from step 75 on. "
    "WarmupExponentialLR and WarmupPolynomialLR start to fall at about 0.074 and 0.081, steeply at first, then ever more slowly.",
)
