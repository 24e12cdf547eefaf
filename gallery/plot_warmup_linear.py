"""
Linear warmup and linear decay
==============================

``warmup_linear`` rises in a line from 0 to the optimizer's learning rate, then falls in a line to 0.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_linear(trace.sgd(0.1), total_steps=100, warmup_steps=10)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, and falls in a line to 0 at step 100.",
)
