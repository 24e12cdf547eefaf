"""
LinearLR
========

Moves the learning rate in equal increments from ``start_factor`` to ``end_factor`` times the base learning rate, then holds it.
"""

from oneflow.optim.lr_scheduler import LinearLR

from lrdoc import figure, trace

# %%
# Warmup
# ------
#
# With ``start_factor`` below ``end_factor`` the learning rate rises: ten equal increments, then a level.

scheduler = LinearLR(trace.sgd(0.1), start_factor=1 / 3, end_factor=1.0, total_iters=10)

figure.curve(
    trace.eager(scheduler, steps=20),
    alt="A rising line of equal increments: the learning rate starts at a third of 0.1 at step 0, "
    "reaches 0.1 at step 10, and stays there to the end.",
)

# %%
# Decay
# -----
#
# With ``start_factor`` above ``end_factor`` the learning rate falls.

scheduler = LinearLR(trace.sgd(0.1), start_factor=1.0, end_factor=0.1, total_iters=10)

figure.curve(
    trace.eager(scheduler, steps=20),
    alt="A falling line of equal decrements: the learning rate starts at 0.1 at step 0, "
    "reaches 0.01 at step 10, and stays there to the end.",
)

# %%
# ``start_factor``: where it begins
# ---------------------------------
#
# All meet at step 10; the lower the start, the steeper the way.
# With ``start_factor=0.0`` the first update changes nothing, and with ``start_factor=1.0`` the line is level.

figure.sweep(
    {
        f"start_factor={start_factor}": trace.eager(
            LinearLR(trace.sgd(0.1), start_factor=start_factor, end_factor=1.0, total_iters=10), steps=20
        )
        for start_factor in (0.0, 0.25, 0.5, 1.0)
    },
    alt="{panels} panels, all at 0.1 from step 10 on. The line rises from 0 with start_factor=0.0, from a quarter of 0.1 "
    "with 0.25, from half of it with 0.5, and with start_factor=1.0 the learning rate is 0.1 throughout.",
)

# %%
# ``end_factor``: where it ends, and stays
# ----------------------------------------
#
# All leave from the base learning rate; each holds the level that it reaches at step 10.

figure.sweep(
    {
        f"end_factor={end_factor}": trace.eager(
            LinearLR(trace.sgd(0.1), start_factor=1.0, end_factor=end_factor, total_iters=10), steps=20
        )
        for end_factor in (0.0, 0.1, 0.5, 1.0)
    },
    alt="{panels} panels, all starting at 0.1. The line falls until step 10, to 0 with end_factor=0.0, to 0.01 with 0.1, "
    "to 0.05 with 0.5, and the learning rate stays there; with end_factor=1.0 it is 0.1 throughout.",
)

# %%
# ``total_iters``: how long it takes
# ----------------------------------
#
# A warmup: the end is at step ``total_iters``, and with ``total_iters=0`` it is there at once.

figure.sweep(
    {
        f"total_iters={total_iters}": trace.eager(
            LinearLR(trace.sgd(0.1), start_factor=1 / 3, end_factor=1.0, total_iters=total_iters), steps=20
        )
        for total_iters in (0, 5, 10, 15)
    },
    alt="{panels} panels. With total_iters=0 the learning rate is 0.1 throughout; with 5, 10 and 15 it rises from a third "
    "of 0.1 and reaches 0.1 at step 5, 10 and 15, where it stays.",
)

# %%
# A decay: the same steps, downwards.

figure.sweep(
    {
        f"total_iters={total_iters}": trace.eager(
            LinearLR(trace.sgd(0.1), start_factor=1.0, end_factor=0.1, total_iters=total_iters), steps=20
        )
        for total_iters in (0, 5, 10, 15)
    },
    alt="{panels} panels. With total_iters=0 the learning rate is 0.01 throughout; with 5, 10 and 15 it falls from 0.1 "
    "and reaches 0.01 at step 5, 10 and 15, where it stays.",
)
