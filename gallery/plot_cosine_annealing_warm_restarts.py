"""
CosineAnnealingWarmRestarts
===========================

Lowers the learning rate along half a cosine, jumps back up, and does so again: each such cycle may be longer or start lower than the one before.

With ``T_mult=1``, the default, all cycles are equally long.
"""

from oneflow.optim.lr_scheduler import CosineAnnealingWarmRestarts

from lrdoc import figure, trace

scheduler = CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=15, T_mult=1)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="Four equal teeth of 15 steps: in each the learning rate falls from 0.1 along half a cosine almost to 0, "
    "then jumps back to 0.1, at steps 15, 30 and 45.",
)

# %%
# With ``decay_rate=0.5`` every cycle starts at half the height of the one before.

scheduler = CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=15, T_mult=1, decay_rate=0.5)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="Four teeth of 15 steps that become lower: they start at 0.1, 0.05, 0.025 and 0.0125, and each falls along "
    "half a cosine almost to 0 before the next jump.",
)

# %%
# With ``T_mult=2`` every cycle is twice as long as the one before.

scheduler = CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=10, T_mult=2)

figure.curve(
    trace.eager(scheduler, steps=70),
    alt="Three teeth of equal height and growing width: the learning rate falls from 0.1 almost to 0 within 10 steps, "
    "jumps back to 0.1 at step 10, falls within 20 steps, jumps at step 30, and falls within 40 steps to the end.",
)

# %%
# With ``restart_limit=3`` there are three cycles; then the learning rate stays at ``eta_min``, here 0.

scheduler = CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=10, T_mult=1, restart_limit=3)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="Three equal teeth of 10 steps from 0.1 almost to 0, with jumps back to 0.1 at steps 10 and 20. "
    "From step 30 to the end the learning rate is 0.",
)

# %%
# ``T_0``: how long the first cycle is
# ------------------------------------
#
# All cycles keep the length of the first, because ``T_mult`` is 1 here.
# Where training ends in the middle of a cycle, it ends at a high learning rate.

figure.sweep(
    {
        f"T_0={T_0}": trace.eager(CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=T_0), steps=60)
        for T_0 in (5, 10, 20, 40)
    },
    alt="{panels} panels of 60 steps with teeth that fall from 0.1 almost to 0. With T_0=5 there are twelve teeth; with T_0=10 "
    "six; with T_0=20 three; with T_0=40 one and, from step 40 on, half of another, which ends at half the height.",
)

# %%
# ``T_mult``: how much longer each cycle is than the one before
# -------------------------------------------------------------
#
# With ``T_mult=1`` the restarts come at equal distances, otherwise less and less often.
# They all reach the same height.

figure.sweep(
    {
        f"T_mult={T_mult}": trace.eager(CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=10, T_mult=T_mult), steps=150)
        for T_mult in (1, 2, 3, 4)
    },
    alt="{panels} panels of 150 steps with teeth that fall from 0.1 almost to 0, the first always 10 steps long. With T_mult=1 "
    "there are fifteen equal teeth; with T_mult=2 restarts at steps 10, 30 and 70; with T_mult=3 at steps 10, 40 and "
    "130; with T_mult=4 at steps 10 and 50 only.",
)

# %%
# ``eta_min``: what each cycle falls towards
# ------------------------------------------
#
# The top of the teeth stays where it is, only the bottom is lifted.

figure.sweep(
    {
        f"eta_min={eta_min}": trace.eager(
            CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=15, eta_min=eta_min), steps=60
        )
        for eta_min in (0.0, 0.02, 0.05, 0.08)
    },
    alt="{panels} panels with four teeth of 15 steps that start at 0.1. With eta_min=0.0 they fall almost to 0; with "
    "eta_min=0.02 to a little above 0.02; with eta_min=0.05 to half their height; with eta_min=0.08 they are "
    "shallow, between 0.1 and 0.08.",
)

# %%
# ``decay_rate``: how high each cycle starts
# ------------------------------------------
#
# The ``k``-th restart goes to ``decay_rate`` to the power of ``k`` times the base learning rate.

figure.sweep(
    {
        f"decay_rate={decay_rate}": trace.eager(
            CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=15, decay_rate=decay_rate), steps=60
        )
        for decay_rate in (1.0, 0.8, 0.5, 0.2)
    },
    alt="{panels} panels with four teeth of 15 steps, the first from 0.1. With decay_rate=1.0 all have the same height; with "
    "decay_rate=0.8 the last starts at about 0.05; with decay_rate=0.5 each is half as high as the one before; with "
    "decay_rate=0.2 the third and fourth can hardly be told from 0.",
)

# %%
# ``restart_limit``: how many cycles there are
# --------------------------------------------
#
# 0 means no limit; a positive number is the number of cycles.

figure.sweep(
    {
        f"restart_limit={restart_limit}": trace.eager(
            CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=15, eta_min=0.01, restart_limit=restart_limit), steps=60
        )
        for restart_limit in (0, 1, 2, 3)
    },
    alt="{panels} panels with teeth of 15 steps from 0.1 almost to 0.01. With restart_limit=0 there are four teeth, up to the "
    "end; with restart_limit=1 one tooth and then a flat line at 0.01 from step 15; with restart_limit=2 two teeth, "
    "flat from step 30; with restart_limit=3 three teeth, flat from step 45.",
)

# %%
# ``decay_rate`` and ``eta_min`` together
# ---------------------------------------
#
# ``eta_min`` does not become smaller with the cycles.
# Once a cycle starts below ``eta_min``, the learning rate rises within the cycle and drops at the restart.

scheduler = CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=15, eta_min=0.04, decay_rate=0.5)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="Four cycles of 15 steps. The first falls from 0.1 almost to 0.04, the second from 0.05 almost to 0.04. "
    "The third starts at 0.025 and rises towards 0.04; the fourth starts at 0.0125 and rises towards 0.04 as well.",
)
