"""
SequentialLR
============

Uses one scheduler after the other, and switches from each to the next at a milestone.
"""

from oneflow.optim.lr_scheduler import ConstantLR, CosineDecayLR, ExponentialLR, LinearLR, SequentialLR

from lrdoc import figure, trace


def warmup_then_decay(optimizer, milestones, interval_rescaling):
    children = [LinearLR(optimizer, start_factor=0.1, total_iters=10), ExponentialLR(optimizer, gamma=0.9)]
    return SequentialLR(optimizer, children, milestones=milestones, interval_rescaling=interval_rescaling)


figure.curve(
    trace.eager(warmup_then_decay(trace.sgd(0.1), milestones=[10], interval_rescaling=False), steps=40),
    alt="The learning rate climbs in equal steps from 0.01 at step 0 to 0.091 at step 9, "
    "drops to 0.035 at the milestone, step 10, and from there decays towards 0, ever more slowly.",
)

# %%
# ``interval_rescaling``: where the next scheduler begins
# -------------------------------------------------------
#
# Both curves climb alike up to the milestone, step 10.
# With ``False`` the decay joins at its own step 10, so it has already lost two thirds of its height.
# With ``True`` it begins at its own step 0, the full initial learning rate.

figure.compare(
    {
        f"interval_rescaling={interval_rescaling}": trace.eager(
            warmup_then_decay(trace.sgd(0.1), milestones=[10], interval_rescaling=interval_rescaling), steps=40
        )
        for interval_rescaling in (False, True)
    },
    alt="{curves} curves, one on the other while they climb from 0.01 to 0.091 at step 9. "
    "At step 10 the one with interval_rescaling=False drops to 0.035, and the one with interval_rescaling=True "
    "rises to 0.1. Both decay from there by the same factor, so the first stays at about a third of the second.",
)

# %%
# ``milestones``: when the next scheduler takes over
# --------------------------------------------------
#
# With ``interval_rescaling=False`` all panels share one decay, and the milestone says from which step on it is seen.
# From step 20 on the four are the same.

figure.sweep(
    {
        f"milestones={milestones}": trace.eager(
            warmup_then_decay(trace.sgd(0.1), milestones=milestones, interval_rescaling=False), steps=40
        )
        for milestones in ([0], [5], [10], [20])
    },
    alt="{panels} panels. With milestones=[0] the learning rate decays from 0.1 at once. With [5] it climbs to 0.046 and "
    "then rises to 0.059, from where it decays. With [10] it climbs to 0.091 and drops to 0.035. "
    "With [20] it climbs to 0.1, holds to step 19, and drops to 0.012. All end alike.",
)

# %%
# With ``interval_rescaling=True`` the decay always starts at the full initial learning rate; a later milestone shifts it to the right.

figure.sweep(
    {
        f"milestones={milestones}": trace.eager(
            warmup_then_decay(trace.sgd(0.1), milestones=milestones, interval_rescaling=True), steps=40
        )
        for milestones in ([0], [5], [10], [20])
    },
    alt="{panels} panels with the same decay from 0.1, which starts at step 0 with milestones=[0], at step 5 after a jump "
    "from 0.046 with [5], at step 10 without a gap with [10], and at step 20, after a level of 0.1, with [20].",
)

# %%
# One flag per milestone
# ----------------------
#
# Three schedulers have two milestones, and ``interval_rescaling`` may be a list with one flag for each.
# The first flag decides where the cosine begins at step 10, the second where the exponential decay begins at step 30.


def three_phases(optimizer, interval_rescaling):
    children = [
        LinearLR(optimizer, start_factor=0.1, total_iters=10),
        CosineDecayLR(optimizer, decay_steps=40, alpha=0.2),
        ExponentialLR(optimizer, gamma=0.96),
    ]
    return SequentialLR(optimizer, children, milestones=[10, 30], interval_rescaling=interval_rescaling)


figure.sweep(
    {
        str(interval_rescaling): trace.eager(three_phases(trace.sgd(0.1), interval_rescaling), steps=60)
        for interval_rescaling in ([False, False], [False, True], [True, False], [True, True])
    },
    alt="{panels} panels, alike up to step 9. With a first flag of False the cosine joins at 0.088 at step 10 and is at "
    "0.034 at step 29; with True it joins at 0.1 and is at 0.063. With a second flag of False the exponential decay "
    "goes on from 0.029 at step 30; with True it jumps up to 0.1.",
)

# %%
# Warm up, hold, decay
# --------------------
#
# With ``interval_rescaling=True`` each phase can be planned by itself: it begins at its own step 0.
# The joints are smooth here because each phase begins at the level at which the one before it ends.

optimizer = trace.sgd(0.1)
scheduler = SequentialLR(
    optimizer,
    [
        LinearLR(optimizer, start_factor=0.1, total_iters=10),
        ConstantLR(optimizer, factor=1.0, total_iters=1),
        CosineDecayLR(optimizer, decay_steps=20),
    ],
    milestones=[10, 30],
    interval_rescaling=True,
)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="The learning rate climbs from 0.01 to 0.1 over the first 10 steps, holds at 0.1 for 20 steps, "
    "goes down along half a cosine wave to 0 at step 50, and stays there.",
)
