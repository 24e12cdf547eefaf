"""
Warmup, stable, decay
=====================

``warmup_stable_decay`` rises in a line, keeps the optimizer's learning rate for most of the training, and falls within the last steps.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_stable_decay(trace.sgd(0.1), total_steps=100, warmup_steps=10, decay_steps=20)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, stays there to step 80, and falls in a line to 0 at step 100.",
)
