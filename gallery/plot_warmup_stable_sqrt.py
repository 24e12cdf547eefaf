"""
Warmup, stable, 1-sqrt decay
============================

``warmup_stable_sqrt`` is warmup, stable, decay with a decay that falls steeply at first, with 1 minus the square root of the part of it that is done.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_stable_sqrt(trace.sgd(0.1), total_steps=100, warmup_steps=10, decay_steps=20)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, stays there to step 80, and falls, steeply at first, to 0 at step 100.",
)
