"""
ConstantLR
==========

Holds the learning rate at a fraction, ``factor``, of the base learning rate for ``total_iters`` steps, then uses the base learning rate.
"""

from oneflow.optim.lr_scheduler import ConstantLR

from lrdoc import figure, trace

# %%
# Two levels and one jump: from the first level up to the base learning rate.

scheduler = ConstantLR(trace.sgd(0.1), factor=1 / 3, total_iters=8)

figure.curve(
    trace.eager(scheduler, steps=20),
    alt="Two levels: the learning rate is a third of 0.1 from step 0 to step 7, "
    "jumps up to 0.1 at step 8, and stays there to the end.",
)

# %%
# ``factor``: how low it starts
# -----------------------------
#
# Only the first level moves, between 0 and the base learning rate.
# With ``factor=1.0`` the scheduler does nothing, and with ``factor=0.0`` the weights stand still until the jump.

figure.sweep(
    {
        f"factor={factor}": trace.eager(ConstantLR(trace.sgd(0.1), factor=factor, total_iters=8), steps=20)
        for factor in (0.0, 0.25, 0.5, 1.0)
    },
    alt="{panels} panels, all at 0.1 from step 8 on. Before that the learning rate is 0 with factor=0.0, "
    "a quarter of 0.1 with factor=0.25, half of it with factor=0.5, and with factor=1.0 there is no jump at all.",
)

# %%
# ``total_iters``: how long it waits
# ----------------------------------
#
# The jump is at step ``total_iters``, the first step that uses the base learning rate.
# With ``total_iters=0`` there is none.

figure.sweep(
    {
        f"total_iters={total_iters}": trace.eager(
            ConstantLR(trace.sgd(0.1), factor=1 / 3, total_iters=total_iters), steps=20
        )
        for total_iters in (0, 5, 10, 15)
    },
    alt="{panels} panels. With total_iters=0 the learning rate is 0.1 throughout; with 5, 10 and 15 it is a third of 0.1 "
    "at first, jumps up to 0.1 at step 5, 10 and 15, and stays there.",
)
