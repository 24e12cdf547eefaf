"""
ExponentialLR
=============

Multiplies the learning rate by ``gamma`` at every step.
"""

from oneflow.optim.lr_scheduler import ExponentialLR, StepLR

from lrdoc import figure, trace

# %%
# Steep at first, then flatter and flatter: every step takes the same fraction of what is left.

scheduler = ExponentialLR(trace.sgd(0.1), gamma=0.9)

figure.curve(
    trace.eager(scheduler, steps=40),
    alt="A curve that falls steeply at first and ever more slowly: the learning rate starts at 0.1, "
    "is at about 0.035 at step 10, at about 0.012 at step 20, and close to 0 at the end.",
)

# %%
# ``gamma``: how fast
# -------------------
#
# A small change of ``gamma`` has a large effect, because it acts at every step.
# Above 1 the learning rate grows.

figure.sweep(
    {
        f"gamma={gamma}": trace.eager(ExponentialLR(trace.sgd(0.1), gamma=gamma), steps=40)
        for gamma in (0.5, 0.8, 0.95, 1.02)
    },
    alt="{panels} panels, all starting at 0.1. With gamma=0.5 the learning rate is down to 0.0016 at step 6; "
    "with gamma=0.8 to 0.0012 at step 20; with gamma=0.95 an eighth of it is left at the end; "
    "with gamma=1.02 it grows, ever faster, to more than twice as much.",
)

# %%
# On a logarithmic axis each is a straight line: only the slope depends on ``gamma``.

figure.sweep(
    {
        f"gamma={gamma}": trace.eager(ExponentialLR(trace.sgd(0.1), gamma=gamma), steps=40)
        for gamma in (0.5, 0.8, 0.95, 1.02)
    },
    log=True,
    alt="The same {panels} on a logarithmic axis, now straight lines from 0.1. The one for gamma=0.5 is the steepest and "
    "falls below a millionth of a millionth; gamma=0.8 falls to about 0.000017; gamma=0.95 falls slightly; "
    "gamma=1.02 rises slightly.",
)

# %%
# Beside ``StepLR``
# -----------------
#
# With ``gamma=0.5 ** (1 / 10)`` the learning rate is halved every 10 steps, as by ``StepLR`` with ``step_size=10``:
# the two meet at every tenth step, and in between ``ExponentialLR`` is lower.

figure.compare(
    {
        "ExponentialLR": trace.eager(ExponentialLR(trace.sgd(0.1), gamma=0.5 ** (1 / 10)), steps=40),
        "StepLR": trace.eager(StepLR(trace.sgd(0.1), step_size=10, gamma=0.5), steps=40),
    },
    alt="A smoothly falling curve below a staircase: both start at 0.1 and meet at 0.05, 0.025 and 0.0125 at steps "
    "10, 20 and 30, where the staircase drops; between those steps the curve lies below the staircase.",
)
