"""
PolynomialLR
============

Leads the learning rate along a power of the remaining time down to ``end_learning_rate``, once or in cycles.
"""

from oneflow.optim.lr_scheduler import PolynomialLR

from lrdoc import figure, trace

scheduler = PolynomialLR(trace.sgd(0.1), decay_batch=30, end_learning_rate=0.01, power=2.0)

figure.curve(
    trace.eager(scheduler, steps=45),
    alt="A falling curve that flattens out: the learning rate starts at 0.1, falls fast at first and ever more slowly, "
    "reaches 0.01 at step 30 without a kink, and stays there to the end.",
)

# %%
# ``decay_batch``: how long the decay takes
# -----------------------------------------
#
# The same curve is stretched over more steps; after ``decay_batch`` steps it stays at ``end_learning_rate``.

figure.sweep(
    {
        f"decay_batch={decay_batch}": trace.eager(
            PolynomialLR(trace.sgd(0.1), decay_batch=decay_batch, end_learning_rate=0.01, power=2.0), steps=70
        )
        for decay_batch in (10, 20, 30, 60)
    },
    alt="{panels} panels with the same falling, flattening curve from 0.1 to 0.01, stretched to different lengths: "
    "with decay_batch=10, 20, 30 and 60 it reaches 0.01 at that step, and stays there to the end.",
)

# %%
# ``end_learning_rate``: where it ends
# ------------------------------------
#
# Without ``cycle`` the curve starts at the initial learning rate, here 0.1.
# An end above it makes the curve rise.

figure.sweep(
    {
        f"end_learning_rate={end_learning_rate}": trace.eager(
            PolynomialLR(trace.sgd(0.1), decay_batch=30, end_learning_rate=end_learning_rate, power=2.0), steps=45
        )
        for end_learning_rate in (0.0, 0.02, 0.05, 0.12)
    },
    alt="{panels} panels that start at 0.1 and are level from step 30 on. With end_learning_rate=0.0 the curve falls to 0; "
    "with 0.02 it falls to a fifth of 0.1; with 0.05 to half of it; with 0.12 it rises a little above 0.1 instead.",
)

# %%
# ``power``: when it falls
# ------------------------
#
# At 1 the decay is a straight line.
# Above 1 most of it comes early, below 1 most of it comes late.

figure.sweep(
    {
        f"power={power}": trace.eager(
            PolynomialLR(trace.sgd(0.1), decay_batch=30, end_learning_rate=0.01, power=power), steps=45
        )
        for power in (0.5, 1.0, 2.0, 4.0)
    },
    alt="{panels} panels from 0.1 at step 0 to 0.01 at step 30, level after that. With power=0.5 the curve falls slowly "
    "at first and steeply at the end; with power=1.0 it is a straight line; with power=2.0 it falls fast at first and "
    "flattens out; with power=4.0 almost all of the decay is in the first half.",
)

# %%
# ``cycle``: once or again and again
# ----------------------------------
#
# Off, there is one decay.
# On, the learning rate jumps up after every ``decay_batch`` steps and decays again, from a lower peak each time.

figure.sweep(
    {
        f"cycle={cycle}": trace.eager(
            PolynomialLR(trace.sgd(0.1), decay_batch=20, end_learning_rate=0.01, cycle=cycle), steps=81
        )
        for cycle in (False, True)
    },
    columns=1,
    alt="{panels} panels. With cycle=False the learning rate falls in a straight line from 0.1 to 0.01 at step 20 and stays "
    "there. With cycle=True it falls to 0.01 at steps 20, 40, 60 and 80 and jumps up right after the first three, to "
    "about 0.053, 0.039 and 0.031: every peak is lower than the one before, and every decay is a flatter straight line.",
)
