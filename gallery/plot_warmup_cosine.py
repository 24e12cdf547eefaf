"""
Linear warmup and cosine decay
==============================

``warmup_cosine`` rises in a line from 0 to the optimizer's learning rate, then falls along half a cosine to 0, or to a part of it.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.warmup_cosine(trace.sgd(0.1), total_steps=100, warmup_steps=10, min_lr_ratio=0.1)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10, and falls along half a cosine to 0.01 at step 100.",
)
