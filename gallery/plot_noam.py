"""
Noam
====

``noam`` is the schedule of "Attention Is All You Need": it rises in a line and falls with the inverse square root of the step, and is scaled by the width of the model.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.noam(trace.sgd(1.0), d_model=512, warmup_steps=40)

figure.curve(
    trace.eager(scheduler, steps=400),
    alt="The learning rate climbs in a line to 0.007 at step 39, and falls, ever more slowly, to 0.0022 at step 399.",
)
