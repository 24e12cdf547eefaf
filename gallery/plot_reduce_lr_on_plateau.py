"""
ReduceLROnPlateau
=================

Watches a metric, such as the validation loss, and multiplies the learning rate by ``factor`` when the metric has stopped getting better.
"""

from itertools import accumulate

from oneflow.optim.lr_scheduler import ReduceLROnPlateau

from lrdoc import figure, trace

metrics = [1.0, 0.8, 0.65, 0.55, *[0.5] * 5, 0.48, *[0.46] * 8, 0.45, 0.45]
scheduler = ReduceLROnPlateau(trace.sgd(0.1), factor=0.5, patience=2)

figure.plateau(
    metrics,
    trace.eager(scheduler, len(metrics), metrics),
    alt="Above, a metric over 20 steps: it falls to 0.5 by step 4 and stays there until step 8, falls to 0.46 by step 10, "
    "stays there until step 17, and ends a little lower. Below, the learning rate, a staircase that goes down: "
    "0.1 until step 7, halved at step 8, the fourth step after the metric stopped falling; halved again at steps 14 and 17, "
    "on the second level stretch, to 0.0125, where it stays.",
)

# %%
# A dashed line joins each drop of the learning rate with the metric that caused it.
# The metric at step 7 is the third in a row that is not better: the learning rate is lower from step 8 on.
#
# The figures below use a longer series, a loss that falls, stays level, falls again more slowly, and stays level for good.
# Each figure gives it to schedulers that differ in one parameter, and a vertical line marks each step from which a lower learning rate is used.

slopes = [-0.06] * 12 + [0.0] * 18 + [-0.003] * 20 + [0.0] * 10
losses = list(accumulate([1.2, *slopes[:-1]]))


def lrs(**parameters):
    """Return the learning rates that the scheduler, with these parameters, makes of the loss."""
    settings = {"factor": 0.5, "patience": 5, **parameters}
    return trace.eager(ReduceLROnPlateau(trace.sgd(0.1), **settings), len(losses), losses)


# %%
# ``patience``: how long it waits
# -------------------------------
#
# ``patience`` is the number of steps without improvement that are let pass; the one after it reduces.
# The larger it is, the fewer vertical lines stand in each level stretch.

figure.plateau(
    losses,
    {f"patience={patience}": lrs(patience=patience) for patience in (0, 2, 5)},
    alt="A loss that falls until step 12, stays level until step 30, falls slowly until step 50 and stays level again, "
    "and below it {panels} learning rates. With patience=0 the learning rate is halved at every step of the level stretches, "
    "from step 14 on, and soon can't be told from 0; with patience=2 at every third step, from step 16 on; "
    "with patience=5 at every sixth, at steps 19, 25, 31 and 57.",
)

# %%
# ``factor``: how far it goes down
# --------------------------------
#
# The vertical lines stay where they are, only the drops change.

figure.plateau(
    losses,
    {f"factor={factor}": lrs(factor=factor) for factor in (0.1, 0.5, 0.9)},
    alt="The same loss, and below it {panels} learning rates that all drop at steps 19, 25, 31 and 57: to a tenth with "
    "factor=0.1, by half with factor=0.5, and by a tenth with factor=0.9, where two thirds are left at the end.",
)

# %%
# ``cooldown``: how long it rests
# -------------------------------
#
# After a reduction, ``cooldown`` steps are not counted, whatever the metric does.
# The distance between two vertical lines on a level stretch grows by as much.

figure.plateau(
    losses,
    {f"cooldown={cooldown}": lrs(patience=2, cooldown=cooldown) for cooldown in (0, 2, 5)},
    alt="The same loss, and below it {panels} learning rates, all first halved at step 16. "
    "On the level stretch the halvings lie 3 steps apart with cooldown=0, 5 steps with cooldown=2, "
    "and 8 steps with cooldown=5.",
)

