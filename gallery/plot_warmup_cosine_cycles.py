"""
Cosine in several cycles
========================

``warmup_cosine_cycles`` rises in a line from 0, then goes down and up along a cosine, without a jump.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_cosine_cycles(trace.sgd(0.1), total_steps=100, warmup_steps=10, num_cycles=1.5)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, falls to 0 at step 40, rises to 0.1 at step 70, and falls to 0 at step 100.",
)
