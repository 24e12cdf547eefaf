"""
Cosine with hard restarts
=========================

``warmup_hard_restarts`` rises in a line from 0, then falls along half a cosine several times, beginning anew at the top.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_hard_restarts(trace.sgd(0.1), total_steps=100, warmup_steps=10, num_cycles=3)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10 and falls along half a cosine; it jumps back to 0.1 at steps 40 and 70, and is 0 at step 100.",
)
