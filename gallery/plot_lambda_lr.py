"""
LambdaLR
========

Multiplies the base learning rate by any function of the step.
"""

import numpy as np
from oneflow.optim.lr_scheduler import ExponentialLR, LambdaLR, LinearLR, SequentialLR

from lrdoc import figure, trace

scheduler = LambdaLR(trace.sgd(0.1), lr_lambda=lambda step: 0.95**step)

figure.curve(
    trace.eager(scheduler, steps=40),
    alt="A curve that falls and flattens: the learning rate starts at 0.1 and loses a twentieth of itself at every step; "
    "after 40 steps it is at about 0.014 and still falling.",
)

# %%
# ``lr_lambda``: any shape
# ------------------------
#
# Four functions: a decay, a warmup that holds at the end, a warmup with a decay after it, and a decay that is steep at first and slow later.
# What a function returns is a factor: 1 stands for ``base_lr``.

functions = {
    "0.95 ** step": lambda step: 0.95**step,
    "min((step + 1) / 10, 1.0)": lambda step: min((step + 1) / 10, 1.0),
    "min((step + 1) ** -0.5, (step + 1) * 10 ** -1.5)": lambda step: min((step + 1) ** -0.5, (step + 1) * 10**-1.5),
    "1 / (1 + 0.1 * step)": lambda step: 1 / (1 + 0.1 * step),
}

figure.sweep(
    {
        formula: trace.eager(LambdaLR(trace.sgd(0.1), lr_lambda=function), steps=40)
        for formula, function in functions.items()
    },
    columns=1,
    alt="{panels} panels, one below the other. 0.95 ** step falls from 0.1 in an ever flatter curve. "
    "min((step + 1) / 10, 1.0) climbs in ten equal steps from 0.01 to 0.1 and stays there. "
    "The minimum of an inverse square root and a line climbs for ten steps to about 0.032 and then falls slowly. "
    "1 / (1 + 0.1 * step) falls from 0.1 to about 0.02, fast at first and then ever more slowly.",
)

# %%
# A list: one function per param group
# ------------------------------------
#
# The optimizer has two param groups, and each follows a function of its own.
# The first is held at 0 for ten steps, as one does with a pretrained part of a model; the second decays from the start.

groups = LambdaLR(trace.sgd(0.1, 0.1), lr_lambda=[lambda step: float(step >= 10), lambda step: 0.95**step])

figure.curve(
    trace.eager(groups, steps=40),
    alt="{curves} curves. param_groups[0] lies on the axis for ten steps, jumps to 0.1 at step 10 and stays there. "
    "param_groups[1] starts at 0.1 and falls, ever more slowly, to about 0.014.",
)

# %%
# Noam: as a function, and as a composition
# -----------------------------------------
#
# The schedule of the first Transformer climbs in a straight line and then falls with the inverse square root of the step.
# ``LambdaLR`` gives it exactly.
# ``LinearLR`` followed by ``ExponentialLR`` gives the same warmup, but another decay, whatever ``gamma`` is.
# Here ``gamma`` is chosen so that the two meet again at the last step; in between, the composition lies above Noam.

d_model, warmup, steps = 512, 10, 60


def noam(step):
    count = step + 1  # the paper counts updates from 1
    return d_model**-0.5 * min(count**-0.5, count * warmup**-1.5)


peak = noam(warmup - 1)
gamma = (noam(steps - 1) / peak) ** (1 / (steps - warmup))


def composition(optimizer):
    rise = LinearLR(optimizer, start_factor=1 / warmup, total_iters=warmup - 1)
    fall = ExponentialLR(optimizer, gamma=gamma)
    return SequentialLR(optimizer, [rise, fall], milestones=[warmup - 1], interval_rescaling=True)


figure.compare(
    {
        "LambdaLR": trace.eager(LambdaLR(trace.sgd(1.0), lr_lambda=noam), steps),
        "LinearLR + ExponentialLR": trace.eager(composition(trace.sgd(peak)), steps),
    },
    alt="{curves} curves that climb together in ten equal steps to a peak of about 0.014 at step 9. "
    "From there LambdaLR falls steeply at first and ever more slowly later; LinearLR + ExponentialLR falls more evenly "
    "and lies above it, furthest around step 22, until the two meet again at step 59.",
)

# %%
# In numbers: how far apart the two are at most, as a part of the peak, and where.

gap = trace.eager(composition(trace.sgd(peak)), steps) - trace.eager(LambdaLR(trace.sgd(1.0), lr_lambda=noam), steps)
print(f"warmup: at most {np.abs(gap[:warmup]).max() / peak:.0e} of the peak")
print(f"decay: {gap.max() / peak:.1%} of the peak, at step {gap.argmax()}")

# %%
# The same two on a logarithmic axis, over five times as many steps.
# An exponential decay is a straight line here.
# Noam bends away from it: its relative decay becomes slower with every step, so that after the meeting point the composition is soon far too low.

figure.compare(
    {
        "LambdaLR": trace.eager(LambdaLR(trace.sgd(1.0), lr_lambda=noam), 5 * steps),
        "LinearLR + ExponentialLR": trace.eager(composition(trace.sgd(peak)), 5 * steps),
    },
    log=True,
    alt="The same {curves} curves over 300 steps on a logarithmic axis. After the common warmup, LinearLR + ExponentialLR "
    "is a straight line down to about 0.00008; LambdaLR is a curve that flattens out and ends near 0.0026. "
    "They cross at step 59.",
)

# %%
# Any function, as straight pieces
# --------------------------------
#
# Graph mode refuses ``LambdaLR``, but it takes a ``SequentialLR`` of ``LinearLR``.
# Each piece joins two values of the function; here every knot of the decay is about 1.4 times as far from the start as the one before.
# The pieces lie on Noam or a little above it.

knots = [0, 9, 13, 19, 27, 39, 59]


def pieces(optimizer):
    lines = [
        LinearLR(optimizer, start_factor=noam(a) / peak, end_factor=noam(b) / peak, total_iters=b - a)
        for a, b in zip(knots, knots[1:])
    ]
    return SequentialLR(optimizer, lines, milestones=knots[1:-1], interval_rescaling=True)


figure.compare(
    {
        "LambdaLR": trace.eager(LambdaLR(trace.sgd(1.0), lr_lambda=noam), steps),
        "LinearLR + LinearLR + …": trace.eager(pieces(trace.sgd(peak)), steps),
    },
    alt="{curves} curves that can hardly be told apart: both climb to about 0.014 at step 9 and fall, ever more slowly, "
    "to about 0.0057 at step 59. LinearLR + LinearLR + … lies a trace above LambdaLR between its joints.",
)
