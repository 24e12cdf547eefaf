"""
Linear warmup and polynomial decay
==================================

``warmup_polynomial`` rises in a line from 0, then falls along a polynomial to ``end_lr``.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_polynomial(trace.sgd(0.1), total_steps=100, warmup_steps=10, power=2.0)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, and falls, ever more slowly, to almost 0 at step 100.",
)
