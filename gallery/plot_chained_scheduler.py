"""
ChainedScheduler
================

Lets several schedulers act at every step, each on the learning rate that the one before it returned.
"""

from oneflow.optim.lr_scheduler import (
    ChainedScheduler,
    ConstantLR,
    CosineAnnealingLR,
    CosineDecayLR,
    ExponentialLR,
    LinearLR,
    MultiStepLR,
    SequentialLR,
    WarmupLR,
)

from lrdoc import figure, trace


def constant(optimizer):
    return ConstantLR(optimizer, factor=0.1, total_iters=10)


def exponential(optimizer):
    return ExponentialLR(optimizer, gamma=0.9)


def chain(*parts):
    optimizer = trace.sgd(0.1)
    return ChainedScheduler([part(optimizer) for part in parts])


figure.curve(
    trace.eager(chain(constant, exponential), steps=40),
    alt="The learning rate decays from 0.01 at step 0 to 0.004 at step 9, jumps up to 0.035 at step 10, "
    "and decays from there to 0.0016.",
)

# %%
# The chain and its links
# -----------------------
#
# Each link is drawn alone as well.
# Up to step 9 the chain is a tenth of the exponential decay; from step 10 on the two are one curve.

figure.compare(
    {
        "ConstantLR": trace.eager(constant(trace.sgd(0.1)), steps=40),
        "ExponentialLR": trace.eager(exponential(trace.sgd(0.1)), steps=40),
        "ChainedScheduler": trace.eager(chain(constant, exponential), steps=40),
    },
    alt="{curves} curves. ConstantLR is at 0.01 up to step 9 and at 0.1 from step 10 on. ExponentialLR decays from 0.1 "
    "at step 0. ChainedScheduler decays from 0.01, jumps up at step 10 to where ExponentialLR is, "
    "and follows it from there.",
)

# %%
# ``schedulers``: one link after another
# --------------------------------------
#
# Every link multiplies what came before it.
# The third one takes half away at step 20, and nothing before that step changes.


def multi_step(optimizer):
    return MultiStepLR(optimizer, milestones=[20], gamma=0.5)


figure.sweep(
    {
        "[ConstantLR]": trace.eager(chain(constant), steps=40),
        "[ConstantLR, ExponentialLR]": trace.eager(chain(constant, exponential), steps=40),
        "[ConstantLR, ExponentialLR, MultiStepLR]": trace.eager(chain(constant, exponential, multi_step), steps=40),
    },
    alt="{panels} panels. ConstantLR alone is at 0.01, then at 0.1 from step 10 on. With ExponentialLR both levels decay: "
    "from 0.01 to 0.004, and from 0.035 on after the jump. With MultiStepLR as well the curve is the same up to "
    "step 19, and half as high from step 20 on.",
)

# %%
# Order matters where something is added
# --------------------------------------
#
# ``CosineAnnealingLR`` leads from its base learning rate to ``eta_min``, here 0.02, so it multiplies and adds.
# As the last link it ends at 0.02, and comes to it from below: by step 20 its base has decayed to less than that.
# As the first link it passes 0.02 on, and ``ExponentialLR`` multiplies that as well.


def cosine(optimizer):
    return CosineAnnealingLR(optimizer, T_max=30, eta_min=0.02)


figure.compare(
    {
        "[ExponentialLR, CosineAnnealingLR]": trace.eager(chain(exponential, cosine), steps=31),
        "[CosineAnnealingLR, ExponentialLR]": trace.eager(chain(cosine, exponential), steps=31),
    },
    alt="{curves} curves that start at 0.1 and decay alike at first. With CosineAnnealingLR last the learning rate falls to "
    "0.018 at step 20, then rises again, to 0.02 at step 30. With ExponentialLR last it falls to 0.00085.",
)

# %%
# Two schedulers joined in four ways
# ----------------------------------
#
# The same warmup over 10 steps and the same cosine decay over 40.
# ``SequentialLR`` drops to the cosine, or with ``interval_rescaling=True`` starts it anew.
# ``WarmupLR`` climbs to the point where the cosine is by then.
# ``ChainedScheduler`` multiplies the two.


def linear(optimizer):
    return LinearLR(optimizer, start_factor=0.1, total_iters=10)


def decay(optimizer):
    return CosineDecayLR(optimizer, decay_steps=40)


def sequence(interval_rescaling):
    optimizer = trace.sgd(0.1)
    return SequentialLR(optimizer, [linear(optimizer), decay(optimizer)], [10], interval_rescaling)


warmup = WarmupLR(decay(trace.sgd(0.1)), warmup_factor=0.1, warmup_iters=10)

figure.sweep(
    {
        "interval_rescaling=False": trace.eager(sequence(interval_rescaling=False), steps=60),
        "interval_rescaling=True": trace.eager(sequence(interval_rescaling=True), steps=60),
        "WarmupLR": trace.eager(warmup, steps=60),
        "ChainedScheduler": trace.eager(chain(linear, decay), steps=60),
    },
    alt="{panels} panels. With interval_rescaling=False the learning rate climbs from 0.01 to 0.091 at step 9, drops to "
    "0.085 at step 10, and reaches 0 at step 40. With interval_rescaling=True it goes on from 0.091 to 0.1, "
    "and reaches 0 at step 50. WarmupLR climbs from 0.01 straight to 0.085 at step 10, and reaches 0 at step 40. "
    "ChainedScheduler climbs from 0.01 to 0.085 in a line that bends down slightly, and reaches 0 at step 40.",
)
