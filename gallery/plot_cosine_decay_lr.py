"""
CosineDecayLR
=============

Lowers the learning rate along half a cosine, from its base value to the fraction ``alpha`` of it, and holds it there.
"""

from oneflow.optim.lr_scheduler import CosineDecayLR

from lrdoc import figure, trace

scheduler = CosineDecayLR(trace.sgd(0.1), decay_steps=30, alpha=0.1)

figure.curve(
    trace.eager(scheduler, steps=45),
    alt="Half a cosine that goes down: the learning rate leaves 0.1 slowly, falls fastest halfway down, "
    "flattens out again, reaches 0.01 at step 30 and stays there to the end.",
)

# %%
# ``decay_steps``: how long the decay lasts
# -----------------------------------------
#
# The curve is stretched along the steps; where it starts and where it ends stay the same.
# What comes after ``decay_steps`` is constant.

figure.sweep(
    {
        f"decay_steps={decay_steps}": trace.eager(
            CosineDecayLR(trace.sgd(0.1), decay_steps=decay_steps, alpha=0.1), steps=70
        )
        for decay_steps in (10, 20, 30, 60)
    },
    alt="{panels} half cosines, all from 0.1 down to 0.01. With decay_steps=10 the floor is reached at step 10 and most of "
    "the panel is flat; with 20, 30 and 60 the same fall takes that many steps and the flat part becomes shorter.",
)

# %%
# ``alpha``: how much is left
# ---------------------------
#
# The curve ends at ``alpha`` times the base learning rate.
# With ``alpha=1`` the learning rate never changes.

figure.sweep(
    {
        f"alpha={alpha}": trace.eager(CosineDecayLR(trace.sgd(0.1), decay_steps=30, alpha=alpha), steps=45)
        for alpha in (0.0, 0.1, 0.5, 1.0)
    },
    alt="{panels} panels in which the learning rate starts at 0.1 and is constant from step 30 on. With alpha=0.0 it falls "
    "to 0; with alpha=0.1 to 0.01; with alpha=0.5 to 0.05, so the fall is half as deep; with alpha=1.0 it is a flat line.",
)
