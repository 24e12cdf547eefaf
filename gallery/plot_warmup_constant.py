"""
Linear warmup, then constant
============================

``warmup_constant`` rises in a line from 0 to the optimizer's learning rate, and keeps it.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_constant(trace.sgd(0.1), warmup_steps=20)

figure.curve(
    trace.eager(scheduler, steps=100),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 20, and stays there to step 99.",
)
