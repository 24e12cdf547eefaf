"""
Cyclical learning rates
=======================

``cyclic`` rises from a part of the optimizer's learning rate to all of it and falls back, over and over.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.cyclic(trace.sgd(0.1), step_size_up=20, step_size_down=20, mode="triangular2")

figure.curve(
    trace.eager(scheduler, steps=200),
    alt="Ever lower triangles: the learning rate rises from 0.01 to 0.1 at step 20, is back at 0.01 at step 40, and rises to 0.055 at step 60.",
)

# %%
# ``mode``: how the height fades
# ------------------------------

figure.sweep(
    {
        f"mode={mode}": trace.eager(recipes.cyclic(trace.sgd(0.1), step_size_up=20, mode=mode, gamma=0.99), steps=200)
        for mode in ("triangular", "triangular2", "exp_range")
    },
    alt="{panels} panels of triangles that rise from 0.01 at step 0. With mode=triangular all are equally high. With "
    "mode=triangular2 each is half as high as the one before. With mode=exp_range each is lower than the one before, "
    "and leans over to the left.",
)