# %%
# ``threshold``: what counts as better
# ------------------------------------
#
# With the default ``threshold_mode="rel"``, an improvement by this fraction of the best metric so far, or by less, counts as none.
# Compare the slow stretch from step 30 to step 50: with a large ``threshold`` the single steps down are too small to count, and the learning rate is reduced although the loss falls.

figure.plateau(
    losses,
    {f"threshold={threshold}": lrs(threshold=threshold) for threshold in (0.0, 0.05, 0.2)},
    alt="The same loss, and below it {panels} learning rates. With threshold=0.0 the learning rate holds while the loss falls "
    "slowly, from step 31 to step 56; with threshold=0.05 and with threshold=0.2 it is halved there as well.",
)

# %%
# ``threshold_mode``: a fraction or a difference
# ----------------------------------------------
#
# With ``rel``, ``threshold`` is a fraction of the best metric so far; with ``abs`` it is a difference.
# The loss is about 0.5 when it falls slowly, so the same number asks for twice as much with ``abs``.

figure.plateau(
    losses,
    {f"threshold_mode={mode}": lrs(threshold=0.03, threshold_mode=mode) for mode in ("rel", "abs")},
    alt="The same loss, and below it {panels} learning rates. With threshold_mode=rel the learning rate "
    "holds while the loss falls slowly; with threshold_mode=abs it is halved there, too.",
)

# %%
# ``min_lr``: where it ends
# -------------------------
#
# The learning rate never goes below ``min_lr``: once there, further level stretches leave no vertical line.

figure.plateau(
    losses,
    {f"min_lr={min_lr}": lrs(patience=2, min_lr=min_lr) for min_lr in (0.0, 0.03, 0.06)},
    alt="The same loss, and below it {panels} learning rates. With min_lr=0.0 the halvings go on to the "
    "end; with min_lr=0.03 the learning rate is halved once and cut to 0.03 at step 19; with min_lr=0.06 it is cut to "
    "0.06 at step 16; both stay there.",
)

# %%
# ``eps``: changes too small to make
# ----------------------------------
#
# A reduction by ``eps`` or less is not carried out.

figure.plateau(
    losses,
    {f"eps={eps}": lrs(patience=2, eps=eps) for eps in (0.0, 0.03, 0.06)},
    alt="The same loss, and below it {panels} learning rates. With eps=0.0 the halvings go on to the "
    "end; with eps=0.03 there is one, from 0.1 to 0.05, and none after it; with eps=0.06 there is none at all.",
)

# %%
# ``mode``: which way is better
# -----------------------------
#
# With ``min`` a smaller metric is better, with ``max`` a larger one, such as an accuracy.
# Given a loss by mistake, ``max`` takes every fall for a failure.

figure.plateau(
    losses,
    {f"mode={mode}": lrs(mode=mode) for mode in ("min", "max")},
    alt="The same loss, and below it {panels} learning rates. With mode=min the learning rate holds while the loss falls; "
    "with mode=max it is halved every sixth step, from step 7 on, whatever the loss does.",
)

# %%
# All together
# ------------
#
# Each panel adds one argument to those above it.
# ``threshold`` makes the slow stretch count as level, ``cooldown`` moves the reductions apart, and ``min_lr`` ends them.

figure.plateau(
    losses,
    {
        "patience=5": lrs(),
        "+ threshold=0.05": lrs(threshold=0.05),
        "+ cooldown=5": lrs(threshold=0.05, cooldown=5),
        "+ min_lr=0.02": lrs(threshold=0.05, cooldown=5, min_lr=0.02),
    },
    alt="The same loss, and below it {panels} learning rates. With patience=5 the learning rate is halved at steps 19, 25, 31 "
    "and 57. With threshold=0.05 as well it is halved on the slow stretch, too, seven times in all. "
    "With cooldown=5 as well the halvings are further apart, at steps 19, 30, 45 and 56. "
    "With min_lr=0.02 as well it goes down to 0.05, to 0.025 and, at step 45, to 0.02, where it stays.",
)
