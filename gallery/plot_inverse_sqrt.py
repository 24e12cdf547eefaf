"""
Inverse square root
===================

``inverse_sqrt`` rises in a line from 0, then falls with the inverse square root of the step, and has no end.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.inverse_sqrt(trace.sgd(0.1), warmup_steps=10, timescale=10)

figure.curve(
    trace.eager(scheduler, steps=200),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, and falls, ever more slowly, to about 0.022 at step 199.",
)
