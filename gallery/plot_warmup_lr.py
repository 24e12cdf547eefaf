"""
WarmupLR
========

Puts a linear or constant warmup in front of another scheduler, or of nothing.
"""

from oneflow.optim.lr_scheduler import CosineDecayLR, MultiStepLR, WarmupLR

from lrdoc import figure, trace

main = CosineDecayLR(trace.sgd(0.1), decay_steps=40)
scheduler = WarmupLR(main, warmup_factor=0.1, warmup_iters=10)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="A straight climb and a cosine fall: the learning rate starts at 0.01, climbs in ten equal steps to about "
    "0.085 at step 10, goes over into a cosine there without a jump, reaches 0 at step 40 and stays there.",
)

# %%
# ``warmup_prefix``: how the warmup joins
# ---------------------------------------
#
# Without it, the warmup covers the first steps of the main schedule: it ends at the value that the schedule has there, and from then on the curve is the main schedule's own.
# With it, the warmup stands before the main schedule: it ends at ``base_lr``, and the whole main schedule follows, ``warmup_iters`` steps later.
# Either way there is no jump.


def cosine():
    return CosineDecayLR(trace.sgd(0.1), decay_steps=40)


figure.compare(
    {
        "CosineDecayLR": trace.eager(cosine(), steps=60),
        "warmup_prefix=False": trace.eager(WarmupLR(cosine(), warmup_factor=0.1, warmup_iters=10), steps=60),
        "warmup_prefix=True": trace.eager(
            WarmupLR(cosine(), warmup_factor=0.1, warmup_iters=10, warmup_prefix=True), steps=60
        ),
    },
    alt="{curves} curves. CosineDecayLR falls from 0.1 at step 0 to 0 at step 40. warmup_prefix=False climbs from 0.01, "
    "meets it at step 10 at about 0.085 and coincides with it from there on. warmup_prefix=True climbs from 0.01 to "
    "0.1 at step 10 and then follows the same cosine ten steps later, down to 0 at step 50.",
)

# %%
# The same with a constant warmup: now both jump at step 10, and only ``warmup_prefix=True`` reaches ``base_lr``.

figure.compare(
    {
        "CosineDecayLR": trace.eager(cosine(), steps=60),
        "warmup_prefix=False": trace.eager(
            WarmupLR(cosine(), warmup_factor=0.1, warmup_iters=10, warmup_method="constant"), steps=60
        ),
        "warmup_prefix=True": trace.eager(
            WarmupLR(cosine(), warmup_factor=0.1, warmup_iters=10, warmup_method="constant", warmup_prefix=True),
            steps=60,
        ),
    },
    alt="{curves} curves. CosineDecayLR falls from 0.1 at step 0 to 0 at step 40. The other two stay at 0.01 for ten "
    "steps. At step 10 warmup_prefix=False jumps to about 0.085, onto CosineDecayLR, and coincides with it from there "
    "on; warmup_prefix=True jumps to 0.1 and follows the cosine ten steps later, down to 0 at step 50.",
)

# %%
# Over a schedule that still is at ``base_lr`` when the warmup ends, both warmups climb to ``base_lr``.
# What differs is when the main schedule's milestones come: at the steps that were given, or ``warmup_iters`` later.


def stairs():
    return MultiStepLR(trace.sgd(0.1), milestones=[20, 40], gamma=0.5)


figure.compare(
    {
        "MultiStepLR": trace.eager(stairs(), steps=60),
        "warmup_prefix=False": trace.eager(WarmupLR(stairs(), warmup_factor=0.1, warmup_iters=10), steps=60),
        "warmup_prefix=True": trace.eager(
            WarmupLR(stairs(), warmup_factor=0.1, warmup_iters=10, warmup_prefix=True), steps=60
        ),
    },
    alt="{curves} curves. MultiStepLR holds 0.1 until step 19, 0.05 until step 39, then 0.025. The other two climb "
    "together from 0.01 to 0.1 at step 10. warmup_prefix=False then coincides with MultiStepLR; "
    "warmup_prefix=True has its drops at steps 30 and 50.",
)

