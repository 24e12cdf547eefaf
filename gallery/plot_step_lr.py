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
# ``gamma``: how much is left
# ---------------------------
#
# Every drop keeps the same fraction of what was there before.
# The smaller ``gamma`` is, the sooner the drops are too small to see.

figure.sweep(
    {
        f"gamma={gamma}": trace.eager(StepLR(trace.sgd(0.1), step_size=10, gamma=gamma), steps=50)
        for gamma in (0.9, 0.7, 0.5, 0.1)
    },
    alt="Four staircases with drops at steps 10, 20, 30 and 40. With gamma=0.9 the drops are shallow and about "
    "two thirds of the learning rate is left at the end; with gamma=0.7 about a quarter is left; with gamma=0.5 "
    "a sixteenth; with gamma=0.1 the first drop takes nine tenths, and the rest lies on the axis.",
)

# %%
# The same four on a logarithmic axis: now all drops of one panel are equally high.

figure.sweep(
    {
        f"gamma={gamma}": trace.eager(StepLR(trace.sgd(0.1), step_size=10, gamma=gamma), steps=50)
        for gamma in (0.9, 0.7, 0.5, 0.1)
    },
    log=True,
    alt="The same four staircases on a logarithmic axis. Within a panel all four drops have the same height; "
    "they are smallest with gamma=0.9 and largest with gamma=0.1, which ends at a ten-thousandth of where it began.",
)

# %%
# ``step_size``: how long each level holds
# ----------------------------------------
#
# The heights of the levels stay the same, only their length changes.
# A ``step_size`` beyond the end of training leaves the learning rate where it was.

figure.sweep(
    {
        f"step_size={step_size}": trace.eager(StepLR(trace.sgd(0.1), step_size=step_size, gamma=0.5), steps=50)
        for step_size in (1, 5, 20, 100)
    },
    alt="Four panels. With step_size=1 the learning rate is halved at every step and is close to 0 after about 6; "
    "with step_size=5 it goes down a staircase of nine drops; with step_size=20 it drops at steps 20 and 40 only; "
    "with step_size=100 it stays at 0.1 throughout.",
)
