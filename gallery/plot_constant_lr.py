"""
ConstantLR
==========

Holds the learning rate at a fraction, ``factor``, of the initial one for ``total_iters`` steps, then uses the initial one.
"""

from oneflow.optim.lr_scheduler import ConstantLR

from lrdoc import figure, trace

scheduler = ConstantLR(trace.sgd(0.1), factor=0.25, total_iters=10)

figure.curve(
    trace.eager(scheduler, steps=30),
    alt="Two levels: the learning rate is 0.025 from step 0 to step 9, "
    "jumps up to 0.1 at step 10, and stays there to the end.",
)

# %%
# ``factor``: how low it starts
# -----------------------------
#
# Only the first level moves, between 0 and the initial learning rate.
# With ``factor=1`` the scheduler does nothing, and with ``factor=0`` the weights stand still until the jump.

figure.sweep(
    {
        f"factor={factor}": trace.eager(ConstantLR(trace.sgd(0.1), factor=factor, total_iters=10), steps=30)
        for factor in (0.0, 0.25, 0.5, 1.0)
    },
    alt="Four panels, all at 0.1 from step 10 on. Before that the learning rate is 0 with factor=0.0, "
    "a quarter of 0.1 with factor=0.25, half of it with factor=0.5, and with factor=1.0 there is no jump at all.",
)

# %%
# ``total_iters``: how long it waits
# ----------------------------------
#
# The jump is at step ``total_iters``, the first step that uses the initial learning rate.
# With ``total_iters=0`` there is none.

figure.sweep(
    {
        f"total_iters={total_iters}": trace.eager(
            ConstantLR(trace.sgd(0.1), factor=0.25, total_iters=total_iters), steps=30
        )
        for total_iters in (0, 5, 10, 20)
    },
    alt="Four panels. With total_iters=0 the learning rate is 0.1 throughout; with 5, 10 and 20 it is 0.025 at first "
    "and jumps up to 0.1 at step 5, 10 and 20.",
)