# %%
# ``warmup_method``: a line or a level
# ------------------------------------
#
# Over a bare optimizer there is no main schedule: the learning rate is ``base_lr`` once the warmup is over.

figure.sweep(
    {
        f"warmup_method={method}": trace.eager(
            WarmupLR(trace.sgd(0.1), warmup_factor=0.1, warmup_iters=10, warmup_method=method), steps=20
        )
        for method in ("linear", "constant")
    },
    alt="{panels} panels. With warmup_method=linear the learning rate climbs in ten equal steps from 0.01 to 0.1 at step "
    "10; with warmup_method=constant it holds 0.01 for ten steps and jumps to 0.1 at step 10. Both stay at 0.1.",
)

# %%
# ``warmup_factor``: where it starts
# ----------------------------------
#
# The warmup starts at this fraction of ``base_lr``; where it ends does not change.
# Without ``warmup_prefix``, ``warmup_factor=1.0`` makes it a straight fall to the main schedule.

figure.sweep(
    {
        f"warmup_factor={factor}": trace.eager(WarmupLR(cosine(), warmup_factor=factor, warmup_iters=10), steps=60)
        for factor in (0.0, 0.1, 0.5, 1.0)
    },
    alt="{panels} panels; all are the same cosine from step 10 on, at about 0.085, to 0 at step 40. Before that, with "
    "warmup_factor=0.0 the line climbs from 0; with 0.1 from 0.01; with 0.5 from 0.05; with 1.0 it falls slightly "
    "from 0.1.",
)

# %%
# ``warmup_iters``: how long it lasts
# -----------------------------------
#
# Without ``warmup_prefix`` a longer warmup ends lower, because the main schedule is lower by then.
# The end of the decay stays where it is.

figure.sweep(
    {
        f"warmup_iters={iters}": trace.eager(WarmupLR(cosine(), warmup_factor=0.1, warmup_iters=iters), steps=70)
        for iters in (0, 5, 10, 20)
    },
    alt="{panels} panels, all 0 from step 40 on. With warmup_iters=0 there is the cosine alone, from 0.1; with 5 a line "
    "climbs from 0.01 to about 0.096; with 10 to about 0.085; with 20 to 0.05, half of the base learning rate.",
)

# %%
# With ``warmup_prefix`` every linear warmup ends at ``base_lr``, and the end of the decay moves to the right.

figure.sweep(
    {
        f"warmup_iters={iters}": trace.eager(
            WarmupLR(cosine(), warmup_factor=0.1, warmup_iters=iters, warmup_prefix=True), steps=70
        )
        for iters in (0, 5, 10, 20)
    },
    alt="{panels} panels. With warmup_iters=0 there is the cosine alone, from 0.1 to 0 at step 40; with 5, 10 and 20 a "
    "line climbs from 0.01 to 0.1 at that step, and the cosine follows it down to 0 at steps 45, 50 and 60.",
)

# %%
# A warmup that falls
# -------------------
#
# Without ``warmup_prefix``, a warmup that lasts until the main schedule is below ``warmup_factor`` goes down, not up.

figure.compare(
    {
        "CosineDecayLR": trace.eager(cosine(), steps=80),
        "warmup_prefix=False": trace.eager(WarmupLR(cosine(), warmup_factor=0.5, warmup_iters=30), steps=80),
        "warmup_prefix=True": trace.eager(
            WarmupLR(cosine(), warmup_factor=0.5, warmup_iters=30, warmup_prefix=True), steps=80
        ),
    },
    alt="{curves} curves. CosineDecayLR falls from 0.1 to 0 at step 40. warmup_prefix=False starts at 0.05 and falls in "
    "a straight line to about 0.015, where it meets the cosine at step 30. warmup_prefix=True climbs from 0.05 to 0.1 "
    "at step 30 and falls along the cosine to 0 at step 70.",
)
