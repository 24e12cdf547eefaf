"""
StepLR
======

Multiplies the learning rate by ``gamma`` once every ``step_size`` steps.
"""

from oneflow.optim.lr_scheduler import StepLR

from lrdoc import figure, trace

scheduler = StepLR(trace.sgd(0.1), step_size=10, gamma=0.5)

figure.curve(
    trace.eager(scheduler, steps=50),
    alt="A staircase that goes down: the learning rate starts at 0.1, holds for 10 steps, "
    "and is halved at steps 10, 20, 30 and 40, so that each drop is half as high as the one before.",
)

# %%
# ``step_size``: how long each level holds
# ----------------------------------------
#
# The heights of the levels stay the same, only their length changes.

figure.sweep(
    {
        f"step_size={step_size}": trace.eager(StepLR(trace.sgd(0.1), step_size=step_size, gamma=0.5), steps=50)
        for step_size in (2, 5, 10, 20)
    },
    alt="{panels} staircases that start at 0.1 and halve the learning rate at each edge. With step_size=2 it is close to 0 "
    "after about 10 steps; with step_size=5 after about 25; with step_size=10 there are four drops, the last at "
    "step 40; with step_size=20 there are two, at steps 20 and 40, and a quarter of 0.1 is left at the end.",
)

# %%
# ``gamma``: the factor from one level to the next
# ------------------------------------------------
#
# The edges stay where they are.
# Below 1 every drop keeps the same fraction of what was there before; above 1 the learning rate grows.

figure.sweep(
    {
        f"gamma={gamma}": trace.eager(StepLR(trace.sgd(0.1), step_size=10, gamma=gamma), steps=50)
        for gamma in (0.1, 0.5, 0.9, 1.1)
    },
    alt="{panels} staircases from 0.1 with edges at steps 10, 20, 30 and 40. With gamma=0.1 the first drop takes nine "
    "tenths, and the rest lies close to the axis; with gamma=0.5 each drop takes half of what is left; with gamma=0.9 "
    "the drops are shallow and about two thirds are left at the end; with gamma=1.1 the stairs go up, each a little "
    "higher than the one before, to about one and a half times 0.1.",
)
