"""
ReduceLROnPlateau
=================

Watches a metric, such as the validation loss, and multiplies the learning rate by ``factor`` when the metric has stopped getting better.
"""

from itertools import accumulate

from oneflow.optim.lr_scheduler import ReduceLROnPlateau

from lrdoc import figure, trace

# A loss that falls, stalls, falls again more slowly, and stalls for good.
slopes = [-0.06] * 12 + [0.0] * 18 + [-0.003] * 20 + [0.0] * 10
metrics = list(accumulate(slopes[:-1], initial=1.2))
steps = len(metrics)

scheduler = ReduceLROnPlateau(trace.sgd(0.1), factor=0.5, patience=5)

figure.plateau(
    metrics,
    trace.eager(scheduler, steps, metrics),
    alt="Above, a loss that falls steeply, stays level, falls slowly and stays level again. "
    "Below, the learning rate: it is 0.1 while the loss falls, is halved several times on the first level stretch, "
    "holds while the loss falls slowly, and is halved again near the end.",
)


# %%
# The sweeps below give this same loss to schedulers that differ in one parameter.
# A rule marks each step from which a lower learning rate is used.


def lrs(**parameters):
    """Return the learning rates that the scheduler, with these parameters, makes of the loss."""
    settings = {"factor": 0.5, "patience": 5, **parameters}
    return trace.eager(ReduceLROnPlateau(trace.sgd(0.1), **settings), steps, metrics)


# %%
# ``patience``: how long it waits
# -------------------------------
#
# ``patience`` is the number of steps without improvement that are let pass; the one after it reduces.
# The larger it is, the fewer rules stand in each level stretch.

figure.plateau(
    metrics,
    {f"patience={patience}": lrs(patience=patience) for patience in (0, 2, 5, 20)},
    alt="The loss, and below it four learning rates. With patience=0 the learning rate is halved at every step of the "
    "level stretches and soon can't be told from 0; with patience=2 at every third; with patience=5 at every sixth; "
    "with patience=20 it stays at 0.1, because no stretch is long enough.",
)

# %%
# ``factor``: how far it goes down
# --------------------------------
#
# The rules stay where they are, only the drops change.

figure.plateau(
    metrics,
    {f"factor={factor}": lrs(factor=factor) for factor in (0.9, 0.5, 0.1)},
    alt="The loss, and below it three learning rates that drop at the same steps: a little with factor=0.9, "
    "by half with factor=0.5, and to a tenth with factor=0.1.",
)

# %%
# ``cooldown``: how long it rests
# -------------------------------
#
# After a reduction, ``cooldown`` steps are not counted, whatever the metric does.
# The distance between two rules on a level stretch grows by as much.

figure.plateau(
    metrics,
    {f"cooldown={cooldown}": lrs(patience=2, cooldown=cooldown) for cooldown in (0, 3, 8)},
    alt="The loss, and below it three learning rates, all with patience=2. They are first halved at the same step; "
    "after that the halvings lie closest together with cooldown=0, further apart with cooldown=3, "
    "and furthest with cooldown=8.",
)

# %%
# ``threshold``: what counts as better
# ------------------------------------
#
# An improvement smaller than this fraction of the best metric so far counts as none.
# Compare the slow stretch in the middle: with a large ``threshold`` single steps down are too small to count, and the learning rate is reduced although the loss falls.

figure.plateau(
    metrics,
    {f"threshold={threshold}": lrs(threshold=threshold) for threshold in (0.0, 0.05, 0.2)},
    alt="The loss, and below it three learning rates. With threshold=0.0 the learning rate holds while the loss falls "
    "slowly; with threshold=0.05 and with threshold=0.2 it is halved there as well.",
)

# %%
# ``threshold_mode``: a fraction or a difference
# ----------------------------------------------
#
# With ``rel``, ``threshold`` is a fraction of the best metric so far; with ``abs`` it is a difference.

figure.plateau(
    metrics,
    {f"threshold_mode={mode}": lrs(threshold=0.03, threshold_mode=mode) for mode in ("rel", "abs")},
    alt="The loss, and below it two learning rates with threshold=0.03. With threshold_mode=rel the learning rate "
    "holds while the loss falls slowly; with threshold_mode=abs it is halved there, too.",
)

# %%
# ``min_lr``: where it ends
# -------------------------
#
# The learning rate never goes below ``min_lr``: once there, further level stretches leave no rule.

figure.plateau(
    metrics,
    {f"min_lr={min_lr}": lrs(patience=2, min_lr=min_lr) for min_lr in (0, 0.02, 0.06)},
    alt="The loss, and below it three learning rates, all with patience=2. With min_lr=0 the halvings go on to the "
    "end; with min_lr=0.02 and min_lr=0.06 the learning rate stops at that value, after fewer drops.",
)

# %%
# ``eps``: changes too small to make
# ----------------------------------
#
# A reduction by ``eps`` or less is not carried out.

figure.plateau(
    metrics,
    {f"eps={eps}": lrs(patience=2, eps=eps) for eps in (1e-8, 0.01, 0.06)},
    alt="The loss, and below it three learning rates, all with patience=2. With eps=1e-08 the halvings go on to the "
    "end; with eps=0.01 they end once a halving would change too little; with eps=0.06 there is none at all.",
)

# %%
# ``mode``: which way is better
# -----------------------------
#
# With ``min`` a smaller metric is better, with ``max`` a larger one, such as an accuracy.
# Given a loss by mistake, ``max`` takes every fall for a failure.

figure.plateau(
    metrics,
    {f"mode={mode}": lrs(mode=mode) for mode in ("min", "max")},
    alt="The loss, and below it two learning rates. With mode=min the learning rate holds while the loss falls; "
    "with mode=max it is halved every sixth step, from step 7 on, whatever the loss does.",
)
