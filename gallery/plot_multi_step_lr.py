"""
MultiStepLR
===========

Multiplies the learning rate by ``gamma`` at each of the milestones that you list.
"""

from oneflow.optim.lr_scheduler import MultiStepLR

from lrdoc import figure, trace

scheduler = MultiStepLR(trace.sgd(0.1), milestones=[2, 5, 9], gamma=0.5)

figure.curve(
    trace.eager(scheduler, steps=14),
    alt="A staircase that goes down with treads of unequal length: the learning rate starts at 0.1 and is halved at "
    "steps 2, 5 and 9, to 0.05, 0.025 and 0.0125, where it stays to the end.",
)

# %%
# ``milestones``: where the edges are
# -----------------------------------
#
# There is one edge per milestone, and the height of a level depends only on how many milestones lie behind it.
# With an empty list the scheduler does nothing.

figure.sweep(
    {
        f"milestones={milestones}": trace.eager(MultiStepLR(trace.sgd(0.1), milestones=milestones, gamma=0.5), steps=14)
        for milestones in ([2, 5, 9], [5], [3, 6, 9, 12], [])
    },
    alt="{panels} panels that start at 0.1. With milestones=[2, 5, 9] the learning rate is halved at these three steps; "
    "with [5] it is halved once, at step 5, and stays at 0.05; with [3, 6, 9, 12] it is halved every three steps, "
    "like a regular staircase; with [] it stays at 0.1 throughout.",
)

# %%
# ``gamma``: the factor at each milestone
# ---------------------------------------
#
# The edges stay where they are.
# Below 1 every milestone keeps the same fraction of what was there before; above 1 the learning rate grows.

figure.sweep(
    {
        f"gamma={gamma}": trace.eager(MultiStepLR(trace.sgd(0.1), milestones=[2, 5, 9], gamma=gamma), steps=14)
        for gamma in (0.1, 0.5, 0.9, 1.1)
    },
    alt="{panels} staircases from 0.1 with edges at steps 2, 5 and 9. With gamma=0.1 the first drop takes nine tenths, "
    "and the rest lies close to the axis; with gamma=0.5 each drop takes half of what is left; with gamma=0.9 the "
    "drops are shallow and end near three quarters of 0.1; with gamma=1.1 the stairs go up, to about a third above 0.1.",
)
